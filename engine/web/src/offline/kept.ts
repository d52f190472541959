/* offline/kept.ts - a file as a value of a document, on the server or not yet.
 *
 * SPDX-License-Identifier: Apache-2.0 */
export interface FileValue { id: string; name: string; type: string; size: number; seconds?: number | undefined }

export const isFile = (value: unknown): value is FileValue =>
    typeof value === "object" && value !== null && typeof (value as FileValue).id === "string" && typeof (value as FileValue).size === "number";

export const isKept = (value: unknown): value is FileValue => isFile(value) && value.id.startsWith("kept:");

/* Whether anything in it is still in the browser alone. */
export function hasKept(value: unknown): boolean {
    if (isKept(value)) return true;
    if (Array.isArray(value)) return value.some(hasKept);
    return typeof value === "object" && value !== null && Object.values(value).some(hasKept);
}
