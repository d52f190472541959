/* tests/template.test.ts - messages of rules read in the browser as the server
 * tells them: the cases are those of tests/unit/def/test_template.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { describe, expect, it } from "vitest";
import type { Env, Tree } from "../src/expr/eval.ts";
import { fill, type Part } from "../src/expr/template.ts";
import { nil, text } from "../src/expr/value.ts";
import type { Field } from "../src/form/model.ts";

const fields = new Map(([
    { id: "a", type: "number" }, { id: "due", type: "date" }, { id: "owner", type: "person" }, { id: "people", type: "people" },
    { id: "kind", type: "choice", options: [{ id: "x", label: "Hand" }] },
] as Partial<Field>[]).map((field) => [field.id!, { ...field, path: field.id } as Field]));
const names: Record<string, string> = { 7: "张伟", 8: "李娜" };
const env: Env = {
    fields, data: { a: 1, owner: "7", people: ["7", "8"], kind: "x" }, now: 0, zone: "UTC",
    name: () => undefined, setting: () => undefined, follow: () => undefined,
    person: (id) => names[id] ? text(names[id]) : nil,
};
const field = (id: string): Tree => ({ op: "field", field: id });
const part = (before: string, id?: string): Part => id ? { text: before, value: field(id) } : { text: before };
const filled = (...parts: Part[]) => fill(parts, env, () => true);

describe("a template", () => {
    it.each<[Part[], string]>([
        [[], ""],
        [[part("plain 文字")], "plain 文字"],
        [[part("", "owner"), part(" 和 ", "people")], "张伟 和 张伟, 李娜"],
        [[part("满意度 ", "a"), part(" ", "due")], "满意度 1"],
        [[part("满意度 ", "due"), part(" ", "a")], "满意度 1"],
        [[part("", "due"), part(" 公司聚焦")], "公司聚焦"],
        [[part("", "owner"), part(" ", "due"), part(" – ", "due")], "张伟"],
        [[part("", "owner"), part("：", "due")], "张伟"],
        [[part("", "due"), part(", ", "due")], ""],
        [[part("到期：", "due")], "到期："],
        [[part("", "due"), part("：", "a")], "1"],
        [[part(" - ", "a"), part(" - ")], " - 1 - "],
        [[{ text: "", value: field("kind"), field: "kind" }, part("!")], "Hand!"],
    ])("%j gives %j", (parts, wanted) => expect(filled(...parts)).toBe(wanted));

    it("leaves out what is not seen, and what only the server knows", () => {
        const parts = [part("more than ", "a"), { text: ": ", value: { op: "name", name: "health" } }];

        expect(filled(...parts)).toBe("more than 1");
        expect(fill(parts, env, () => false)).toBe("more than");
    });
});
