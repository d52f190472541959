/* app/act.ts - an action with what it asks for first: a reason, a place,
 * people, or whether one is sure.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Act } from "#api";
import { ask, newKey, Problem, Unreachable } from "../api/client.ts";
import type { Form, Step } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { say, sayError } from "../ui/toast.tsx";
import { inquire, type Question } from "./question.ts";

export interface Target { id: string; form: string; version?: string; step: string; lane?: string | null; title: string }

/* What a verb of an approval is called, where the server does not say. */
export const verbLabels: Record<string, () => string> = {
    approve: () => t("Approve"), reject: () => t("Refuse"), return: () => t("Return"), withdraw: () => t("Withdraw"),
    transfer: () => t("Hand on"), delegate: () => t("Delegate"), "add-approver": () => t("Add an approver"),
    "remove-approver": () => t("Remove an approver"), urge: () => t("Urge"), cc: () => t("Send a copy"), reopen: () => t("Reopen"), appeal: () => t("Appeal"),
};

const withPeople: Record<string, "one" | "some"> = {
    transfer: "one", delegate: "one", "add-approver": "some", "remove-approver": "some", cc: "some",
};

async function placesOf(target: Target, step: Step | undefined, form: Form): Promise<{ id: string; label: string }[]> {
    const { chain } = await ask("GET /documents/{id}/chain", { path: { id: target.id } });
    const asked = chain.filter((level) => level.step === step?.id && level.level && level.seats?.some((seat) => seat.state !== "open"));

    return [...asked.map((level) => ({ id: level.level!, label: level.label ?? level.level! })),
        ...form.steps.filter((one) => one.id === form.start).map((one) => ({ id: one.id, label: one.label }))];
}

async function questionOf(target: Target, action: string, label: string): Promise<Question | undefined> {
    const form = await ask("GET /forms/{form}", { path: { form: target.form }, query: { version: target.version } }) as Form;
    const step = form.steps.find((one) => one.id === target.step);
    const own = step?.actions?.find((one) => one.id === action);
    const question: Question = { title: `${label}${t(": ")}${target.title}`, action: label };

    if (own)
        return own.comment_required || own.confirm
            ? { ...question, text: own.message ?? own.help ?? "", dangerous: !!own.confirm, ...(own.comment_required ? { comment: "required" as const } : {}) } : undefined;
    if (action === "return") return { ...question, comment: "optional", places: await placesOf(target, step, form) };
    if (withPeople[action]) return { ...question, comment: "optional", people: withPeople[action] };
    return action === "reject" || action === "reopen" ? { ...question, comment: "optional" } : undefined;
}

/* undefined: one would rather not. Who is not `sure` is asked in any case. */
export async function bodyOf(target: Target, action: string, label: string, { comment, sure = true }: { comment?: string; sure?: boolean } = {}): Promise<Act | undefined> {
    let question: Question | undefined = sure ? undefined : { title: `${label}${t(": ")}${target.title}`, action: label };

    try {
        if (!comment) question = await questionOf(target, action, label) ?? question;
    } catch (error) {
        if (!(error instanceof Unreachable)) throw error; /* offline: the server asks later */
    }
    const lane = target.lane ? { lane: target.lane } : {};
    if (!question) return comment ? { comment, ...lane } : lane;
    const reply = await inquire(question);
    return reply && {
        ...lane,
        ...(reply.comment ? { comment: reply.comment } : {}), ...(reply.to ? { to: reply.to } : {}),
        ...(reply.people ? { people: reply.people.map((person) => person.login) } : {}),
    };
}

/* A level may ask for a reason; its server says so. */
export const wantsReason = (error: unknown): boolean =>
    error instanceof Problem && error.errors.some((one) => one.field === "comment" && one.code === "required");

export async function reasonFor(target: Target, label: string): Promise<string | undefined> {
    return (await inquire({ title: `${label}${t(": ")}${target.title}`, action: label, comment: "required" }))?.comment;
}

/* From a list, where the document itself is not open. True: done, or kept. */
export async function actFromAfar(target: Target, action: string, label: string, comment?: string): Promise<boolean> {
    const key = newKey();
    const body = await bodyOf(target, action, label, { comment }).catch((error) => void sayError(error));

    if (!body) return false;
    try {
        await ask("POST /documents/{id}/actions/{action}", { path: { id: target.id, action }, body, key });
        say(t("{action}: done.", { action: label }));
        return true;
    } catch (error) {
        if (error instanceof Unreachable) {
            await keepAct(target, action, body, key);
            return true;
        }
        if (wantsReason(error) && !comment) {
            const reason = await reasonFor(target, label);
            return reason ? actFromAfar(target, action, label, reason) : false;
        }
        sayError(error instanceof Problem && error.errors[0] ? new Error(error.errors.map((one) => one.message).join(" ")) : error);
        return false;
    }
}

async function keepAct(target: Target, action: string, body: Act, key: string): Promise<void> {
    const [{ keepDraft }, { me }, { offline }] = await Promise.all(
        [import("../offline/drafts.ts"), import("./me.ts"), import("../offline/state.ts")]);

    offline.value = true;
    await keepDraft({
        id: target.id, owner: me.value.id, form: target.form, title: target.title, base: {}, mine: {}, key: newKey(),
        acts: [{ action, body, key }], at: Date.now(),
    });
    say(t("Kept here; it is sent when there is a network."));
}
