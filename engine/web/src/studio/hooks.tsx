/* studio/hooks.tsx - the Lua of a form, and each function of it tried on a
 * document or on the samples: what it would change, say and do. Nothing is kept.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { StreamLanguage } from "@codemirror/language";
import { lua } from "@codemirror/legacy-modes/mode/lua";
import { EditorState } from "@codemirror/state";
import { computed, signal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import type { Hooks, Tried } from "#api";
import { Problem, type Diagnostic } from "../api/client.ts";
import { DocumentPicker } from "../form/document-picker.tsx";
import type { Form } from "../form/model.ts";
import { toWire } from "../form/wire.ts";
import { t } from "../i18n/index.ts";
import { sayError } from "../ui/toast.tsx";
import { Code } from "./code.tsx";
import type { Draft } from "./draft.ts";
import { isOfHooks } from "./found.ts";
import { HookResult } from "./hook-result.tsx";
import "./hooks.css";

/* The functions that stand in the file. */
const functionsIn = (text: string): string[] => [...text.matchAll(/^function\s+([A-Za-z_]\w*)\s*\(/gm)].map((match) => match[1]!);

const snake = (id: string) => id.replace(/-/g, "_");

/* What happens to documents of this form, as the engine calls it, with the
 * action behind it. */
function eventsOf(model: Form): Map<string, string | undefined> {
    const events = new Map<string, string | undefined>([["validate", undefined]]);
    const acts = new Set(model.steps.flatMap((step) => [...(step.actions ?? []).map((action) => action.id), ...(step.kind === "approval" ? ["approve", "reject"] : [])]));

    for (const id of acts) for (const when of ["before", "after"]) events.set(`${when}_${snake(id)}`, id);
    for (const step of model.steps) for (const when of ["enter", "leave"]) events.set(`${when}_${snake(step.id)}`, undefined);
    return events;
}

function complete(hooks: Hooks, model: Form | undefined) {
    return (context: CompletionContext): CompletionResult | null => {
        const field = context.matchBefore(/\bdoc\.\w*/);
        const line = context.state.doc.lineAt(context.pos);
        if (line.text.slice(0, context.pos - line.from).includes("--")) return null; /* a comment */
        const word = context.matchBefore(/\w+/);

        if (field) return {
            from: field.from + 4,
            options: [...(model?.fields ?? []).map((one) => ({ label: one.id, detail: one.label, type: "property" })),
                ...["id", "form", "step", "state", "title", "creator", "created"].map((label) => ({ label, type: "property" }))],
        };
        if (!word && !context.explicit) return null;
        return {
            from: word?.from ?? context.pos,
            options: hooks.host.map((one) => ({ label: one.name, detail: one.signature.slice(one.name.length), info: one.help, type: "function" })),
        };
    };
}

function Run({ draft, model, names, onDone }: { draft: Draft; model: Form; names: string[]; onDone: (done: Tried["hook"]) => void }) {
    const [chosen, setChosen] = useState("");
    const [document, setDocument] = useState<string>();
    const [comment, setComment] = useState("");
    const [busy, setBusy] = useState(false);
    const name = names.includes(chosen) ? chosen : names[0] ?? "";
    const action = eventsOf(model).get(name);

    async function run(event: Event): Promise<void> {
        event.preventDefault();
        setBusy(true);
        try {
            const answer = await draft.try({
                hook: name, ...(document ? { document } : { data: toWire(draft.samples.value) }),
                ...(action ? { action, ...(comment ? { comment } : {}) } : {}),
                ...(!document && draft.tried.value ? { author: draft.tried.value.login } : {}),
            });
            onDone(answer.hook);
        } catch (error) {
            onDone(undefined);
            if (!(error instanceof Problem && error.diagnostics.length)) sayError(error);
        } finally {
            setBusy(false);
        }
    }
    return <form class="run" onSubmit={(event) => void run(event)}>
        <label class="field">{t("Function")}<select value={name} onChange={(event) => setChosen(event.currentTarget.value)}>{names.map((one) => <option value={one}>{one}</option>)}</select></label>
        <div class="field"><span class="label">{t("On this document; empty: on the samples in the form")}</span>
            <DocumentPicker label={t("On this document; empty: on the samples in the form")} form={model.id} many={false} ids={document ? [document] : []} onChange={(ids) => setDocument(ids[0])} /></div>
        {action && <label class="field">{t("With the comment")}<input value={comment} onInput={(event) => setComment(event.currentTarget.value)} /></label>}
        <button class="primary" disabled={busy || !name}>{t("Run it")}</button>
        <p class="dim">{t("It is only tried: nothing is kept, nobody is told. It sees what you see.")}</p>
    </form>;
}

export function HooksTab({ draft, line }: { draft: Draft; line: number }) {
    const model = draft.model.value;
    const [done, setDone] = useState<Tried["hook"]>();
    const [at, setAt] = useState(0);
    const broke = useMemo(() => signal<Diagnostic[]>([]), []);
    const found = useMemo(() => computed(() => [...draft.diagnostics.value.filter(isOfHooks), ...broke.value]), [draft]);
    const language = useMemo(() => [StreamLanguage.define(lua), EditorState.languageData.of(() => [{ autocomplete: complete(draft.hooks, draft.model.peek()) }])], [draft]);
    const names = functionsIn(draft.lua.value);

    if (!model) return <p class="wait">{t("Checking…")}</p>;
    const missing = [...eventsOf(model).keys()].filter((name) => !names.includes(name));
    function add(name: string): void {
        const before = draft.lua.value.replace(/\s*$/, "");
        draft.setLua(`${before}${before ? "\n\n" : ""}function ${name}(doc${eventsOf(model!).get(name) ? ", act" : ""})\n  \nend\n`);
        setAt(draft.lua.value.split("\n").length - 2);
    }
    function finished(result: Tried["hook"]): void {
        setDone(result);
        broke.value = result?.problem?.line ? [{ severity: "error", line: result.problem.line, message: result.problem.message }] : [];
    }
    return <div class="hooks">
        <div class="hooks-text">
            <p class="dim">{names.length ? t("Functions that run when something happens to a document.") : t("This form has no hooks, and most need none. Choose what one should run at.")}
                {draft.hooks.system && ` ${t("They run as the system: only an administrator may change them.")}`}</p>
            <label class="field add-hook">{t("Add a function")}<select value="" onChange={(event) => { if (event.currentTarget.value) add(event.currentTarget.value); event.currentTarget.value = ""; }}>
                <option value="">{t("when …")}</option>{missing.map((name) => <option value={name}>{name}</option>)}</select></label>
            <Code label={t("Hooks")} text={draft.lua} onChange={(text) => draft.setLua(text)} language={language} found={found} line={at || line} height="55vh" />
        </div>
        <aside class="hooks-try" aria-label={t("Try a function")}>
            <h2>{t("Try a function")}</h2>
            {names.length > 0 ? <Run draft={draft} model={model} names={names} onDone={finished} /> : <p class="dim">{t("Add a function first.")}</p>}
            {done && <HookResult model={model} done={done} onLine={(to) => { setAt(0); setTimeout(() => setAt(to)); }} />}
        </aside>
    </div>;
}
