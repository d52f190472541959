/* form/view.tsx - a form as its definition says, with what was filled in.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect } from "preact/hooks";
import type { Editor } from "./editor.ts";
import { FieldView } from "./field.tsx";
import { loadInputs } from "./inputs.ts";
import { ItemsView } from "./items.tsx";
import type { Field, Form } from "./model.ts";
import "./view.css";

const One = ({ editor, field }: { editor: Editor; field: Field }) =>
    field.type === "items" ? <ItemsView editor={editor} table={field} /> : <FieldView editor={editor} field={field} />;

interface Group { id: string; key: string; label?: string; help?: string | undefined; fields: Field[] }

/* Fields as they follow each other, those of a section together. Which of them
 * are seen changes nothing of a group's key: what stands in a page stays there,
 * whatever appears above it. */
function groupsOf(form: Form, fields: Field[]): Group[] {
    const groups: Group[] = [];

    for (const field of fields) {
        const id = field.section ?? "";
        let group = groups.at(-1);
        if (!group || group.id !== id) {
            const section = form.sections.find((one) => one.id === id);
            group = { id, key: field.path, fields: [], ...(section ? { label: section.label, help: section.help } : {}) };
            groups.push(group);
        }
        group.fields.push(field);
    }
    return groups;
}

export function FormView({ editor }: { editor: Editor }) {
    const { visible } = editor.worked.value;
    const fills = editor.editable.value.size > 0;
    const groups = groupsOf(editor.form, editor.form.fields).map((group) => ({ ...group, fields: group.fields.filter((field) => visible.has(field.path)) }))
        .filter((group) => group.fields.length > 0);

    useEffect(() => { if (fills) void loadInputs(); }, [fills]);
    return <div class="form-view">
        {groups.map((group) => <section key={group.key} class="group" aria-labelledby={group.label ? `s-${group.id}` : undefined}>
            {group.label && <h2 id={`s-${group.id}`}>{group.label}</h2>}
            {group.help && <p class="dim">{group.help}</p>}
            <div class="fields">{group.fields.map((field) => <One key={field.path} editor={editor} field={field} />)}</div>
        </section>)}
    </div>;
}
