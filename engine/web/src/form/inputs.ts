/* form/inputs.ts - the inputs of fields, loaded for whoever may fill something in:
 * who only reads a document does not wait for them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import type { inputs as all } from "./input.tsx";

export const inputs = signal<typeof all>({});

/* Without a network, and for the first time, they come with the next try. */
export async function loadInputs(): Promise<void> {
    const found = await import("./input.tsx").catch(() => undefined);

    if (found) inputs.value = found.inputs;
}
