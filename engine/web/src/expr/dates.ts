/* expr/dates.ts - days as numbers, periods, and days of a time zone.
 *
 * Day 0 is 1970-01-01. The twin of engine/base/date.c, period.c and zone.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
export const DAY_MS = 86_400_000;

/* Date takes years below 100 for those of the last century. */
function dayOf(year: number, month: number, day: number): number {
    return new Date(0).setUTCFullYear(year, month - 1, day) / DAY_MS;
}

const two = (n: number) => String(n).padStart(2, "0");

export function dateOf(day: number): { year: number; month: number; day: number } {
    const at = new Date(day * DAY_MS);
    return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

export function writeDate(day: number): string {
    const { year, month, day: of } = dateOf(day);
    return `${String(year).padStart(4, "0")}-${two(month)}-${two(of)}`;
}

export function parseDate(text: string): number | undefined {
    const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
    return match ? dayOfParts(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/* undefined for the 31st of April. */
export function dayOfParts(year: number, month: number, day: number): number | undefined {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
    const n = dayOf(year, month, day);
    return dateOf(n).month === month ? n : undefined;
}

export function parseInstant(text: string): number | undefined {
    if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text)) return undefined;
    const ms = Date.parse(text.replace(" ", "T").toUpperCase());
    return Number.isNaN(ms) ? undefined : ms;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/* The day that an instant is in a zone. */
export function localDay(zone: string, ms: number): number | undefined {
    let format = formats.get(zone);

    if (!format) {
        try {
            format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
        } catch {
            return undefined;
        }
        formats.set(zone, format);
    }
    return parseDate(format.format(ms));
}

/* Monday is 0. */
export const weekday = (day: number): number => ((day + 3) % 7 + 7) % 7;

export function isoWeek(day: number): number {
    const thursday = day - weekday(day) + 3;
    return Math.floor((thursday - dayOf(dateOf(thursday).year, 1, 1)) / 7) + 1;
}

/* --- Periods */

export type PeriodUnit = "year" | "half" | "quarter" | "month" | "week";
export interface Period { unit: PeriodUnit; year: number; n: number }

const perYear: Record<Exclude<PeriodUnit, "week">, number> = { year: 1, half: 2, quarter: 4, month: 12 };

const weeksOf = (year: number) => isoWeek(dayOf(year, 12, 28));

export function parsePeriod(text: string): Period | undefined {
    const match = /^(\d{4})(?:-(?:H([12])|Q([1-4])|W(\d\d)|(\d\d)))?$/.exec(text);
    if (!match) return undefined;
    const year = Number(match[1]);
    const [, , half, quarter, week, month] = match;
    const unit: PeriodUnit = half ? "half" : quarter ? "quarter" : week ? "week" : month ? "month" : "year";
    const n = Number(half ?? quarter ?? week ?? month ?? 1);
    const most = unit === "week" ? weeksOf(year) : perYear[unit];
    return year < 1 || n < 1 || n > most ? undefined : { unit, year, n };
}

export function writePeriod({ unit, year, n }: Period): string {
    const text = String(year).padStart(4, "0");
    switch (unit) {
    case "year": return text;
    case "half": return `${text}-H${n}`;
    case "quarter": return `${text}-Q${n}`;
    case "week": return `${text}-W${two(n)}`;
    default: return `${text}-${two(n)}`;
    }
}

export function periodStart({ unit, year, n }: Period): number {
    if (unit === "week") {
        const fourth = dayOf(year, 1, 4);
        return fourth - weekday(fourth) + 7 * (n - 1);
    }
    return dayOf(year, (n - 1) * (12 / perYear[unit]) + 1, 1);
}

export function stepPeriod(period: Period, by: number): Period {
    let { year, n } = period;
    n += by;
    while (n < 1) { year--; n += period.unit === "week" ? weeksOf(year) : perYear[period.unit]; }
    for (;;) {
        const most = period.unit === "week" ? weeksOf(year) : perYear[period.unit];
        if (n <= most) break;
        n -= most;
        year++;
    }
    return { unit: period.unit, year, n };
}

export const periodEnd = (period: Period): number => periodStart(stepPeriod(period, 1)) - 1;

/* The period that a day lies in. */
export function periodOf(unit: PeriodUnit, day: number): Period {
    if (unit === "week") return { unit, year: dateOf(day - weekday(day) + 3).year, n: isoWeek(day) };
    const { year, month } = dateOf(day);
    return { unit, year, n: Math.ceil(month * perYear[unit] / 12) };
}
