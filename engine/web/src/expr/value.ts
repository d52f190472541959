/* expr/value.ts - values of formulas, and how they stand in documents.
 *
 * The twin of engine/def/value.c and expr_number.c, step by step: both replay
 * tests/vectors/formulas.json.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { minorDigits } from "../base/currency.ts";
import type { Field } from "../form/model.ts";
import { parseInstant, parsePeriod, periodStart } from "./dates.ts";

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json | undefined };
export type Row = { [field: string]: Json | undefined };

type TextType = "text" | "date" | "datetime" | "period" | "person" | "unit" | "link";
export type Value =
    | { type: "nil" }
    | { type: "boolean"; v: boolean }
    | { type: "number"; v: number }
    | { type: TextType; v: string }
    | { type: "list"; v: Value[] }
    | { type: "table"; v: Row[] };

export const nil: Value = { type: "nil" };

export const number = (v: number): Value => Number.isFinite(v) ? { type: "number", v: v + 0 || 0 } : nil;
export const boolean = (v: boolean): Value => ({ type: "boolean", v });
export const text = (v: string, type: TextType = "text"): Value => ({ type, v });

const isText = (value: Value): value is { type: TextType; v: string } => "v" in value && typeof value.v === "string";

export function isAbsent(value: Value): boolean {
    if (value.type === "nil") return true;
    return (isText(value) || value.type === "list" || value.type === "table") && value.v.length === 0;
}

export const holds = (value: Value): boolean => !isAbsent(value) && (value.type !== "boolean" || value.v);

/* --- Numbers: 15 digits, as in a spreadsheet */

export const rounded = (x: number): number => Number(x.toPrecision(15));

export function compareNumbers(a: number, b: number): number {
    if (Math.abs(a - b) > 1e-13 * Math.max(Math.abs(a), Math.abs(b))) return a < b ? -1 : 1;
    const x = rounded(a), y = rounded(b);
    return Number(x > y) - Number(x < y);
}

/* Half away from zero. */
export function roundTo(x: number, digits: number): number {
    const scale = 10 ** Math.abs(digits);
    const scaled = digits < 0 ? x / scale : x * scale;

    if (!Number.isFinite(scaled)) return x;
    const whole = Math.sign(scaled) * Math.floor(Math.abs(rounded(scaled)) + 0.5);
    return (digits < 0 ? whole * scale : whole / scale) + 0 || 0;
}

/* As %.15g of C, without what says nothing: 1e15, 1e-5. */
export function writeNumber(x: number): string {
    const short = rounded(x);
    const [digits, exponent] = short.toExponential().split("e") as [string, string];
    const power = Number(exponent);

    return power >= -4 && power < 15 ? String(short) : `${digits}e${power}`;
}

/* --- Text, equality, order */

/* undefined where it has no text. */
export function write(value: Value): string | undefined {
    if (value.type === "boolean") return String(value.v);
    if (value.type === "number") return writeNumber(value.v);
    return isText(value) ? value.v : undefined;
}

/* By code points, as memcmp orders UTF-8. */
function compareTexts(a: string, b: string): number {
    if (a === b) return 0;
    const x = [...a], y = [...b];
    for (let i = 0; i < x.length && i < y.length; i++) {
        const apart = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
        if (apart) return Math.sign(apart);
    }
    return Math.sign(x.length - y.length);
}

export function equal(a: Value, b: Value): boolean {
    if (isAbsent(a) || isAbsent(b)) return isAbsent(a) && isAbsent(b);
    if (isText(a) && isText(b)) {
        if (a.v === b.v) return true;
        const x = a.type === "datetime" && b.type === "datetime" ? parseInstant(a.v) : undefined;
        return x !== undefined && x === parseInstant(b.v);
    }
    if (a.type === "boolean" && b.type === "boolean") return a.v === b.v;
    return a.type === "number" && b.type === "number" && compareNumbers(a.v, b.v) === 0;
}

/* -1, 0, 1; undefined where they have no order. */
export function order(a: Value, b: Value): number | undefined {
    if (a.type === "number" && b.type === "number") return compareNumbers(a.v, b.v);
    if (!isText(a) || !isText(b) || a.type !== b.type) return undefined;
    if (a.type !== "datetime" && a.type !== "period") return compareTexts(a.v, b.v);
    const [x, y] = [a.v, b.v].map((v) => a.type === "datetime" ? parseInstant(v) : startOf(v));
    return x === undefined || y === undefined ? undefined : Math.sign(x - y);
}

function startOf(period: string): number | undefined {
    const parsed = parsePeriod(period);
    return parsed && periodStart(parsed);
}

/* --- Stored JSON */

const minutesPer: Record<string, number> = { min: 1, h: 60, d: 24 * 60, wd: 8 * 60, w: 7 * 24 * 60 };

export function hoursOf(duration: string): number | undefined {
    const match = /^(\d{1,4})(min|h|d|wd|w)$/.exec(duration);
    return match ? Number(match[1]) * minutesPer[match[2]!]! / 60 : undefined;
}

/* What a point counts, turned round where the field says so. */
export function pointValue(field: Field, id: Json | undefined): number | undefined {
    const values = (field.scale ?? []).map((point) => point.value);
    const found = field.scale?.find((point) => point.id === id)?.value;

    if (found === undefined || !field.reverse) return found;
    return Math.min(...values) + Math.max(...values) - found;
}

const textTypes: Record<string, TextType> = {
    date: "date", datetime: "datetime", period: "period", person: "person", unit: "unit", link: "link",
};
const listOf: Record<string, TextType> = { people: "person", links: "link", choices: "text", tags: "text" };

/* A person or a document may come as an object that has more than its id. */
const idOf = (json: Json | undefined): string | undefined =>
    typeof json === "string" ? json
        : json && typeof json === "object" && !Array.isArray(json) && typeof json.id === "string" ? json.id : undefined;

export function plainValue(json: Json | undefined): Value {
    if (typeof json === "boolean") return boolean(json);
    if (typeof json === "number") return number(json);
    if (typeof json === "string") return text(json);
    if (Array.isArray(json)) return { type: "list", v: json.map(plainValue) };
    if (json && typeof json === "object")
        return Object.keys(json).length ? (idOf(json) === undefined ? nil : text(idOf(json)!)) : { type: "list", v: [] };
    return nil;
}

export function valueOf(field: Field, json: Json | undefined): Value {
    switch (field.type) {
    case "money": {
        const money = json as { amount?: Json; currency?: Json } | null | undefined;
        return typeof money?.amount === "number" && typeof money.currency === "string"
            ? number(money.amount / 10 ** minorDigits(money.currency)) : nil;
    }
    case "duration": return typeof json === "string" ? number(hoursOf(json) ?? NaN) : nil;
    case "rating": return number(pointValue(field, json) ?? NaN);
    case "number": case "percent": case "progress": return typeof json === "number" ? number(json) : nil;
    case "boolean": return typeof json === "boolean" ? boolean(json) : nil;
    case "people": case "links": case "choices": case "tags":
        return { type: "list", v: (Array.isArray(json) ? json : []).flatMap((one) => {
            const id = idOf(one);
            return id === undefined ? [] : [text(id, listOf[field.type])];
        }) };
    case "items": return { type: "table", v: Array.isArray(json) ? json as Row[] : [] };
    case "json": return plainValue(json);
    default: {
        const id = idOf(json);
        return id === undefined ? nil : text(id, textTypes[field.type] ?? "text");
    }
    }
}

function durationOf(hours: number): Json {
    const minutes = roundTo(hours * 60, 0);

    if (minutes < 1 || hours > 9999) return null;
    if (minutes % 60 === 0) return `${minutes / 60}h`;
    return minutes > 9999 ? `${Math.floor(hours + 0.5)}h` : `${minutes}min`;
}

/* What a field keeps of a value that was worked out. */
export function toJson(field: Field, value: Value): Json {
    if (isAbsent(value)) return null;
    if (value.type !== "number") return plainJson(value);
    switch (field.type) {
    case "money": {
        const currency = field.currency ?? "CNY";
        return { amount: roundTo(value.v * 10 ** minorDigits(currency), 0), currency };
    }
    case "duration": return durationOf(value.v);
    case "rating": return field.scale?.find((point) => compareNumbers(pointValue(field, point.id)!, value.v) === 0)?.id ?? null;
    default: return rounded(field.digits === undefined ? value.v : roundTo(value.v, field.digits));
    }
}

export function plainJson(value: Value): Json {
    if (value.type === "nil") return null;
    if (value.type === "list") return value.v.map(plainJson);
    return value.type === "number" ? rounded(value.v) : value.v as Json;
}
