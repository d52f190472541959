/* offline/forget.ts - signing out leaves nothing of a person on the device.
 *
 * SPDX-License-Identifier: Apache-2.0 */
export async function forget(): Promise<void> {
    const names = await caches?.keys().catch(() => []) ?? [];

    await Promise.all(names.filter((name) => name.startsWith("weft-answers")).map((name) => caches.delete(name)));
    const { wipe } = await import("./drafts.ts");
    await wipe();
    sessionStorage.clear();
    await (await import("./files.ts")).wipeFiles();
}
