/* offline/tabs.ts - one tab tells the others what it has changed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("weft") : undefined;

export const tellTabs = (id: string): void => channel?.postMessage(id);

/* Calls back with the ids of documents; the answer ends it. */
export function onTabs(hear: (id: string) => void): () => void {
    const listener = (event: MessageEvent<string>) => hear(event.data);

    channel?.addEventListener("message", listener);
    return () => channel?.removeEventListener("message", listener);
}
