/* i18n/words.d.ts - what tools/words.ts makes of zh.ts.
 *
 * SPDX-License-Identifier: Apache-2.0 */
declare module "virtual:zh" {
    const twins: Record<string, string>;
    export default twins;
    export const parts: Record<string, () => Promise<{ default: Record<string, string> }>>;
}
