/* form/talk.tsx - what people say beneath a document: in writing, with their voice,
 * with files.
 *
 * What one is writing is kept in this tab until it is sent: neither going to
 * another place nor a network that is not there loses it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useRef, useState } from "preact/hooks";
import { ask, newKey } from "../api/client.ts";
import { useNews } from "../app/live.ts";
import { useAnswer } from "../base/async.ts";
import { formatInstant } from "../base/format.ts";
import type { FileValue } from "../offline/kept.ts";
import { loadWords, t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Face } from "../ui/face.tsx";
import { IconButton } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { sayError } from "../ui/toast.tsx";
import "./talk.css";

const Give = lazy(async () => {
    const [{ Give: loaded }] = await Promise.all([import("./file-input.tsx"), loadWords("files")]);
    return loaded;
});
const FileShown = lazy(async () => {
    const [{ FileShown: loaded }] = await Promise.all([import("./file-show.tsx"), loadWords("files")]);
    return loaded;
});

/* Signing out empties it (offline/forget.ts). */
const kept = (id: string) => `said:${id}`;

function Say({ id, onSaid }: { id: string; onSaid: () => void }) {
    const [text, setText] = useState(() => sessionStorage.getItem(kept(id)) ?? "");
    const [files, setFiles] = useState<FileValue[]>([]);
    const [busy, setBusy] = useState(false);
    const key = useRef(newKey()); /* the same until it has arrived: sent twice, it is said once */

    function type(words: string): void {
        setText(words);
        sessionStorage.setItem(kept(id), words);
    }
    async function send(event: Event): Promise<void> {
        event.preventDefault();
        if (busy || !(text.trim() || files.length)) return;
        setBusy(true);
        try {
            await ask("POST /documents/{id}/comments", { path: { id }, key: key.current,
                body: { ...(text.trim() ? { text } : {}), ...(files.length ? { files: files.map((file) => file.id) } : {}) } });
            key.current = newKey();
            setFiles([]);
            setText("");
            sessionStorage.removeItem(kept(id));
            onSaid();
        } catch (error) {
            sayError(error);
        }
        setBusy(false);
    }
    return <form onSubmit={(event) => void send(event)}>
        <textarea rows={2} aria-label={t("Say something")} placeholder={t("Say something")} value={text} onInput={(event) => type(event.currentTarget.value)} />
        {files.length > 0 && <ul class="file-list">{files.map((file) => <FileShown key={file.id} file={file}>
            <IconButton name="trash" label={t("Take {name} away", { name: file.name })} onClick={() => setFiles((all) => all.filter((one) => one !== file))} /></FileShown>)}</ul>}
        <div class="talk-foot"><Give id={`said-${id}`} name={t("Add files")} many sound={false} voice keeps={false}
            onGiven={(file) => setFiles((all) => [...all, file])} />
            <button disabled={busy || !(text.trim() || files.length)}>{t("Send")}</button></div>
    </form>;
}

export function Talk({ id }: { id: string }) {
    const said = useAnswer(async () => (await ask("GET /documents/{id}/comments", { path: { id } })).items, [id]);

    useNews((news) => { if (news.all || news.documents.includes(id)) said.again(); }, [id]);
    return <div class="talk">
        <Answered of={said} what={t("Loading comments…")}>{(items) => items.length === 0
            ? <p class="dim">{t("Nobody has said anything yet.")}</p>
            : <ol>{items.map((one) => <li key={one.id}><Face name={one.author?.name ?? "?"} />
                <div><p><strong>{one.author?.name ?? t("anonymous")}</strong> <span class="dim">{formatInstant(one.at)}</span></p>
                    {one.text && <p class="prose">{one.text}</p>}
                    {one.files && <ul class="file-list">{one.files.map((file) => <FileShown key={file.id} file={file as FileValue} />)}</ul>}</div></li>)}</ol>}
        </Answered>
        <Say key={id} id={id} onSaid={said.again} />
    </div>;
}
