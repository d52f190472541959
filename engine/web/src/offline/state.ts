/* offline/state.ts - is there a network, and does anything wait for it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";

export const offline = signal(!navigator.onLine);
export const queued = signal(0);
export const sending = signal(false); /* actions are on their way to the server */

addEventListener("online", () => { offline.value = false; });
addEventListener("offline", () => { offline.value = true; });
