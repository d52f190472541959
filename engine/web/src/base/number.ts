/* base/number.ts - numbers as people type them.
 *
 * SPDX-License-Identifier: Apache-2.0 */

/* Full-width digits and marks of thousands count; undefined: it is none (yet). */
export function parseNumber(text: string): number | undefined {
    const plain = text.replace(/[\s,，_]/g, "").replace(/[０-９．－]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
    return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}
