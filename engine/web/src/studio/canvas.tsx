/* studio/canvas.tsx - the form as an employee will see it is what one works on:
 * a click on a field opens it, a drag moves it, the palette adds.
 *
 * The fields are the real ones: what is typed into them are samples, on which
 * formulas are tried.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useMemo, useState } from "preact/hooks";
import { Editor } from "../form/editor.ts";
import { FieldView } from "../form/field.tsx";
import { loadInputs } from "../form/inputs.ts";
import { ItemsView } from "../form/items.tsx";
import type { Field, FieldType } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { IconButton, Icon } from "../ui/icon.tsx";
import type { Draft } from "./draft.ts";
import { Inspector } from "./inspector.tsx";
import { addChild, attr, moveBefore, move, type Elem } from "./xml.ts";

const palette: [FieldType, () => string][] = [
    ["text", () => t("Text")], ["longtext", () => t("Long text")], ["number", () => t("Number")], ["percent", () => t("Percent")],
    ["money", () => t("Money")], ["date", () => t("Date")], ["boolean", () => t("Yes or no")], ["choice", () => t("Choice")],
    ["person", () => t("Person")], ["period", () => t("Period")], ["items", () => t("Table")],
];

function xmlOf(type: FieldType, id: string, label: string): string {
    if (type === "choice") return `<field id="${id}" type="choice" label="${label}">\n  <option id="a" label="A"/>\n  <option id="b" label="B"/>\n</field>`;
    if (type === "items") return `<items id="${id}" label="${label}">\n  <field id="what" type="text" label="${label} 1"/>\n</items>`;
    return `<field id="${id}" type="${type}"${type === "period" ? ' unit="month"' : ""} label="${label}"/>`;
}

/* Into the table or section of what is chosen, else at the end of the form. */
function add(draft: Draft, type: FieldType, label: string): void {
    const id = draft.freshId("field");
    const chosen = draft.selected.value ? draft.elemOf(draft.selected.value) : undefined;

    draft.edit((text, root) => {
        if (draft.isOverlay.value) return addChild(text, root, `<add sel="fields">${xmlOf(type, id, label)}</add>`);
        const within: Elem | undefined = chosen?.name === "items" && type !== "items" ? chosen : chosen?.parent?.name === "items" && type === "items" ? chosen.parent.parent : chosen?.parent ?? draft.fields();
        return within ? addChild(text, within, xmlOf(type, id, label)) : text;
    });
    draft.selected.value = chosen?.name === "items" && type !== "items" ? `${attr(chosen, "id")}.${id}`
        : chosen?.parent?.name === "items" && type !== "items" ? `${attr(chosen.parent, "id")}.${id}` : id;
}

function Framed({ draft, editor, field }: { draft: Draft; editor: Editor; field: Field }) {
    const chosen = draft.selected.value === field.path || draft.selected.value?.startsWith(`${field.path}.`);
    const elem = draft.elemOf(field.path);
    const [over, setOver] = useState(false);

    function drop(event: DragEvent): void {
        const from = draft.elemOf(event.dataTransfer?.getData("text/plain") ?? "");
        event.preventDefault();
        setOver(false);
        if (from && elem) draft.edit((text) => moveBefore(text, from, elem));
    }
    return <div class={`framed ${chosen ? "chosen" : ""} ${over ? "over" : ""} ${field.type === "items" || field.type === "longtext" ? "wide" : ""}`}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <div class="handle" draggable={!!elem} onDragStart={(event) => event.dataTransfer?.setData("text/plain", field.path)}>
            <button type="button" class="plain" aria-pressed={!!chosen} onClick={() => { draft.selected.value = field.path; }}><Icon name="studio" />{field.label}</button>
            {elem && <><IconButton name="up" label={t("{label}: up", { label: field.label })} onClick={() => draft.edit((text) => move(text, elem, -1))} />
                <IconButton name="down" label={t("{label}: down", { label: field.label })} onClick={() => draft.edit((text) => move(text, elem, 1))} /></>}
        </div>
        {field.type === "items" ? <ItemsView editor={editor} table={field} /> : <FieldView editor={editor} field={field} />}
    </div>;
}

export function Canvas({ draft }: { draft: Draft }) {
    const model = draft.model.value;
    useEffect(() => void loadInputs(), []);
    const editor = useMemo(() => model && Editor.preview(model, draft.samples.peek()), [model]);

    const typed = editor?.mine.value;
    /* What was typed as a sample lives on when the form is checked again. */
    useEffect(() => { if (typed) draft.samples.value = typed; }, [typed]);
    if (!model || !editor) return <p class="wait">{t("Checking…")}</p>;
    const { visible } = editor.worked.value;

    return <div class="workbench">
        <div class="canvas">
            <div class="palette" role="group" aria-label={t("Add")}>{palette.map(([type, label]) =>
                <button type="button" onClick={() => add(draft, type, label())}><Icon name="plus" />{label()}</button>)}</div>
            <div class="fields">{model.fields.map((field, i) => <>
                {field.section && field.section !== model.fields[i - 1]?.section && <h2 class="wide">{model.sections.find((one) => one.id === field.section)?.label}</h2>}
                {visible.has(field.path) ? <Framed key={field.path} draft={draft} editor={editor} field={field} />
                    : <div class="framed hidden-field"><button type="button" class="plain" onClick={() => { draft.selected.value = field.path; }}>{field.label} <span class="dim">{t("shown only under a condition")}</span></button></div>}
            </>)}</div>
        </div>
        <Inspector draft={draft} model={model} />
    </div>;
}
