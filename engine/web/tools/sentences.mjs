/* tools/sentences.mjs - the sentences that the application says, each once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../src", import.meta.url));

export function sentences() {
    const found = new Map();

    for (const entry of readdirSync(root, { recursive: true })) {
        const path = String(entry);
        if (!/\.tsx?$/.test(path)) continue;
        const text = readFileSync(`${root}/${path}`, "utf8");
        for (const match of text.matchAll(/\bt\(\s*"((?:[^"\\]|\\.)*)"/g)) {
            const sentence = JSON.parse(`"${match[1]}"`);
            if (!found.has(sentence)) found.set(sentence, path);
        }
    }
    return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
    for (const sentence of [...sentences().keys()].sort()) console.log(JSON.stringify(sentence));
