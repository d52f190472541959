/* tests/tree.test.ts - a tree is fetched level by level and shown as rows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, it } from "vitest";
import { isNode, Tree, type Item, type Row } from "../src/base/tree.ts";

/* Two pages at the top; "a" has two beneath it, "a1" one. */
const pages: Record<string, { items: Item[]; next?: string }> = {
    "top:": { items: [{ id: "a", below: 2 }, { id: "b", below: 0 }], next: "two" },
    "top:two": { items: [{ id: "c", below: 0 }] },
    "a:": { items: [{ id: "a1", below: 1 }, { id: "a2", below: 0 }] },
    "a1:": { items: [{ id: "a11", below: 0 }] },
};
const asked: string[] = [];

function begin(): Tree<Item> {
    asked.length = 0;
    return new Tree(async (parent, cursor) => {
        const key = `${parent ?? "top"}:${cursor ?? ""}`;
        asked.push(key);
        if (!pages[key]) throw new Error("no network");
        return pages[key];
    });
}

const words = (rows: Row<Item>[]) => rows.map((row) => isNode(row)
    ? `${"-".repeat(row.level.depth)}${row.item.id}` : `${"-".repeat(row.depth)}…`).join(" ");
const node = (tree: Tree<Item>, id: string) => {
    const found = tree.rows.value.find((row) => isNode(row) && row.item.id === id);
    if (!isNode(found)) throw new Error(`${id} is not shown`);
    return found;
};

it("shows what is fetched, and that there is more", async () => {
    const tree = begin();

    await tree.more(tree.top);
    expect(words(tree.rows.value)).toBe("a b …");
    await tree.more(tree.top);
    expect(words(tree.rows.value)).toBe("a b c");
});

it("fetches a level when it is first opened, and keeps it", async () => {
    const tree = begin();

    await tree.more(tree.top);
    await tree.open(node(tree, "a"));
    await tree.open(node(tree, "a1"));
    expect(words(tree.rows.value)).toBe("a -a1 --a11 -a2 b …");
    tree.close(node(tree, "a"));
    expect(words(tree.rows.value)).toBe("a b …");
    await tree.open(node(tree, "a"));
    expect(words(tree.rows.value)).toBe("a -a1 --a11 -a2 b …");
    expect(asked).toEqual(["top:", "a:", "a1:"]);
});

it("asks for a page once, however often it comes into sight", async () => {
    const tree = begin();

    await Promise.all([tree.more(tree.top), tree.more(tree.top)]);
    expect(asked).toEqual(["top:"]);
});

it("says what could not be fetched, and tries again", async () => {
    const tree = new Tree<Item>(async () => { throw new Error("no network"); });

    await tree.more(tree.top);
    expect(words(tree.rows.value)).toBe("…");
    expect(tree.top.error?.message).toBe("no network");
    expect(tree.top.busy).toBe(false);
});

it("takes what is known of an item by now", async () => {
    const tree = begin();

    await tree.more(tree.top);
    await tree.open(node(tree, "a"));
    tree.replace("a2", { below: 7 });
    expect(node(tree, "a2").item.below).toBe(7);
});

it("has a hundred thousand rows at hand in no time", async () => {
    const items = Array.from({ length: 100_000 }, (_one, i) => ({ id: String(i), below: 0 }));
    const tree = new Tree<Item>(async (parent) => parent ? { items } : { items: [{ id: "all", below: items.length }] });

    await tree.more(tree.top);
    const start = process.cpuUsage(); /* what else the machine does is not counted */
    await tree.open(node(tree, "all"));
    expect(tree.rows.value).toHaveLength(100_001);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(1000);
});

it("hangs a node elsewhere, with what is beneath it, and back again", async () => {
    const tree = begin();

    await tree.more(tree.top);
    await tree.open(node(tree, "a"));
    await tree.open(node(tree, "a1"));
    const a1 = node(tree, "a1");
    expect(tree.mayMove(a1, node(tree, "a"))).toBe(false);
    expect(tree.mayMove(a1, node(tree, "a11"))).toBe(false);
    expect(tree.mayMove(node(tree, "a"), node(tree, "a11"))).toBe(false);

    tree.move(a1, node(tree, "b"));
    expect(words(tree.rows.value)).toBe("a -a2 b -a1 --a11 …");
    expect([node(tree, "a").item.below, node(tree, "b").item.below]).toEqual([1, 1]);
    tree.move(a1, node(tree, "a"));
    expect(words(tree.rows.value)).toBe("a -a2 -a1 --a11 b …");
    tree.move(node(tree, "a11"), undefined);
    expect(words(tree.rows.value)).toBe("a -a2 -a1 b a11 …");
    await tree.more(tree.top);
    expect(words(tree.rows.value)).toBe("a -a2 -a1 b a11 c");
});
