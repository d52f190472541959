/* app/told.ts - what I was told of and have not read: the number at the bell.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import type { NotificationList } from "#api";
import { ask, newKey } from "../api/client.ts";

export const unread = signal<number | undefined>(undefined);

export async function askTold(limit = "5", cursor?: string): Promise<NotificationList> {
    const list = await ask("GET /notifications", { query: { limit, cursor } });

    unread.value = list.unread ?? 0;
    return list;
}

export async function readAll(): Promise<void> {
    await ask("POST /notifications/read", { body: {}, key: newKey() });
    unread.value = 0;
}
