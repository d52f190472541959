/* base/currency.ts - how many digits the smallest coin of a currency has.
 *
 * SPDX-License-Identifier: Apache-2.0 */
const known = new Map<string, number>();

export function minorDigits(currency: string): number {
    let digits = known.get(currency);

    if (digits === undefined) {
        try {
            digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
        } catch {
            digits = 2;
        }
        known.set(currency, digits);
    }
    return digits;
}
