/* studio/hook-result.tsx - what a hook would have done, in plain words: what it
 * changes, what it says, what else it would do, its log, where it broke.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Tried } from "#api";
import type { Field, Form } from "../form/model.ts";
import { showValue } from "../form/show.ts";
import { t } from "../i18n/index.ts";

type Done = NonNullable<Tried["hook"]>;
type Row = Record<string, unknown>;
interface Change { place: string; field: Field | undefined; from: unknown; to: unknown }

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/* Of a table what differs in it, cell by cell. */
function cellsOf(table: Field, from: Row[], to: Row[]): Change[] {
    const was = new Map(from.map((row) => [row.id, row]));
    const changes = to.flatMap((row, i) => (table.columns ?? []).filter((column) => !same(was.get(row.id)?.[column.id], row[column.id]))
        .map((column) => ({ place: `${table.label} ${i + 1} · ${column.label}`, field: column, from: was.get(row.id)?.[column.id], to: row[column.id] })));
    return from.length > to.length ? [...changes, { place: table.label, field: table, from, to }] : changes;
}

function changesOf(model: Form, done: Done): Change[] {
    return done.changes.flatMap((change) => {
        const field = model.fields.find((one) => one.id === change.field);
        return field?.type === "items" ? cellsOf(field, (change.from ?? []) as Row[], (change.to ?? []) as Row[])
            : [{ place: field?.label ?? change.field, field, from: change.from, to: change.to }];
    });
}

/* An argument, short: of a document its title, of a person the name. */
function wordsOf(value: unknown): string {
    if (typeof value === "string") return `“${value}”`;
    if (Array.isArray(value)) return `[${value.map(wordsOf).join(", ")}]`;
    if (!value || typeof value !== "object") return String(value);
    const bag = value as Row;
    if (typeof bag.title === "string" && bag.form) return bag.title;
    if (typeof bag.name === "string" && bag.login) return bag.name;
    return `{${Object.entries(bag).map(([name, one]) => `${name}: ${wordsOf(one)}`).join(", ")}}`;
}

const labelAt = (model: Form, place: string | undefined): string =>
    model.fields.find((field) => field.id === place?.replace(/[[.].*$/, ""))?.label ?? place ?? "";

export function HookResult({ model, done, onLine }: { model: Form; done: Done; onLine: (line: number) => void }) {
    const changes = changesOf(model, done);
    const { problem, errors, warnings, calls, log } = done;
    const quiet = !problem && !errors.length && !warnings.length && !calls.length && !log.length && !changes.length;
    const shown = (change: Change, value: unknown) => (change.field ? showValue(change.field, value) : value === undefined || value === null ? "" : wordsOf(value)) || "—";

    return <section class="hook-result" aria-live="polite" aria-label={t("What {name} would do", { name: done.function })}>
        {problem && <p role="alert" class="late">{t("It breaks off.")} {problem.line
            ? <button type="button" class="plain" onClick={() => onLine(problem.line!)}>{t("Line {n}", { n: problem.line })}: {problem.message}</button> : problem.message}</p>}
        {errors.length > 0 && <><h3>{t("It refuses")}</h3><ul>{errors.map((one) => <li class="late">{[labelAt(model, one.field), one.message].filter(Boolean).join(": ")}</li>)}</ul></>}
        {warnings.length > 0 && <><h3>{t("It warns")}</h3><ul>{warnings.map((one) => <li>{[labelAt(model, one.field), one.message].filter(Boolean).join(": ")}</li>)}</ul></>}
        {changes.length > 0 && <><h3>{t("It changes")}</h3><div class="scroll" tabIndex={0} role="group" aria-label={t("It changes")}><table class="grants">
            <thead><tr><th scope="col">{t("Field")}</th><th scope="col">{t("Before")}</th><th scope="col">{t("Then")}</th></tr></thead>
            <tbody>{changes.map((change) => <tr><th scope="row">{change.place}</th><td>{shown(change, change.from)}</td><td><strong>{shown(change, change.to)}</strong></td></tr>)}</tbody></table></div></>}
        {calls.length > 0 && <><h3>{t("It would also")}</h3><ul>{calls.map((call) => <li><code>{call.function}</code> {call.arguments.map(wordsOf).join(", ")}</li>)}</ul></>}
        {log.length > 0 && <><h3>{t("Its log")}</h3><pre class="log">{log.map((line) => line.map((one) => typeof one === "string" ? one : wordsOf(one)).join(" ")).join("\n")}</pre></>}
        {done.result !== null && done.result !== undefined && <p>{t("It returns {value}.", { value: wordsOf(done.result) })}</p>}
        {quiet && <p class="good">{t("It runs through, and changes nothing.")}</p>}
    </section>;
}
