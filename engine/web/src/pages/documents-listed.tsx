/* pages/documents-listed.tsx - documents of one form or all, as its views say: a
 * list, a board, a tree; and what they are narrowed by.
 *
 * What is looked for stands in the address, so that a view can be kept and
 * sent.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { DocumentList, FormList } from "#api";
import { ask } from "../api/client.ts";
import { listUnits, treeOfUnits } from "../api/units.ts";
import { useNews } from "../app/live.ts";
import { setQuery } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { localDay, periodOf, stepPeriod, writePeriod } from "../expr/dates.ts";
import { fieldsOf, type Field, type Form, type View } from "../form/model.ts";
import { showPeriod } from "../form/show.ts";
import { t } from "../i18n/index.ts";
import type { IconName } from "../style/icons.ts";
import { Answered } from "../ui/answer.tsx";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { lightWords } from "../ui/light.tsx";
import { Table } from "./documents-table.tsx";
import "./documents.css";

export type Item = DocumentList["items"][number];

const Board = lazy(async () => (await import("./documents-board.tsx")).Board);
const TreeView = lazy(async () => (await import("./documents-tree.tsx")).TreeView);

export interface Asked {
    form: string; state: string; q: string; sort: string; mine: string; step: string;
    unit: string; period: string; health: string;
}

export const readAsked = (query: URLSearchParams, form = query.get("form") ?? ""): Asked => ({
    form, state: query.get("state") ?? "open", q: query.get("q") ?? "", sort: query.get("sort") ?? "",
    mine: query.get("mine") ?? "", step: query.get("step") ?? "",
    unit: query.get("unit") ?? "", period: query.get("period") ?? "", health: query.get("health") ?? "",
});

/* As the server takes it. */
export const queryOf = (asked: Asked) => ({
    form: asked.form || undefined, state: asked.state === "any" ? undefined : asked.state, q: asked.q || undefined,
    mine: asked.mine || undefined, step: asked.step || undefined,
    unit: asked.unit || undefined, period: asked.period || undefined,
    ...(asked.health ? { "filter[health]": asked.health } : {}),
});

/* The fields that a view shows. */
export const columnsOf = (form: Form | undefined, words: string | undefined): Field[] =>
    (words ?? "").split(/\s+/).filter(Boolean).map((id) => form && fieldsOf(form).get(id)).filter((field) => field !== undefined);

const kinds: Record<string, { icon: IconName; label: () => string }> = {
    list: { icon: "list", label: () => t("List") },
    board: { icon: "board", label: () => t("Board") },
    tree: { icon: "tree", label: () => t("Tree") },
};

/* How documents of a form can be shown: every form has a list. */
export const viewsOf = (form: Form | undefined): string[] =>
    Object.keys(kinds).filter((one) => one === "list" || form?.views.some((view) => view.view === one));

/* --- What they are narrowed by */

/* A few periods around this one. */
function periodsOf(form: Form): string[] {
    const unit = fieldsOf(form).get(form.period ?? "")?.period;
    const today = localDay(form.zone ?? "UTC", Date.now());

    if (!unit || today === undefined) return [];
    return [1, 0, -1, -2, -3, -4].map((by) => writePeriod(stepPeriod(periodOf(unit, today), by)));
}

function Narrow({ asked, form }: { asked: Asked; form: Form }) {
    const units = useAnswer(async () => form.subject ? await listUnits() : [], [form.id]);

    return <>
        {form.subject && <Select of="unit" name={t("Unit")} value={asked.unit} all={t("All units")}
            options={treeOfUnits(units.data ?? []).map((unit) => [unit.id, `${"\u2003".repeat(unit.depth)}${unit.name}`])} />}
        {form.period && <Select of="period" name={t("Period")} value={asked.period} all={t("All periods")}
            options={periodsOf(form).map((period) => [period, showPeriod(period)])} />}
        {form.progress && <Select of="health" name={t("Light")} value={asked.health} all={t("All lights")}
            options={Object.entries(lightWords).map(([id, word]) => [id, word()])} />}
    </>;
}

function Select({ of, name, value, all, options }: { of: keyof Asked; name: string; value: string; all: string; options: [string, string][] }) {
    return <select aria-label={name} value={value} onChange={(event) => setQuery({ [of]: event.currentTarget.value })}>
        <option value="">{all}</option>
        {options.map(([id, label]) => <option value={id}>{label}</option>)}
    </select>;
}

export function Bar({ asked, form, forms, view }: { asked: Asked; form: Form | undefined; forms?: FormList["items"]; view: string }) {
    const [words, setWords] = useState(asked.q);
    const views = viewsOf(form);

    useEffect(() => {
        if (words === asked.q) return undefined;
        const timer = setTimeout(() => setQuery({ q: words }), 250);
        return () => clearTimeout(timer);
    }, [words]);
    return <div class="filters" role="search">
        {forms && <select aria-label={t("Form")} value={asked.form} onChange={(event) => setQuery({ form: event.currentTarget.value, sort: undefined, view: undefined, step: undefined, period: undefined, unit: undefined, health: undefined })}>
            <option value="">{t("All forms")}</option>
            {forms.map((one) => <option value={one.id}>{one.label}</option>)}
        </select>}
        <select aria-label={t("State")} value={asked.state} onChange={(event) => setQuery({ state: event.currentTarget.value })}>
            <option value="open">{t("open")}</option><option value="done">{t("done")}</option>
            <option value="void">{t("void")}</option><option value="any">{t("all")}</option>
        </select>
        {form && <Narrow key={form.id} asked={asked} form={form} />}
        <label class="check"><input type="checkbox" checked={asked.mine === "true"} onChange={(event) => setQuery({ mine: event.currentTarget.checked ? "true" : undefined })} />{t("mine")}</label>
        <label class="search"><Icon name="search" /><span class="sr">{t("Search")}</span>
            <input type="search" value={words} placeholder={t("Search")} onInput={(event) => setWords(event.currentTarget.value)} /></label>
        {views.length > 1 && <div class="switch" role="group" aria-label={t("View")}>
            {views.map((one) => <button type="button" title={kinds[one]!.label()} aria-pressed={one === view} onClick={() => setQuery({ view: one })}>
                <Icon name={kinds[one]!.icon} /><span>{kinds[one]!.label()}</span></button>)}
        </div>}
    </div>;
}

/* --- What is shown */

const None = ({ asked }: { asked: Asked }) =>
    <p class="empty">{asked.q || asked.unit || asked.period || asked.health ? t("Nothing matches.") : t("No documents here. What you begin, and what others let you see, will stand here.")}
        {asked.form && <> <a href={`/new/${asked.form}`}>{t("Begin one")}</a></>}</p>;

const BOARD = 200; /* cards that a board has room for */

interface ListedProps { asked: Asked; form: Form | undefined; forms: FormList["items"]; view: string }

function ListOrBoard({ asked, form, forms, view, shown }: ListedProps & { shown: View | undefined }) {
    const columns = columnsOf(form, view === "board" ? shown?.card : shown?.columns);
    const group = view === "board" && shown?.group && shown.group !== "step" ? shown.group : "";
    const fields = [...columns.map((column) => column.id), group].filter(Boolean).join(" ") || undefined;
    const sort = asked.sort || (view === "list" ? shown?.sort : undefined);
    const [more, setMore] = useState<{ key: string; items: Item[]; next: string | null | undefined }>();
    const query = { ...queryOf(asked), sort, fields, limit: view === "board" ? String(BOARD) : "50" };
    const key = JSON.stringify(query);
    const list = useAnswer((signal) => ask("GET /documents", { query, signal }), [key]);

    useNews((news) => {
        const shown_ = more?.key === key ? more.items : list.data?.items;
        if (news.all || shown_?.some((item) => news.documents.includes(item.id))) { setMore(undefined); list.again(); }
    }, [key, list.data, more]);

    async function goOn(cursor: string, before: Item[]): Promise<void> {
        const page = await ask("GET /documents", { query: { ...query, cursor } });
        setMore({ key, items: [...before, ...page.items], next: page.next });
    }
    return <Answered of={list} what={t("Looking for documents…")}>{(first) => {
        const items = more?.key === key ? more.items : first.items, next = more?.key === key ? more.next : first.next;
        if (!items.length) return <None asked={asked} />;
        if (view === "board" && form && shown) return <>
            {next && <p class="dim">{t("The first {n} stand here. Narrow them down to see the others, or look at the list.", { n: items.length })}</p>}
            <Board form={form} group={shown.group ?? "step"} columns={columns} items={items} again={list.again} />
        </>;
        return <>
            <Table items={items} form={form} columns={columns} labels={new Map(forms.map((one) => [one.id, one.label]))} sort={sort ?? ""} busy={list.busy} />
            {next && <p><button type="button" onClick={() => void goOn(next, items)}>{t("Show more")}</button></p>}
        </>;
    }}</Answered>;
}

export function Listed({ asked, form, forms, view }: ListedProps) {
    const shown = form?.views.find((one) => one.view === view);

    if (view === "tree" && form && shown)
        return <TreeView key={JSON.stringify(asked)} asked={asked} form={form} columns={columnsOf(form, shown.columns)} none={<None asked={asked} />} />;
    return <ListOrBoard asked={asked} form={form} forms={forms} view={view} shown={shown} />;
}
