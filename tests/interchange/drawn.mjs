// interchange/drawn - our workflows as bpmn-js shows them in a browser: taken
// without a warning, every shape and way of the file drawn where the file says,
// every name to be read.
//
//     node drawn.mjs FOLDER [PICTURES]
//
// With PICTURES each diagram is also written there as PNG, for people to look
// at. Ends with totals.
//
// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BpmnModdle } from "bpmn-moddle";
import { chromium } from "playwright-core";
import { check, end } from "./check.mjs";

const [folder, pictures] = process.argv.slice(2);
const viewer = createRequire(import.meta.url).resolve("bpmn-js/dist/bpmn-viewer.production.min.js");
// In the page: what the viewer makes of `xml`.
async function draw(xml) {
    document.querySelector("#canvas").replaceChildren();
    const viewer = new window.BpmnJS({ container: "#canvas" });
    const { warnings } = await viewer.importXML(xml);
    const elements = viewer.get("elementRegistry"), canvas = viewer.get("canvas");
    canvas.zoom("fit-viewport");
    const drawn = elements.filter(({ type }) => type !== "label" && type !== "bpmn:Process")
        .map((element) => {
            const { width, height } = elements.getGraphics(element).getBBox();
            const text = elements.getGraphics(element).querySelector("text")?.textContent
                ?? (element.labels?.[0]
                    && elements.getGraphics(element.labels[0]).querySelector("text")?.textContent);
            const { x, y, labels, waypoints } = element;
            const label = waypoints && labels?.[0];
            return { id: element.id, name: element.businessObject.name, text, width, height, x, y,
                     way: waypoints?.map((point) => ({ x: point.x, y: point.y })),
                     label: label && { x: label.x, y: label.y, width: label.width, height: label.height } };
        });
    return { warnings: warnings.map(({ message }) => message), drawn };
}

// Whether a way, whose pieces are level or upright, runs through its label.
function isStruckOut({ way, label }) {
    return label && way.slice(1).some((b, i) => {
        const a = way[i];
        return Math.max(a.x, b.x) > label.x && Math.min(a.x, b.x) < label.x + label.width
            && Math.max(a.y, b.y) > label.y && Math.min(a.y, b.y) < label.y + label.height;
    });
}

const squeezed = (text) => (text ?? "").replace(/[\s-]+/g, "");

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
const broken = [];
page.on("pageerror", (error) => broken.push(error.message));
await page.setContent("<style>html, body, #canvas { margin: 0; height: 100% }</style><div id=canvas></div>");
await page.addScriptTag({ path: viewer });
if (pictures) {
    mkdirSync(pictures, { recursive: true });
}
for (const name of readdirSync(folder).filter((one) => one.endsWith(".bpmn"))) {
    const xml = readFileSync(`${folder}/${name}`, "utf8");
    const { rootElement } = await new BpmnModdle().fromXML(xml);
    const wanted = rootElement.diagrams[0].plane.planeElement;
    const { warnings, drawn } = await page.evaluate(draw, xml);
    const of = new Map(drawn.map((one) => [one.id, one]));
    const lost = wanted.filter(({ bpmnElement, bounds, waypoint }) => {
        const one = of.get(bpmnElement.id);
        return !one || bounds && (one.x !== bounds.x || one.y !== bounds.y || !(one.width > 0 && one.height > 0))
            || waypoint && !(one.way?.length >= 2);
    }).map(({ bpmnElement }) => bpmnElement.id);
    const unread = drawn.filter((one) => one.name && !squeezed(one.text).includes(squeezed(one.name)))
        .map(({ id, name: said, text }) => [id, said, text]);
    check(warnings.length === 0, `${name}: shown without a warning`, warnings);
    check(wanted.length > 0 && lost.length === 0, `${name}: every shape and way is drawn`, lost);
    check(unread.length === 0, `${name}: every name can be read`, unread);
    check(!drawn.some(isStruckOut), `${name}: no way runs through its name`,
          drawn.filter(isStruckOut).map(({ id, name: said }) => [id, said]));
    if (pictures) {
        await page.screenshot({ path: `${pictures}/${name}.png` });
    }
}
check(broken.length === 0, "nothing breaks in the page", broken);
await browser.close();
end();
