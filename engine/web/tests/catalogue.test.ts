/* tests/catalogue.test.ts - every sentence has its twin, and every twin is said.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, it } from "vitest";
import zh from "../src/i18n/zh.ts";
import { filesOf, sentences } from "../tools/sentences.ts";
import { cut } from "../tools/words.ts";

const said = sentences();
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort().join();

it("finds what is said", () => expect(said.size).toBeGreaterThan(200));

it("has a twin for every sentence", () => {
    expect([...said.keys()].filter((sentence) => !(sentence in zh))).toEqual([]);
});

it("has no twin that nobody says", () => {
    expect(Object.keys(zh).filter((sentence) => !said.has(sentence))).toEqual([]);
});

it("fills in the same values in both", () => {
    expect(Object.entries(zh).filter(([sentence, twin]) => holes(sentence) !== holes(twin)).map(([sentence]) => sentence)).toEqual([]);
});

it("has each twin in one part, and what several parts say in that of every page", () => {
    const parts = cut(zh, filesOf());
    const twins = [...parts.values()].flatMap((part) => Object.keys(part));
    expect(twins.length).toBe(new Set(twins).size);
    expect(new Set(twins)).toEqual(new Set(Object.keys(zh)));
    expect(cut({ a: "A", b: "B", c: "C" }, new Map([["a", ["studio/text.tsx"]], ["b", ["studio/text.tsx", "ui/more.tsx"]], ["c", ["pages/today.tsx"]]])))
        .toEqual(new Map([["", { b: "B", c: "C" }], ["studio", { a: "A" }], ["admin", {}], ["insight", {}], ["lists", {}], ["cycles", {}], ["files", {}], ["assistant", {}], ["conflicts", {}], ["history", {}], ["away", {}], ["told", {}]]));
});
