/* pages/inbox.tsx - all that waits: by kind, a look without leaving, many at
 * once, and by keyboard.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, newKey, Unreachable } from "../api/client.ts";
import { useNews } from "../app/live.ts";
import { inquire } from "../app/question.ts";
import { askWork, waiting } from "../app/waiting.ts";
import { useAnswer } from "../base/async.ts";
import { loadWords, t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { lazy } from "../ui/lazy.tsx";
import { say, sayError } from "../ui/toast.tsx";
import { actFromAfar } from "../app/act.ts";
import { Facts, targetOf, WorkButtons, type Work } from "../ui/work-item.tsx";
import "./inbox.css";

const Peek = lazy(async () => (await import("../form/peek.tsx")).Peek);
const Away = lazy(async () => (await Promise.all([import("../away/panel.tsx"), loadWords("away")]))[0].Panel);

type Group = { form: string; label: string; items: Work[] };

function groupsOf(items: Work[], labels: Map<string, string>): Group[] {
    const groups = new Map<string, Group>();

    for (const item of items) {
        const { form } = item.document;
        if (!groups.has(form)) groups.set(form, { form, label: labels.get(form) ?? form, items: [] });
        groups.get(form)!.items.push(item);
    }
    return [...groups.values()];
}

/* The actions that all of them have, with what the first calls them. */
function common(items: Work[]): [string, string][] {
    const [first, ...rest] = items;
    return (first?.actions ?? []).filter((action) => rest.every((item) => item.actions?.includes(action)))
        .map((action) => [action, first!.labels?.[action] ?? action]);
}

/* In two pieces: together they look like a path of somebody's machine. */
const BATCH = `POST /work${"/batch"}` as const;

interface Failure { title: string; detail: string }

function Batch({ items, chosen, onDone, clear }: { items: Work[]; chosen: Set<string>; onDone: () => void; clear: () => void }) {
    const [failures, setFailures] = useState<Failure[]>([]);
    const picked = items.filter((item) => chosen.has(item.id));
    const shared = common(picked).filter(([action]) => action !== "return"); /* one place for all there is not */

    async function all(action: string, label: string): Promise<void> {
        const reply = await inquire({ title: t("{action}: {n} at once", { action: label, n: picked.length }), action: label, comment: "optional" });
        if (!reply) return;
        try {
            const { items: results } = await ask(BATCH,
                { body: { ids: picked.map((item) => item.document.id), action, ...(reply.comment ? { comment: reply.comment } : {}) }, key: newKey() });
            const failed = results.filter((result) => !result.ok);
            setFailures(failed.map((result) => ({
                title: picked.find((item) => item.document.id === result.id)?.document.title ?? result.id,
                detail: String(result.problem?.detail ?? ""),
            })));
            say(t("{action}: {n} done.", { action: label, n: results.length - failed.length }));
            clear();
            onDone();
        } catch (error) {
            sayError(error instanceof Unreachable ? new Error(t("No network. Many at once needs one.")) : error);
        }
    }
    return <>
        {picked.length > 0 && <div class="batch" role="region" aria-label={t("Chosen")}>
            <strong>{t("{n} chosen", { n: picked.length })}</strong>
            {shared.map(([action, label], i) => <button type="button" class={i === 0 ? "primary" : ""} onClick={() => void all(action, label)}>{label}</button>)}
            {shared.length === 0 && <span class="dim">{t("There is nothing that all of these ask for. Choose such as stand at the same step.")}</span>}
            <button type="button" class="plain" onClick={clear}>{t("Choose none")}</button>
        </div>}
        {failures.length > 0 && <div class="form-wrong" role="alert"><p>{t("These could not be done:")}</p>
            <ul>{failures.map((failure) => <li>{failure.title}{t(": ")}{failure.detail}</li>)}</ul></div>}
    </>;
}

function useKeys(items: Work[], at: number, setAt: (at: number) => void, on: { toggle: (item: Work) => void; peek: (item: Work) => void; act: (item: Work) => void }): void {
    const now = useRef({ items, at, on });

    now.current = { items, at, on };
    useEffect(() => {
        function key(event: KeyboardEvent): void {
            const { items: all, at: i, on: what } = now.current;
            if ((event.target as Element).closest("input:not([type=checkbox]), textarea, select, [role=dialog], [role=alertdialog]") || event.metaKey || event.ctrlKey || event.altKey) return;
            const item = all[i];
            if (event.key === "j" || event.key === "k") setAt(Math.max(0, Math.min(all.length - 1, i + (event.key === "j" ? 1 : -1))));
            else if (event.key === "x" && item) what.toggle(item);
            else if (event.key === "o" && item) what.peek(item);
            else if (event.key === "a" && item) what.act(item);
            else return;
            event.preventDefault();
        }
        addEventListener("keydown", key);
        return () => removeEventListener("keydown", key);
    }, []);
    useEffect(() => { document.querySelector(`[data-at="${at}"] a`)?.scrollIntoView({ block: "nearest" }); (document.querySelector(`[data-at="${at}"] .peek-at`) as HTMLElement | null)?.focus(); }, [at]);
}

export default function Inbox() {
    const work = useAnswer(askWork, []);
    const forms = useAnswer(async () => new Map((await ask("GET /forms")).items.map((form) => [form.id, form.label])), []);
    const [chosen, setChosen] = useState<Set<string>>(new Set());
    const [peeked, setPeeked] = useState<Work | undefined>();
    const [away, setAway] = useState(false);
    const [at, setAt] = useState(-1);
    const groups = useMemo(() => groupsOf(work.data?.items ?? [], forms.data ?? new Map()), [work.data, forms.data]);
    const order = groups.flatMap((group) => group.items);
    const toggle = (item: Work) => {
        const next = new Set(chosen);
        next.delete(item.id) || next.add(item.id);
        setChosen(next);
    };
    const done = () => { setPeeked(undefined); work.again(); };

    useKeys(order, at, setAt, { toggle, peek: setPeeked, act: (item) => {
        const action = item.actions?.[0];
        if (action) void actFromAfar(targetOf(item), action, item.labels?.[action] ?? action).then((ok) => { if (ok) done(); });
    } });
    useNews((news) => { if (news.work || news.all) work.again(); }, []);
    useEffect(() => { document.title = `${t("Inbox")} (${waiting.value}) · Weft`; }, [work.data]);
    return <>
        <header class="head"><h1>{t("Inbox")}</h1><p class="dim keys">{t("Keys: j, k move · x choose · o look · a the first action")}</p>
            <button type="button" aria-haspopup="dialog" onClick={() => setAway(true)}>{t("Out of office")}</button></header>
        <Batch items={order} chosen={chosen} onDone={done} clear={() => setChosen(new Set())} />
        <Answered of={work} what={t("Looking what waits…")}>{() => groups.length === 0
            ? <p class="empty">{t("Nothing waits for you.")} {t("What others send you to decide will stand here.")}</p>
            : groups.map((group) => <section class="block" key={group.form}>
                <h2><label class="check"><input type="checkbox" checked={group.items.every((item) => chosen.has(item.id))}
                    onChange={(event) => {
                        const next = new Set(chosen);
                        for (const item of group.items) event.currentTarget.checked ? next.add(item.id) : next.delete(item.id);
                        setChosen(next);
                    }} />{group.label}</label><span class="count">{group.items.length}</span></h2>
                <ul class="rows">{group.items.map((item) => <li key={item.id} data-at={order.indexOf(item)} class={order[at] === item ? "here" : ""}>
                    <div class="row inbox-row">
                        <input type="checkbox" aria-label={t("Choose {title}", { title: item.document.title })} checked={chosen.has(item.id)} onChange={() => toggle(item)} />
                        <div class="what"><h3><a href={`/documents/${item.document.id}`}>{item.document.title}</a></h3><Facts item={item} grouped /></div>
                        <button type="button" class="plain peek-at" aria-label={t("Look at {title}", { title: item.document.title })} onClick={() => { setAt(order.indexOf(item)); setPeeked(item); }}>{t("Look")}</button>
                        <WorkButtons item={item} onDone={done} />
                    </div></li>)}</ul>
            </section>)}</Answered>
        {away && <Away onClose={() => setAway(false)} onChange={work.again} />}
        {peeked && <Peek item={peeked} onClose={() => setPeeked(undefined)} onDone={done} />}
    </>;
}
