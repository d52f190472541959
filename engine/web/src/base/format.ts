/* base/format.ts - numbers, money and times as people read them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { lang, t } from "../i18n/index.ts";
import { minorDigits } from "./currency.ts";

const DAY = 86_400_000;

export function formatNumber(value: number, digits?: number): string {
    return value.toLocaleString(lang, digits === undefined
        ? { maximumFractionDigits: 9 }
        : { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export interface Money { amount: number; currency: string }

export function formatMoney({ amount, currency }: Money): string {
    const value = amount / 10 ** minorDigits(currency);

    try {
        return value.toLocaleString(lang, { style: "currency", currency });
    } catch {
        return `${formatNumber(value, 2)} ${currency}`;
    }
}

/* "2026-11-27" stands for itself, wherever one is. */
export function formatDate(day: string): string {
    return new Date(`${day}T00:00:00`).toLocaleDateString(lang, { year: "numeric", month: "short", day: "numeric" });
}

export function formatInstant(instant: string): string {
    return new Date(instant).toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" });
}

const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" }); /* dear to make, and a list has many days */
const inThisYear = new Intl.DateTimeFormat(lang, { month: "short", day: "numeric" });
const inAnother = new Intl.DateTimeFormat(lang, { year: "numeric", month: "short", day: "numeric" });

/* The day of an instant in the words that are nearest to now. */
export function formatDay(instant: string, now = Date.now()): string {
    const at = new Date(instant);
    const days = Math.round((startOf(at) - startOf(new Date(now))) / DAY);

    if (days === 0) return t("today");
    if (Math.abs(days) <= 7)
        return relative.format(days, "day");
    return (at.getFullYear() === new Date(now).getFullYear() ? inThisYear : inAnother).format(at);
}

function startOf(at: Date): number {
    return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
