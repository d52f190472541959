/* offline/state.ts - is there a network, and does anything wait for it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";

export const offline = signal(!navigator.onLine);
export const queued = signal(0);
export const sending = signal(false); /* actions are on their way to the server */

addEventListener("online", () => { offline.value = false; });
addEventListener("offline", () => { offline.value = true; });

/* What waits, so that one can go there; `refused`: the server did not take it. */
export interface Kept { id: string; form: string; title: string; refused?: boolean | undefined }
export const waitingDrafts = signal<Kept[]>([]);
