/* tests/formulas.test.ts - the browser's twin gives what the server gives.
 *
 * Both replay tests/vectors/formulas.json; the trees come from the server's
 * own linker (tests/browser/trees.c).
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluate, type Env, type Tree } from "../src/expr/eval.ts";
import { dateOf, weekday } from "../src/expr/dates.ts";
import { plainJson, plainValue, text, valueOf, type Json, type Row, type Value } from "../src/expr/value.ts";
import type { Field, Point } from "../src/form/model.ts";

type Bag = Record<string, Json>;
interface Vector { name: string; expr: string; value?: Json; error?: string; stored?: string; data?: Row; row?: [string, number]; now?: string; zone?: string; names?: Bag }
interface World { now: string; zone: string; package: { settings: Bag; scales: Record<string, [string, number, string][]> }; people: Record<string, Bag>; documents: Record<string, { form: string; data: Row }>; names: Bag; quiet: number; forms: Record<string, RawField[]>; form: string; data: Row; cases: Vector[] }
type RawField = Omit<Field, "scale" | "path" | "columns"> & { scale?: string; columns?: RawField[] };

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const world = JSON.parse(read("../../../tests/vectors/formulas.json")) as World;
const trees = read("../../../build/trees.jsonl").trim().split("\n").map((line) => JSON.parse(line) as Tree);

function fieldOf(raw: RawField, table?: string): Field {
    const scale = raw.scale && world.package.scales[raw.scale]!.map(([id, value, label]): Point => ({ id, value, label }));
    return { ...raw, label: raw.id, path: table ? `${table}.${raw.id}` : raw.id, ...(scale ? { scale } : {}) } as Field;
}

function fieldsOf(form: string): Map<string, Field> {
    return new Map(world.forms[form]!.flatMap((raw) =>
        [fieldOf(raw), ...(raw.columns ?? []).map((column) => fieldOf(column, raw.id))]).map((field) => [field.path, field]));
}

const nameTypes: Record<string, "person" | "datetime"> = { creator: "person", me: "person", approver: "person", created: "datetime", updated: "datetime" };
const typed = (value: Value, type?: "person" | "datetime" | "unit"): Value => value.type === "text" && type ? text(value.v, type) : value;

function envOf(vector: Vector): Env {
    const names = vector.names ?? world.names;
    const data = vector.data ?? world.data;
    const [table, i] = vector.row ?? [];
    return {
        fields: fieldsOf(world.form),
        data,
        ...(table ? { table, row: (data[table] as Row[])[i!]! } : {}),
        now: Date.parse(vector.now ?? world.now),
        zone: vector.zone ?? world.zone,
        name: (word) => typed(plainValue(names[word] ?? (vector as unknown as Bag)[word]), nameTypes[word]),
        setting: (id) => plainValue(world.package.settings[id]),
        person: (id, part) => typed(plainValue(world.people[id]?.[part]), part === "unit" ? "unit" : part === "manager" ? "person" : undefined),
        follow: (id, field) => {
            const document = world.documents[id];
            return valueOf(fieldsOf(document?.form ?? "goal").get(field)!, document?.data[field]);
        },
        quietDays: () => world.quiet,
        workingDays: (from, to) => {
            let n = 0;
            for (let day = from + 1; day <= to; day++) n += Number(weekday(day) < 5);
            return n;
        },
    };
}

describe("formulas", () => {
    const vectors = world.cases.filter((vector) => vector.error === undefined);

    it("has a tree for each vector", () => {
        expect(trees.length).toBe(vectors.length);
        expect(trees.length).toBeGreaterThan(300);
        expect(dateOf(0)).toEqual({ year: 1970, month: 1, day: 1 });
    });
    vectors.forEach((vector, i) => it(`${vector.name}: ${vector.expr}`, () => {
        expect(plainJson(evaluate(trees[i]!, envOf(vector)))).toEqual(vector.value ?? null);
    }));
});
