/* tests/xml.test.ts - a text is changed in its place, and nowhere else.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, it } from "vitest";
import { addChild, all, attr, move, moveBefore, parse, remove, setAttr, type Elem } from "../src/studio/xml.ts";

const text = `<?xml version="1.0"?>
<!-- <field id="not"/> -->
<form xmlns="urn:weft:1"   id='a'>
  <fields>
    <field id="one" label="A &amp; B"/>
    <field id="two"  when="x &gt; 1"><t xml:lang="en"/></field>
    <items id="rows"/>
  </fields>
</form>
`;
const root = parse(text)!;
const find = (id: string, within: Elem = root) => [...all(within)].find((elem) => attr(elem, "id") === id)!;

it("reads elements, attributes and their texts, and no comments", () => {
    expect([...all(root)].map((elem) => elem.name)).toEqual(["form", "fields", "field", "field", "t", "items"]);
    expect(attr(find("one"), "label")).toBe("A & B");
    expect(attr(root, "id")).toBe("a");
});

it("takes nothing that is not well-formed", () => {
    for (const wrong of ["<a>", "<a></b>", "<a/><b/>", "<a b=c/>", "<a", "<!-- "]) expect(parse(wrong), wrong).toBeUndefined();
});

it("changes one attribute and leaves every other byte", () => {
    expect(setAttr(text, find("one"), "label", 'C "<')).toBe(text.replace("A &amp; B", "C &quot;&lt;"));
    expect(setAttr(text, find("one"), "max", "3")).toBe(text.replace('B"/>', 'B" max="3"/>'));
    expect(setAttr(text, find("two"), "when", undefined)).toBe(text.replace('  when="x &gt; 1"', ""));
});

it("adds at the end, before, and into what was empty", () => {
    expect(addChild(text, find("one").parent!, "<x/>")).toBe(text.replace('<items id="rows"/>', '<items id="rows"/>\n    <x/>'));
    expect(addChild(text, find("one").parent!, "<x/>", find("two"))).toBe(text.replace('    <field id="two"', '    <x/>\n    <field id="two"'));
    expect(addChild(text, find("rows"), "<x/>")).toBe(text.replace('<items id="rows"/>', '<items id="rows">\n      <x/>\n    </items>'));
});

it("removes with the line, and moves without touching white space", () => {
    expect(remove(text, find("one"))).toBe(text.replace('    <field id="one" label="A &amp; B"/>\n', ""));
    const moved = move(text, find("two"), -1);
    expect(parse(moved)!.children[0]!.children.map((elem) => attr(elem, "id"))).toEqual(["two", "one", "rows"]);
    expect(moved.length).toBe(text.length);
    expect(parse(moveBefore(text, find("rows"), find("one")))!.children[0]!.children.map((elem) => attr(elem, "id"))).toEqual(["rows", "one", "two"]);
    expect(parse(moveBefore(text, find("one"), find("rows")))!.children[0]!.children.map((elem) => attr(elem, "id"))).toEqual(["two", "one", "rows"]);
});
