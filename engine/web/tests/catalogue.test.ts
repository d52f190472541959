/* tests/catalogue.test.ts - every sentence has its twin, and every twin is said.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, it } from "vitest";
import zh from "../src/i18n/zh.ts";
import { sentences } from "../tools/sentences.mjs";

const said = sentences() as Map<string, string>;
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
