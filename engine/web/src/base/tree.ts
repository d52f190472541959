/* base/tree.ts - things that hang beneath each other, fetched level by level,
 * as the rows that are open now.
 *
 * A row of what is not fetched yet stands at the end of its level: who shows it
 * asks for more. Opened again, a level is as it was.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";

export interface Item { id: string; below?: number }
export interface Page<T> { items: T[]; next?: string | null | undefined }

/* A level: the children of an item, or what stands at the top. */
export interface Level<T> {
    owner: Node<T> | undefined;
    depth: number;
    nodes: Node<T>[];
    cursor: string | null | undefined; /* of what is not fetched; null: all is */
    hung: Set<string>; /* what was hung here before all was fetched */
    busy: boolean;
    error: Error | undefined;
}

export interface Node<T> {
    item: T;
    level: Level<T>;
    at: number; /* among its siblings */
    open: boolean;
    beneath: Level<T> | undefined;
}

export type Row<T> = Node<T> | Level<T>;

export const isNode = <T>(row: Row<T> | undefined): row is Node<T> => !!row && "item" in row;

const levelOf = <T>(owner: Node<T> | undefined): Level<T> => ({
    owner, depth: owner ? owner.level.depth + 1 : 0, nodes: [], cursor: undefined, hung: new Set(), busy: false, error: undefined,
});

export class Tree<T extends Item> {
    readonly rows = signal<Row<T>[]>([]);
    readonly top = levelOf<T>(undefined);
    private readonly ask: (parent: string | undefined, cursor: string | undefined) => Promise<Page<T>>;
    private ended = false;

    constructor(ask: (parent: string | undefined, cursor: string | undefined) => Promise<Page<T>>) {
        this.ask = ask;
    }

    /* The next page of a level; nothing where one is on its way. */
    async more(level: Level<T>): Promise<void> {
        if (level.busy || level.cursor === null) return;
        level.busy = true;
        level.error = undefined;
        try {
            const page = await this.ask(level.owner?.item.id, level.cursor);
            for (const item of page.items)
                if (!level.hung.has(item.id)) level.nodes.push({ item, level, at: level.nodes.length, open: false, beneath: undefined });
            level.cursor = page.next ?? null;
        } catch (error) {
            level.error = error as Error;
        }
        level.busy = false;
        this.show();
    }

    async open(node: Node<T>): Promise<void> {
        if (node.open || !node.item.below) return;
        node.open = true;
        node.beneath ??= levelOf(node);
        this.show();
        if (!node.beneath.nodes.length) await this.more(node.beneath);
    }

    close(node: Node<T>): void {
        if (!node.open) return;
        node.open = false;
        this.show();
    }

    has(id: string): boolean {
        const within = (level: Level<T>): boolean => level.nodes.some((node) => node.item.id === id || (!!node.beneath && within(node.beneath)));
        return within(this.top);
    }

    /* What is known of an item now. Its place stays as it is. */
    replace(id: string, change: Partial<T>): void {
        const change_ = (level: Level<T>): boolean => level.nodes.some((node) => {
            if (node.item.id !== id) return node.beneath ? change_(node.beneath) : false;
            node.item = { ...node.item, ...change };
            return true;
        });

        if (change_(this.top)) this.show();
    }

    /* Whether a node may hang beneath another one: not where it does, and not
     * beneath itself. */
    mayMove(node: Node<T>, target: Node<T> | undefined): boolean {
        for (let one = target; one; one = one.level.owner) if (one === node) return false;
        return node.level.owner !== target;
    }

    /* Hangs a node beneath another one, or at the top; both are opened. */
    move(node: Node<T>, target: Node<T> | undefined): void {
        const from = node.level;
        const to = target ? target.beneath ??= levelOf(target) : this.top;
        const sink = (level: Level<T>): void => {
            level.depth = level.owner ? level.owner.level.depth + 1 : 0;
            for (const one of level.nodes) if (one.beneath) sink(one.beneath);
        };
        const count = (of: Node<T> | undefined, by: number): void => {
            if (of) of.item = { ...of.item, below: (of.item.below ?? 0) + by };
        };

        from.nodes.splice(from.nodes.indexOf(node), 1);
        from.nodes.forEach((one, at) => { one.at = at; });
        count(from.owner, -1);
        if (from.owner && !from.nodes.length && from.cursor === null) from.owner.open = false;
        count(target, 1);
        node.level = to;
        if (node.beneath) sink(node.beneath);
        if (target?.item.below === 1) to.cursor = null; /* there is nothing else */
        if (to.cursor !== undefined) { /* else it comes with the others */
            node.at = to.nodes.push(node) - 1;
            if (to.cursor !== null) to.hung.add(node.item.id);
        }
        from.hung.delete(node.item.id);
        if (target) target.open = true;
        this.show();
    }

    end(): void {
        this.ended = true;
    }

    private show(): void {
        if (this.ended) return;
        const rows: Row<T>[] = [];
        const add = (level: Level<T>): void => {
            for (const node of level.nodes) {
                rows.push(node);
                if (node.open && node.beneath) add(node.beneath);
            }
            if (level.cursor !== null) rows.push(level);
        };

        add(this.top);
        this.rows.value = rows;
    }
}
