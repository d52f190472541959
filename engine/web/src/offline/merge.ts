/* offline/merge.ts - what one has changed, and what becomes of it where
 * somebody else has changed the document meanwhile.
 *
 * SPDX-License-Identifier: Apache-2.0 */
export type Data = { [field: string]: unknown };

export function same(a: unknown, b: unknown): boolean {
    if (a === b || (a ?? null) === (b ?? null)) return true;
    if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => same((a as Data)[key], (b as Data)[key]));
}

/* The merge patch (RFC 7396) that makes `mine` of `base`; a table whole. */
export function patchOf(base: Data, mine: Data): Data {
    const patch: Data = {};

    for (const field of new Set([...Object.keys(base), ...Object.keys(mine)]))
        if (!same(base[field], mine[field])) patch[field] = mine[field] ?? null;
    return patch;
}

export interface Conflict { field: string; mine: unknown; theirs: unknown }

/* My changes upon theirs. Fields that both have changed, and differently, are
 * conflicts; `merged` has mine there until somebody decides. */
export function rebase(base: Data, mine: Data, theirs: Data): { merged: Data; conflicts: Conflict[] } {
    const merged: Data = { ...theirs };
    const conflicts: Conflict[] = [];

    for (const [field, value] of Object.entries(patchOf(base, mine))) {
        if (!same(base[field], theirs[field]) && !same(value, theirs[field]))
            conflicts.push({ field, mine: value, theirs: theirs[field] });
        merged[field] = value ?? undefined;
    }
    return { merged, conflicts };
}
