/* app/me.ts - who is signed in, and what they may do.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import type { Me } from "#api";
import { ask } from "../api/client.ts";

export const me = signal<Me>({ id: "", login: "" });

export async function loadMe(): Promise<void> {
    me.value = await ask("GET /me");
    if (localStorage.person !== me.value.id) await changeHands();
}

/* What the worker keeps is of whoever was here before. */
async function changeHands(): Promise<void> {
    await globalThis.caches?.delete("weft-answers").catch(() => false);
    localStorage.person = me.value.id;
}

export const may = (scope: string) => me.value.scopes?.includes(scope) ?? false;
