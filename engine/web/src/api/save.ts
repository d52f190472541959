/* api/save.ts - an answer that is kept as a file.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { Problem } from "./client.ts";

/* Asked for as it is; a refusal is told in its words. */
export async function saveFile(address: string, name: string): Promise<void> {
    const response = await fetch(`/api/v1${address}`);

    if (!response.ok) throw new Problem(response.status, await response.json().catch(() => ({})) as Record<string, unknown>);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
}
