/* pages/documents.tsx - documents as a list or a board, of one form or all.
 *
 * A form says which columns its list has and how its board is grouped. What is
 * looked for stands in the address, so that a view can be kept and sent.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { DocumentList, FormList } from "#api";
import { ask } from "../api/client.ts";
import { setQuery, type PlaceProps } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { fieldsOf, type Form } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { Answered, Refused } from "../ui/answer.tsx";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Table } from "./documents-table.tsx";
import "./documents.css";

export type Item = DocumentList["items"][number];

const Board = lazy(async () => (await import("./documents-board.tsx")).Board);

export interface Asked { form: string; state: string; q: string; sort: string; mine: string; step: string }

const read = (query: URLSearchParams): Asked => ({
    form: query.get("form") ?? "", state: query.get("state") ?? "open", q: query.get("q") ?? "", sort: query.get("sort") ?? "",
    mine: query.get("mine") ?? "", step: query.get("step") ?? "",
});

/* The fields that a view shows. */
export const columnsOf = (form: Form | undefined, words: string | undefined) =>
    (words ?? "").split(/\s+/).filter(Boolean).map((id) => form && fieldsOf(form).get(id)).filter((field) => field !== undefined);

function Bar({ asked, forms, view, views }: { asked: Asked; forms: FormList["items"]; view: string; views: string[] }) {
    const [words, setWords] = useState(asked.q);

    useEffect(() => {
        if (words === asked.q) return undefined;
        const timer = setTimeout(() => setQuery({ q: words }), 250);
        return () => clearTimeout(timer);
    }, [words]);
    return <div class="filters" role="search">
        <select aria-label={t("Form")} value={asked.form} onChange={(event) => setQuery({ form: event.currentTarget.value, sort: undefined, view: undefined, step: undefined })}>
            <option value="">{t("All forms")}</option>
            {forms.map((form) => <option value={form.id}>{form.label}</option>)}
        </select>
        <select aria-label={t("State")} value={asked.state} onChange={(event) => setQuery({ state: event.currentTarget.value })}>
            <option value="open">{t("open")}</option><option value="done">{t("done")}</option>
            <option value="void">{t("void")}</option><option value="any">{t("all")}</option>
        </select>
        <label class="check"><input type="checkbox" checked={asked.mine === "true"} onChange={(event) => setQuery({ mine: event.currentTarget.checked ? "true" : undefined })} />{t("mine")}</label>
        <label class="search"><Icon name="search" /><span class="sr">{t("Search")}</span>
            <input type="search" value={words} placeholder={t("Search")} onInput={(event) => setWords(event.currentTarget.value)} /></label>
        {views.length > 1 && <div class="switch" role="group" aria-label={t("View")}>
            {views.map((one) => <button type="button" aria-pressed={one === view} onClick={() => setQuery({ view: one === "list" ? undefined : one })}>
                <Icon name={one === "board" ? "board" : "list"} />{one === "board" ? t("Board") : t("List")}</button>)}
        </div>}
    </div>;
}

function Listed({ asked, form, view }: { asked: Asked; form: Form | undefined; view: string }) {
    const shown = form?.views.find((one) => one.view === view);
    const columns = columnsOf(form, view === "board" ? shown?.card : shown?.columns);
    const group = view === "board" && shown?.group && shown.group !== "step" ? shown.group : "";
    const fields = [...columns.map((column) => column.id), group].filter(Boolean).join(" ") || undefined;
    const sort = asked.sort || (view === "list" ? shown?.sort : undefined);
    const [more, setMore] = useState<{ key: string; items: Item[]; next: string | null | undefined }>();
    const query = {
        form: asked.form || undefined, state: asked.state === "any" ? undefined : asked.state, q: asked.q || undefined,
        mine: asked.mine || undefined, step: asked.step || undefined, sort, fields, limit: view === "board" ? "200" : "50",
    };
    const key = JSON.stringify(query);
    const list = useAnswer((signal) => ask("GET /documents", { query, signal }), [key]);

    async function goOn(cursor: string, before: Item[]): Promise<void> {
        const page = await ask("GET /documents", { query: { ...query, cursor } });
        setMore({ key, items: [...before, ...page.items], next: page.next });
    }
    return <Answered of={list} what={t("Looking for documents…")}>{(first) => {
        const items = more?.key === key ? more.items : first.items, next = more?.key === key ? more.next : first.next;
        if (!items.length) return <p class="empty">{asked.q ? t("Nothing matches.") : t("No documents here. What you begin, and what others let you see, will stand here.")}
            {asked.form && <> <a href={`/new/${asked.form}`}>{t("Begin one")}</a></>}</p>;
        if (view === "board" && form && shown) return <Board form={form} group={shown.group ?? "step"} columns={columns} items={items} again={list.again} />;
        return <>
            <Table items={items} form={form} columns={columns} sort={sort ?? ""} busy={list.busy} />
            {next && <p><button type="button" onClick={() => void goOn(next, items)}>{t("Show more")}</button></p>}
        </>;
    }}</Answered>;
}

export default function Documents({ query }: PlaceProps) {
    const asked = read(query);
    const forms = useAnswer(async () => (await ask("GET /forms")).items, []);
    const form = useAnswer(async () => asked.form ? await ask("GET /forms/{form}", { path: { form: asked.form } }) as Form : undefined, [asked.form]);
    const views = ["list", "board"].filter((one) => one === "list" || form.data?.views.some((view) => view.view === one));
    const view = views.includes(query.get("view") ?? "") ? query.get("view")! : "list";
    const begin = forms.data?.find((one) => one.id === asked.form)?.create;

    useEffect(() => { document.title = `${t("Documents")} · Weft`; }, []);
    return <>
        <header class="head"><h1>{t("Documents")}</h1>
            {begin && <a class="button primary" href={`/new/${asked.form}`}><Icon name="plus" />{t("Begin one")}</a>}</header>
        <Bar asked={asked} forms={forms.data ?? []} view={view} views={views} />
        {form.error ? <Refused error={form.error} /> : (!asked.form || form.data?.id === asked.form) && <Listed asked={asked} form={form.data} view={view} />}
    </>;
}
