/* tools/sentences.ts - the sentences that the application says, each once,
 * with the files that say them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../src", import.meta.url));

export function filesOf(): Map<string, string[]> {
    const found = new Map<string, string[]>();

    for (const entry of readdirSync(root, { recursive: true })) {
        const path = String(entry);
        if (!/\.tsx?$/.test(path)) continue;
        const text = readFileSync(`${root}/${path}`, "utf8");
        for (const match of text.matchAll(/\bt\(\s*"((?:[^"\\]|\\.)*)"/g)) {
            const sentence = JSON.parse(`"${match[1]}"`) as string;
            found.set(sentence, [...found.get(sentence) ?? [], path]);
        }
    }
    return found;
}

export const sentences = (): Map<string, string> => new Map([...filesOf()].map(([sentence, paths]) => [sentence, paths[0]!]));

if (process.argv[1] === fileURLToPath(import.meta.url))
    for (const sentence of [...sentences().keys()].sort()) console.log(JSON.stringify(sentence));
