/* pages/documents-tree.tsx - documents that hang beneath each other, as a table
 * that opens level by level; only what is in sight stands in the page.
 *
 * By keyboard as the ARIA practices have it for treegrids: arrows move, open
 * and close, Home and End, * opens a level, Enter goes there, Space looks.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, askWhole, newKey } from "../api/client.ts";
import { useNews } from "../app/live.ts";
import { go } from "../app/router.ts";
import { isNode, Tree, type Level, type Node } from "../base/tree.ts";
import type { Field, Form } from "../form/model.ts";
import { showValue } from "../form/show.ts";
import { t } from "../i18n/index.ts";
import { Refused, Wait } from "../ui/answer.tsx";
import { Bar } from "../ui/bar.tsx";
import { Face } from "../ui/face.tsx";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { say, sayError } from "../ui/toast.tsx";
import { Light, type Health } from "../ui/light.tsx";
import { bringIntoSight, Windowed } from "../ui/window.tsx";
import { queryOf, type Asked, type Item } from "./documents-listed.tsx";
import "./documents-tree.css";

const Aside = lazy(async () => (await import("../form/aside.tsx")).Aside);

const kindOf = (field: Field) => field.type === "person" ? "person" : field.type === "progress" ? "progress"
    : ["number", "percent", "money", "date", "period", "rating"].includes(field.type) ? `short ${field.type}` : "text";

function Value({ field, item }: { field: Field; item: Item }) {
    const value = item.data?.[field.id];

    if (field.type === "progress" && typeof value === "number") return <Bar value={value} label={field.label} />;
    const text = showValue(field, value);
    if (field.type === "person" && text) return <><Face name={text} /><span class="cut">{text}</span></>;
    return text ? <><span class="sr">{field.label}</span><span class="cut">{text}</span></> : null;
}

interface At { row: number; top: number; active: boolean }
interface On {
    toggle: (node: Node<Item>) => void; look: (node: Node<Item>) => void; take: (row: number) => void;
    hold?: ((node: Node<Item> | undefined) => void) | undefined; /* it may be hung elsewhere */
    over: (node: Node<Item>) => boolean; /* what is held may hang here */
    drop: (node: Node<Item>) => void;
}

function DocumentRow({ node, at, columns, held, on }: { node: Node<Item>; at: At; columns: Field[]; held: boolean; on: On }) {
    const [over, setOver] = useState(false);
    const { item, level } = node;
    const below = item.below ?? 0;

    return <div role="row" class={`tree-row ${held ? "held" : ""} ${over ? "over" : ""}`} tabIndex={at.active ? 0 : -1} data-row={at.row} data-id={item.id}
        aria-level={level.depth + 1} aria-rowindex={at.row + 2} aria-expanded={below ? node.open : undefined}
        style={{ transform: `translateY(${at.top}px)` }} onFocus={() => on.take(at.row)}
        draggable={!!on.hold} onDragStart={() => on.hold?.(node)} onDragEnd={() => on.hold?.(undefined)}
        onDragOver={(event) => { if (on.over(node)) { event.preventDefault(); setOver(true); } }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); on.drop(node); }}>
        <div role="rowheader" class="tree-title" style={{ paddingLeft: `${Math.min(level.depth, 12) * 20}px` }}>
            {below > 0
                ? <button type="button" class="plain tree-toggle" tabIndex={-1} aria-label={node.open ? t("Close {title}", { title: item.title ?? "" }) : t("Open {title}", { title: item.title ?? "" })}
                    onClick={() => on.toggle(node)}><Icon name={node.open ? "down" : "right"} /></button>
                : <span class="tree-toggle" />}
            <a href={`/documents/${item.id}`} tabIndex={-1} class="cut" title={item.title}>{item.title}</a>
            {below > 0 && <span class="dim tree-below" title={t("{n} beneath", { n: below })}>{below}</span>}
        </div>
        <div role="gridcell" class="tree-cell light-cell">{item.health && <Light health={item.health as Health} />}</div>
        {columns.map((field) => <div role="gridcell" class={`tree-cell ${kindOf(field)}`} key={field.id}><Value field={field} item={item} /></div>)}
        <div role="gridcell" class="tree-cell look-cell"><button type="button" class="plain" tabIndex={-1} aria-label={t("Look at {title}", { title: item.title ?? "" })} onClick={() => on.look(node)}><Icon name="more" /></button></div>
    </div>;
}

/* Fetched when it comes into sight. */
function MoreRow({ tree, level, at }: { tree: Tree<Item>; level: Level<Item>; at: At }) {
    useEffect(() => { if (!level.error) void tree.more(level); }, [level, level.cursor]);
    return <div role="row" class="tree-row tree-more" data-row={at.row} tabIndex={at.active ? 0 : -1} aria-level={level.depth + 1} aria-rowindex={at.row + 2} style={{ transform: `translateY(${at.top}px)` }}>
        <div role="gridcell" class="dim" style={{ paddingLeft: `${Math.min(level.depth, 12) * 20 + 28}px` }}>
            {level.error ? <button type="button" onClick={() => void tree.more(level)}>{t("Try again")}</button> : t("Loading…")}</div>
    </div>;
}

function useTree(asked: Asked, fields: string | undefined): Tree<Item> {
    const tree = useMemo(() => new Tree<Item>((parent, cursor) => {
        const query = { ...queryOf(asked), tree: "true", sort: asked.sort || "created", limit: "100", cursor, fields };
        return parent
            ? ask("GET /documents/{id}/children", { path: { id: parent }, query })
            : ask("GET /documents", { query });
    }), []);

    useEffect(() => {
        void tree.more(tree.top);
        return () => tree.end();
    }, []);
    return tree;
}

/* Rows that are shown follow what happens to their documents. */
async function follow(tree: Tree<Item>, ids: string[]): Promise<void> {
    for (const id of ids.filter((one) => tree.has(one)).slice(0, 20)) {
        const { title, data, progress, health, state, step } = await ask("GET /documents/{id}", { path: { id } });
        tree.replace(id, { title, data, progress, health, state, step } as Partial<Item>);
    }
}

/* Where a key leads from a row; undefined: it is none of ours. */
function moved(tree: Tree<Item>, key: string, row: number, page: number): number | undefined {
    const rows = tree.rows.value, here = rows[row];
    const last = rows.length - 1;

    switch (key) {
    case "ArrowDown": return Math.min(last, row + 1);
    case "ArrowUp": return Math.max(0, row - 1);
    case "PageDown": return Math.min(last, row + page);
    case "PageUp": return Math.max(0, row - page);
    case "Home": return 0;
    case "End": return last;
    case "ArrowRight":
        if (!isNode(here) || !here.item.below) return row;
        if (here.open) return Math.min(last, row + 1);
        void tree.open(here);
        return row;
    case "ArrowLeft":
        if (isNode(here) && here.open) {
            tree.close(here);
            return row;
        }
        return Math.max(0, rows.indexOf((isNode(here) ? here.level : here!)?.owner as Node<Item>));
    case "*":
        if (isNode(here)) for (const node of here.level.nodes) void tree.open(node);
        return row;
    default: return undefined;
    }
}

/* Hangs a document beneath another one, or at the top, on the server. */
async function hang(item: Item, field: string, parent: string | null): Promise<void> {
    const { data, etag } = await askWhole("GET /documents/{id}", { path: { id: item.id } });

    if (!data.can?.edit?.includes(field)) throw new Error(t("You may not change this here."));
    await ask("PATCH /documents/{id}", { path: { id: item.id }, body: { data: { [field]: parent } }, ifMatch: etag, key: newKey() });
}

/* What hangs where, changed by hand: taken, put down, taken back. */
function useHanging(tree: Tree<Item>, field: string | undefined, onMoved: (node: Node<Item>) => void) {
    const [held, setHeld] = useState<Node<Item>>();

    async function put(node: Node<Item>, target: Node<Item> | undefined, undone = false): Promise<void> {
        const before = node.level.owner;

        setHeld(undefined);
        if (!field || !tree.mayMove(node, target)) return;
        try {
            await hang(node.item, field, target?.item.id ?? null);
            tree.move(node, target);
            onMoved(node);
            const said = target ? t("{title} hangs beneath {parent} now.", { title: node.item.title ?? "", parent: target.item.title ?? "" })
                : t("{title} stands at the top now.", { title: node.item.title ?? "" });
            say(said, false, undone ? undefined : { label: t("Undo"), run: () => void put(node, before, true) });
        } catch (error) {
            sayError(error);
        }
    }
    return { held, setHeld, put };
}

export function TreeView({ asked, form, columns, none }: { asked: Asked; form: Form; columns: Field[]; none: ComponentChildren }) {
    const shown = columns.filter((field) => field.id !== "title");
    const tree = useTree(asked, shown.map((field) => field.id).join(" ") || undefined);
    const rows = tree.rows.value;
    const box = useRef<HTMLDivElement>(null);
    const [active, setActive] = useState(0);
    const [looked, setLooked] = useState<Node<Item>>();
    const field = form.views.find((one) => one.view === "tree")?.parent;
    /* The row that the focus goes to, once it is the active one: what is left to do
     * of an earlier drawing leaves it alone. */
    const wants = useRef<number | undefined>(undefined);

    const { held, setHeld, put } = useHanging(tree, field, (node) => {
        const row = tree.rows.value.indexOf(node);
        if (row < 0) return;
        if (box.current) bringIntoSight(box.current, row);
        wants.current = row;
        setActive(row);
    });

    useNews((news) => void follow(tree, news.documents).catch(() => undefined), [tree]);
    useEffect(() => {
        if (wants.current !== active) return;
        wants.current = undefined;
        box.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus({ preventScroll: true });
    });
    if (tree.top.error && !rows.some(isNode)) return <Refused error={tree.top.error} again={() => void tree.more(tree.top)} />;
    if (!rows.length && tree.top.cursor === undefined) return <Wait what={t("Looking for documents…")} />;
    if (!rows.length) return <>{none}</>;

    function onKey(event: KeyboardEvent): void {
        const node = rows[active];
        if (event.target instanceof HTMLButtonElement || event.metaKey || event.ctrlKey || event.altKey || !box.current) return;
        if (event.key === "Enter" && isNode(node)) void go(`/documents/${node.item.id}`);
        else if (event.key === " " && isNode(node)) setLooked(node);
        else if (event.key === "m" && field && isNode(node)) held ? void put(held, node) : setHeld(node);
        else if (event.key === "t" && held) void put(held, undefined);
        else if (event.key === "Escape" && held) setHeld(undefined);
        else {
            const to = moved(tree, event.key, active, Math.max(1, Math.floor(box.current.clientHeight / 44) - 1));
            if (to === undefined) return;
            bringIntoSight(box.current, to);
            wants.current = to;
            setActive(to);
        }
        event.preventDefault();
    }
    const on: On = {
        look: setLooked, take: setActive, hold: field ? setHeld : undefined,
        over: (node) => !!held && tree.mayMove(held, node), drop: (node) => { if (held) void put(held, node); },
        toggle: (node) => node.open ? tree.close(node) : void tree.open(node),
    };
    return <>
        <p class="dim keys">{t("Keys: arrows move, open and close · * opens a level · Enter goes there · Space looks")}{field && ` · ${t("M takes and hangs beneath, T at the top")}`}</p>
        <p class="sr" role="status">{held ? t("{title} is taken: choose where it hangs with the arrows, then M; Escape leaves it.", { title: held.item.title ?? "" }) : ""}</p>
        <div role="treegrid" class="tree" aria-label={form.label} aria-rowcount={rows.length + 1} onKeyDown={onKey}>
            <div role="row" class="tree-head" aria-rowindex={1} onDragOver={(event) => { if (held && tree.mayMove(held, undefined)) event.preventDefault(); }}
                onDrop={(event) => { event.preventDefault(); if (held) void put(held, undefined); }}>
                <div role="columnheader" class="tree-title">{t("Title")}</div>
                <div role="columnheader" class="tree-cell light-cell">{t("Light")}</div>
                {shown.map((field) => <div role="columnheader" class={`tree-cell ${kindOf(field)}`}>{field.label}</div>)}
                <div role="columnheader" class="tree-cell look-cell"><span class="sr">{t("Look")}</span></div>
            </div>
            <Windowed box={box} count={rows.length} keep={active} class="tree-rows" role="rowgroup">
                {(row, top) => {
                    const one = rows[row], at: At = { row, top, active: row === active };
                    if (!one) return null;
                    return isNode(one) ? <DocumentRow key={one.item.id} node={one} at={at} columns={shown} held={one === held} on={on} />
                        : <MoreRow key={`more-${one.owner?.item.id ?? ""}`} tree={tree} level={one} at={at} />;
                }}
            </Windowed>
        </div>
        {looked && <Aside id={looked.item.id} title={looked.item.title ?? ""} onClose={() => { setLooked(undefined); wants.current = active; }} />}
    </>;
}
