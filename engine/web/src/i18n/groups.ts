/* i18n/groups.ts - which words come with which parts of the application: those
 * that are said in these files alone. All others come with every page.
 *
 * A place brings the words of its group (app/router.ts); a part that is loaded
 * when it is wanted, with it: `lazy(async () => { await loadWords("files"); …`.
 *
 * SPDX-License-Identifier: Apache-2.0 */
export const groups = {
    studio: /^studio\//,
    admin: /^pages\/admin/,
    insight: /^pages\/(insight|report)/,
    lists: /^pages\/(documents|place)/,
    cycles: /^pages\/cycle/,
    files: /^form\/file/,
    assistant: /^assistant\//,
    conflicts: /^form\/conflicts/,
    history: /^form\/(history|verbs)/,
    away: /^away\//,
    told: /^(told\/|pages\/preferences)/,
} as const;

export type Group = keyof typeof groups;

/* Of a file beneath src. */
export const groupOf = (path: string): Group | undefined =>
    (Object.keys(groups) as Group[]).find((group) => groups[group].test(path));
