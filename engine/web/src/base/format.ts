/* base/format.ts - numbers, money and times as people read them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { lang, t } from "../i18n/index.ts";
import { minorDigits } from "./currency.ts";

const DAY = 86_400_000;

export function formatNumber(value: number, digits?: number): string {
    if (digits === undefined && Number.isInteger(value) && Math.abs(value) < 1000) return String(value); /* in any language */
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

/* Sentences of ours: a formatter of Intl takes 14 ms to make on a desk and 60 on
 * a phone, and the first page has none to spare. */
const months = [
    (day: number) => t("Jan {day}", { day }), (day: number) => t("Feb {day}", { day }), (day: number) => t("Mar {day}", { day }),
    (day: number) => t("Apr {day}", { day }), (day: number) => t("May {day}", { day }), (day: number) => t("Jun {day}", { day }),
    (day: number) => t("Jul {day}", { day }), (day: number) => t("Aug {day}", { day }), (day: number) => t("Sep {day}", { day }),
    (day: number) => t("Oct {day}", { day }), (day: number) => t("Nov {day}", { day }), (day: number) => t("Dec {day}", { day }),
];

function daysAway(days: number): string {
    if (days === 0) return t("today");
    if (Math.abs(days) === 1) return days > 0 ? t("tomorrow") : t("yesterday");
    return days > 0 ? t("in {n} days", { n: days }) : t("{n} days ago", { n: -days });
}

/* The day of an instant in the words that are nearest to now. */
export function formatDay(instant: string, now = Date.now()): string {
    const at = new Date(instant);
    const days = Math.round((startOf(at) - startOf(new Date(now))) / DAY);
    const day = months[at.getMonth()]!(at.getDate()), year = at.getFullYear();

    if (Math.abs(days) <= 7) return daysAway(days);
    return year === new Date(now).getFullYear() ? day : t("{day}, {year}", { day, year });
}

function startOf(at: Date): number {
    return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
