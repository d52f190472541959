/* pages/documents-table.tsx - documents in a real table, sorted by its heads.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { setQuery } from "../app/router.ts";
import { formatDay, formatNumber } from "../base/format.ts";
import { Shown } from "../form/field.tsx";
import type { Field, Form } from "../form/model.ts";
import { showPeriod } from "../form/show.ts";
import { t } from "../i18n/index.ts";
import { Light, type Health } from "../ui/light.tsx";
import type { Item } from "./documents-listed.tsx";

/* How wide a column is, its `kind` says: numbers stand at its right, what is short
 * stays in one line, words take what is left. */
interface Column { id: string; label: string; sort: boolean; kind: "number" | "short" | "words"; show: (item: Item) => preact.ComponentChildren }

const numbers = new Set(["number", "percent", "money", "progress"]), words = new Set(["text", "longtext", "choices", "people", "links", "tags", "url", "email"]);

const ofField = (field: Field): Column => ({
    id: field.id, label: field.label, sort: !!field.index, kind: numbers.has(field.type) ? "number" : words.has(field.type) ? "words" : "short",
    show: (item) => <Shown field={field} value={item.data?.[field.id]} />,
});

const usual = (): Column[] => [
    { id: "subject", label: t("Who"), sort: false, kind: "short", show: (item) => (item.subject ?? item.creator)?.name ?? "" },
    { id: "period", label: t("Period"), sort: false, kind: "short", show: (item) => item.period ? showPeriod(item.period) : "" },
    { id: "progress", label: t("Progress"), sort: true, kind: "number", show: (item) => typeof item.progress === "number" ? `${formatNumber(item.progress)}%` : typeof item.score === "number" ? <><span class="dim">{t("Score")}</span> {formatNumber(item.score)}</> : "" },
];

/* What a title says already is not said again beside it. */
const isTitle = (field: Field, items: Item[]) => field.type === "text" && items.every((item) => item.data?.[field.id] === item.title);

export interface TableProps { items: Item[]; form: Form | undefined; columns: Field[]; labels: Map<string, string>; sort: string; busy: boolean }

export function Table({ items, form, columns, labels, sort, busy }: TableProps) {
    const ofForm: Column = { id: "form", label: t("Form"), sort: false, kind: "short", show: (item) => labels.get(item.form) ?? "" };
    const shown = columns.length ? columns.filter((field) => !isTitle(field, items)).map(ofField) : form ? usual() : [ofForm, ...usual()];
    const stepOf = (item: Item) => form?.steps.find((step) => step.id === item.step)?.label ?? "";
    const last: Column[] = [
        ...(form ? [{ id: "step", label: t("Step"), sort: true, kind: "short" as const, show: stepOf }] : []),
        { id: "updated", label: t("Changed"), sort: true, kind: "short", show: (item) => item.updated ? formatDay(item.updated) : "" },
    ];
    const direction = (id: string) => sort === id ? "ascending" as const : sort === `-${id}` ? "descending" as const : "none" as const;

    return <div class="scroll" tabIndex={0} role="group" aria-label={t("Documents")}><table class="table" aria-busy={busy}>
        <thead><tr><th scope="col">{t("Title")}</th>{[...shown, ...last].map((column) =>
            <th scope="col" class={column.kind} aria-sort={column.sort ? direction(column.id) : undefined}>
                {column.sort ? <button type="button" class="plain" onClick={() => setQuery({ sort: sort === `-${column.id}` ? column.id : `-${column.id}` })}>
                    {column.label}{direction(column.id) !== "none" && <span aria-hidden="true">{direction(column.id) === "ascending" ? " ↑" : " ↓"}</span>}</button> : column.label}</th>)}</tr></thead>
        <tbody>{items.map((item) => <tr key={item.id}>
            <th scope="row"><a href={`/documents/${item.id}`}>{item.title}</a>{item.health && <> <Light health={item.health as Health} /></>}</th>
            {[...shown, ...last].map((column) => <td class={column.kind} data-label={column.label}>{column.show(item)}</td>)}
        </tr>)}</tbody>
    </table></div>;
}
