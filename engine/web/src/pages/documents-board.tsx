/* pages/documents-board.tsx - documents as cards in lanes; a card is dragged to
 * another lane, taken there by keyboard, or sent there by its button.
 *
 * In lanes of steps, that is the action that leads there; in lanes of a choice,
 * the choice. Whether it is allowed the document itself says when it is
 * dropped.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, askWhole } from "../api/client.ts";
import { actFromAfar } from "../app/act.ts";
import { inquire } from "../app/question.ts";
import { Shown } from "../form/field.tsx";
import { fieldsOf, type Field, type Form } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { IconButton } from "../ui/icon.tsx";
import { Light, type Health } from "../ui/light.tsx";
import { say, sayError } from "../ui/toast.tsx";
import type { Item } from "./documents-listed.tsx";

interface Lane { id: string; label: string }

function lanesOf(form: Form, group: string): Lane[] {
    if (group === "step") return form.steps.filter((step) => step.kind !== "branch" && !step.void);
    const field = fieldsOf(form).get(group);
    return field?.options ?? field?.scale ?? [];
}

const laneOf = (item: Item, group: string) => String(group === "step" ? item.step : item.data?.[group] ?? "");

/* True where it went. */
async function move(form: Form, group: string, item: Item, to: Lane): Promise<boolean> {
    const { data, etag } = await askWhole("GET /documents/{id}", { path: { id: item.id } });

    if (group !== "step") {
        if (!data.can?.edit?.includes(group)) throw new Error(t("You may not change this here."));
        await ask("PATCH /documents/{id}", { path: { id: item.id }, body: { data: { [group]: to.id } }, ifMatch: etag });
        return true;
    }
    const actions = form.steps.find((step) => step.id === data.step)?.actions ?? [];
    const action = actions.find((one) => one.to === to.id && data.can?.actions?.includes(one.id));
    if (!action) throw new Error(t("No action leads from here to {step}.", { step: to.label }));
    return actFromAfar({ id: item.id, form: form.id, step: data.step, title: item.title ?? "" }, action.id, action.label);
}

export function Board({ form, group, columns, items, again }: { form: Form; group: string; columns: Field[]; items: Item[]; again: () => void }) {
    const lanes = lanesOf(form, group);
    const [over, setOver] = useState("");
    const [held, setHeld] = useState<Item>();
    const board = useRef<HTMLDivElement>(null);

    async function drop(item: Item | undefined, lane: Lane | undefined): Promise<void> {
        setOver("");
        setHeld(undefined);
        if (!item || !lane || laneOf(item, group) === lane.id) return;
        try {
            if (await move(form, group, item, lane)) {
                say(t("{title} is in {lane} now.", { title: item.title ?? "", lane: lane.label }));
                again();
            }
        } catch (error) {
            sayError(error);
        }
    }
    async function choose(item: Item): Promise<void> {
        const others = lanes.filter((lane) => lane.id !== laneOf(item, group));
        const reply = await inquire({ title: item.title ?? "", action: t("Move it"), places: others });
        if (reply) await drop(item, others.find((lane) => lane.id === reply.to));
    }
    /* The first lane that has cards is in sight. */
    useEffect(() => {
        const lane = board.current?.querySelector<HTMLElement>(".lane:has(.card)");
        if (lane) board.current!.scrollLeft = lane.offsetLeft - board.current!.offsetLeft;
    }, []);
    /* Space takes a card, arrows choose the lane, Space puts it down. */
    function key(event: KeyboardEvent, item: Item): void {
        const at = lanes.findIndex((lane) => lane.id === (over || laneOf(item, group)));
        if (event.key === " ") held === item ? void drop(item, lanes.find((lane) => lane.id === over)) : setHeld(item);
        else if (event.key === "Escape" && held) { setHeld(undefined); setOver(""); }
        else if (held === item && event.key === "ArrowRight") setOver(lanes[Math.min(lanes.length - 1, at + 1)]!.id);
        else if (held === item && event.key === "ArrowLeft") setOver(lanes[Math.max(0, at - 1)]!.id);
        else return;
        event.preventDefault();
    }
    return <>
        <p class="dim keys">{t("Drag a card, or take it with Space, move it with the arrows and put it down with Space.")}</p>
        <p class="sr" role="status">{held ? t("{title}: to {lane}", { title: held.title ?? "", lane: lanes.find((lane) => lane.id === (over || laneOf(held, group)))?.label ?? "" }) : ""}</p>
        <div class="board" ref={board} tabIndex={0} role="group" aria-label={t("Board")}>{lanes.map((lane) => {
            const cards = items.filter((item) => laneOf(item, group) === lane.id);
            return <section class={over === lane.id ? "lane over" : "lane"} aria-label={lane.label}
                onDragOver={(event) => { event.preventDefault(); setOver(lane.id); }} onDrop={(event) => { event.preventDefault(); void drop(held, lane); }}>
                <h2>{lane.label} <span class="dim">{cards.length}</span></h2>
                <ul>{cards.map((item) => <li key={item.id} class={held === item ? "card held" : "card"} draggable
                    onDragStart={() => setHeld(item)} onDragEnd={() => { setHeld(undefined); setOver(""); }}>
                    <header><h3><a href={`/documents/${item.id}`} onKeyDown={(event) => key(event, item)}>{item.title}</a></h3>
                        <IconButton name="more" label={t("Move {title} to another lane", { title: item.title ?? "" })} onClick={() => void choose(item)} /></header>
                    {item.health && <Light health={item.health as Health} />}
                    <dl>{columns.map((column) => column.id !== "title" && item.data?.[column.id] !== undefined && <div><dt>{column.label}</dt><dd><Shown field={column} value={item.data[column.id]} /></dd></div>)}</dl>
                </li>)}</ul>
            </section>;
        })}</div>
    </>;
}
