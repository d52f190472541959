/* form/input.tsx - the input of each type of field.
 *
 * An input is named by the label whose `for` has its id, or in a table by
 * `name`. What is typed and is no value yet stays on the screen as typed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { minorDigits } from "../base/currency.ts";
import { parseNumber } from "../base/number.ts";
import { localDay, periodOf, stepPeriod, writePeriod } from "../expr/dates.ts";
import { loadWords, t } from "../i18n/index.ts";
import { lazy } from "../ui/lazy.tsx";
import type { Field } from "./model.ts";
import { showPeriod, showValue } from "./show.ts";
import { titleOf } from "./titles.ts";
import "./input.css";

export interface InputProps {
    field: Field;
    id: string;
    name: string; /* said by a screen reader */
    value: unknown;
    required: boolean;
    invalid: boolean;
    describedBy: string | undefined;
    onChange: (value: unknown) => void;
    onLeave: () => void;
}

type Attributes = { id: string; "aria-label": string; "aria-required": boolean; "aria-invalid": boolean; "aria-describedby": string | undefined; onBlur: () => void };

const attributesOf = ({ id, name, required, invalid, describedBy, onLeave }: InputProps): Attributes => ({
    id, "aria-label": name, "aria-required": required, "aria-invalid": invalid, "aria-describedby": describedBy, onBlur: onLeave,
});

const empty = (text: string): string | undefined => text === "" ? undefined : text;

/* --- Text */

const kinds: Record<string, "email" | "url" | "tel"> = { email: "email", url: "url", phone: "tel" };

const TextInput = (props: InputProps) =>
    <input {...attributesOf(props)} type="text" inputMode={kinds[props.field.type] ?? "text"} value={String(props.value ?? "")}
        placeholder={props.field.placeholder} onInput={(event) => props.onChange(empty(event.currentTarget.value))} />;

/* As high as what stands in it, up to a screenful. */
const LongInput = (props: InputProps) =>
    <textarea {...attributesOf(props)} class="long" rows={4} value={String(props.value ?? "")} placeholder={props.field.placeholder}
        onInput={(event) => props.onChange(empty(event.currentTarget.value))} />;

/* --- Numbers: typed as text, so that "1." or "-" are not taken away */

function useTyped(value: number | undefined): [string, (text: string) => void] {
    const [typed, setTyped] = useState(value === undefined ? "" : String(value));

    useEffect(() => { if (parseNumber(typed) !== value) setTyped(value === undefined ? "" : String(value)); }, [value]);
    return [typed, setTyped];
}

function NumberInput(props: InputProps) {
    const { field, value, onChange, onLeave } = props;
    const [typed, setTyped] = useTyped(typeof value === "number" ? value : undefined);
    const unit = field.type === "percent" || field.type === "progress" ? "%" : field.unit;

    return <span class="with-unit"><input {...attributesOf(props)} inputMode="decimal" autocomplete="off" class="number" value={typed}
        onBlur={() => { if (parseNumber(typed) === undefined) setTyped(""); onLeave(); }}
        onInput={(event) => { setTyped(event.currentTarget.value); onChange(parseNumber(event.currentTarget.value)); }} />
    {unit && <span class="unit" aria-hidden="true">{unit}</span>}</span>;
}

function MoneyInput(props: InputProps) {
    const { field, value, onChange, onLeave } = props;
    const money = value as { amount: number; currency: string } | undefined;
    const currency = money?.currency ?? field.currency ?? "CNY";
    const scale = 10 ** minorDigits(currency);
    const [typed, setTyped] = useTyped(money ? money.amount / scale : undefined);

    return <span class="with-unit"><input {...attributesOf(props)} inputMode="decimal" autocomplete="off" class="number" value={typed}
        onBlur={() => { if (parseNumber(typed) === undefined) setTyped(""); onLeave(); }}
        onInput={(event) => {
            const number = parseNumber(event.currentTarget.value);
            setTyped(event.currentTarget.value);
            onChange(number === undefined ? undefined : { amount: Math.round(number * scale), currency });
        }} /><span class="unit" aria-hidden="true">{currency}</span></span>;
}

function DurationInput(props: InputProps) {
    const match = /^(\d+)(min|h|d|wd|w)$/.exec(String(props.value ?? ""));
    const unit = match?.[2] ?? "h";
    const units: [string, string][] = [["min", t("minutes")], ["h", t("hours")], ["d", t("days")], ["wd", t("working days")], ["w", t("weeks")]];
    const change = (n: string, of: string) => props.onChange(/^\d{1,4}$/.test(n) && Number(n) > 0 ? `${Number(n)}${of}` : undefined);

    return <span class="with-unit"><input {...attributesOf(props)} inputMode="numeric" class="number" value={match?.[1] ?? ""}
        onInput={(event) => change(event.currentTarget.value, unit)} />
    <select aria-label={t("Unit of {name}", { name: props.name })} value={unit} onChange={(event) => change(match?.[1] ?? "1", event.currentTarget.value)}>
        {units.map(([id, label]) => <option value={id}>{label}</option>)}</select></span>;
}

/* --- Choosing */

const ChoiceInput = (props: InputProps) =>
    <select {...attributesOf(props)} value={String(props.value ?? "")} onChange={(event) => props.onChange(empty(event.currentTarget.value))}>
        <option value="">{props.required ? t("Please choose") : "—"}</option>
        {(props.field.options ?? []).map((option) => <option key={option.id} value={option.id}>{option.label}</option>)}
    </select>;

const ChoicesInput = ({ field, name, value, onChange, onLeave, describedBy }: InputProps) =>
    <div role="group" aria-label={name} aria-describedby={describedBy} class="checks">
        {(field.options ?? []).map((option) => <label class="check">
            <input type="checkbox" checked={((value ?? []) as string[]).includes(option.id)} onBlur={onLeave}
                onChange={(event) => {
                    const chosen = new Set((value ?? []) as string[]);
                    event.currentTarget.checked ? chosen.add(option.id) : chosen.delete(option.id);
                    onChange((field.options ?? []).map((one) => one.id).filter((id) => chosen.has(id)));
                }} />{option.label}</label>)}
    </div>;

const RatingInput = ({ field, id, name, value, required, invalid, describedBy, onChange, onLeave }: InputProps) =>
    <div role="radiogroup" aria-label={name} aria-required={required} aria-invalid={invalid} aria-describedby={describedBy} class="rating" id={id}>
        {(field.scale ?? []).map((point) => <label class={point.id === value ? "point chosen" : "point"}>
            <input type="radio" class="sr" name={id} checked={point.id === value} onBlur={onLeave} onChange={() => onChange(point.id)} />{point.label}
        </label>)}
        {value !== undefined && !required && <button type="button" class="plain" onClick={() => onChange(undefined)}>{t("none")}</button>}
    </div>;

const BooleanInput = (props: InputProps) =>
    <span class="check"><input {...attributesOf(props)} type="checkbox" checked={props.value === true}
        onChange={(event) => props.onChange(event.currentTarget.checked)} /></span>;

/* --- Time */

const DateInput = (props: InputProps) =>
    <input {...attributesOf(props)} type="date" max="9999-12-31" value={String(props.value ?? "")}
        onInput={(event) => props.onChange(empty(event.currentTarget.value))} />;

const pad = (n: number) => String(n).padStart(2, "0");

function localTime(instant: unknown): string {
    if (!instant) return "";
    const at = new Date(String(instant));
    return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

const DateTimeInput = (props: InputProps) =>
    <input {...attributesOf(props)} type="datetime-local" value={localTime(props.value)}
        onInput={(event) => props.onChange(event.currentTarget.value ? new Date(event.currentTarget.value).toISOString() : undefined)} />;

/* The two before this one, this one, the next three, and what is there. */
function PeriodInput(props: InputProps) {
    const now = periodOf(props.field.period ?? "month", localDay(Intl.DateTimeFormat().resolvedOptions().timeZone, Date.now()) ?? 0);
    const near = [-2, -1, 0, 1, 2, 3].map((by) => writePeriod(stepPeriod(now, by)));
    const all = props.value && !near.includes(String(props.value)) ? [String(props.value), ...near] : near;

    return <select {...attributesOf(props)} value={String(props.value ?? "")} onChange={(event) => props.onChange(empty(event.currentTarget.value))}>
        <option value="">{props.required ? t("Please choose") : "—"}</option>
        {all.map((period) => <option value={period}>{showPeriod(period)}</option>)}
    </select>;
}

/* --- People, documents, words */

/* Choosing by typing is much code, and seldom needed: until then what is
 * chosen stands there as a button. */
const Picker = lazy(async () => (await import("./pickers.tsx")).Picker);

function PickInput(props: InputProps) {
    const { field, id, name, value, invalid, describedBy, onLeave } = props;
    const [open, setOpen] = useState(false);
    const [titles, setTitles] = useState("");
    const links = field.type === "link" || field.type === "links" || field.options_form !== undefined;

    useEffect(() => {
        const ids = (Array.isArray(value) ? value : value ? [value] : []) as (string | { id: string })[];
        if (links) void Promise.all(ids.map((one) => titleOf(typeof one === "string" ? one : one.id))).then((all) => setTitles(all.join(t(", "))));
    }, [value, links]);
    if (open) return <div onBlur={onLeave}><Picker {...props} /></div>;
    const shown = links ? titles : showValue(field, value);
    return <button type="button" id={id} class="pick" aria-label={`${name}: ${shown || t("Choose…")}`} aria-haspopup="listbox" aria-invalid={invalid} aria-describedby={describedBy}
        onClick={() => setOpen(true)}>{shown || <span class="dim">{t("Choose…")}</span>}</button>;
}

/* Options are a list, or documents to choose among. */
const orPick = (Listed: ComponentType<InputProps>) => (props: InputProps) =>
    props.field.options_form ? <PickInput {...props} /> : <Listed {...props} />;

function UnitInput(props: InputProps) {
    const [units, setUnits] = useState<{ id: string; name: string }[]>([]);

    useEffect(() => { void import("../api/units.ts").then(({ listUnits }) => listUnits()).then(setUnits).catch(() => undefined); }, []);
    return <select {...attributesOf(props)} value={String(props.value ?? "")} onChange={(event) => props.onChange(empty(event.currentTarget.value))}>
        <option value="">{props.required ? t("Please choose") : "—"}</option>
        {units.map((unit) => <option value={unit.id}>{unit.name}</option>)}
    </select>;
}

const emojis = ["👍", "👏", "🎉", "❤️", "💡", "🚀", "🙏", "🌟"];

const EmojiInput = ({ name, value, onChange }: InputProps) =>
    <div role="radiogroup" aria-label={name} class="rating">{emojis.map((emoji) =>
        <button type="button" role="radio" aria-checked={value === emoji} class={value === emoji ? "point chosen" : "point"}
            onClick={() => onChange(value === emoji ? undefined : emoji)}>{emoji}</button>)}</div>;

/* --- Files: much code, and seldom needed */

const FileInput = lazy(async () => {
    const [{ FileInput: loaded }] = await Promise.all([import("./file-input.tsx"), loadWords("files")]);
    return loaded;
});

/* --- All of them */

export const inputs: Record<string, ComponentType<InputProps>> = {
    text: TextInput, email: TextInput, url: TextInput, phone: TextInput, longtext: LongInput,
    number: NumberInput, percent: NumberInput, progress: NumberInput, money: MoneyInput, duration: DurationInput,
    boolean: BooleanInput, date: DateInput, datetime: DateTimeInput, period: PeriodInput,
    choice: orPick(ChoiceInput), choices: orPick(ChoicesInput), rating: RatingInput, emoji: EmojiInput,
    person: PickInput, people: PickInput, unit: UnitInput, link: PickInput, links: PickInput, tags: PickInput,
    file: FileInput, files: FileInput, audio: FileInput,
};

