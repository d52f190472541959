/* studio/flow.tsx - the workflow as a line of cards, and "try it as …".
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { Chain } from "#api";
import { Problem } from "../api/client.ts";
import { ChainView } from "../form/chain.tsx";
import type { Form, Level, Step } from "../form/model.ts";
import { toWire } from "../form/wire.ts";
import { t } from "../i18n/index.ts";
import { Icon, IconButton } from "../ui/icon.tsx";
import { PersonPicker } from "../ui/person-picker.tsx";
import { sayError } from "../ui/toast.tsx";
import type { Draft } from "./draft.ts";
import { Happened } from "./happened.tsx";
import { addChild, attr, move, moveBefore, remove, setAttr, type Elem } from "./xml.ts";
import { whoInWords } from "./who.ts";

const agreeWords: Record<string, () => string> = {
    any: () => t("one of them is enough"), all: () => t("all of them"), share: () => t("a share of them"), weight: () => t("by weight"), veto: () => t("more than half, nobody against"),
};

interface Row { name: string; label: () => string; choices?: [string, () => string][] }
const levelRows: Row[] = [
    { name: "label", label: () => t("Label") }, { name: "by", label: () => t("Who") }, { name: "when", label: () => t("Only when") },
    { name: "agree", label: () => t("How they agree"), choices: [["", () => t("as usual")], ["any", agreeWords.any!], ["all", agreeWords.all!], ["veto", agreeWords.veto!]] },
    { name: "within", label: () => t("Within"), },
];
const stepRows: Row[] = [
    { name: "label", label: () => t("Label") }, { name: "by", label: () => t("Who") }, { name: "edit", label: () => t("May change") }, { name: "within", label: () => t("Within") },
];

function Attributes({ draft, elem, rows }: { draft: Draft; elem: Elem; rows: Row[] }) {
    return <div class="attributes">{rows.map((row) => <label class="field">{row.label()}
        {row.choices
            ? <select value={attr(elem, row.name) ?? ""} onChange={(event) => draft.edit((text) => setAttr(text, elem, row.name, event.currentTarget.value))}>
                {row.choices.map(([id, label]) => <option value={id}>{label()}</option>)}</select>
            : <input value={attr(elem, row.name) ?? ""} onChange={(event) => draft.edit((text) => setAttr(text, elem, row.name, event.currentTarget.value))} />}
    </label>)}</div>;
}

function Who({ text, model }: { text: string | undefined; model: Form }) {
    if (!text) return null;
    return <p class="dim" title={text}>{whoInWords(text, model) ?? <code>{text}</code>}</p>;
}

function LevelCard({ draft, model, step, level, elem }: { draft: Draft; model: Form; step: Step; level: Level; elem: Elem | undefined }) {
    const id = `level:${step.id}/${level.id}`;
    const open = draft.selected.value === id;

    return <li class={open ? "level open" : "level"} draggable={!!elem} onDragStart={(event) => event.dataTransfer?.setData("text/plain", id)}
        onDragOver={(event) => event.preventDefault()} onDrop={(event) => {
            const from = levelElem(draft, event.dataTransfer?.getData("text/plain") ?? "");
            event.preventDefault();
            if (from && elem) draft.edit((text) => moveBefore(text, from, elem));
        }}>
        <div class="level-head"><button type="button" class="plain" aria-expanded={open} onClick={() => { draft.selected.value = open ? undefined : id; }}><strong>{level.label}</strong></button>
            {elem && <span class="tools"><IconButton name="left" label={t("{label}: earlier", { label: level.label })} onClick={() => draft.edit((text) => move(text, elem, -1))} />
                <IconButton name="right" label={t("{label}: later", { label: level.label })} onClick={() => draft.edit((text) => move(text, elem, 1))} />
                <IconButton name="trash" label={t("Remove {label}", { label: level.label })} onClick={() => draft.edit((text) => remove(text, elem))} /></span>}</div>
        <Who text={level.by} model={model} />
        <p class="dim">{agreeWords[level.agree ?? "any"]?.() ?? level.agree}{level.when && ` · ${t("under a condition")}`}</p>
        {open && elem && <Attributes draft={draft} elem={elem} rows={levelRows} />}
    </li>;
}

function levelElem(draft: Draft, id: string): Elem | undefined {
    const [, step, level] = /^level:([^/]+)\/(.+)$/.exec(id) ?? [];
    return step ? draft.stepElem(step)?.children.find((one) => attr(one, "id") === level) : undefined;
}

function StepCard({ draft, model, step }: { draft: Draft; model: Form; step: Step }) {
    const elem = draft.stepElem(step.id);
    const open = draft.selected.value === `step:${step.id}`;
    const label = (id: string | undefined) => model.steps.find((one) => one.id === id)?.label ?? id ?? "";

    return <li class={`step-card ${step.kind}`}>
        <h2><button type="button" class="plain" aria-expanded={open} onClick={() => { draft.selected.value = open ? undefined : `step:${step.id}`; }}>{step.label}</button></h2>
        <Who text={step.by} model={model} />
        {open && elem && <Attributes draft={draft} elem={elem} rows={step.kind === "end" || step.kind === "branch" ? stepRows.slice(0, 1) : step.kind === "approval" ? [stepRows[0]!] : stepRows} />}
        {step.kind === "approval" && <>
            <ol class="levels">{step.levels?.map((level) => <LevelCard model={model} draft={draft} step={step} level={level} elem={elem?.children.find((one) => attr(one, "id") === level.id)} />)}</ol>
            {elem && <button type="button" onClick={() => draft.edit((text) => {
                const last = elem.children.filter((one) => one.name === "level" || one.name === "climb").at(-1);
                const after = last && elem.children[elem.children.indexOf(last) + 1];
                return addChild(text, elem, `<level id="${draft.freshId("level").replace("_", "-")}" label="${t("Level")}" by="manager(creator)"/>`, after);
            })}><Icon name="plus" />{t("Add a level")}</button>}
            <p class="dim">{t("approved → {a}, refused → {b}", { a: label(step.approved), b: label(step.rejected) })}</p>
            {step.fast_tracks?.map((track) => <p class="dim">{t("Green channel: only {levels}", { levels: track.levels.map((id) => step.levels?.find((one) => one.id === id)?.label ?? id).join(t(", ")) })}</p>)}
        </>}
        {step.actions?.map((action) => <p>{action.label} {action.to && <span class="dim">→ {label(action.to)}</span>}</p>)}
    </li>;
}

/* Whom the draft would ask, for a real person. */
function Tried({ draft, onTry }: { draft: Draft; onTry: () => void }) {
    const { tried, xml, lua, samples } = draft;
    const person = tried.value;
    const [chain, setChain] = useState<Chain["chain"]>();

    useEffect(() => {
        let asked = true;
        if (!person) setChain(undefined);
        else draft.try({ author: person.login, data: toWire(samples.peek()) })
            .then((answer) => { if (asked) setChain(answer.chain); }, (error: unknown) => { if (asked) sayUnlessFound(error); });
        return () => { asked = false; };
    }, [person, draft.model.value, xml.value === draft.live && lua.value === draft.hooks.text]);
    return <section class="block try"><PersonPicker label={t("Try it as …")} people={person ? [person] : []} onChange={(chosen) => { tried.value = chosen[0]; }} />
        <p class="dim">{t("Shows whom this draft would ask, before it is live.")}</p>
        {chain && (chain.length ? <ChainView chain={chain} /> : <p>{t("Nobody is asked.")}</p>)}
        {chain && <button type="button" onClick={onTry}>{t("See the form as they do")}</button>}</section>;
}

/* What is wrong with the draft is listed above already. */
function sayUnlessFound(error: unknown): void {
    if (!(error instanceof Problem) || !error.diagnostics.length) sayError(error);
}

export function Flow({ draft, onTry }: { draft: Draft; onTry: () => void }) {
    const model = draft.model.value;

    if (!model) return <p class="wait">{t("Checking…")}</p>;
    return <>
        {draft.isOverlay.value && <p class="dim">{t("This form follows its original: change the chain in its XML.")}</p>}
        <ol class="line">{model.steps.map((step) => <StepCard key={step.id} draft={draft} model={model} step={step} />)}</ol>
        <Tried draft={draft} onTry={onTry} />
        <Happened form={draft.id} />
    </>;
}
