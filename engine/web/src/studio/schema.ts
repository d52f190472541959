/* studio/schema.ts - the elements and attributes of the language, read from
 * its XML schema, for completion.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ElementSpec } from "@codemirror/lang-xml";

const XS = "http://www.w3.org/2001/XMLSchema";

/* Names that stand beneath a type, an element or a group, however deep, but
 * not in elements beneath. */
function within(node: Element, what: string, schema: Document, seen = new Set<Element>()): Element[] {
    const found: Element[] = [];

    if (seen.has(node)) return found;
    seen.add(node);
    for (const child of node.children) {
        if (child.localName === what && child.hasAttribute("name")) { found.push(child); continue; }
        if (child.localName === "element") continue;
        const name = child.getAttribute("ref") ?? child.getAttribute("base");
        const target = name && named(schema, child.localName === "extension" || child.localName === "restriction" ? "complexType" : child.localName, name);
        if (target) found.push(...within(target, what, schema, seen));
        found.push(...within(child, what, schema, seen));
    }
    const type = node.localName === "element" ? node.getAttribute("type") : null;
    const target = type && named(schema, "complexType", type);
    return target ? [...found, ...within(target, what, schema, seen)] : found;
}

const named = (schema: Document, kind: string, name: string): Element | undefined =>
    [...schema.documentElement.children].find((one) => one.localName === kind && one.getAttribute("name") === name);

function valuesOf(attribute: Element, schema: Document): string[] {
    const type = attribute.getAttribute("type");
    const simple = type ? named(schema, "simpleType", type) : attribute;
    return [...simple?.getElementsByTagNameNS(XS, "enumeration") ?? []].map((one) => one.getAttribute("value")!);
}

export function elementsOf(text: string): ElementSpec[] {
    const schema = new DOMParser().parseFromString(text, "application/xml");

    return [...schema.getElementsByTagNameNS(XS, "element")].filter((element) => element.hasAttribute("name")).map((element) => ({
        name: element.getAttribute("name")!,
        ...(element.parentElement === schema.documentElement ? { top: true } : {}),
        children: within(element, "element", schema).map((one) => one.getAttribute("name")!),
        attributes: within(element, "attribute", schema).map((one) => {
            const values = valuesOf(one, schema);
            return values.length ? { name: one.getAttribute("name")!, values } : { name: one.getAttribute("name")! };
        }),
    }));
}
