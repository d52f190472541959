/* form/talk.tsx - what people say beneath a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { ask, newKey } from "../api/client.ts";
import { useNews } from "../app/live.ts";
import { useAnswer } from "../base/async.ts";
import { formatInstant } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Face } from "../ui/face.tsx";
import { sayError } from "../ui/toast.tsx";
import "./talk.css";

interface Said { id: string; author?: { name: string } | null; text: string; at: string }

export function Talk({ id }: { id: string }) {
    const said = useAnswer(async () => (await ask("GET /documents/{id}/comments", { path: { id } })).items as unknown as Said[], [id]);
    const [text, setText] = useState("");

    useNews((news) => { if (news.all || news.documents.includes(id)) said.again(); }, [id]);

    async function send(event: Event): Promise<void> {
        event.preventDefault();
        if (!text.trim()) return;
        try {
            await ask("POST /documents/{id}/comments", { path: { id }, body: { text }, key: newKey() });
            setText("");
            said.again();
        } catch (error) {
            sayError(error);
        }
    }
    return <div class="talk">
        <Answered of={said} what={t("Loading comments…")}>{(items) => items.length === 0
            ? <p class="dim">{t("Nobody has said anything yet.")}</p>
            : <ol>{items.map((one) => <li key={one.id}><Face name={one.author?.name ?? "?"} />
                <div><p><strong>{one.author?.name ?? t("anonymous")}</strong> <span class="dim">{formatInstant(one.at)}</span></p>
                    <p class="prose">{one.text}</p></div></li>)}</ol>}
        </Answered>
        <form onSubmit={(event) => void send(event)}>
            <textarea rows={2} aria-label={t("Say something")} placeholder={t("Say something")} value={text} onInput={(event) => setText(event.currentTarget.value)} />
            <button disabled={!text.trim()}>{t("Send")}</button>
        </form>
    </div>;
}
