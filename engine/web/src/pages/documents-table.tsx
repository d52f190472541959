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

interface Column { id: string; label: string; sort: boolean; number: boolean; show: (item: Item) => preact.ComponentChildren }

const ofField = (field: Field): Column => ({
    id: field.id, label: field.label, sort: !!field.index, number: ["number", "percent", "money", "progress"].includes(field.type),
    show: (item) => <Shown field={field} value={item.data?.[field.id]} />,
});

const usual: Column[] = [
    { id: "subject", label: t("Who"), sort: false, number: false, show: (item) => (item.subject ?? item.creator)?.name ?? "" },
    { id: "period", label: t("Period"), sort: false, number: false, show: (item) => item.period ? showPeriod(item.period) : "" },
    { id: "progress", label: t("Progress"), sort: true, number: true, show: (item) => typeof item.progress === "number" ? `${formatNumber(item.progress)}%` : typeof item.score === "number" ? formatNumber(item.score) : "" },
];

export function Table({ items, form, columns, sort, busy }: { items: Item[]; form: Form | undefined; columns: Field[]; sort: string; busy: boolean }) {
    const shown = columns.length ? columns.map(ofField) : usual;
    const stepOf = (item: Item) => form?.steps.find((step) => step.id === item.step)?.label ?? "";
    const last: Column[] = [
        ...(form ? [{ id: "step", label: t("Step"), sort: true, number: false, show: stepOf }] : []),
        { id: "updated", label: t("Changed"), sort: true, number: false, show: (item) => item.updated ? formatDay(item.updated) : "" },
    ];
    const direction = (id: string) => sort === id ? "ascending" as const : sort === `-${id}` ? "descending" as const : "none" as const;

    return <div class="scroll" tabIndex={0} role="group" aria-label={t("Documents")}><table class="table" aria-busy={busy}>
        <thead><tr><th scope="col">{t("Title")}</th>{[...shown, ...last].map((column) =>
            <th scope="col" class={column.number ? "number" : ""} aria-sort={column.sort ? direction(column.id) : undefined}>
                {column.sort ? <button type="button" class="plain" onClick={() => setQuery({ sort: sort === `-${column.id}` ? column.id : `-${column.id}` })}>
                    {column.label}{direction(column.id) !== "none" && <span aria-hidden="true">{direction(column.id) === "ascending" ? " ↑" : " ↓"}</span>}</button> : column.label}</th>)}</tr></thead>
        <tbody>{items.map((item) => <tr key={item.id}>
            <th scope="row"><a href={`/documents/${item.id}`}>{item.title}</a>{item.health && <> <Light health={item.health as Health} /></>}</th>
            {[...shown, ...last].map((column) => <td class={column.number ? "number" : ""} data-label={column.label}>{column.show(item)}</td>)}
        </tr>)}</tbody>
    </table></div>;
}
