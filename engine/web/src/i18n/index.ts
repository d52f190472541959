/* i18n/index.ts - what the application says, in the language of its reader.
 *
 * The English sentence is its own key, as in the engine; zh.ts has the twins,
 * which come in parts (groups.ts). `{name}` is filled in.
 * tests/catalogue.test.ts finds what has no twin and twins that nobody says.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Group } from "./groups.ts";

export type Lang = "zh-CN" | "en";

let twins: Record<string, string> = {};
let parts: Record<string, () => Promise<{ default: Record<string, string> }>> = {};

export const lang: Lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en";

export async function loadLanguage(): Promise<void> {
    if (lang !== "zh-CN") return;
    const base = await import("virtual:zh");
    twins = { ...base.default };
    parts = { ...base.parts };
}

/* The words of a part, there once they have come. */
export async function loadWords(group: Group | undefined): Promise<void> {
    const part = group && parts[group];

    if (part) Object.assign(twins, (await part()).default);
}

export function t(sentence: string, values?: Record<string, string | number>): string {
    const text = twins[sentence] ?? sentence;

    return values ? text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all)) : text;
}

/* Another language is another page: the server speaks it too. */
export function speak(to: Lang): void {
    document.cookie = `lang=${to}; path=/; max-age=31536000; samesite=lax`;
    location.reload();
}
