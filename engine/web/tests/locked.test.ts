/* tests/locked.test.ts - what a readonly-when locks while one types, as the
 * server judges it when it is saved.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, it } from "vitest";
import type { Env, Tree } from "../src/expr/eval.ts";
import type { Row } from "../src/expr/value.ts";
import { isCellLocked, lockedOf } from "../src/form/locked.ts";
import type { Field } from "../src/form/model.ts";

const field = (id: string): Tree => ({ op: "field", field: id });
const there = (tree: Tree): Tree => ({ op: "~=", args: [tree, { op: "const" }] });
const fields = [
    { id: "a", path: "a", type: "number", label: "A" },
    { id: "note", path: "note", type: "text", label: "Note", readonly_when: { op: ">", args: [field("a"), { op: "const", value: 7 }] } },
    { id: "code", path: "code", type: "text", label: "Code", readonly_when: there(field("code")) },
] as Field[];
const column = { id: "cost", path: "lines.cost", type: "number", label: "Cost", readonly_when: there({ op: "row", field: "cost" }) } as Field;
const env = (data: Row): Env => ({
    fields: new Map([...fields, column].map((one) => [one.path, one])), data, now: 0, zone: "UTC",
    name: () => undefined, setting: () => undefined, person: () => undefined, follow: () => undefined,
});
const lockedBy = (saved: Row, typed: Row) => [...lockedOf(fields, env({ ...saved, ...typed }), saved)];

it("locks by what is typed", () => {
    expect(lockedBy({ a: 3 }, { a: 9 })).toEqual(["note"]);
    expect(lockedBy({ a: 9 }, { a: 3 })).toEqual([]);
});

it("does not lock a field by what is typed into it", () => {
    expect(lockedBy({}, { code: "A" })).toEqual([]);
    expect(lockedBy({ code: "A" }, { code: "B" })).toEqual(["code"]);
});

it("judges a cell by its row, its own value as it was saved", () => {
    expect(isCellLocked(column, env({}), "lines", { id: "r1", cost: 5 }, {})).toBe(false);
    expect(isCellLocked(column, env({}), "lines", { id: "r1", cost: 6 }, { lines: [{ id: "r1", cost: 5 }] })).toBe(true);
});
