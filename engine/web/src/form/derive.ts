/* form/derive.ts - what follows from what was typed: derived values, which
 * fields are there, which must be filled, what is wrong.
 *
 * The server judges in the end, by the same trees; this is so that one need
 * not wait for it. What only the server knows is left as it said.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Document, Me } from "#api";
import type { Finding } from "../api/client.ts";
import { formatNumber } from "../base/format.ts";
import { attempt, says } from "../expr/condition.ts";
import { evaluate, type Env, type Tree } from "../expr/eval.ts";
import { fill } from "../expr/template.ts";
import { compareNumbers, isAbsent, plainValue, text, toJson, valueOf, type Json, type Row, type Value } from "../expr/value.ts";
import { t } from "../i18n/index.ts";
import type { Data } from "../offline/merge.ts";
import { lockedOf } from "./locked.ts";
import { fieldsOf, type Field, type Form, type Step } from "./model.ts";

export interface Derived {
    data: Data; /* with derived values */
    visible: Set<string>; /* paths; of a table its columns too */
    required: Set<string>; /* "weight", and of rows "lines[2].weight" */
    findings: Finding[];
}

type Subject = Partial<Document>;

const knownNames: Record<string, (document: Subject, form: Form, me: Me) => Value> = {
    id: (document) => document.id ? text(document.id) : { type: "nil" },
    form: (_document, form) => text(form.id),
    version: (_document, form) => plainValue(form.version),
    step: (document, form) => text(document.step ?? form.start),
    state: (document) => text(document.state ?? "open"),
    health: (document) => plainValue(document.health as Json),
    creator: (document, _form, me) => text(document.creator?.id ?? me.id, "person"),
    created: (document) => document.created ? text(document.created, "datetime") : { type: "nil" },
    updated: (document) => document.updated ? text(document.updated, "datetime") : { type: "nil" },
    revealed: () => plainValue(false),
    frozen: () => plainValue(false),
    me: (_document, _form, me) => text(me.id, "person"),
};

/* People whose names stand in the data. */
function namesIn(value: unknown, into: Map<string, Data>): Map<string, Data> {
    if (Array.isArray(value)) value.forEach((one) => namesIn(one, into));
    else if (value && typeof value === "object") {
        const bag = value as Data;
        if (typeof bag.id === "string" && typeof bag.login === "string") into.set(bag.id, bag);
        else Object.values(bag).forEach((one) => namesIn(one, into));
    }
    return into;
}

export function envOf(form: Form, document: Subject, data: Data, me: Me, fields = fieldsOf(form)): Env {
    const people = namesIn([data, document.subject, document.creator, me], new Map());

    return {
        fields, data: data as Row, now: Date.now(), zone: form.zone ?? "Asia/Shanghai",
        name: (word) => knownNames[word]?.(document, form, me),
        setting: (id) => form.settings && id in form.settings ? plainValue(form.settings[id] as Json) : undefined,
        person: (id, part) => part === "login" || part === "name"
            ? people.has(id) ? plainValue(people.get(id)![part] as Json) : undefined : undefined,
        follow: () => undefined,
    };
}

/* The fields that a tree reads, as paths. */
function readsOf(tree: Tree, table: string | undefined, into: Set<string>): Set<string> {
    const rows = tree.table ?? table;

    if (tree.op === "field" || tree.op === "table") into.add(tree.field!);
    if (tree.op === "row") into.add(`${table}.${tree.field}`);
    if (tree.op === "column" || tree.op === "cell") into.add(`${tree.table}.${tree.field}`);
    for (const arg of tree.args ?? []) readsOf(arg, rows, into);
    return into;
}

export const tableOf = (path: string) => path.includes(".") ? path.slice(0, path.indexOf(".")) : undefined;

/* --- Derived values */

function derive(form: Form, fields: Map<string, Field>, hidden: Set<string>, env: Env): void {
    for (const path of form.formulas) {
        const field = fields.get(path);
        const table = tableOf(path);
        if (!field?.formula || hidden.has(path)) continue;
        if ([...readsOf(field.formula, table, new Set())].some((read) => hidden.has(read))) continue;
        if (!table) {
            const value = attempt(() => toJson(field, evaluate(field.formula!, env)));
            if (value !== undefined) env.data = { ...env.data, [path]: value };
            continue;
        }
        const rows = ((env.data[table] ?? []) as Row[]).map((row) => {
            const value = attempt(() => toJson(field, evaluate(field.formula!, { ...env, row, table })));
            return value === undefined || value === row[field.id] ? row : { ...row, [field.id]: value };
        });
        env.data = { ...env.data, [table]: rows as Json };
    }
}

/* --- Conditions */

function seen(form: Form, fields: Map<string, Field>, hidden: Set<string>, env: Env): Set<string> {
    const closed = new Set(form.sections.filter((section) => !says(section.visible_when, env, true)).map((section) => section.id));
    const visible = new Set<string>();

    for (const [path, field] of fields) {
        const table = tableOf(path);
        if (hidden.has(path) || (field.section && closed.has(field.section)) || (table && !visible.has(table))) continue;
        if (table || says(field.visible_when, env, true)) visible.add(path);
    }
    return visible;
}

const covers = (set: "*" | string[] | undefined, path: string) =>
    set === "*" || !!set?.some((one) => one === path || path.startsWith(`${one}.`));

/* --- What is wrong */

class Judge {
    readonly findings: Finding[] = [];
    readonly required = new Set<string>();

    add(field: string, code: string, message: string): void {
        this.findings.push({ field, code, message });
    }

    value(field: Field, place: string, value: Value, json: unknown): void {
        const { min, max } = field;

        if (value.type === "number" && field.type !== "money" && field.type !== "rating") {
            if (min !== undefined && compareNumbers(value.v, min) < 0) this.add(place, "range", t("At least {n}.", { n: formatNumber(min) }));
            if (max !== undefined && compareNumbers(value.v, max) > 0) this.add(place, "range", t("At most {n}.", { n: formatNumber(max) }));
        }
        if (value.type === "text" && typeof json === "string") {
            const length = [...json].length;
            if (max !== undefined && length > max) this.add(place, "length", t("At most {n} characters, there are {m}.", { n: max, m: length }));
            if (field.pattern && !matches(field.pattern, json)) this.add(place, "pattern", t("This has not the form that is asked for."));
        }
    }

    rows(field: Field, n: number): void {
        if (field.min !== undefined && n < field.min) this.add(field.path, "length", t("At least {n} rows.", { n: field.min }));
        if (field.max !== undefined && n > field.max) this.add(field.path, "length", t("At most {n} rows.", { n: field.max }));
    }

    total(column: Field, rows: Row[]): void {
        if (column.total === undefined || rows.length === 0) return;
        const sum = totalOf(column, rows);
        if (compareNumbers(sum, column.total) !== 0)
            this.add(column.path, "total", t("{label}: the sum is {sum}, and has to be {total}.",
                { label: column.label, sum: formatNumber(sum), total: formatNumber(column.total) }));
    }
}

export const totalOf = (column: Field, rows: Row[]): number =>
    rows.reduce((sum, row) => {
        const value = valueOf(column, row[column.id]);
        return sum + (value.type === "number" ? value.v : 0);
    }, 0);

const patterns = new Map<string, RegExp | undefined>();

function matches(pattern: string, value: string): boolean {
    if (!patterns.has(pattern)) {
        try {
            patterns.set(pattern, new RegExp(`^(?:${pattern})$`, "u"));
        } catch {
            patterns.set(pattern, undefined);
        }
    }
    return patterns.get(pattern)?.test(value) ?? true;
}

interface Asked { form: Form; fields: Map<string, Field>; visible: Set<string>; hidden: Set<string>; edit: Set<string>; require: Step["require"]; env: Env }

function judgeField(judge: Judge, asked: Asked, field: Field): void {
    const { env, edit, require } = asked;
    const must = (edit.has(field.path) || covers(require, field.path))
        && (field.required || covers(require, field.path) || says(field.required_when, env, false));
    const value = valueOf(field, env.data[field.id]);

    if (must) {
        judge.required.add(field.path);
        if (isAbsent(value) && !field.formula) judge.add(field.path, "required", t("Please fill this in."));
    }
    if (field.type === "items") judgeTable(judge, asked, field);
    else if (!field.formula) judge.value(field, field.path, value, env.data[field.id]);
}

function judgeTable(judge: Judge, { env, visible, edit, require }: Asked, table: Field): void {
    const rows = (env.data[table.id] ?? []) as Row[];
    const columns = (table.columns ?? []).filter((column) => visible.has(column.path));

    if (edit.has(table.path)) judge.rows(table, rows.length);
    for (const column of columns) judge.total(column, rows);
    rows.forEach((row, i) => columns.forEach((column) => {
        const place = `${table.id}[${i + 1}].${column.id}`;
        const inner = { ...env, row, table: table.id };
        const value = valueOf(column, row[column.id]);
        const must = (edit.has(column.path) || covers(require, column.path)) && says(column.visible_when, inner, true)
            && (column.required || covers(require, column.path) || says(column.required_when, inner, false));
        if (column.formula) return;
        if (must && isAbsent(value)) judge.add(place, "required", t("Please fill this in."));
        judge.value(column, place, value, row[column.id]);
    }));
}

function judgeRules(judge: Judge, asked: Asked, warnings: Finding[]): void {
    const { env, form, fields, hidden } = asked;

    for (const rule of form.rules) {
        const into = rule.severity === "warning" ? warnings : judge.findings;
        const table = rule.field && fields.get(rule.field) ? tableOf(rule.field) : undefined;
        const sees = (tree: Tree) => ![...readsOf(tree, table, new Set())].some((read) => hidden.has(read));
        const say = (inner: Env) => rule.says ? fill(rule.says, inner, sees) : rule.message;
        if (!table) {
            if (says(rule.when, env, false)) into.push({ field: rule.field ?? "", code: "rule", message: say(env) });
            continue;
        }
        ((env.data[table] ?? []) as Row[]).forEach((row, i) => {
            const inner = { ...env, row, table };
            if (says(rule.when, inner, false))
                into.push({ field: `${table}[${i + 1}].${rule.field!.slice(table.length + 1)}`, code: "rule", message: say(inner) });
        });
    }
}

export interface Worked extends Derived { warnings: Finding[]; env: Env; locked: Set<string> }

/* All that follows from `data`, for somebody who may edit the paths `edit`. */
export function workOut(form: Form, document: Subject, data: Data, me: Me, edit: Set<string>): Worked {
    const fields = fieldsOf(form);
    const hidden = new Set(document.hidden ?? []);
    const env = envOf(form, document, data, me, fields);
    const judge = new Judge();
    const warnings: Finding[] = [];

    derive(form, fields, hidden, env);
    const visible = seen(form, fields, hidden, env);
    const step = form.steps.find((one) => one.id === (document.step ?? form.start));
    const asked: Asked = { form, fields, visible, hidden, edit, require: step?.require, env };
    for (const field of form.fields) if (visible.has(field.path)) judgeField(judge, asked, field);
    judgeRules(judge, asked, warnings);
    return {
        data: env.data as Data, visible, required: judge.required, findings: judge.findings, warnings, env,
        locked: lockedOf(form.fields, env, document.data ?? {}),
    };
}
