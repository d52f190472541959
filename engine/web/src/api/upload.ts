/* api/upload.ts - bytes on their way to the server, with how far they are.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { File as Stored } from "#api";
import { addressOf, API, Problem, renewed, token, Unreachable } from "./client.ts";

export interface Bytes { blob: Blob; name: string; seconds?: number | undefined }

/* From 0 to 1. */
export type OnPart = (part: number) => void;

function send({ blob, name, seconds }: Bytes, onPart: OnPart | undefined, signal: AbortSignal | undefined): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest(); /* fetch does not tell how far it is */

        request.open("POST", API + addressOf("POST /files", { query: { name, ...(seconds ? { seconds: seconds.toFixed(1) } : {}) } }));
        request.setRequestHeader("X-CSRF-Token", token());
        request.setRequestHeader("Content-Type", blob.type.split(";")[0] || "application/octet-stream");
        request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) onPart?.(event.loaded / event.total); });
        request.addEventListener("load", () => resolve({ status: request.status, body: request.responseText }));
        request.addEventListener("error", () => reject(new Unreachable("The server cannot be reached.")));
        request.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        signal?.addEventListener("abort", () => request.abort());
        request.send(blob);
    });
}

export async function upload(bytes: Bytes, onPart?: OnPart, signal?: AbortSignal): Promise<Stored> {
    let answer = await send(bytes, onPart, signal);

    if (answer.status === 401 && await renewed()) answer = await send(bytes, onPart, signal);
    if (answer.status === 201) return JSON.parse(answer.body) as Stored;
    let body: Record<string, unknown> = {};
    try { body = JSON.parse(answer.body) as Record<string, unknown>; } catch { /* not from us: its status says it */ }
    throw new Problem(answer.status, body);
}
