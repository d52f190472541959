/* api/units.ts - the units of the company, asked for once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { UnitList } from "#api";
import { ask } from "./client.ts";

let asked: Promise<UnitList["items"]> | undefined;

export function listUnits(): Promise<UnitList["items"]> {
    return asked ??= ask("GET /units").then(({ items }) => items, (error) => {
        asked = undefined;
        throw error;
    });
}
