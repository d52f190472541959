/* form/wire.ts - values as the server takes them: of a person, a document or a
 * file that it gave whole, the id.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { isFile } from "../offline/kept.ts";
import type { Data } from "../offline/merge.ts";

function one(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(one);
    if (!value || typeof value !== "object") return value;
    if (isFile(value)) return value.id;
    const bag = value as Data;
    if (typeof bag.login === "string" && typeof bag.id === "string") return { id: bag.id };
    return Object.fromEntries(Object.entries(bag).filter(([, part]) => part !== undefined).map(([name, part]) => [name, one(part)]));
}

/* A row that is new has no id of the server's. */
function rows(value: unknown): unknown {
    if (!Array.isArray(value)) return value;
    return value.map((row) => row && typeof row === "object" && String((row as Data).id ?? "").startsWith("new:")
        ? Object.fromEntries(Object.entries(row as Data).filter(([name]) => name !== "id")) : row);
}

export const toWire = (data: Data): Data =>
    Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined).map(([name, value]) => [name, one(rows(value))]));
