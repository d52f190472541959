/* tests/merge.test.ts - my changes and theirs.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, it } from "vitest";
import { patchOf, rebase, same } from "../src/offline/merge.ts";

it("takes absent and null for the same", () => {
    expect(same(undefined, null)).toBe(true);
    expect(same([{ a: 1 }], [{ a: 1, b: undefined }])).toBe(true);
    expect(same([1], { 0: 1 })).toBe(false);
});

it("sends what has changed, and null for what is gone", () => {
    expect(patchOf({ a: 1, b: 2, c: 3 }, { a: 1, b: 5 })).toEqual({ b: 5, c: null });
    expect(patchOf({ rows: [{ id: "1" }] }, { rows: [{ id: "1" }] })).toEqual({});
});

it("puts my changes upon theirs where they touch other fields", () => {
    expect(rebase({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 9 })).toEqual({ merged: { a: 2, b: 9 }, conflicts: [] });
});

it("shows both where both have changed the same field, and keeps mine meanwhile", () => {
    const { merged, conflicts } = rebase({ a: 1 }, { a: 2 }, { a: 3 });

    expect(merged).toEqual({ a: 2 });
    expect(conflicts).toEqual([{ field: "a", mine: 2, theirs: 3 }]);
});

it("sees no conflict where both have written the same", () => {
    expect(rebase({ a: 1 }, { a: 2 }, { a: 2 }).conflicts).toEqual([]);
});
