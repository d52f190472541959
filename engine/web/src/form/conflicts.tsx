/* form/conflicts.tsx - two have changed the same fields: both are shown, and
 * the person chooses; and what was typed into fields that are no more.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { t } from "../i18n/index.ts";
import type { Editor } from "./editor.ts";
import { fieldsOf } from "./model.ts";
import { showValue } from "./show.ts";
import "./conflicts.css";

function text(editor: Editor, path: string, value: unknown): string {
    const field = fieldsOf(editor.form).get(path);
    if (!field) return "";
    if (field.type !== "items") return showValue(field, value) || "—";
    return ((value ?? []) as Record<string, unknown>[]).map((row, i) =>
        `${i + 1}. ${(field.columns ?? []).map((column) => showValue(column, row[column.id])).filter(Boolean).join(" · ")}`).join("\n") || "—";
}

export function Left({ editor }: { editor: Editor }) {
    return <section class="conflicts" role="alert">
        <h2>{t("The form has changed since you wrote this: it has no place for it any more. Copy what you need.")}</h2>
        <dl>{editor.left.value.map(([name, value]) => <><dt class="label">{name}</dt><dd class="prose">{typeof value === "string" ? value : JSON.stringify(value)}</dd></>)}</dl>
    </section>;
}

export function Conflicts({ editor }: { editor: Editor }) {
    const conflicts = editor.conflicts.value;

    if (!conflicts.length) return null;
    return <section class="conflicts" role="alert">
        <h2>{t("Somebody else has changed this meanwhile. Which shall stay?")}</h2>
        {conflicts.map((conflict) => <div class="conflict">
            <h3>{fieldsOf(editor.form).get(conflict.field)?.label ?? conflict.field}</h3>
            <div><p class="label">{t("Mine")}</p><p class="prose">{text(editor, conflict.field, conflict.mine)}</p>
                <button type="button" onClick={() => editor.decide(conflict, true)}>{t("Keep mine")}</button></div>
            <div><p class="label">{t("Theirs")}</p><p class="prose">{text(editor, conflict.field, conflict.theirs)}</p>
                <button type="button" onClick={() => editor.decide(conflict, false)}>{t("Take theirs")}</button></div>
        </div>)}
    </section>;
}
