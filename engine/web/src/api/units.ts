/* api/units.ts - the units of the company, asked for once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { UnitList } from "#api";
import { ask } from "./client.ts";

export type Unit = UnitList["items"][number];

/* The units as they hang on each other, each with its depth. */
export function treeOfUnits(units: Unit[], parent: string | null = null, depth = 0): (Unit & { depth: number })[] {
    return units.filter((unit) => (unit.parent ?? null) === parent)
        .flatMap((unit) => [{ ...unit, depth }, ...treeOfUnits(units, unit.id, depth + 1)]);
}

let asked: Promise<UnitList["items"]> | undefined;

export function listUnits(): Promise<UnitList["items"]> {
    return asked ??= ask("GET /units").then(({ items }) => items, (error) => {
        asked = undefined;
        throw error;
    });
}
