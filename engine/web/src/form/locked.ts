/* form/locked.ts - what a readonly-when locks while one types: as the document
 * would stand, the field's own value as it was saved, so that what is locked
 * once it is filled in can be filled in. The twin of engine/doc/shape.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { inRow, says } from "../expr/condition.ts";
import type { Env } from "../expr/eval.ts";
import type { Json, Row } from "../expr/value.ts";
import type { Data } from "../offline/merge.ts";
import type { Field } from "./model.ts";

const isLocked = (field: Field, env: Env, saved: Data) => !!field.readonly_when
    && says(field.readonly_when, { ...env, data: { ...env.data, [field.id]: saved[field.id] as Json } }, false);

/* The paths of fields outside of tables, and of tables. */
export const lockedOf = (fields: Field[], env: Env, saved: Data) =>
    new Set(fields.filter((field) => isLocked(field, env, saved)).map((field) => field.path));

export function isCellLocked(column: Field, env: Env, table: string, row: Row, saved: Data): boolean {
    const was = ((saved[table] ?? []) as Row[]).find((one) => one["id"] === row["id"]);

    return !!column.readonly_when && inRow(column.readonly_when, env, { ...row, [column.id]: was?.[column.id] }, table, false);
}
