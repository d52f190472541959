/* studio/inspector.tsx - the field that is chosen, with what can be said of it.
 *
 * A table of attributes: name, words, kind, and the types that have it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import type { Field, Form } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import type { Draft } from "./draft.ts";
import { selectorOf } from "./draft.ts";
import { addChild, attr, encode, remove, setAttr, type Elem } from "./xml.ts";

type Kind = "text" | "truth" | "formula";
interface Row { name: string; label: () => string; kind: Kind; of?: string; help?: () => string }

const numbers = "number percent money progress";
const rows: Row[] = [
    { name: "help", label: () => t("Help"), kind: "text" },
    { name: "required", label: () => t("Must be filled in"), kind: "truth" },
    { name: "readonly", label: () => t("Only to read"), kind: "truth" },
    { name: "min", label: () => t("Least"), kind: "text", of: `${numbers} items text longtext` },
    { name: "max", label: () => t("Most"), kind: "text", of: `${numbers} items text longtext` },
    { name: "digits", label: () => t("Digits behind the point"), kind: "text", of: "number percent" },
    { name: "total", label: () => t("Rows add up to"), kind: "text", of: numbers, help: () => t("Only in a table: 100 for weights.") },
    { name: "unit", label: () => t("Unit, currency or kind of period"), kind: "text", of: `${numbers} period` },
    { name: "pattern", label: () => t("Pattern"), kind: "text", of: "text email url phone" },
    { name: "options", label: () => t("Options from"), kind: "text", of: "choice choices", help: () => "list:ID" },
    { name: "scale", label: () => t("Scale"), kind: "text", of: "rating" },
    { name: "form", label: () => t("Form"), kind: "text", of: "link links" },
    { name: "default", label: () => t("At first"), kind: "text", help: () => t("A value, me, this, or =FORMULA.") },
    { name: "formula", label: () => t("Formula"), kind: "formula", of: `${numbers} text date boolean choice rating duration period` },
    { name: "visible-when", label: () => t("Shown when"), kind: "formula" },
    { name: "required-when", label: () => t("Must be filled in when"), kind: "formula" },
];

const functions = ["sum(", "avg(", "weighted(", "min(", "max(", "count(", "round(", "clamp(", "band(", "if_(", "today()", "days(", "any(", "all("];

/* The words that may stand where one is typing. */
function completions(model: Form, value: string): string[] {
    const word = /[\w.]*$/.exec(value)![0];
    if (!word) return [];
    const names = [...model.fields.flatMap((field) => [field.id, ...(field.columns ?? []).map((column) => column.path)]),
        ...Object.keys(model.settings ?? {}).map((id) => `settings.${id}`), ...functions];
    return names.filter((name) => name.startsWith(word) && name !== word).slice(0, 8);
}

function Formula({ id, value, model, onChange }: { id: string; value: string; model: Form; onChange: (value: string) => void }) {
    const [typed, setTyped] = useState(value);
    const change = (text: string) => { setTyped(text); onChange(text); };

    return <>
        <textarea id={id} class="formula" rows={2} spellcheck={false} value={typed} onInput={(event) => change(event.currentTarget.value)} />
        <div class="completions">{completions(model, typed).map((word) =>
            <button type="button" class="plain" onClick={() => change(typed.replace(/[\w.]*$/, word))}>{word}</button>)}</div>
    </>;
}

/* Of a field that an overlay has from its base: a <replace> of the attribute. */
function replaceInBase(draft: Draft, model: Form, path: string, name: string, value: string): void {
    const sel = `${selectorOf(model, path)}/@${name}`;
    draft.edit((text, root) => {
        const there = root.children.find((one) => one.name === "replace" && attr(one, "sel") === sel);
        if (there) return text.slice(0, there.open) + encode(value) + text.slice(there.close);
        return addChild(text, root, `<replace sel="${sel}">${encode(value)}</replace>`);
    });
}

/* What the model has of an attribute: of a base's field its text is not here. */
const known = (field: Field, name: string): string => {
    const value = (field as unknown as Record<string, unknown>)[name];
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
};

const findField = (model: Form, path: string): Field | undefined =>
    model.fields.flatMap((field) => [field, ...field.columns ?? []]).find((field) => field.path === path);

function Options({ draft, elem }: { draft: Draft; elem: Elem }) {
    const options = elem.children.filter((one) => one.name === "option");
    if (attr(elem, "options")) return null;
    return <fieldset><legend class="label">{t("Options")}</legend>
        {options.map((option, i) => <div class="option-row"><input aria-label={t("Option {n}", { n: i + 1 })} value={attr(option, "label") ?? attr(option, "id")}
            onChange={(event) => draft.edit((text) => setAttr(text, option, "label", event.currentTarget.value))} />
        <button type="button" class="plain" aria-label={t("Remove option {n}", { n: i + 1 })} onClick={() => draft.edit((text) => remove(text, option))}>✕</button></div>)}
        <button type="button" onClick={() => draft.edit((text) => addChild(text, elem, `<option id="${draft.freshId("o")}" label="${t("Option")}"/>`))}>{t("Add an option")}</button>
    </fieldset>;
}

function Columns({ draft, field }: { draft: Draft; field: Field }) {
    if (field.type !== "items") return null;
    return <div class="column-list"><span class="label">{t("Columns")}</span>{(field.columns ?? []).map((column) =>
        <button type="button" onClick={() => { draft.selected.value = column.path; }}>{column.label}</button>)}</div>;
}

export function Inspector({ draft, model }: { draft: Draft; model: Form }) {
    const path = draft.selected.value;
    const field = path ? findField(model, path) : undefined;
    const elem = path ? draft.elemOf(path) : undefined;

    if (!path || (!field && !elem)) return <aside class="inspector"><p class="dim">{t("Click a field to change it, drag it to move it, or add one from the row above.")}</p></aside>;
    const type = field?.type ?? attr(elem, "type") ?? "text";
    const put = (name: string, value: string) => elem ? draft.edit((text) => setAttr(text, elem, name, value)) : replaceInBase(draft, model, path, name, value);
    const base = model.lang === "en" ? "en" : "zh-CN", other = base === "en" ? "zh-CN" : "en"; /* the package's, and the one beside it */
    const twin = elem?.children.find((one) => one.name === "t" && attr(one, "xml:lang") === other);

    return <aside class="inspector" key={path} aria-label={t("The chosen field")}>
        <h2>{field?.label ?? path} <span class="dim">{path} · {type}</span></h2>
        <label class="field">{t("Label")}<input value={elem ? attr(elem, "label") ?? "" : field?.label} onChange={(event) => put("label", event.currentTarget.value)} /></label>
        {elem && <label class="field">{other === "en" ? t("Label in English") : t("Label in Chinese")}<input lang={other} value={attr(twin, "label") ?? ""} onChange={(event) => draft.setLabel(elem, other, event.currentTarget.value, base)} /></label>}
        {rows.filter((row) => (!row.of || row.of.split(" ").includes(type)) && (elem || (field && known(field, row.name)))).map((row) => {
            const value = elem ? attr(elem, row.name) ?? "" : known(field!, row.name);
            const id = `inspect-${row.name}`;
            return <div class="field-view">
                {row.kind === "truth"
                    ? <label class="check"><input type="checkbox" checked={value === "true"} onChange={(event) => put(row.name, event.currentTarget.checked ? "true" : "")} />{row.label()}</label>
                    : <><label class="label" for={id}>{row.label()}</label>
                        {row.kind === "formula" ? <Formula key={path + row.name} id={id} value={value} model={model} onChange={(text) => put(row.name, text)} />
                            : <input id={id} value={value} onChange={(event) => put(row.name, event.currentTarget.value)} />}</>}
                {row.help && <span class="dim">{row.help()}</span>}
            </div>;
        })}
        {elem && (type === "choice" || type === "choices") && <Options draft={draft} elem={elem} />}
        {field && <Columns draft={draft} field={field} />}
        <div class="buttons">
            <button type="button" class="danger" onClick={() => {
                draft.selected.value = undefined;
                elem ? draft.edit((text) => remove(text, elem.parent?.name === "add" && elem.parent.children.length === 1 ? elem.parent : elem))
                    : draft.edit((text, root) => addChild(text, root, `<remove sel="${selectorOf(model, path)}"/>`));
            }}>{t("Remove the field")}</button>
        </div>
    </aside>;
}
