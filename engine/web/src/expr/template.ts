/* expr/template.ts - a message with values in it, in the parts that the server
 * made of it.
 *
 * The twin of engine/def/template.c: a person is shown by name, a choice by its
 * label; what is absent, or not known here, leaves nothing, and takes along what
 * only separates it from what stands before.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { attempt } from "./condition.ts";
import { evaluate, type Env, type Tree } from "./eval.ts";
import { nil, write, type Value } from "./value.ts";

export interface Part {
    text: string; /* comes before the value */
    value?: Tree; /* none: at the end */
    field?: string; /* whose value it is, where its options have labels */
}

const separates = (text: string) => /^[ \-:;,/|\u3000\uff0c\uff1a\uff1b\u3001\u00b7\u2013\u2014]*$/.test(text);

function shown(value: Value, part: Part, env: Env): string {
    if (value.type === "list") return value.v.map((one) => shown(one, part, env)).join(", ");
    if (value.type === "person") return write(env.person(value.v, "name") ?? nil) ?? "";
    const options = part.field ? env.fields.get(part.field)?.options : undefined;
    const option = Array.isArray(options) && value.type === "text" ? options.find((one) => one.id === value.v) : undefined;
    return option?.label ?? write(value) ?? "";
}

/* `sees`: whether all that a part reads may be shown. */
export function fill(parts: Part[], env: Env, sees: (tree: Tree) => boolean): string {
    let out = "", lacks = false;

    for (const part of parts) {
        const before = out;
        if (!lacks || out) out += part.text;
        else if (!separates(part.text) || !part.value) out += part.text.replace(/^ +/, "");
        if (!part.value) break;
        const value = sees(part.value) ? shown(attempt(() => evaluate(part.value!, env)) ?? nil, part, env) : "";
        lacks = !value;
        if (lacks && separates(part.text)) out = before;
        else if (lacks) out = before + out.slice(before.length).replace(/ +$/, "");
        out += value;
    }
    return out;
}
