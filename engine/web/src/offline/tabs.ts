/* offline/tabs.ts - one tab tells the others, and its own pages, which document
 * it has changed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
export interface Change { id: string; was?: string /* "new:…", before it was on the server */ }

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("weft") : undefined;
const listeners = new Set<(change: Change) => void>();

channel?.addEventListener("message", (event: MessageEvent<Change>) => listeners.forEach((hear) => hear(event.data)));

export const tellTabs = (id: string): void => channel?.postMessage({ id });

/* What has been sent behind the back of the page that shows it. */
export function tellAll(change: Change): void {
    channel?.postMessage(change);
    listeners.forEach((hear) => hear(change));
}

/* Calls back with what was changed; the answer ends it. */
export function onTabs(hear: (change: Change) => void): () => void {
    listeners.add(hear);
    return () => listeners.delete(hear);
}
