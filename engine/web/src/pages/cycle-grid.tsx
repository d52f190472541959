/* pages/cycle-grid.tsx - people in a grid of two measures. The one that is
 * calibrated goes down: a person is dragged to another row, taken there by
 * keyboard, or asked about by a click; each time a reason is asked for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, Problem } from "../api/client.ts";
import { inquire } from "../app/question.ts";
import type { Field } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { Face } from "../ui/face.tsx";
import { say, sayError } from "../ui/toast.tsx";
import { labelOf, optionsOf } from "./cycle-calibration.tsx";

export interface Placed {
    document: string;
    name: string;
    login: string;
    value: string; /* "": none yet */
    before: string; /* what the document itself says */
    reason: string | undefined; /* of what was set over it */
    across: string;
}

const BACK = "\u0000"; /* among the values to choose: what the document says */

function worded(field: Field, value: string): unknown {
    return field.type === "number" || field.type === "percent" ? Number(value) : value;
}

export function Grid({ field, across, values, people, moves, again }:
    { field: Field; across: Field | undefined; values: string[]; people: Placed[]; moves: boolean; again: () => void }) {
    const [holds, setHeld] = useState("");
    const [over, setOver] = useState<string>();
    const [busy, setBusy] = useState("");
    const focus = useRef<string | undefined>(undefined);
    const held = people.find((one) => one.document === holds);
    const columns = across ? [...optionsOf(across).map((one) => one.id), ""].filter((id) => id || people.some((one) => one.across === "")) : [""];
    const rows = people.some((one) => one.value === "") ? [...values, ""] : values;
    const rowLabel = (value: string) => value === "" ? t("no value yet") : labelOf(field, value);
    const letGo = () => { setHeld(""); setOver(undefined); };

    useEffect(() => {
        if (focus.current) document.querySelector<HTMLElement>(`[data-document="${focus.current}"]`)?.focus();
        focus.current = undefined;
    }, [people]);

    /* `to` is BACK for what the document itself says. */
    async function set(person: Placed, to: string, reason: string): Promise<void> {
        setBusy(person.document);
        try {
            await ask("PUT /documents/{id}/override/{field}", {
                path: { id: person.document, field: field.path }, body: { value: to === BACK ? null : worded(field, to), reason },
            });
            say(t("{name}: {value} now.", { name: person.name, value: rowLabel(to === BACK ? person.before : to) }));
            focus.current = person.document;
            again();
        } catch (error) {
            sayError(error instanceof Problem && error.errors[0] ? new Error(error.errors.map((one) => one.message).join(" ")) : error);
        }
        setBusy("");
    }
    async function drop(person: Placed | undefined, to: string | undefined): Promise<void> {
        letGo();
        if (!moves || !person || to === undefined || to === "" || to === person.value) return;
        const reply = await inquire({
            title: t("{name}: {from} → {to}", { name: person.name, from: rowLabel(person.value), to: rowLabel(to) }),
            text: person.before === person.value ? "" : t("The document itself says {value}.", { value: rowLabel(person.before) }),
            action: t("Set it"), comment: "required",
        });
        if (reply?.comment) await set(person, to === person.before && person.reason ? BACK : to, reply.comment);
    }
    async function choose(person: Placed): Promise<void> {
        const others = values.filter((value) => value !== person.value && value !== person.before);
        const reply = await inquire({
            title: person.name, action: t("Set it"), comment: "required",
            text: [t("{what}: {value} now.", { what: field.label, value: rowLabel(person.value) }),
                person.reason ? t("The document itself says {value}; set over it because: {reason}", { value: rowLabel(person.before), reason: person.reason }) : ""].join(" "),
            places: [...(person.reason ? [{ id: BACK, label: t("{value}, as the document says", { value: rowLabel(person.before) }) }] : []),
                ...others.map((value) => ({ id: value, label: rowLabel(value) }))],
        });
        if (reply?.comment && reply.to !== undefined) await set(person, reply.to, reply.comment);
    }
    /* Space takes a person, up and down choose the row, Space puts them there. */
    function key(event: KeyboardEvent, person: Placed): void {
        const at = values.indexOf(over ?? person.value);
        if (event.key === " ") held === person ? void drop(person, over) : setHeld(person.document);
        else if (event.key === "Escape" && held) letGo();
        else if (held === person && event.key === "ArrowDown") setOver(values[Math.min(values.length - 1, at + 1)]);
        else if (held === person && event.key === "ArrowUp") setOver(values[at < 0 ? values.length - 1 : Math.max(0, at - 1)]);
        else return;
        event.preventDefault();
    }
    const chip = (person: Placed) => {
        const moved = person.value !== person.before;
        const words = [person.name, rowLabel(person.value), moved ? t("the document says {value}", { value: rowLabel(person.before) }) : "", person.reason ?? ""].filter(Boolean).join(", ");
        const inside = <><Face name={person.name} /><span>{person.name}</span>{moved && <span class="moved">{rowLabel(person.before)} → {rowLabel(person.value)}</span>}
            {!moved && <span class="sr">{rowLabel(person.value)}</span>}</>;

        return <li key={person.document} class={held === person ? "placed held" : "placed"} draggable={moves} onDragStart={() => setHeld(person.document)} onDragEnd={letGo}>
            {moves ? <button type="button" class="plain" data-document={person.document} title={words} disabled={busy === person.document}
                onKeyDown={(event) => key(event, person)} onKeyUp={(event) => { if (event.key === " ") event.preventDefault(); }}
                onClick={() => void choose(person)}>{inside}</button>
                : <a href={`/documents/${person.document}`} data-document={person.document} title={words}>{inside}</a>}
        </li>;
    };
    return <>
        {moves && <p class="dim no-print">{t("Choose a person to set another value, with a reason.")} <span class="keys-too">{t("Or drag them to another row; by keyboard take one with Space, move with the arrows and put them down with Space.")}</span></p>}
        <p class="sr" role="status">{held ? t("{title}: to {lane}", { title: held.name, lane: rowLabel(over ?? held.value) }) : ""}</p>
        <table class="people-grid">
            <caption class="sr">{across ? t("{a} by {b}", { a: field.label, b: across.label }) : field.label}</caption>
            {across && <thead><tr><th scope="col"><span class="dim">{field.label} ╲ {across.label}</span></th>{columns.map((column) => <th scope="col">{column === "" ? t("not said") : labelOf(across, column)}</th>)}</tr></thead>}
            <tbody>{rows.map((value) => <tr key={value} class={held && over === value ? "over" : ""}
                onDragOver={(event) => { if (moves && value !== "") { event.preventDefault(); if (over !== value) setOver(value); } }}
                onDrop={(event) => { event.preventDefault(); void drop(held, value); }}>
                <th scope="row">{rowLabel(value)} <span class="dim">{people.filter((one) => one.value === value).length}</span></th>
                {columns.map((column) => {
                    const here = people.filter((one) => one.value === value && (!across || one.across === column));
                    return <td class={here.length ? "" : "none"} data-label={across ? column === "" ? t("not said") : labelOf(across, column) : ""}>
                        <ul>{here.map(chip)}</ul></td>;
                })}
            </tr>)}</tbody>
        </table>
    </>;
}
