/* studio/who.ts - who is asked, in plain words: "manager(owner)" is the manager
 * of the employee, by the labels of the form.
 *
 * What has no words here is shown as it is written.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Form } from "../form/model.ts";
import { t } from "../i18n/index.ts";

interface Term { name: string; args: Term[] | undefined } /* undefined: not called */

/* "a, f(b, c)"; undefined where it is more than that. */
function read(text: string): Term[] | undefined {
    const tokens = text.match(/[\p{L}\d_.-]+|[(),]|\S/gu) ?? [];
    let at = 0;

    function list(end: string | undefined): Term[] | undefined {
        const terms: Term[] = [];
        for (;;) {
            const name = tokens[at++];
            if (!name || !/^[\p{L}\d]/u.test(name)) return undefined;
            let args: Term[] | undefined;
            if (tokens[at] === "(") {
                at++;
                args = list(")");
                if (!args) return undefined;
            }
            terms.push({ name, args });
            const next = tokens[at++];
            if (next === end) return terms;
            if (next !== ",") return undefined;
        }
    }
    return list(undefined);
}

type Words = (args: string[]) => string | undefined;
const calls: Record<string, Words> = {
    manager: ([who, levels]) => levels === undefined || levels === "1" ? t("the manager of {who}", { who: who! })
        : t("the manager of {who}, {n} levels up", { who: who!, n: levels }),
    head: ([unit]) => t("the head of {unit}", { unit: unit! }),
    heads: ([unit]) => t("the heads of {unit} and of all units in it", { unit: unit! }),
    unit: ([who]) => t("the unit of {who}", { who: who! }),
    role: ([role, who]) => who === undefined ? t("role {role}", { role: role! }) : t("role {role} of {who}", { role: role!, who }),
    above: ([who]) => t("everybody above {who}", { who: who! }),
    dotted: ([who]) => t("the dotted line of {who}", { who: who! }),
    members: ([unit]) => t("everybody in {unit}", { unit: unit! }),
    lua: ([name]) => t("whom the hook {name} finds", { name: name! }),
};
const names: Record<string, () => string> = {
    creator: () => t("whoever began it"), everyone: () => t("everyone"), admin: () => t("administrators"),
};

export function whoInWords(text: string, form: Form): string | undefined {
    function say({ name, args }: Term): string | undefined {
        if (!args) return form.fields.find((field) => field.path === name)?.label ?? names[name]?.() ?? (/^\d+$/.test(name) ? name : undefined);
        /* The first argument of role() and of lua() is no person. */
        const said = args.map((arg, i) => say(arg) ?? (i === 0 && (name === "role" || name === "lua" || name === "members" || name === "heads") ? arg.name : undefined));
        return said.length && said.every((one) => one !== undefined) ? calls[name]?.(said as string[]) : undefined;
    }
    const said = read(text)?.map(say);
    return said?.length && said.every((one) => one !== undefined) ? said.join(t(", ")) : undefined;
}
