/* form/pickers.tsx - choosing people, documents and words by typing.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { PersonRef } from "#api";
import { t } from "../i18n/index.ts";
import { Combobox } from "../ui/combobox.tsx";
import { PersonPicker } from "../ui/person-picker.tsx";
import { DocumentPicker } from "./document-picker.tsx";
import type { InputProps } from "./input.tsx";

const listOf = (value: unknown): unknown[] => Array.isArray(value) ? value : value ? [value] : [];

export function Picker({ field, name, value, invalid, describedBy, onChange }: InputProps) {
    const shared = { label: name, hideLabel: true, invalid, describedBy, autoFocus: true };

    switch (field.type) {
    case "person": case "people":
        return <PersonPicker {...shared} many={field.type === "people"} people={listOf(value) as PersonRef[]}
            onChange={(people) => onChange(field.type === "people" ? people : people[0])} />;
    case "link": case "links": case "choice": case "choices":
        return <DocumentPicker label={name} form={field.form ?? field.options_form ?? ""} many={field.type.endsWith("s")} kept={field.options_form !== undefined}
            ids={listOf(value).map((one) => typeof one === "string" ? one : String((one as { id: string }).id))}
            onChange={(ids) => onChange(field.type.endsWith("s") ? ids : ids[0])} />;
    default:
        return <Combobox {...shared} many hint={t("A word")} chosen={listOf(value).map((tag) => ({ value: String(tag), label: String(tag) }))}
            find={(words) => words.trim() ? [{ value: words.trim(), label: words.trim() }] : []}
            onChange={(chosen) => onChange(chosen.map((one) => one.value))} />;
    }
}
