/* tools/budgets.ts - how much a page may load before it can be used, gzipped.
 *
 * A route counts with all that its chunk imports, with the words of its part,
 * and with what every page has: the entry, a catalogue, the style and loader
 * that stand in the HTML. Who says the words of a part has them there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { gzipSync } from "node:zlib";
import { groupOf } from "../src/i18n/groups.ts";

const kB = 1024;
const HTML_SHELL = 8 * kB; /* of the 14 KB of a page; the rest is its data */
const ENTRY = 30 * kB;
const HOME = 60 * kB - 14 * kB;
const ROUTE = 60 * kB - 6 * kB; /* other pages bring less data */
const STUDIO = 250 * kB;

interface File {
    type: "chunk" | "asset";
    code?: string;
    source?: string | Uint8Array;
    imports?: string[];
    dynamicImports?: string[];
    facadeModuleId?: string | null;
    moduleIds?: string[];
    name?: string;
    viteMetadata?: { importedCss: Set<string> };
}
type Bundle = Record<string, File>;

const weigh = (text: string | Uint8Array) => gzipSync(text, { level: 9 }).length;

/* A chunk with all that it imports, their styles too. */
function closure(bundle: Bundle, start: string, into = new Set<string>()): Set<string> {
    const file = bundle[start];
    if (!file || into.has(start)) return into;
    into.add(start);
    for (const name of file.imports ?? []) closure(bundle, name, into);
    for (const name of file.viteMetadata?.importedCss ?? []) into.add(name);
    return into;
}

function checkWords(bundle: Bundle, names: Set<string>, page: string, group: string | undefined, fail: (message: string) => void): void {
    for (const name of names)
        for (const id of bundle[name]?.moduleIds ?? []) {
            const other = groupOf(/\/src\/(.*)$/.exec(id)?.[1] ?? "");
            if (other && other !== group) fail(`${page} says the words of "${other}" (${id}) and has not loaded them`);
        }
}

export function checkBudgets(input: object, shell: string, fail: (message: string) => void): void {
    const bundle = input as Bundle;
    const weight = (names: Set<string>) => [...names].reduce((sum, name) =>
        sum + weigh(bundle[name]?.code ?? bundle[name]?.source ?? ""), 0);
    const named = (start: string) => Object.keys(bundle).find((name) => name.startsWith(`assets/${start}-`))!;
    const made = (path: string) => Object.keys(bundle).find((name) => bundle[name]!.facadeModuleId?.endsWith(`/src/${path}`))!;
    const entry = closure(bundle, named("main"));
    closure(bundle, named("zh"), entry);
    const rows: [string, number, number][] = [
        ["what stands in each page", weigh(shell), HTML_SHELL],
        ["the entry", weight(entry), ENTRY],
    ];

    for (const [name, file] of Object.entries(bundle)) {
        const page = /src\/(pages|studio)\/(\w+)\.tsx$/.exec(file.facadeModuleId ?? "");
        if (!page) continue;
        const all = closure(bundle, name, new Set(entry));
        const group = groupOf(`${page[1]}/${page[2]}.tsx`);
        for (const [part, { facadeModuleId }] of Object.entries(bundle))
            if (group && facadeModuleId?.endsWith(`virtual:zh/${group}`)) all.add(part);
        checkWords(bundle, all, page[0], group, fail);
        const limit = page[1] === "studio" ? STUDIO : page[2] === "today" ? HOME : ROUTE;
        rows.push([`${page[1]}/${page[2]}`, weight(all), limit]);
        if (page[2] === "document") rows.push(["a document that is filled in", weight(closure(bundle, made("form/input.tsx"), all)), limit]);
    }
    for (const [what, size, limit] of rows) {
        console.log(`${what.padEnd(28)} ${(size / kB).toFixed(1).padStart(6)} of ${limit / kB} KB`);
        if (size > limit) fail(`${what} has ${(size / kB).toFixed(1)} KB, ${limit / kB} are allowed`);
    }
}
