/* tests/who.test.ts - who is asked is said in the words of the form.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, it, vi } from "vitest";
import type { Form } from "../src/form/model.ts";

vi.stubGlobal("document", { documentElement: { lang: "en" } }); /* words are asked for it */
const { whoInWords } = await import("../src/studio/who.ts");

const form = { fields: [{ id: "owner", path: "owner", type: "person", label: "Employee" }] } as unknown as Form;
const say = (text: string) => whoInWords(text, form);

it("says whom a form means", () => {
    expect(say("owner")).toBe("Employee");
    expect(say("manager(owner)")).toBe("the manager of Employee");
    expect(say("manager(owner, 2)")).toBe("the manager of Employee, 2 levels up");
    expect(say("head(unit(owner))")).toBe("the head of the unit of Employee");
    expect(say("role(hrbp, owner), creator")).toBe("role hrbp of Employee, whoever began it");
    expect(say("lua(who_checks)")).toBe("whom the hook who_checks finds");
});

it("leaves what it has no words for", () => {
    for (const text of ["", "manager(", "manager()", "boss", "first(owner)", "owner | creator", "manager(owner))", ",", "()", "owner,"]) expect(say(text)).toBeUndefined();
});
