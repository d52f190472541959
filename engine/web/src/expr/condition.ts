/* expr/condition.ts - conditions, of which a browser may know only some.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { evaluate, Unknown, type Env, type Tree } from "./eval.ts";
import { holds, type Row } from "./value.ts";

/* undefined where the browser cannot know. */
export function attempt<T>(work: () => T): T | undefined {
    try {
        return work();
    } catch (error) {
        if (error instanceof Unknown) return undefined;
        throw error;
    }
}

export const says = (tree: Tree | undefined, env: Env, otherwise: boolean): boolean =>
    tree ? attempt(() => holds(evaluate(tree, env))) ?? otherwise : otherwise;

/* A column's condition may hold in one row and not in another. */
export const inRow = (tree: Tree | undefined, env: Env, row: Row, table: string, otherwise: boolean) =>
    says(tree, { ...env, row, table }, otherwise);
