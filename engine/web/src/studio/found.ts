/* studio/found.ts - what is wrong with a draft, by the text that it stands in.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Diagnostic } from "../api/client.ts";

export const isOfHooks = (one: Diagnostic): boolean => !!one.file?.endsWith(".lua");
