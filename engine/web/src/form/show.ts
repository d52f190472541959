/* form/show.ts - values as people read them, by the type of their field.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { formatDate, formatInstant, formatMoney, formatNumber, type Money } from "../base/format.ts";
import { lang, t } from "../i18n/index.ts";
import type { Field } from "./model.ts";

const nameOf = (value: unknown): string =>
    typeof value === "object" && value ? String((value as { name?: string; title?: string; id?: string }).name
        ?? (value as { title?: string }).title ?? (value as { id?: string }).id ?? "") : String(value);

const durationWords: Record<string, (n: number) => string> = {
    min: (n) => t("{n} min", { n }), h: (n) => t("{n} h", { n }), d: (n) => t("{n} days", { n }),
    wd: (n) => t("{n} working days", { n }), w: (n) => t("{n} weeks", { n }),
};

export function showDuration(text: string): string {
    const match = /^(\d+)(min|h|d|wd|w)$/.exec(text);
    return match ? durationWords[match[2]!]!(Number(match[1])) : text;
}

export function showPeriod(text: string): string {
    const [year, part, day] = text.split("-");
    if (!part) return t("{year}", { year: year! });
    if (part.startsWith("Q")) return t("Q{n} {year}", { n: part.slice(1), year: year! });
    if (part.startsWith("H")) return t("H{n} {year}", { n: part.slice(1), year: year! });
    if (part.startsWith("W")) return t("Week {n} {year}", { n: part.slice(1), year: year! });
    if (day || !/^\d\d$/.test(part)) return text;
    return new Date(Date.UTC(Number(year), Number(part) - 1)).toLocaleDateString(lang, { year: "numeric", month: "long", timeZone: "UTC" });
}

/* "" where there is nothing. */
export function showValue(field: Field, value: unknown): string {
    if (value === undefined || value === null || value === "") return "";
    switch (field.type) {
    case "number": return typeof value === "number" ? formatNumber(value, field.digits) + (field.unit ? ` ${field.unit}` : "") : String(value);
    case "percent": return typeof value === "number" ? `${formatNumber(value)}%` : String(value);
    case "progress": return typeof value === "number" ? `${formatNumber(value)}%` : String(value);
    case "money": return formatMoney(value as Money);
    case "boolean": return value ? t("yes") : t("no");
    case "date": return formatDate(String(value));
    case "datetime": return formatInstant(String(value));
    case "duration": return showDuration(String(value));
    case "period": return showPeriod(String(value));
    case "choice": return field.options?.find((option) => option.id === value)?.label ?? nameOf(value);
    case "choices": return (value as unknown[]).map((one) => field.options?.find((option) => option.id === one)?.label ?? String(one)).join(t(", "));
    case "rating": return field.scale?.find((point) => point.id === value)?.label ?? String(value);
    case "people": case "tags": case "links": case "files": return (value as unknown[]).map(nameOf).join(t(", "));
    case "items": return t("{n} rows", { n: (value as unknown[]).length });
    case "json": return JSON.stringify(value);
    default: return nameOf(value);
    }
}
