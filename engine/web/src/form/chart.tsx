/* form/chart.tsx - what a form's <chart> shows of a document: a table's rows
 * as a radar, bars or a line; those of an earlier document behind them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { t } from "../i18n/index.ts";
import { Bars } from "../ui/bars.tsx";
import { Radar } from "../ui/radar.tsx";
import { Trend } from "../ui/trend.tsx";
import { fieldsOf, type Field, type Form, type View } from "./model.ts";
import { showValue } from "./show.ts";

type Row = Record<string, unknown>;
export interface Shown { label: string; data: Record<string, unknown> }

const numberOf = (field: Field, value: unknown): number | undefined => field.type === "rating"
    ? field.scale?.find((point) => point.id === String(value))?.value : typeof value === "number" ? value : undefined;

export function Chart({ form, view, now, before }: { form: Form; view: View; now: Shown; before: Shown | undefined }) {
    const fields = fieldsOf(form);
    const table = fields.get(view.of ?? ""), x = fields.get(`${view.of}.${view.x}`), y = fields.get(`${view.of}.${view.y}`);
    if (!table || !x || !y) return null;

    const rowsOf = (one: Shown | undefined) => (one?.data[table.id] ?? []) as Row[];
    const nameOf = (row: Row) => showValue(x, row[x.id]) || "—";
    const axes = rowsOf(now).map(nameOf);
    const values = rowsOf(now).map((row) => numberOf(y, row[y.id]));
    const earlier = new Map(rowsOf(before).map((row) => [nameOf(row), numberOf(y, row[y.id])]));
    const behind = axes.map((axis) => earlier.get(axis));
    const most = Math.max(...y.scale?.map((point) => point.value) ?? [], y.max ?? 0, ...values.map((value) => value ?? 0), ...behind.map((value) => value ?? 0));
    const hasBefore = !!before && behind.some((value) => value !== undefined);

    if (!axes.length) return null;
    return <section class="chart" aria-label={`${form.label}: ${table.label}`}>
        <h3>{table.label} <span class="dim">{y.label}</span></h3>
        {view.kind === "radar" && axes.length > 2
            ? <Radar axes={axes} most={most} now={{ label: now.label, values }} before={hasBefore ? { label: before.label, values: behind } : undefined} />
            : view.kind === "line" && axes.length > 1
                ? <Trend label={table.label} points={axes.map((label, i) => ({ label, value: values[i] ?? 0 }))} />
                : <><Bars label={table.label} most={most} rows={axes.map((label, i) => ({ label, value: values[i], before: behind[i] }))} />
                    {hasBefore && <p class="dim">{t("The mark is the value of {when}.", { when: before.label })}</p>}</>}
    </section>;
}
