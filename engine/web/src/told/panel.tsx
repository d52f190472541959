/* told/panel.tsx - what I was told, newest first.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import type { NotificationList } from "#api";
import { useNews } from "../app/live.ts";
import { askTold, readAll, unread, whenOf } from "../app/told.ts";
import { useAnswer } from "../base/async.ts";
import { formatInstant } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { sayError } from "../ui/toast.tsx";
import "./told.css";

type Told = NotificationList["items"][number];

const One = ({ item, onGo }: { item: Told; onGo: () => void }) => <li class={item.read ? "" : "new"}>
    <p>{!item.read && <span class="sr">{t("unread")} </span>}{item.document ? <a href={`/documents/${item.document}`} onClick={onGo}>{item.text}</a> : item.text}</p>
    <p class="dim"><time dateTime={item.at}>{whenOf(item, formatInstant)}</time></p></li>;

export function Panel({ onClose }: { onClose: () => void }) {
    const first = useAnswer(() => askTold("30"), []);
    const [more, setMore] = useState<NotificationList>();

    useNews((news) => { if (news.told || news.all) { setMore(undefined); first.again(); } }, []);

    async function read(): Promise<void> {
        try {
            await readAll();
            setMore(undefined);
            first.again();
        } catch (error) {
            sayError(error);
        }
    }
    async function goOn(before: NotificationList): Promise<void> {
        try {
            const page = await askTold("30", before.next ?? undefined);
            setMore({ ...page, items: [...before.items, ...page.items] });
        } catch (error) {
            sayError(error);
        }
    }
    return <Dialog side title={t("News")} onClose={onClose}>
        <Answered of={first} what={t("Looking for news…")}>{(data) => {
            const list = more ?? data;
            if (!list.items.length) return <p class="empty">{t("Nothing yet. What happens to your documents, and what others tell you, will stand here.")}</p>;
            return <>
                {(unread.value ?? 0) > 0 && <div class="buttons"><button type="button" onClick={() => void read()}>{t("Mark all as read")}</button></div>}
                <ul class="told-list">{list.items.map((item) => <One key={item.id} item={item} onGo={onClose} />)}</ul>
                {list.next && <p><button type="button" onClick={() => void goOn(list)}>{t("Show more")}</button></p>}
            </>;
        }}</Answered>
        <p class="told-how"><a href="/preferences" onClick={onClose}>{t("How I am told")}</a></p>
    </Dialog>;
}
