/* ui/combobox.tsx - choosing one or some out of many, by typing.
 *
 * What may be chosen is asked for as one types; chosen ones stand before the
 * words, each with a way to take it back.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import * as machine from "@zag-js/combobox";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { IconButton } from "./icon.tsx";
import "./combobox.css";

export interface Choice { value: string; label: string; hint?: string }

export interface ComboboxProps {
    label: string;
    hideLabel?: boolean;
    chosen: Choice[];
    many?: boolean;
    disabled?: boolean;
    invalid?: boolean;
    describedBy?: string;
    autoFocus?: boolean;
    hint?: string; /* what may be typed */
    find: (words: string) => Promise<Choice[]> | Choice[];
    onChange: (chosen: Choice[]) => void;
}

export function Combobox({ label, hideLabel, chosen, many, disabled, invalid, describedBy, autoFocus, hint, find, onChange }: ComboboxProps) {
    const [found, setFound] = useState<Choice[]>([]);
    const [busy, setBusy] = useState(false);
    const turn = useRef(0);
    const typed = useRef(""); /* it is what opens the list, too */
    const input = useRef<HTMLInputElement>(null);
    const items = useMemo(() => [...found, ...chosen.filter((one) => !found.some((other) => other.value === one.value))],
        [found, chosen]);
    const collection = useMemo(() => machine.collection({
        items, itemToValue: (item) => item.value, itemToString: (item) => item.label,
    }), [items]);

    async function search(words: string): Promise<void> {
        const mine = ++turn.current;
        setBusy(true);
        const result = await Promise.resolve(find(words)).catch(() => [] as Choice[]);
        if (mine !== turn.current) return;
        setFound(result);
        setBusy(false);
    }

    const service = useMachine(machine.machine, {
        id: useId(), collection, multiple: !!many, disabled: !!disabled, invalid: !!invalid,
        value: chosen.map((one) => one.value),
        openOnClick: true, selectionBehavior: many ? "clear" : "replace", inputBehavior: "autohighlight",
        positioning: { sameWidth: true, placement: "bottom-start" },
        onOpenChange: ({ open }) => {
            if (open && !typed.current) void search("");
            if (!open) typed.current = "";
        },
        onInputValueChange: ({ inputValue, reason }) => {
            if (reason !== "input-change") return;
            typed.current = inputValue;
            void search(inputValue);
        },
        onValueChange: ({ items: picked }) => onChange(picked as Choice[]),
    });
    const api = machine.connect(service, normalizeProps);
    const shown = found;

    useEffect(() => { if (autoFocus) input.current?.focus(); }, []);
    return <div {...api.getRootProps()} class="combobox">
        <label {...api.getLabelProps()} class={hideLabel ? "sr" : undefined}>{label}</label>
        <div {...api.getControlProps()} class="combobox-control">
            {many && chosen.map((one) => <span class="chip">{one.label}
                {!disabled && <IconButton name="close" label={t("Take {name} away", { name: one.label })}
                    onClick={() => onChange(chosen.filter((other) => other.value !== one.value))} />}
            </span>)}
            <input {...api.getInputProps() as object} ref={input} aria-describedby={describedBy} placeholder={chosen.length ? "" : hint ?? t("Name, pinyin or initials")} />
        </div>
        <div {...api.getPositionerProps()}>
            <ul {...api.getContentProps()} class="options">
                {shown.map((item) => <li key={item.value} {...api.getItemProps({ item })} class="option">
                    <span>{item.label}</span>{item.hint && <span class="dim">{item.hint}</span>}
                </li>)}
                {shown.length === 0 && <li class="option dim">{busy ? t("Searching…") : t("Nothing is called so.")}</li>}
            </ul>
        </div>
    </div>;
}
