/* offline/hold.ts - who brings a draft to the server: the page in which it is
 * written, or whoever sends what was left. Never both, in no two tabs.
 *
 * SPDX-License-Identifier: Apache-2.0 */
const held = new Set<string>(); /* where the browser has no locks: this tab alone */
const nameOf = (id: string) => `draft:${id}`;

/* Holds the draft until the answer is called. */
export function hold(id: string): () => void {
    let over = false;
    let end: (() => void) | undefined;

    held.add(id);
    void navigator.locks?.request(nameOf(id), () => new Promise<void>((resolve) => {
        if (over) resolve();
        else end = resolve;
    }));
    return () => {
        over = true;
        held.delete(id);
        end?.();
    };
}

/* Does the work, unless somebody holds the draft. */
export async function unlessHeld(id: string, work: () => Promise<void>): Promise<void> {
    if (held.has(id)) return;
    if (!navigator.locks) return work();
    await navigator.locks.request(nameOf(id), { ifAvailable: true }, (lock) => lock ? work() : undefined);
}
