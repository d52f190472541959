/* tools/words.ts - cuts the catalogue into what every page needs and what comes
 * with a part of the application (src/i18n/groups.ts).
 *
 * A sentence belongs to a group where only files of the group say it. The
 * catalogue itself stays one file: who writes a sentence need not know.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Plugin } from "vite";
import { groupOf, groups, type Group } from "../src/i18n/groups.ts";
import zh from "../src/i18n/zh.ts";
import { filesOf } from "./sentences.ts";

const BASE = "virtual:zh";
const idOf = (group: string) => `${BASE}/${group}`;

export function cut(twins: Record<string, string>, said: Map<string, string[]>): Map<Group | "", Record<string, string>> {
    const parts = new Map<Group | "", Record<string, string>>([["", {}]]);

    for (const group of Object.keys(groups) as Group[]) parts.set(group, {});
    for (const [sentence, twin] of Object.entries(twins)) {
        const by = new Set((said.get(sentence) ?? []).map((path) => groupOf(path) ?? ""));
        parts.get(by.size === 1 ? [...by][0]! : "")![sentence] = twin;
    }
    return parts;
}

export function words(): Plugin {
    const parts = cut(zh, filesOf());
    const write = (part: Record<string, string>) => `export default ${JSON.stringify(part)};\n`;

    return {
        name: "weft-words",
        resolveId: (id) => id === BASE || id.startsWith(`${BASE}/`) ? `\0${id}` : undefined,
        load(id) {
            if (!id.startsWith(`\0${BASE}`)) return undefined;
            const group = id.slice(BASE.length + 2);
            if (group) return write(parts.get(group as Group)!);
            return write(parts.get("")!) + `export const parts = {${Object.keys(groups).map((name) =>
                `${name}: () => import(${JSON.stringify(idOf(name))})`).join()}};\n`;
        },
    };
}
