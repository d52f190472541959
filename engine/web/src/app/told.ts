/* app/told.ts - what I was told of and have not read: the number at the bell.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import type { NotificationList } from "#api";
import { t } from "../i18n/index.ts";
import { ask, brought, newKey, takeBrought } from "../api/client.ts";

const FIRST = { query: { limit: "5" } };

export const unread = signal<number | undefined>(brought("GET /notifications", FIRST)?.unread);

export async function askTold(limit = FIRST.query.limit, cursor?: string): Promise<NotificationList> {
    const list = await ask("GET /notifications", { query: { limit, cursor } });

    unread.value = list.unread ?? 0;
    return list;
}

/* When it was, and of reminders how many they were. */
export const whenOf = (item: NotificationList["items"][number], when: (at: string) => string): string =>
    item.times ? t("{n} reminders, last {when}", { n: item.times, when: when(item.at) }) : when(item.at);

/* What the page brought along of it. */
export const broughtTold = (): NotificationList | undefined => takeBrought("GET /notifications", FIRST);

export async function readAll(): Promise<void> {
    await ask("POST /notifications/read", { body: {}, key: newKey() });
    unread.value = 0;
}
