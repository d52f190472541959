/* studio/adjust.tsx - the part of the studio for whom a package leaves something:
 * levels, weights and limits of a form, within what its policy says.
 *
 * Nothing is written as text: each change is one of the list that the server
 * takes. What would come of it is shown before.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { Adjust as Body, Adjustable, Adjusted } from "#api";
import { ask, newKey, Problem } from "../api/client.ts";
import { useAnswer } from "../base/async.ts";
import type { Form } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { IconButton } from "../ui/icon.tsx";
import { say } from "../ui/toast.tsx";
import { sentenceOf, type Change } from "./draft.ts";
import { whoInWords } from "./who.ts";
import "./gallery.css";
import "./adjust.css";

type Part = Adjustable["parts"][number];
type Value = Part["values"][number];
interface Row { part: Part; set: Record<string, string>; gone: boolean; fresh: boolean }

const names: Record<string, () => string> = {
    label: () => t("Label"), by: () => t("Who"), when: () => t("Only when"), within: () => t("Within"), min: () => t("Least"), max: () => t("Most"),
    agree: () => t("How they agree"), default: () => t("At first"), formula: () => t("Formula"), help: () => t("Help"),
};

const idOf = (part: Part) => part.path.slice(part.path.lastIndexOf(".") + 1);

function Input({ row, value, form, onChange }: { row: Row; value: Value; form: Form | undefined; onChange: (text: string) => void }) {
    const now = row.set[value.of] ?? value.value ?? "";
    const label = names[value.of]?.() ?? value.of;
    const limits = value.min !== undefined && value.max !== undefined ? t("{min} to {max}", { min: value.min, max: value.max }) : value.pattern ? t("Such as: {pattern}", { pattern: value.pattern.replace(/\[0-9\]\+|\\d\+/g, "10") }) : "";

    return <label class="field">{label}{value.one_of
        ? <select value={now} onChange={(event) => onChange(event.currentTarget.value)}>
            {!value.one_of.includes(now) && <option value={now}>{now}</option>}
            {value.one_of.map((one) => <option value={one}>{form && whoInWords(one, form) || one}</option>)}</select>
        : <input value={now} inputMode={value.min !== undefined || value.max !== undefined ? "decimal" : "text"} onInput={(event) => onChange(event.currentTarget.value)} />}
        {limits && !value.one_of && <span class="dim">{limits}</span>}</label>;
}

/* A number where the rule has limits, for it is one in the form. */
const wire = (value: Value | undefined, text: string): unknown =>
    text === "" ? null : (value?.min !== undefined || value?.max !== undefined) && Number.isFinite(Number(text)) ? Number(text) : text;

function changesOf(before: Row[], rows: Row[]): Body["changes"] {
    const changes: Body["changes"] = [];
    const order = (of: Row[], within: string | undefined) => of.filter((row) => !row.gone && row.part.within === within).map((row) => row.part.path).join();
    const moved = new Set<string | undefined>();

    for (const row of rows) {
        const set = Object.fromEntries(Object.entries(row.set).map(([of, text]) => [of, wire(row.part.values.find((value) => value.of === of), text)]));
        const { part, path } = row.part;
        if (row.fresh && !row.gone) changes.push({ part, path, add: set });
        else if (row.gone && !row.fresh) changes.push({ part, path, remove: true });
        else if (!row.gone && Object.keys(set).length) changes.push({ part, path, set });
    }
    for (const row of rows) if (row.part.move || row.fresh) moved.add(row.part.within);
    for (const within of moved) {
        const kept = before.filter((row) => rows.some((one) => one.part.path === row.part.path && !one.gone));
        const appended = [...kept, ...rows.filter((row) => row.fresh && !row.gone)];
        if (order(appended, within) === order(rows, within)) continue;
        for (const row of rows) if (!row.gone && row.part.within === within) changes.push({ part: row.part.part, path: row.part.path, before: null });
    }
    return changes;
}

function Editor({ of, form, again }: { of: Adjustable; form: Form | undefined; again: () => void }) {
    const first = of.parts.map((part): Row => ({ part, set: {}, gone: false, fresh: false }));
    const [rows, setRows] = useState(first);
    const [seen, setSeen] = useState<Adjusted>();
    const [wrong, setWrong] = useState<string[]>([]);
    const [reason, setReason] = useState("");
    const changes = changesOf(first, rows);

    function put(n: number, row: Row): void {
        setRows(rows.map((one, i) => i === n ? row : one));
        setSeen(undefined);
    }
    function move(n: number, by: number): void {
        const next = [...rows];
        const [row] = next.splice(n, 1);
        next.splice(n + by, 0, row!);
        setRows(next);
        setSeen(undefined);
    }
    function add(rule: Adjustable["adds"][number]): void {
        const taken = new Set(rows.map((row) => idOf(row.part)));
        let n = 1;
        while (taken.has(`${rule.part}-${n}`)) n++;
        const part = { rule: rule.rule, part: rule.part, path: `${rule.within}.${rule.part}-${n}`, within: rule.within, remove: true, move: true, label: t("New"), values: rule.values ?? [] } as Part;
        setRows([...rows, { part, set: Object.fromEntries(part.values.map((value) => [value.of, value.of === "label" ? t("New") : value.one_of?.[0] ?? ""]).filter(([, text]) => text)), gone: false, fresh: true }]);
        setSeen(undefined);
    }
    async function send(dry: boolean): Promise<void> {
        setWrong([]);
        try {
            const answer = await ask("POST /forms/{form}/adjust", { path: { form: of.form }, key: newKey(),
                body: { version: of.version, changes, ...(reason ? { reason } : {}), ...(dry ? { dry_run: true } : {}) } });
            if (dry) { setSeen(answer); return; }
            say(answer.proposal ? t("It waits to be approved.") : t("It is live."));
            again();
        } catch (error) {
            const said = error instanceof Problem ? [...error.errors, ...error.diagnostics].map((one) => one.message) : [];
            setWrong(said.length ? said : [(error as Error).message]);
        }
    }
    return <>
        <ul class="adjust">{rows.map((row, n) => <li class={row.gone ? "gone" : ""} key={row.part.path}>
            <div class="level-head"><h2>{row.set.label ?? row.part.label ?? row.part.path}</h2><span class="tools">
                {row.part.move && <><IconButton name="up" label={t("{label}: earlier", { label: row.part.label ?? "" })} disabled={rows[n - 1]?.part.within !== row.part.within} onClick={() => move(n, -1)} />
                    <IconButton name="down" label={t("{label}: later", { label: row.part.label ?? "" })} disabled={rows[n + 1]?.part.within !== row.part.within} onClick={() => move(n, 1)} /></>}
                {row.part.remove && <button type="button" aria-pressed={row.gone} onClick={() => put(n, { ...row, gone: !row.gone })}>{row.gone ? t("Keep it") : t("Leave it out")}</button>}</span></div>
            {!row.gone && <div class="attributes">{row.part.values.map((value) => <Input row={row} value={value} form={form}
                onChange={(text) => { const set = { ...row.set, [value.of]: text }; if (text === (value.value ?? "") && !row.fresh) delete set[value.of]; put(n, { ...row, set }); }} />)}</div>}
        </li>)}</ul>
        {of.adds.filter((one) => one.add).map((one) => <button type="button" onClick={() => add(one)}>{one.part === "level" ? t("Add a level") : t("Add")}</button>)}
        <label class="field adjust-why">{t("Why?")}<input value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
        {wrong.length > 0 && <div role="alert" class="late">{wrong.map((one) => <p>{one}</p>)}</div>}
        {seen && <section class="block"><h2>{t("What differs from the version that is live")}</h2>
            <ul class="differences">{(seen.changes as unknown as Change[]).map((change) => <li>{sentenceOf(change)}</li>)}</ul>
            {of.approval && <p class="dim">{t("It goes live when it has been approved.")}</p>}</section>}
        <div class="buttons"><button type="button" disabled={!changes.length} onClick={() => void send(true)}>{t("See what changes")}</button>
            <button type="button" class="primary" disabled={!seen} onClick={() => void send(false)}>{of.approval ? t("Ask for it") : t("Go live")}</button></div>
    </>;
}

export function AdjustForm({ id }: { id: string }) {
    const of = useAnswer(() => ask("GET /forms/{form}/adjustable", { path: { form: id } }), [id]);
    const form = useAnswer(() => ask("GET /forms/{form}", { path: { form: id } }) as Promise<Form>, [id]);

    useEffect(() => { if (of.data) document.title = `${of.data.label ?? id} · Weft`; }, [of.data]);
    return <Answered of={of} what={t("Loading the form…")}>{(data) => <>
        <header class="head"><div class="title"><h1>{data.label ?? id}</h1><p class="facts"><a href="/studio">{t("Studio")}</a><span>{t("version {n}", { n: data.version })}</span></p></div></header>
        {data.rules.map((rule) => <p class="dim">{rule.help ?? rule.label}</p>)}
        <Editor key={`${data.version} ${of.busy}`} of={data} form={form.data} again={of.again} />
    </>}</Answered>;
}

export function AdjustGallery() {
    const forms = useAnswer(async () => (await ask("GET /adjustable")).items, []);

    useEffect(() => { document.title = `${t("Studio")} · Weft`; }, []);
    return <><header class="head"><h1>{t("Studio")}</h1></header>
        <Answered of={forms} what={t("Looking for forms…")}>{(items) => items.length === 0 ? <p class="empty">{t("No form is yours to adjust.")}</p>
            : <ul class="rows">{items.map((item) => <li key={item.form}><div class="row"><div class="what"><h3><a href={`/studio/${item.form}`}>{item.label ?? item.form}</a></h3>
                <p class="dim">{item.rules.map((rule) => rule.help ?? rule.label).join(" ")}</p></div></div></li>)}</ul>}</Answered></>;
}
