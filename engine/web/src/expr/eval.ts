/* expr/eval.ts - works a formula out, in the tree that the server made of it.
 *
 * The twin of engine/def/expr_eval.c. The shape of the tree is told in
 * engine/def/expr_json.c. What a browser cannot know (a person's grade, a
 * holiday) is unknown: a formula that asks for it says so, and its value is
 * left to the server.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Field } from "../form/model.ts";
import { aggregate } from "./aggregate.ts";
import { functions } from "./functions.ts";
import { boolean, equal, holds, nil, number, order, text, valueOf, write, type Json, type Row, type Value } from "./value.ts";

export interface Tree {
    op: string;
    args?: Tree[];
    value?: Json;
    type?: string;
    field?: string;
    table?: string;
    row?: string;
    name?: string;
    part?: string;
    over?: "rows" | "list" | "values";
    absent?: "drop" | "zero" | "block";
    points?: [number, string][];
}

export interface Env {
    fields: Map<string, Field>; /* by path */
    data: Row;
    row?: Row; /* in turn, and the table that it stands in */
    table?: string;
    now: number;
    zone: string;
    name(word: string): Value | undefined;
    setting(id: string): Value | undefined;
    person(id: string, part: string): Value | undefined;
    follow(document: string, field: string): Value | undefined;
    quietDays?(fields: string[]): number;
    workingDays?(from: number, to: number): number;
}

/* Thrown where only the server knows. */
export class Unknown extends Error {}

function know<T>(value: T | undefined): T {
    if (value === undefined) throw new Unknown();
    return value;
}

export function rowsOf(env: Env, table: string): Row[] {
    const rows = env.data[table];
    return Array.isArray(rows) ? rows as Row[] : [];
}

function read(env: Env, from: Row | undefined, path: string, id: string): Value {
    const field = env.fields.get(path);
    return field ? valueOf(field, from?.[id]) : nil;
}

function constant(tree: Tree): Value {
    if (typeof tree.value === "number") return number(tree.value);
    if (typeof tree.value === "boolean") return boolean(tree.value);
    return typeof tree.value === "string" ? text(tree.value, (tree.type ?? "text") as "text") : nil;
}

function calculate(op: string, a: number, b: number): Value {
    switch (op) {
    case "+": return number(a + b);
    case "-": return number(a - b);
    case "*": return number(a * b);
    case "/": return b === 0 ? nil : number(a / b);
    default: {
        if (b === 0) return nil;
        const rest = a % b;
        return number(rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest);
    }
    }
}

function compare(op: string, a: Value, b: Value): boolean {
    if (op === "==" || op === "~=") return equal(a, b) === (op === "==");
    const apart = order(a, b);
    if (apart === undefined) return false;
    return op === "<" ? apart < 0 : op === "<=" ? apart <= 0 : op === ">" ? apart > 0 : apart >= 0;
}

function binary(tree: Tree, env: Env): Value {
    const a = evaluate(tree.args![0]!, env), b = evaluate(tree.args![1]!, env);

    switch (tree.op) {
    case "..": {
        const x = write(a), y = write(b);
        return x === undefined || y === undefined ? nil : text(x + y);
    }
    case "+": case "-": case "*": case "/": case "%":
        return a.type === "number" && b.type === "number" ? calculate(tree.op, a.v, b.v) : nil;
    default:
        return boolean(compare(tree.op, a, b));
    }
}

function call(tree: Tree, env: Env): Value {
    if (tree.over) return aggregate(tree, env);
    const row = functions[tree.name!];
    if (!row) throw new Unknown();
    if (row.lazy) return row.lazy(tree, env);
    const args = (tree.args ?? []).map((arg, i) => {
        const value = evaluate(arg, env);
        const takes = row.takes[Math.min(i, row.takes.length - 1)] ?? "any";
        return takes === "any" || takes.split(" ").includes(value.type) ? value : nil;
    });
    return row.strict && args.some((arg) => arg.type === "nil") ? nil : row.run!(args, env);
}

export function evaluate(tree: Tree, env: Env): Value {
    switch (tree.op) {
    case "const": return constant(tree);
    case "field": case "table": return read(env, env.data, tree.field!, tree.field!);
    case "row": return read(env, env.row, `${env.table}.${tree.field}`, tree.field!);
    case "column": {
        const path = `${tree.table}.${tree.field}`;
        return { type: "list", v: rowsOf(env, tree.table!).map((row) => read(env, row, path, tree.field!)) };
    }
    case "cell": {
        const row = rowsOf(env, tree.table!).find((one) => one["id"] === tree.row);
        return read(env, row, `${tree.table}.${tree.field}`, tree.field!);
    }
    case "name": return know(env.name(tree.name!));
    case "setting": return know(env.setting(tree.name!));
    case "person": {
        const person = evaluate(tree.args![0]!, env);
        return person.type === "person" ? know(env.person(person.v, tree.part!)) : nil;
    }
    case "follow": {
        const link = evaluate(tree.args![0]!, env);
        return link.type === "link" ? know(env.follow(link.v, tree.field!)) : nil;
    }
    case "neg": {
        const value = evaluate(tree.args![0]!, env);
        return value.type === "number" ? number(-value.v) : nil;
    }
    case "not": return boolean(!holds(evaluate(tree.args![0]!, env)));
    case "and": case "or": {
        const first = evaluate(tree.args![0]!, env);
        return holds(first) === (tree.op === "or") ? first : evaluate(tree.args![1]!, env);
    }
    case "call": return call(tree, env);
    default: return binary(tree, env);
    }
}
