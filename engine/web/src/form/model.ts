/* form/model.ts - a form as the server tells it (engine/def/model.c).
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Tree } from "../expr/eval.ts";
import type { PeriodUnit } from "../expr/dates.ts";
import type { Part } from "../expr/template.ts";

export type FieldType =
    | "text" | "longtext" | "number" | "percent" | "money" | "boolean" | "date" | "datetime" | "duration"
    | "choice" | "choices" | "rating" | "person" | "people" | "unit" | "link" | "links" | "emoji" | "tags"
    | "period" | "progress" | "email" | "url" | "phone" | "json" | "items" | "file" | "files" | "audio";

export interface Option { id: string; label: string; help?: string }
export interface Point extends Option { value: number }

export interface Field {
    id: string;
    path: string;
    type: FieldType;
    label: string;
    help?: string;
    unit?: string;
    placeholder?: string;
    section?: string;
    required?: boolean;
    readonly?: boolean;
    index?: boolean;
    width?: string;
    min?: number;
    max?: number;
    total?: number;
    digits?: number;
    pattern?: string;
    options?: Option[];
    options_hook?: boolean;
    options_form?: string;
    scale?: Point[];
    reverse?: boolean;
    form?: string;
    period?: PeriodUnit;
    currency?: string;
    text?: boolean;
    default?: { kind: "value" | "me" | "this" | "formula" | "hook"; value?: unknown; formula?: Tree };
    formula?: Tree;
    visible_when?: Tree;
    required_when?: Tree;
    readonly_when?: Tree;
    columns?: Field[];
}

export interface Action {
    id: string; label: string; help?: string; message?: string; to?: string; by?: string; when?: Tree;
    confirm?: boolean; comment_required?: boolean;
}

export interface Level {
    id: string; label: string; by?: string; climb?: boolean; levels?: number; when?: Tree; until?: Tree;
    agree?: string; agree_n?: number; one_by_one?: boolean; return?: string; edit?: "*" | string[]; require?: "*" | string[];
}

export interface Step {
    id: string;
    kind: "step" | "approval" | "branch" | "parallel" | "end" | string;
    label: string;
    lane?: string; /* of the parallel around it */
    lanes?: { id: string; label: string; start: string }[];
    by?: string;
    edit?: "*" | string[];
    require?: "*" | string[];
    actions?: Action[];
    levels?: Level[];
    approved?: string;
    rejected?: string;
    goes?: { when?: Tree; to: string }[];
    void?: boolean;
    fast_tracks?: { when: Tree; levels: string[] }[];
}

/* `says` are the parts of a message that is more than text. */
export interface Rule { field?: string; when: Tree; severity: "error" | "warning"; on_save?: boolean; message: string; says?: Part[] }
export interface View { view: string; columns?: string; sort?: string; group?: string; card?: string; [attribute: string]: string | undefined }

export interface Form {
    id: string;
    version: number;
    family?: string;
    package: string;
    lang?: string; /* of the package's texts */
    label: string;
    help?: string;
    subject?: string;
    score?: string;
    due?: string;
    progress?: string;
    period?: string;
    base?: { id: string; version: number };
    sections: { id: string; label: string; help?: string; visible_when?: Tree }[];
    fields: Field[];
    formulas: string[];
    rules: Rule[];
    start: string;
    steps: Step[];
    views: View[];
    settings?: Record<string, string | number | boolean | null>;
    zone?: string;
}

/* Every field by its path, columns too. */
export function fieldsOf(form: Form): Map<string, Field> {
    return new Map(form.fields.flatMap((field) => [field, ...field.columns ?? []]).map((field) => [field.path, field]));
}
