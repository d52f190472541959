/* studio/xml.ts - a definition as text that is changed in its place.
 *
 * The parser keeps where everything stands; a change is a splice of the text.
 * So what the designer cannot draw stays as it is, byte for byte.
 *
 * SPDX-License-Identifier: Apache-2.0 */
export interface Attr { name: string; value: string; start: number; end: number; valueStart: number; valueEnd: number }

export interface Elem {
    name: string;
    start: number; /* of "<" */
    nameEnd: number;
    open: number; /* behind ">" of its start tag */
    close: number; /* of "</"; where it is empty: `open` */
    end: number;
    empty: boolean; /* written <x/> */
    attrs: Attr[];
    children: Elem[];
    parent?: Elem;
}

const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

const decode = (text: string) => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex: string, decimal: string, name: string) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : entities[name] ?? all);

export const encode = (text: string) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

const tag = /<([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attribute = /([A-Za-z_][\w.:-]*)\s*=\s*("([^"]*)"|'([^']*)')/g;

function attrsOf(text: string, from: number): Attr[] {
    return [...text.matchAll(attribute)].map((match) => {
        const start = from + match.index;
        const valueEnd = start + match[0].length - 1;
        const value = match[3] ?? match[4] ?? "";
        return { name: match[1]!, value: decode(value), start, end: valueEnd + 1, valueStart: valueEnd - value.length, valueEnd };
    });
}

/* The root; undefined where it is not well-formed. */
export function parse(text: string): Elem | undefined {
    const stack: Elem[] = [];
    let root: Elem | undefined;
    let at = 0;

    while ((at = text.indexOf("<", at)) >= 0) {
        const skip = text.startsWith("<!--", at) ? "-->" : text.startsWith("<![CDATA[", at) ? "]]>" : text.startsWith("<?", at) ? "?>" : "";
        if (skip) {
            at = text.indexOf(skip, at) + skip.length;
            if (at < skip.length) return undefined;
            continue;
        }
        if (text.startsWith("</", at)) {
            const elem = stack.pop(), end = text.indexOf(">", at) + 1;
            if (!elem || !end || text.slice(at + 2, end - 1).trim() !== elem.name) return undefined;
            elem.close = at;
            elem.end = at = end;
            continue;
        }
        tag.lastIndex = at;
        const match = tag.exec(text);
        if (!match || (root && !stack.length)) return undefined;
        const parent = stack.at(-1), open = tag.lastIndex, nameEnd = at + 1 + match[1]!.length;
        const elem: Elem = { name: match[1]!, start: at, nameEnd, open, close: open, end: open, empty: match[3] === "/",
            attrs: attrsOf(match[2]!, nameEnd), children: [], ...(parent ? { parent } : {}) };
        parent?.children.push(elem);
        root ??= elem;
        if (!elem.empty) stack.push(elem);
        at = open;
    }
    return stack.length ? undefined : root;
}

export const attr = (elem: Elem | undefined, name: string): string | undefined => elem?.attrs.find((one) => one.name === name)?.value;

export function* all(elem: Elem): Generator<Elem> {
    yield elem;
    for (const child of elem.children) yield* all(child);
}

export const child = (elem: Elem | undefined, name: string): Elem | undefined => elem?.children.find((one) => one.name === name);

const splice = (text: string, from: number, to: number, put: string) => text.slice(0, from) + put + text.slice(to);

/* --- Changes: each gives the new text */

/* undefined or "" takes it away. */
export function setAttr(text: string, elem: Elem, name: string, value: string | undefined): string {
    const old = elem.attrs.find((one) => one.name === name);

    if (value === undefined || value === "") {
        if (!old) return text;
        const before = /\s*$/.exec(text.slice(0, old.start))![0].length;
        return splice(text, old.start - before, old.end, "");
    }
    if (old) return splice(text, old.valueStart, old.valueEnd, encode(value));
    const behind = elem.attrs.at(-1)?.end ?? elem.nameEnd;
    return splice(text, behind, behind, ` ${name}="${encode(value)}"`);
}

/* The white space before an element on its own line. */
const indentOf = (text: string, at: number): string => /\n([ \t]*)$/.exec(text.slice(0, at))?.[1] ?? "";

/* `before`: one of its children; else at its end. */
export function addChild(text: string, parent: Elem, xml: string, before?: Elem): string {
    const sibling = before ?? parent.children.at(-1);
    const indent = sibling ? indentOf(text, sibling.start) : `${indentOf(text, parent.start)}  `;
    const put = xml.replace(/\n/g, `\n${indent}`);

    if (before) return splice(text, before.start, before.start, `${put}\n${indent}`);
    if (parent.empty)
        return splice(text, parent.open - 2, parent.open, `>\n${indent}${put}\n${indentOf(text, parent.start)}</${parent.name}>`);
    if (sibling) return splice(text, sibling.end, sibling.end, `\n${indent}${put}`);
    return splice(text, parent.open, parent.close, `\n${indent}${put}\n${indentOf(text, parent.start)}`);
}

export function remove(text: string, elem: Elem): string {
    const before = /[ \t]*$/.exec(text.slice(0, elem.start))![0].length;
    const from = elem.start - before;
    return splice(text, text[from - 1] === "\n" ? from - 1 : from, elem.end, "");
}

/* Changes places with the one before or behind. */
export function move(text: string, elem: Elem, by: -1 | 1): string {
    const siblings = elem.parent?.children.filter((one) => one.name === elem.name || movable.has(one.name)) ?? [];
    const other = siblings[siblings.indexOf(elem) + by];
    if (!other) return text;
    const [a, b] = by < 0 ? [other, elem] : [elem, other];
    return text.slice(0, a.start) + text.slice(b.start, b.end) + text.slice(a.end, b.start) + text.slice(a.start, a.end) + text.slice(b.end);
}

const movable = new Set(["field", "items", "section", "level", "climb", "step", "approval"]);

/* Takes `elem` out and puts it before `target`. */
export function moveBefore(text: string, elem: Elem, target: Elem): string {
    if (elem === target || (target.start > elem.start && target.start < elem.end)) return text;
    const xml = text.slice(elem.start, elem.end);
    const indent = indentOf(text, target.start);
    const put = `${xml}\n${indent}`;
    if (target.start > elem.start) return remove(splice(text, target.start, target.start, put), elem);
    return splice(remove(text, elem), target.start, target.start, put);
}

/* Where a line of a finding is. */
export const offsetOfLine = (text: string, line: number): number =>
    text.split("\n").slice(0, Math.max(0, line - 1)).reduce((sum, one) => sum + one.length + 1, 0);
