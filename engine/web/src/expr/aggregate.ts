/* expr/aggregate.ts - sum, avg … over rows, lists or values, in their order.
 *
 * The twin of engine/def/expr_aggregate.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { evaluate, rowsOf, type Env, type Tree } from "./eval.ts";
import { boolean, holds, isAbsent, nil, number, order, type Value } from "./value.ts";

const one = number(1);
const unsaid = new Set(["sum", "count", "any", "all"]);

class Total {
    blocked = false;
    ended = false;
    n = 0;
    sum = 0;
    weights = 0;
    mean = 0;
    squares = 0;
    holds: boolean;
    best: Value = nil;
    readonly kind: string;
    readonly absent: string;

    constructor(kind: string, absent: string | undefined) {
        this.kind = kind;
        this.absent = absent ?? (unsaid.has(kind) ? "drop" : "block");
        this.holds = kind === "all";
    }

    /* What counts for an absent part; undefined: it is left out, or blocks. */
    standIn(part: Value): Value | undefined {
        if (!isAbsent(part)) return part;
        if (this.absent === "zero") return number(0);
        if (this.absent === "block") this.blocked = this.ended = true;
        return undefined;
    }

    add(given: Value, weighed: Value): void {
        let part: Value | undefined = given, weight: Value | undefined = weighed;

        if (!(this.kind === "last" && this.absent === "block")) {
            part = this.standIn(given);
            weight = part && this.standIn(weighed);
            if (!part || !weight) return;
        }
        switch (this.kind) {
        case "count": this.n += Number(holds(part)); break;
        case "any": this.holds = this.ended = holds(part); break;
        case "all": this.holds = holds(part); this.ended = !this.holds; break;
        case "first": this.best = part; this.ended = true; break;
        case "last": this.best = part; break;
        case "min": case "max":
            if (this.best.type === "nil" || order(part, this.best) === (this.kind === "min" ? -1 : 1)) this.best = part;
            break;
        default:
            if (part.type === "number" && weight.type === "number") this.addNumber(part.v, weight.v);
        }
    }

    addNumber(x: number, weight: number): void {
        const apart = x - this.mean;

        this.n += 1;
        this.sum += x * weight;
        this.weights += weight;
        this.mean += apart / this.n;
        this.squares += apart * (x - this.mean);
    }

    result(): Value {
        if (this.blocked) return nil;
        switch (this.kind) {
        case "sum": return number(this.sum);
        case "count": return number(this.n);
        case "any": case "all": return boolean(this.holds);
        case "avg": case "weighted": return this.weights === 0 ? nil : number(this.sum / this.weights);
        case "sd": return this.n === 0 ? nil : number(Math.sqrt(this.squares / this.n));
        default: return this.best;
        }
    }
}

export function aggregate(tree: Tree, env: Env): Value {
    const total = new Total(tree.name!, tree.absent);
    const args = tree.args ?? [];

    if (tree.over === "rows") {
        for (const row of rowsOf(env, tree.table!)) {
            if (total.ended) break;
            const inner = { ...env, row, table: tree.table! };
            total.add(args[0] ? evaluate(args[0], inner) : boolean(true), args[1] ? evaluate(args[1], inner) : one);
        }
    } else if (tree.over === "list") {
        const [values, weights] = args.map((arg) => evaluate(arg, env));
        const members = values?.type === "list" ? values.v : [];
        for (let i = 0; i < members.length && !total.ended; i++)
            total.add(members[i]!, weights ? (weights.type === "list" ? weights.v[i] ?? nil : nil) : one);
    } else {
        for (const arg of args) total.add(evaluate(arg, env), one);
    }
    return total.result();
}
