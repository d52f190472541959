/* app/appeal.ts - appealing against a value of a document: why, and then the
 * appeal's own page, where it is sent.
 *
 * What is said here goes into the first text that the appeal asks for, so that
 * nobody writes it twice.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Document } from "#api";
import { ask, newKey } from "../api/client.ts";
import type { Form } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { inquire } from "./question.ts";
import { go } from "./router.ts";

/* The first text that a new appeal asks for. */
function firstText(form: Form, edit: string[]): string | undefined {
    return form.fields.find((field) => (field.type === "longtext" || field.type === "text") && field.required && edit.includes(field.path))?.path;
}

async function write(document: Document, text: string): Promise<void> {
    const form = await ask("GET /forms/{form}", { path: { form: document.form }, query: { version: String(document.version) } }) as Form;
    const field = firstText(form, document.can?.edit ?? []);

    if (field && !document.data?.[field]) await ask("PATCH /documents/{id}", { path: { id: document.id }, body: { data: { [field]: text } } });
}

/* False: one would rather not. */
export async function appeal(document: Pick<Document, "id" | "title">): Promise<boolean> {
    const reply = await inquire({
        title: `${t("Appeal")}${t(": ")}${document.title ?? ""}`, action: t("Appeal"), comment: "required",
        text: t("Say what is not right, with facts. On the next page it is sent."),
    });

    if (!reply?.comment) return false;
    await ask("POST /documents/{id}/actions/{action}", { path: { id: document.id, action: "appeal" }, key: newKey(), body: { comment: reply.comment } });
    const { items } = await ask("GET /documents/{id}/children", { path: { id: document.id }, query: { sort: "-created", state: "open", limit: "1" } });
    if (!items[0]) return true;
    await write(await ask("GET /documents/{id}", { path: { id: items[0].id } }), reply.comment);
    await go(`/documents/${items[0].id}`);
    return true;
}
