/* form/aside.tsx - a document beside what one is at: its fields to change, what
 * is said, and what happened.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import { onNews } from "../app/live.ts";
import { useAnswer } from "../base/async.ts";
import { Editor } from "./editor.ts";
import { Talk } from "./talk.tsx";
import { FormView } from "./view.tsx";
import { loadWords, t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { lazy } from "../ui/lazy.tsx";

const HistoryView = lazy(async () => (await Promise.all([import("./history.tsx"), loadWords("history")]))[0].HistoryView);

function History({ id, editor }: { id: string; editor: Editor }) {
    const history = useAnswer(async () => (await ask("GET /documents/{id}/history", { path: { id }, query: { limit: "50" } })).items.reverse(), [id]);

    return <Answered of={history} what={t("Loading history…")}>{(events) => <HistoryView form={editor.form} events={events} />}</Answered>;
}

function Inside({ id, editor }: { id: string; editor: Editor }) {
    const [open, setOpen] = useState(false);

    useEffect(() => {
        const stop = onNews((news) => { if (news.all || news.documents.includes(id)) void editor.hear({ id }); });
        return () => { stop(); editor.end(); };
    }, [editor]);
    return <>
        <FormView editor={editor} />
        <section class="block"><h2>{t("Comments")}</h2><Talk id={id} /></section>
        <details class="block" onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary><h2>{t("History")}</h2></summary>{open && <History id={id} editor={editor} />}</details>
    </>;
}

export function Aside({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
    const editor = useAnswer(() => Editor.open(id), [id]);

    return <Dialog side title={title} onClose={onClose}>
        <p><a href={`/documents/${id}`}>{t("Open the document")}</a></p>
        <Answered of={editor} what={t("Loading the document…")}>{(data) => <Inside id={id} editor={data} />}</Answered>
    </Dialog>;
}
