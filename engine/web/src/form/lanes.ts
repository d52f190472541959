/* form/lanes.ts - where a document stands: in its step, or in several at once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Document } from "#api";
import type { Form, Step } from "./model.ts";

/* Its own step first, then those of its open lanes. */
export function stepsOf(form: Form, document: Partial<Document>): Step[] {
    const ids = [document.step ?? form.start, ...(document.lanes ?? []).flatMap((lane) => lane.step ?? [])];

    return ids.flatMap((id) => form.steps.find((step) => step.id === id) ?? []);
}
