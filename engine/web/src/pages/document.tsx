/* pages/document.tsx - a document, or a new one of a form.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { Document } from "#api";
import { ask } from "../api/client.ts";
import { bodyOf, reasonFor, verbLabels } from "../app/act.ts";
import { onNews } from "../app/live.ts";
import { here, setQuery, type PlaceProps } from "../app/router.ts";
import { askWork } from "../app/waiting.ts";
import { useAnswer } from "../base/async.ts";
import { formatDay } from "../base/format.ts";
import { Editor, type Status } from "../form/editor.ts";
import { stepsOf } from "../form/lanes.ts";
import { showPeriod } from "../form/show.ts";
import { FormView } from "../form/view.tsx";
import { onTabs } from "../offline/tabs.ts";
import { loadWords, t } from "../i18n/index.ts";
import { Answered, Refused, Wait } from "../ui/answer.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Light, type Health } from "../ui/light.tsx";
import { Actions } from "../ui/more.tsx";
import { say, sayError } from "../ui/toast.tsx";
import "./document.css";

const conflicts = async () => (await Promise.all([import("../form/conflicts.tsx"), loadWords("conflicts")]))[0];
const Conflicts = lazy(async () => (await conflicts()).Conflicts);
const Left = lazy(async () => (await conflicts()).Left);
const Attached = lazy(async () => {
    const [{ Attached: loaded }] = await Promise.all([import("../form/file-attached.tsx"), loadWords("files")]);
    return loaded;
});
const ChainView = lazy(async () => (await import("../form/chain.tsx")).ChainView); /* as its answer comes after the document */
const Talk = lazy(async () => (await import("../form/talk.tsx")).Talk);
const HistoryView = lazy(async () => (await Promise.all([import("../form/history.tsx"), loadWords("history")]))[0].HistoryView);

const statusWords: Record<Status, () => string> = {
    saved: () => t("saved"), typing: () => t("not saved yet"), saving: () => t("saving…"), kept: () => t("kept in this browser"),
    conflict: () => t("changed by two"), refused: () => t("not saved: see what is wrong"),
};

function DocumentActions({ editor }: { editor: Editor }) {
    const [busy, setBusy] = useState("");
    const document = editor.document.value;
    const steps = stepsOf(editor.form, document);
    const own = steps.flatMap((step) => step.actions ?? []);
    const ids = (document.can?.actions ?? own.map((action) => action.id)).filter((id) => id !== "attach"); /* it has its own place */

    const labelOf = (id: string) => own.find((action) => action.id === id)?.label ?? verbLabels[id]?.() ?? id;

    /* Led here by the button of a card, one is always asked first. */
    useEffect(() => {
        const id = here.value.query.get("act");
        if (!id) return;
        setQuery({ act: undefined });
        if (ids.includes(id)) void act(id, labelOf(id), true);
    }, []);
    async function act(id: string, label: string, led = false): Promise<void> {
        if (id === "appeal") {
            await (await import("../app/appeal.ts")).appeal(document as Document).catch(sayError);
            return;
        }
        const step = steps.find((one) => one.actions?.some((action) => action.id === id))?.id ?? document.step ?? editor.form.start;
        const target = { id: document.id ?? "", form: editor.form.id, version: String(editor.form.version), step, title: document.title ?? "" };
        const body = await bodyOf(target, id, label, { sure: !led });
        if (!body) return;
        setBusy(id);
        let done = await editor.act(id, body);
        if (done === "refused" && editor.refusals.value.some((one) => one.field === "comment" && one.code === "required")) {
            const comment = await reasonFor(target, label);
            if (comment) done = await editor.act(id, { ...body, comment });
        }
        setBusy("");
        if (done === "done") say(t("{action}: done.", { action: label }));
        if (done === "kept") say(t("Kept here; it is sent when there is a network."));
        if (done === "refused") window.document.querySelector<HTMLElement>("[aria-invalid=true], .findings, .form-wrong")?.scrollIntoView({ block: "center" });
        askWork().catch(() => undefined); /* it is asked again when there is a network */
    }
    if (!ids.length) return null;
    return <Actions class="actions no-print" busy={!!busy} onAct={(action) => void act(action.id, action.label)}
        actions={ids.map((id) => ({ id, label: labelOf(id) }))} />;
}

function Head({ editor }: { editor: Editor }) {
    const document = editor.document.value;
    const step = editor.form.steps.find((one) => one.id === document.step);
    const facts = [editor.form.label, document.period && showPeriod(document.period as string), document.due && t("due {day}", { day: formatDay(document.due) })];

    return <header class="head document-head">
        <div class="title"><h1>{document.title ?? editor.form.label}</h1>
            <p class="facts">{facts.filter(Boolean).map((fact) => <span>{fact}</span>)}
                <span class={`state ${document.state}`}>{step?.label}</span>
                {document.health && <Light health={document.health as Health} />}
                <span role="status" class={editor.status.value === "refused" || editor.status.value === "conflict" ? "late" : ""}>{editor.editable.value.size > 0 && statusWords[editor.status.value]()}</span></p></div>
        <DocumentActions editor={editor} />
    </header>;
}

function Wrong({ editor }: { editor: Editor }) {
    const general = editor.findingsAt("").concat(editor.refusals.value.filter((finding) => finding.field === "comment"));
    const count = editor.tried.value ? editor.worked.value.findings.length + editor.refusals.value.filter((finding) => finding.field).length : 0;

    if (!general.length && !count) return null;
    return <div class="form-wrong" role="alert">
        {general.map((finding) => <p>{finding.message}</p>)}
        {count > 0 && <p>{t("Something is missing or wrong; it is marked at its place.")}</p>}
    </div>;
}

function Under({ editor, id }: { editor: Editor; id: string }) {
    const [open, setOpen] = useState(false);
    const updated = editor.document.value.updated;
    const chain = useAnswer(async () => (await ask("GET /documents/{id}/chain", { path: { id } })).chain, [id, updated, editor.document.value.step, editor.document.value.level]);
    const history = useAnswer(async () => open
        ? (await ask("GET /documents/{id}/history", { path: { id }, query: { limit: "100" } })).items.reverse() : [], [id, updated, open]);

    return <>
        {chain.data && <ChainView chain={chain.data} />}
        <Attached id={id} updated={updated} may={editor.document.value.can?.actions?.includes("attach") ?? false} />
        <section class="block no-print"><h2>{t("Comments")}</h2><Talk id={id} /></section>
        <details class="block no-print" onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary><h2>{t("History")}</h2></summary>
            <Answered of={history} what={t("Loading history…")}>{(events) => <HistoryView form={editor.form} events={events} />}</Answered>
        </details>
    </>;
}

function Open({ editor }: { editor: Editor }) {
    const id = editor.document.value.id;

    useEffect(() => {
        const stops = [onTabs((change) => void editor.hear(change)),
            onNews((news) => { if (id && (news.all || news.documents.includes(id))) void editor.hear({ id }); })];
        return () => { stops.forEach((stop) => stop()); editor.end(); };
    }, [id]);
    useEffect(() => { document.title = `${editor.document.value.title ?? editor.form.label} · Weft`; });
    return <article>
        <Head editor={editor} />
        {editor.conflicts.value.length > 0 && <Conflicts editor={editor} />}
        {editor.left.value.length > 0 && <Left editor={editor} />}
        <Wrong editor={editor} />
        <FormView editor={editor} />
        {id && <Under editor={editor} id={id} />}
    </article>;
}

/* A new document that has become one keeps its page: only the address changes,
 * or whoever is typing would lose their place. */
async function editorFor(place: string, isNew: boolean): Promise<Editor> {
    if (!isNew) return Editor.open(place);
    const editor = await Editor.begin(place, here.value.query.get("draft") ?? undefined);
    editor.onCreated = (id) => history.replaceState({}, "", `/documents/${id}`);
    return editor;
}

export default function DocumentPage({ args }: PlaceProps) {
    const isNew = here.value.path.startsWith("/new/");
    const draft = isNew ? here.value.query.get("draft") ?? "" : "";
    const editor = useAnswer(() => editorFor(args[0]!, isNew), [args[0], isNew, draft]);

    if (editor.data) return <Open key={`${args[0]} ${draft}`} editor={editor.data} />;
    return editor.error ? <Refused error={editor.error} again={editor.again} /> : <Wait what={t("Loading the document…")} />;
}
