/* app/adjusts.ts - whether a package leaves something of its forms to whoever is
 * signed in, who then has a studio too. Asked once a session.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import { ask } from "../api/client.ts";
import { may, me } from "./me.ts";

export const adjusts = signal(false);

export async function learnAdjusts(): Promise<void> {
    const key = `adjusts ${me.value.id}`;

    if (may("deploy") || !me.value.id) return;
    sessionStorage[key] ??= (await ask("GET /adjustable").catch(() => ({ items: [] }))).items.length ? "yes" : "no";
    adjusts.value = sessionStorage[key] === "yes";
}
