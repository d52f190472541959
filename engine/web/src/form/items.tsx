/* form/items.tsx - an item table: a real one on a desk, cards on a phone.
 *
 * A row is drawn anew only when it, or what is said of it, has changed, so
 * that typing into one of a hundred rows costs one row. Longer tables are
 * shown a hundred rows at a time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { Component } from "preact";
import { useState } from "preact/hooks";
import type { Finding } from "../api/client.ts";
import { formatNumber } from "../base/format.ts";
import { inRow } from "../expr/condition.ts";
import type { Env } from "../expr/eval.ts";
import type { Row } from "../expr/value.ts";
import { t } from "../i18n/index.ts";
import { Icon, IconButton } from "../ui/icon.tsx";
import { totalOf } from "./derive.ts";
import type { Editor } from "./editor.ts";
import { Findings, idOf, Shown } from "./field.tsx";
import { inputs } from "./inputs.ts";
import { isCellLocked } from "./locked.ts";
import type { Field } from "./model.ts";
import "./items.css";

const none: Finding[] = [];
const PAGE = 100;

interface RowProps {
    editor: Editor; table: Field; columns: Field[]; row: Row; i: number; n: number;
    found: Finding[]; warned: Finding[]; mayShape: boolean; env: Env;
}

function Cell({ editor, table, column, row, i, found, warned, env }: RowProps & { column: Field }) {
    const place = `${table.id}[${i + 1}].${column.id}`;
    const id = idOf(place), notes = `${id}-notes`;
    const wrong = found.filter((finding) => finding.field === place), warning = warned.filter((finding) => finding.field === place);
    const open = editor.editable.value.has(column.path) && !column.formula
        && !isCellLocked(column, env, table.id, row, editor.document.value.data ?? {});
    const Input = open ? inputs.value[column.type] : undefined;

    if (column.visible_when && !inRow(column.visible_when, env, row, table.id, true)) return <td class="none" />;
    return <td data-label={column.label} class={`of-${column.type}`}>
        <div class="cell">
            {Input ? <Input field={column} id={id} name={t("{label}, row {n}", { label: column.label, n: i + 1 })} value={row[column.id] ?? undefined}
                required={!!column.required} invalid={wrong.length > 0} describedBy={wrong.length + warning.length ? notes : undefined}
                onChange={(value) => editor.setCell(table.id, i, column.id, value)} onLeave={() => editor.touch(place)} />
                : <Shown field={column} value={row[column.id]} />}
            <Findings id={notes} of={wrong} warnings={warning} />
        </div>
    </td>;
}

function RowView(props: RowProps) {
    const { editor, table, columns, i, n, mayShape } = props;

    return <tr>
        <th scope="row" class="ordinal">{i + 1}</th>
        {columns.map((column) => <Cell key={column.id} {...props} column={column} />)}
        {mayShape && <td class="row-tools">
            <IconButton name="up" label={t("Move row {n} up", { n: i + 1 })} disabled={i === 0} onClick={() => editor.moveRow(table.id, i, -1)} />
            <IconButton name="down" label={t("Move row {n} down", { n: i + 1 })} disabled={i === n - 1} onClick={() => editor.moveRow(table.id, i, 1)} />
            <IconButton name="trash" label={t("Remove row {n}", { n: i + 1 })} onClick={() => editor.removeRow(table.id, i)} />
        </td>}
    </tr>;
}

const sameFindings = (a: Finding[], b: Finding[]) =>
    a.length === b.length && a.every((one, i) => one.field === b[i]!.field && one.message === b[i]!.message);

class StillRow extends Component<RowProps> {
    override shouldComponentUpdate(after: RowProps): boolean {
        const before = this.props;
        return before.row !== after.row || before.i !== after.i || before.n !== after.n
            || before.mayShape !== after.mayShape || before.columns !== after.columns
            || !sameFindings(before.found, after.found) || !sameFindings(before.warned, after.warned);
    }

    override render() {
        return <RowView {...this.props} />;
    }
}

/* What the weights add up to, as they are typed. */
function Totals({ columns, rows }: { columns: Field[]; rows: Row[] }) {
    const counted = columns.filter((column) => column.total !== undefined);

    if (!counted.length || !rows.length) return null;
    return <ul class="totals" aria-live="polite">{counted.map((column) => {
        const sum = totalOf(column, rows), done = Math.abs(sum - column.total!) < 1e-9;
        return <li class={done ? "good" : "late"}><Icon name={done ? "check" : "clock"} />
            {t("{label}: {sum} of {total}", { label: column.label, sum: formatNumber(sum), total: formatNumber(column.total!) })}
            {!done && ` · ${sum < column.total! ? t("{n} are missing", { n: formatNumber(column.total! - sum) }) : t("{n} too many", { n: formatNumber(sum - column.total!) })}`}</li>;
    })}</ul>;
}

/* The findings of each row, so that a row need not look through all. */
function byRow(findings: Finding[], table: string): Map<number, Finding[]> {
    const rows = new Map<number, Finding[]>();

    for (const finding of findings) {
        const match = finding.field?.startsWith(`${table}[`) ? /\[(\d+)\]/.exec(finding.field) : null;
        if (match) rows.set(Number(match[1]), [...rows.get(Number(match[1])) ?? [], finding]);
    }
    return rows;
}

/* The same array for the same columns, or every row would be drawn anew. */
let lastColumns: { key: string; columns: Field[] }[] = [];
function visibleColumns(table: Field, visible: Set<string>): Field[] {
    const columns = (table.columns ?? []).filter((column) => visible.has(column.path));
    const key = `${table.path}:${columns.map((column) => column.path).join()}`;
    const before = lastColumns.find((one) => one.key === key && one.columns[0] === columns[0]);

    if (before) return before.columns;
    lastColumns = [...lastColumns.slice(-20), { key, columns }];
    return columns;
}

export function ItemsView({ editor, table }: { editor: Editor; table: Field }) {
    const { data, visible, findings, warnings, env } = editor.worked.value;
    const columns = visibleColumns(table, visible);
    const rows = (data[table.id] ?? []) as Row[];
    const mayShape = editor.editable.value.has(table.path);
    const shown = [...editor.refusals.value, ...findings.filter((finding) => editor.tried.value || editor.touched.value.has(finding.field ?? ""))];
    const found = byRow(shown, table.id), warned = byRow(warnings, table.id);
    const id = idOf(table.path);
    const [page, setPage] = useState(0);
    const from = Math.min(page, Math.max(0, Math.ceil(rows.length / PAGE) - 1)) * PAGE;

    return <section class="items" aria-labelledby={id}>
        <header class="items-head"><h3 id={id}>{table.label}</h3>
            <Totals columns={columns} rows={rows} /></header>
        {table.help && <p class="dim">{table.help}</p>}
        <Findings id={`${id}-notes`} of={[...editor.findingsAt(table.path), ...columns.flatMap((column) => editor.findingsAt(column.path))]}
            warnings={warnings.filter((finding) => finding.field === table.path)} />
        {rows.length > 0 && <div class="scroll" tabIndex={0} role="group" aria-labelledby={id}><table>
            <thead><tr><th class="ordinal"><span class="sr">{t("Row")}</span></th>
                {columns.map((column) => <th scope="col" class={`of-${column.type}`}>{column.label}{column.required && mayShape && <span class="must" aria-hidden="true"> *</span>}</th>)}
                {mayShape && <th><span class="sr">{t("Row tools")}</span></th>}</tr></thead>
            <tbody>{rows.slice(from, from + PAGE).map((row, k) => <StillRow key={from + k} editor={editor} table={table} columns={columns} row={row} i={from + k} n={rows.length}
                found={found.get(from + k + 1) ?? none} warned={warned.get(from + k + 1) ?? none} mayShape={mayShape} env={env} />)}</tbody>
        </table></div>}
        {rows.length > PAGE && <p class="pager">
            <IconButton name="left" label={t("Rows before")} disabled={from === 0} onClick={() => setPage(from / PAGE - 1)} />
            {t("Rows {a} to {b} of {n}", { a: from + 1, b: Math.min(from + PAGE, rows.length), n: rows.length })}
            <IconButton name="right" label={t("Rows after")} disabled={from + PAGE >= rows.length} onClick={() => setPage(from / PAGE + 1)} />
        </p>}
        {rows.length === 0 && <p class="dim">{t("No rows yet.")}</p>}
        {mayShape && (table.max === undefined || rows.length < table.max)
            && <button type="button" onClick={() => { editor.addRow(table.id); setPage(Math.floor(rows.length / PAGE)); }}><Icon name="plus" />{t("Add a row")}</button>}
    </section>;
}
