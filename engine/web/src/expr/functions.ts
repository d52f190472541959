/* expr/functions.ts - the functions of the language, a row each.
 *
 * The twin of the table in engine/def/expr_functions.c; aggregates stand in
 * aggregate.ts.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { minorDigits } from "../base/currency.ts";
import {
    DAY_MS, dateOf, dayOfParts, isoWeek, localDay, parseDate, parseInstant, parsePeriod, periodEnd, periodStart,
    stepPeriod, writeDate, writePeriod,
} from "./dates.ts";
import { evaluate, Unknown, type Env, type Tree } from "./eval.ts";
import {
    boolean, equal, holds, isAbsent, nil, number, order, rounded, roundTo, text, write, type Value,
} from "./value.ts";

interface Row {
    takes: string[]; /* types of the arguments; the last stands for the rest */
    strict?: boolean; /* absent where an argument is */
    run?: (args: Value[], env: Env) => Value;
    lazy?: (tree: Tree, env: Env) => Value;
}

const DAY = "date datetime", MOMENT = "date datetime period";

const num = (value: Value | undefined): number => value?.type === "number" ? value.v : NaN;
const str = (value: Value | undefined): string => value && "v" in value && typeof value.v === "string" ? value.v : "";

function today(env: Env): number | undefined {
    return localDay(env.zone, env.now);
}

function dayOf(value: Value, env: Env): number | undefined {
    if (value.type === "date") return parseDate(value.v);
    const ms = value.type === "datetime" ? parseInstant(value.v) : undefined;
    return ms === undefined ? undefined : localDay(env.zone, ms);
}

/* The day by which a period is known: its first, of a week the Thursday. */
function momentOf(value: Value, env: Env): number | undefined {
    const period = value.type === "period" ? parsePeriod(value.v) : undefined;
    return period ? periodStart(period) + (period.unit === "week" ? 3 : 0) : dayOf(value, env);
}

const dateValue = (day: number | undefined): Value => day === undefined ? nil : text(writeDate(day), "date");

const ofMoment = (find: (day: number) => number): Row => ({
    takes: [MOMENT], strict: true,
    run: ([x], env) => {
        const day = momentOf(x!, env);
        return day === undefined ? nil : number(find(day));
    },
});

const ofPeriod = (find: (period: NonNullable<ReturnType<typeof parsePeriod>>) => Value): Row => ({
    takes: ["period"], strict: true,
    run: ([x]) => {
        const period = parsePeriod(str(x));
        return period ? find(period) : nil;
    },
});

/* Start, due and now on one line. */
function spanOf(start: Value, due: Value, env: Env): { start: number; due: number; now: number } | undefined {
    const [from, to, now] = start.type === "datetime" && due.type === "datetime"
        ? [parseInstant(start.v), parseInstant(due.v), env.now]
        : [dayOf(start, env), dayOf(due, env), today(env)].map((day) => day === undefined ? undefined : day * DAY_MS);
    return from === undefined || to === undefined || now === undefined ? undefined : { start: from, due: to, now };
}

function gone({ start, due, now }: { start: number; due: number; now: number }): number {
    if (now < start) return 0;
    return now >= due ? 100 : 100 * (now - start) / (due - start);
}

function date(args: Value[], env: Env): Value {
    const [first] = args;

    if (args.length === 3) {
        const parts = args.map(num);
        return parts.every(Number.isInteger) ? dateValue(dayOfParts(parts[0]!, parts[1]!, parts[2]!)) : nil;
    }
    if (first!.type !== "text") return dateValue(dayOf(first!, env));
    const day = parseDate(first!.v);
    return dateValue(day ?? dayOf(text(first!.v, "datetime"), env));
}

function concat(args: Value[]): Value {
    const [first, separator] = args;

    if (first!.type === "list")
        return text(first!.v.filter((one) => !isAbsent(one)).map((one) => write(one) ?? "").join(separator ? write(separator) ?? "" : ""));
    return text(args.map((one) => write(one) ?? "").join(""));
}

function band(args: Value[]): Value {
    const [x] = args;
    let i = 1;

    if (x!.type === "nil") return nil;
    for (; i + 1 < args.length; i += 2) {
        const apart = order(x!, args[i]!);
        if (apart !== undefined && apart >= 0) return args[i + 1]!;
    }
    return args[i]!;
}

function scaleLabel(tree: Tree, env: Env): Value {
    const value = evaluate(tree.args![tree.args!.length - 1]!, env);
    let best: [number, string] | undefined, least = Infinity;

    if (value.type !== "number") return nil;
    for (const point of tree.points ?? []) {
        const apart = Math.abs(point[0] - value.v);
        if (apart < least || (apart === least && point[0] > value.v)) { best = point; least = apart; }
    }
    return best ? text(best[1]) : nil;
}

const ofPerson = (part: string): Row => ({
    takes: ["person"], strict: true,
    run: ([who], env) => {
        const value = env.person(str(who), part);
        if (!value) throw new Unknown();
        return value;
    },
});

export const functions: Record<string, Row> = {
    clamp: { takes: ["number"], strict: true, run: ([x, low, high]) =>
        number(num(x) < num(low) ? num(low) : num(x) > num(high) ? num(high) : num(x)) },
    round: { takes: ["number"], strict: true, run: ([x, digits]) =>
        number(roundTo(num(x), Math.max(-15, Math.min(15, digits ? Math.trunc(num(digits)) : 0)))) },
    floor: { takes: ["number"], strict: true, run: ([x]) => number(Math.floor(rounded(num(x)))) },
    ceil: { takes: ["number"], strict: true, run: ([x]) => number(Math.ceil(rounded(num(x)))) },
    band: { takes: ["number", "any"], run: band },
    if_: { takes: ["any"], lazy: (tree, env) => {
        const [condition, then, otherwise] = tree.args!;
        if (holds(evaluate(condition!, env))) return evaluate(then!, env);
        return otherwise ? evaluate(otherwise, env) : nil;
    } },
    days: { takes: [DAY], strict: true, run: ([a, b], env) => {
        const from = dayOf(a!, env), to = dayOf(b!, env);
        return from === undefined || to === undefined ? nil : number(to - from);
    } },
    working_days: { takes: [DAY], strict: true, run: ([a, b], env) => {
        const from = dayOf(a!, env), to = dayOf(b!, env);
        if (from === undefined || to === undefined) return nil;
        if (!env.workingDays) throw new Unknown();
        return number(env.workingDays(from, to));
    } },
    date: { takes: ["any"], strict: true, run: date },
    today: { takes: [], run: (_args, env) => dateValue(today(env)) },
    now: { takes: [], run: (_args, env) => text(new Date(env.now).toISOString(), "datetime") },
    year: ofMoment((day) => dateOf(day).year),
    quarter: ofMoment((day) => Math.ceil(dateOf(day).month / 3)),
    week: ofMoment(isoWeek),
    prev: ofPeriod((period) => {
        const before = stepPeriod(period, -1);
        return before.year < 1 ? nil : text(writePeriod(before), "period");
    }),
    start_of: ofPeriod((period) => dateValue(periodStart(period))),
    end_of: ofPeriod((period) => dateValue(periodEnd(period))),
    expected: { takes: [DAY], strict: true, run: ([start, due], env) => {
        const span = spanOf(start!, due!, env);
        return span ? number(gone(span)) : nil;
    } },
    behind: { takes: ["number", DAY], strict: true, run: ([progress, start, due], env) => {
        const span = spanOf(start!, due!, env);
        if (!span) return nil;
        return number(span.now < span.start ? 0 : gone(span) - num(progress));
    } },
    stale: { takes: ["number", "any"], lazy: (tree, env) => {
        const limit = evaluate(tree.args![0]!, env);
        if (limit.type !== "number") return boolean(false);
        if (!env.quietDays) throw new Unknown();
        return boolean(env.quietDays(tree.args!.slice(1).map((arg) => arg.field!)) >= limit.v);
    } },
    len: { takes: ["text list table"], strict: true, run: ([x]) =>
        number(x!.type === "list" || x!.type === "table" ? x!.v.length : [...str(x)].length) },
    lower: { takes: ["text"], strict: true, run: ([x]) => text(str(x).toLowerCase()) },
    upper: { takes: ["text"], strict: true, run: ([x]) => text(str(x).toUpperCase()) },
    contains: { takes: ["any"], run: ([within, part]) => {
        if (isAbsent(within!) || isAbsent(part!)) return boolean(false);
        if (within!.type === "list") return boolean(within!.v.some((one) => equal(one, part!)));
        return boolean(within!.type === "text" && part!.type === "text" && within!.v.includes(part!.v));
    } },
    concat: { takes: ["any"], run: concat },
    text: { takes: ["any"], strict: true, run: ([x]) => {
        const written = write(x!);
        return written === undefined ? nil : text(written);
    } },
    number: { takes: ["any"], strict: true, run: ([x]) => {
        if (x!.type === "number") return x!;
        const spelled = x!.type === "text" ? x!.v.trim() : "";
        return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(spelled) ? number(rounded(Number(spelled))) : nil;
    } },
    money: { takes: ["number", "text"], strict: true, run: ([x, currency]) => {
        const code = currency ? str(currency) : "CNY";
        return /^[A-Z]{3}$/.test(code) ? number(roundTo(num(x), minorDigits(code))) : nil;
    } },
    scale_label: { takes: ["any"], lazy: scaleLabel },
    unit: ofPerson("unit"),
    manager: ofPerson("manager"),
    grade: ofPerson("grade"),
};
