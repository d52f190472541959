/* base/later.ts - what may wait until the page stands: one after the other, each
 * in a task of its own, when the browser has nothing better to do.
 *
 * SPDX-License-Identifier: Apache-2.0 */
const MOST_MS = 200; /* that a busy browser may keep one waiting */

const waiting: (() => void)[] = [];
let turning: Promise<void> | undefined;

export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const idle = (): Promise<void> => new Promise((resolve) =>
    "requestIdleCallback" in globalThis ? requestIdleCallback(() => resolve(), { timeout: MOST_MS }) : setTimeout(resolve));

async function turn(): Promise<void> {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
        await idle();
        run();
    }
    turning = undefined;
}

export function later(run: () => void): void {
    waiting.push(run);
    turning ??= turn();
}

/* Until all of it is done. */
export async function done(): Promise<void> {
    while (turning) await turning;
}
