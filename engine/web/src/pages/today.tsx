/* pages/today.tsx - what waits for me, what else I have under way, what I was told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect } from "preact/hooks";
import type { DocumentList, FormList, NotificationList } from "#api";
import { ask, takeBrought } from "../api/client.ts";
import { useNews } from "../app/live.ts";
import { askTold, broughtTold, readAll, unread, whenOf } from "../app/told.ts";
import { askWork } from "../app/waiting.ts";
import { useAnswer } from "../base/async.ts";
import { formatDay, formatNumber } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Icon } from "../ui/icon.tsx";
import { Later } from "../ui/later.tsx";
import { Light, type Health } from "../ui/light.tsx";
import { When } from "../ui/when.tsx";
import { WorkItem } from "../ui/work-item.tsx";
import "./today.css";

type Documents = DocumentList["items"];

/* Soonest first; what has no date stands behind. */
const MINE = { query: { mine: "true", state: "open", limit: "10", sort: "due" } };

const Mine = ({ items, forms }: { items: Documents; forms: FormList["items"] }) => items.length === 0
    ? <p class="empty">{t("You have nothing under way. Begin something on this page.")}</p>
    : <ul class="rows">{items.map((item) => <li key={item.id}><div class="row">
        <div class="what"><h3><a href={`/documents/${item.id}`}>{item.title}</a></h3>
            <p class="facts"><span>{forms.find((form) => form.id === item.form)?.label ?? ""}</span>{item.due && <When label={t("Due")} at={item.due} />}
                {item.updated && <When label={t("Changed")} at={item.updated} />}</p></div>
        {item.health ? <Light health={item.health as Health} /> : <span />}
        {typeof item.progress === "number" ? <span class="figure"><progress max={100} value={item.progress} aria-label={t("Progress")} />{` ${formatNumber(item.progress)}%`}</span>
            : typeof item.score === "number" ? <span class="figure"><span class="dim">{t("Score")}</span>{` ${formatNumber(item.score)}`}</span> : <span />}
    </div></li>)}</ul>;

const Begin = ({ forms }: { forms: FormList["items"] }) => {
    const mine = forms.filter((form) => form.create);
    return mine.length === 0 ? null : <section class="block"><h2>{t("Begin")}</h2>
        <ul class="begin">{mine.map((form) => <li><a class="button" href={`/new/${form.id}`}><Icon name="plus" />{form.label}</a></li>)}</ul></section>;
};

function Told({ list, again }: { list: NotificationList; again: () => void }) {
    const unread = list.items.filter((item) => !item.read);

    async function read(): Promise<void> {
        await readAll();
        again();
    }
    if (!list.items.length) return null;
    return <section class="block"><h2>{t("News")}{unread.length > 0 && <button type="button" class="plain" onClick={() => void read()}>{t("Mark all as read")}</button>}</h2>
        <ul class="rows told">{list.items.map((item) => <li class={item.read ? "dim" : ""}>
            {item.document ? <a href={`/documents/${item.document}`}>{item.text}</a> : item.text} <span class="dim">{whenOf(item, formatDay)}</span></li>)}</ul></section>;
}

export default function Today() {
    const work = useAnswer(askWork, [], () => takeBrought("GET /work"));
    const mine = useAnswer(async () => (await ask("GET /documents", MINE)).items, [], () => takeBrought("GET /documents", MINE)?.items);
    const forms = useAnswer(async () => (await ask("GET /forms")).items, [], () => takeBrought("GET /forms")?.items);
    const told = useAnswer(() => askTold(), [], broughtTold);

    const waits = new Set(work.data?.items.map((item) => item.document.id));

    useNews((news) => {
        if (news.work || news.all) work.again();
        if (news.told || news.all) told.again();
        if (news.all || mine.data?.some((item) => news.documents.includes(item.id))) mine.again();
    }, [mine.data]);
    /* Read at the bell. */
    useEffect(() => { if (unread.value === 0 && told.data?.unread) told.again(); }, [unread.value]);
    useEffect(() => { document.title = `${t("Today")} · Weft`; }, []);
    return <>
        <header class="head"><h1>{t("Today")}</h1></header>
        <section class="block"><h2>{t("What waits for me")}{!!work.data?.items.length && <span class="count">{work.data.items.length}</span>}</h2>
            <Answered of={work} what={t("Looking what waits…")}>{({ items }) => items.length === 0
                ? <p class="empty">{t("Nothing waits for you.")}</p>
                : <ol class="rows">{items.slice(0, 8).map((item) => <WorkItem key={item.id} item={item} onDone={work.again} />)}</ol>}</Answered>
            {!!work.data && work.data.items.length > 8 && <p><a href="/inbox">{t("All {n} in the inbox", { n: work.data.items.length })}</a></p>}
        </section>
        <section class="block"><h2>{t("Under way")}</h2>
            <Answered of={mine} what={t("Looking what is under way…")}>{(items) => <Mine items={items.filter((item) => !waits.has(item.id))} forms={forms.data ?? []} />}</Answered></section>
        <Later>{forms.data && <Begin forms={forms.data} />}</Later>
        <Later>{told.data && <Told list={told.data} again={told.again} />}</Later>
    </>;
}
