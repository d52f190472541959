/* app/waiting.ts - how much waits for me: the number beside the inbox.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import type { WorkList } from "#api";
import { ask, brought } from "../api/client.ts";

export const waiting = signal(brought("GET /work")?.items.length ?? 0);

export async function askWork(): Promise<WorkList> {
    const work = await ask("GET /work");

    waiting.value = work.items.length;
    return work;
}
