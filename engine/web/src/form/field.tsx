/* form/field.tsx - one field with its label, what is wrong, and what helps.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { Finding } from "../api/client.ts";
import { loadWords, t } from "../i18n/index.ts";
import type { FileValue } from "../offline/kept.ts";
import { Face } from "../ui/face.tsx";
import { lazy } from "../ui/lazy.tsx";
import type { Editor } from "./editor.ts";
import { inputs } from "./inputs.ts";
import type { Field } from "./model.ts";
import { showValue } from "./show.ts";
import { titleOf } from "./titles.ts";
import "./field.css";

export const idOf = (place: string) => `f-${place.replace(/[^\w]+/g, "-")}`;

export const Findings = ({ id, of, warnings }: { id: string; of: Finding[]; warnings: Finding[] }) =>
    of.length + warnings.length === 0 ? null : <div id={id} class="findings">
        {of.map((finding) => <p class="wrong">{finding.message}</p>)}
        {warnings.map((finding) => <p class="warning">{finding.message}</p>)}
    </div>;

function LinkTo({ id }: { id: string }) {
    const [title, setTitle] = useState("…");

    useEffect(() => { void titleOf(id).then(setTitle); }, [id]);
    return <a href={`/documents/${id}`}>{title}</a>;
}

/* Its id until its name is there. */
function UnitName({ id }: { id: string }) {
    const [name, setName] = useState(id);

    useEffect(() => { void import("../api/units.ts").then(({ listUnits }) => listUnits())
        .then((units) => setName(units.find((unit) => unit.id === id)?.name ?? id), () => undefined); }, [id]);
    return <span class="shown">{name}</span>;
}

const FilesShown = lazy(async () => {
    const [{ FilesShown: loaded }] = await Promise.all([import("./file-show.tsx"), loadWords("files")]);
    return loaded;
});

/* A value that is only read. */
export function Shown({ field, value }: { field: Field; value: unknown }) {
    const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

    if ((field.type === "link" || field.type === "links") && list.length > 0)
        return <span class="shown">{list.map((one, i) => <>{i > 0 && t(", ")}<LinkTo id={typeof one === "string" ? one : String((one as { id: string }).id)} /></>)}</span>;
    if (field.type === "person" && value)
        return <span class="shown person"><Face name={showValue(field, value)} />{showValue(field, value)}</span>;
    if (field.type === "unit" && typeof value === "string" && value) return <UnitName id={value} />;
    if (field.type === "url" && /^https?:/.test(String(value)))
        return <a class="shown" href={String(value)} rel="noreferrer noopener" target="_blank">{String(value)}</a>;
    if (field.type === "progress" && typeof value === "number")
        return <span class="shown"><progress max={100} value={value} aria-label={field.label} /> {showValue(field, value)}</span>;
    if ((field.type === "file" || field.type === "files" || field.type === "audio") && list.length > 0) return <FilesShown files={list as FileValue[]} />;
    const text = showValue(field, value);
    return <span class={field.type === "longtext" ? "shown prose" : "shown"}>{text || "—"}</span>;
}

/* What was set over the value that the document works out. */
function SetOver({ editor, field }: { editor: Editor; field: Field }) {
    const over = editor.document.value.overrides?.find((one) => one.field === field.path);

    return over ? <span class="dim">{t("{name} set this over {value}: {reason}", {
        name: over.by?.name ?? t("the system"), value: showValue(field, over.computed) || "—", reason: over.reason })}</span> : null;
}

export function FieldView({ editor, field }: { editor: Editor; field: Field }) {
    const place = field.path;
    const { data, required, warnings, locked } = editor.worked.value;
    const isLocked = locked.has(place);
    const Input = editor.editable.value.has(place) && !field.formula && !isLocked ? inputs.value[field.type] : undefined;
    const found = editor.findingsAt(place);
    const warned = warnings.filter((finding) => finding.field === place);
    const id = idOf(place), notes = `${id}-notes`, help = `${id}-help`;
    const described = [found.length + warned.length ? notes : "", field.help ? help : ""].filter(Boolean).join(" ") || undefined;
    const wide = field.type === "longtext" || field.width === "full" || ["choices", "files", "audio"].includes(field.type);

    return <div class={wide ? "field-view wide" : "field-view"}>
        {Input ? <label class="label" for={id}>{field.label}{required.has(place) && <span class="must" aria-hidden="true"> *</span>}</label>
            : <span class="label">{field.label}</span>}
        {Input ? <Input field={field} id={id} name={field.label} value={data[field.id] ?? undefined} required={required.has(place)}
            invalid={found.length > 0} describedBy={described}
            onChange={(value) => editor.set(field.id, value)} onLeave={() => editor.touch(place)} />
            : <Shown field={field} value={(isLocked && editor.document.value.data || data)[field.id]} />}
        <SetOver editor={editor} field={field} />
        {field.help && <span id={help} class="dim">{field.help}</span>}
        <Findings id={notes} of={found} warnings={warned} />
    </div>;
}
