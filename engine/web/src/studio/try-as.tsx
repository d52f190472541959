/* studio/try-as.tsx - a draft as somebody will have it, before it is live: the
 * form with the rights of whoever fills it in, whom it would ask, and the form
 * with the rights of each of those.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { PersonRef, Tried } from "#api";
import { Problem } from "../api/client.ts";
import { ChainView } from "../form/chain.tsx";
import { Editor } from "../form/editor.ts";
import type { Form } from "../form/model.ts";
import { FormView } from "../form/view.tsx";
import { toWire } from "../form/wire.ts";
import { t } from "../i18n/index.ts";
import { PersonPicker } from "../ui/person-picker.tsx";
import { sayError } from "../ui/toast.tsx";
import type { Draft } from "./draft.ts";

const PAUSE_MS = 600;

/* Who looks at it, and where they are asked. */
interface Eyes { key: string; who: PersonRef; words: string; step: string; level?: string }

function eyesOf(model: Form, author: PersonRef, chain: Tried["chain"]): Eyes[] {
    const start = model.steps.find((step) => step.id === model.start);
    const first = { key: "start", who: author, words: start?.label ?? "", step: model.start };

    return [first, ...(chain ?? []).filter((level) => !level.skipped && level.level).flatMap((level) => level.people.slice(0, 1).map((who) =>
        ({ key: `${level.step}/${level.level!}`, who, words: level.label ?? "", step: level.step, level: level.level! })))];
}

function Seen({ draft, model, author, eyes, onChange }: { draft: Draft; model: Form; author: PersonRef; eyes: Eyes; onChange: () => void }) {
    const [seen, setSeen] = useState<Tried>();

    useEffect(() => {
        let asked = true;
        draft.try({ author: author.login, as: eyes.who.login, step: eyes.step, ...(eyes.level ? { level: eyes.level } : {}), data: toWire(draft.samples.peek()) })
            .then((answer) => { if (asked) setSeen(answer); }, () => { if (asked) setSeen(undefined); });
        return () => { asked = false; };
    }, [model, author, eyes.key]);
    const editor = useMemo(() => seen && Editor.tried(model, { step: eyes.step, level: eyes.level, data: seen.data ?? {}, seen: seen.seen ?? [], edit: seen.edit ?? [] }), [seen]);
    const typed = editor?.mine.value;

    useEffect(() => {
        if (!typed || typed === seen?.data) return;
        draft.samples.value = { ...draft.samples.peek(), ...typed };
        const timer = setTimeout(onChange, PAUSE_MS);
        return () => clearTimeout(timer);
    }, [typed]);
    if (!editor || !seen) return <p class="wait">{t("Trying it …")}</p>;
    const hidden = model.fields.filter((field) => !(seen.seen ?? []).includes(field.path));
    const actions = eyes.level ? [] : model.steps.find((step) => step.id === eyes.step)?.actions ?? [];
    return <>
        <FormView editor={editor} />
        {hidden.length > 0 && <p class="dim unseen">{t("{name} does not see: {fields}", { name: eyes.who.name, fields: hidden.map((field) => field.label).join(t(", ")) })}</p>}
        {actions.length > 0 && <p class="dim">{t("Then they may: {actions}", { actions: actions.map((action) => action.label).join(t(", ")) })}</p>}
    </>;
}

export function TryAs({ draft }: { draft: Draft }) {
    const model = draft.model.value;
    const author = draft.tried.value;
    const [chain, setChain] = useState<Tried["chain"]>();
    const [at, setAt] = useState("start");
    const [turn, setTurn] = useState(0);

    useEffect(() => {
        let asked = true;
        if (!author || !model) setChain(undefined);
        else draft.try({ author: author.login, data: toWire(draft.samples.peek()) }).then((answer) => { if (asked) setChain(answer.chain); },
            (error: unknown) => { if (asked && !(error instanceof Problem && error.diagnostics.length)) sayError(error); });
        return () => { asked = false; };
    }, [author, model, turn]);
    if (!model) return <p class="wait">{t("Checking…")}</p>;
    const all = author ? eyesOf(model, author, chain) : [];
    const eyes = all.find((one) => one.key === at) ?? all[0];
    return <>
        <div class="try"><PersonPicker label={t("Try it as …")} people={author ? [author] : []} onChange={(chosen) => { setAt("start"); draft.tried.value = chosen[0]; }} /></div>
        {!author && <p class="empty">{t("Choose somebody: the draft is shown as they will fill it in, with whoever would be asked. Nothing is kept, nobody is told.")}</p>}
        {chain && author && <section class="block">
            {chain.length ? <ChainView chain={chain} /> : <p>{t("Nobody is asked.")}</p>}
            {all.length > 1 && <fieldset class="eyes"><legend class="label">{t("See it as")}</legend>
                {all.map((one) => <label class="check"><input type="radio" name="eyes" checked={one === eyes} onChange={() => setAt(one.key)} />{one.who.name} <span class="dim">{one.words}</span></label>)}</fieldset>}
        </section>}
        {eyes && author && <div class="tried" role="group" aria-label={t("The form as {name} sees it", { name: eyes.who.name })}>
            <Seen key={`${author.id} ${eyes.key}`} draft={draft} model={model} author={author} eyes={eyes} onChange={() => setTurn((n) => n + 1)} /></div>}
    </>;
}
