/* form/titles.ts - the titles of documents that others lead to.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask } from "../api/client.ts";

const known = new Map<string, Promise<string>>();

export const rememberTitle = (id: string, title: string): void => { known.set(id, Promise.resolve(title)); };

/* The id where one may not see it. */
export function titleOf(id: string): Promise<string> {
    let title = known.get(id);

    if (!title) {
        title = ask("GET /documents/{id}", { path: { id } }).then((document) => document.title ?? id, () => id);
        known.set(id, title);
    }
    return title;
}
