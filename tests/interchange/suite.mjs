// interchange/suite - event logs, diagrams and calendars, as other programs read
// them.
//
// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";
import ICAL from "ical.js";
import { readLog } from "./log.mjs";
import { check, end } from "./check.mjs";

const [folder, base] = process.argv.slice(2);
const files = ending => readdirSync(folder).filter(name => name.endsWith(ending));
const text = name => readFileSync(`${folder}/${name}`, "utf8");

// --- Logs

for (const name of files(".xes")) {
    const log = readLog(`${folder}/${name}`);
    const documents = JSON.parse(text(name.replace(".xes", ".json")));
    const events = log.flatMap(trace => trace.events);
    check(log.length > 0 && log.length === documents.length,
          `${name}: a trace for each document`, [log.length, documents.length]);
    check(documents.every(({ id }) => log.some(t => t["concept:name"] === `doc-${id}`)),
          `${name}: under its id`);
    check(events.every(e => e["concept:name"] && e["org:resource"]
                            && e["lifecycle:transition"] === "complete"
                            && !Number.isNaN(Date.parse(e["time:timestamp"]))),
          `${name}: each event has what the log promises of all`);
    check(log.every(t => t.events.every((e, i) => i === 0
              || Date.parse(t.events[i - 1]["time:timestamp"])
                 <= Date.parse(e["time:timestamp"]))),
          `${name}: in order of time`);
    check(log.every(t => t.events[0]["weft:verb"] === "create"),
          `${name}: from the beginning`);
    const raw = text(name);
    // A document that a cycle has begun has no creator.
    const creators = documents.flatMap(({ creator }) => creator ?? []);
    check(!creators.some(({ name, login }) => raw.includes(name)
                                              || raw.includes(`"${login}"`)),
          `${name}: nobody is named`);
}

// --- Diagrams

const moddle = new BpmnModdle();

// Each element has its box or its way, and each way begins and ends at the
// boxes of what it joins.
function isDrawn(process, plane) {
    const drawn = new Map(plane.planeElement.map(e => [e.bpmnElement?.id, e]));
    const touches = ({ x, y }, { bounds: b }) => x >= b.x && x <= b.x + b.width
                                                 && y >= b.y && y <= b.y + b.height;
    return process.flowElements.every(element => {
        const shape = drawn.get(element.id);
        if (element.$type !== "bpmn:SequenceFlow")
            return shape?.bounds;
        return shape && touches(shape.waypoint[0], drawn.get(element.sourceRef.id))
            && touches(shape.waypoint.at(-1), drawn.get(element.targetRef.id));
    });
}

// No two boxes lie on one another, but for what sits at the edge of another.
function isApart(plane) {
    const boxes = plane.planeElement
        .filter(e => e.bounds && e.bpmnElement.$type !== "bpmn:BoundaryEvent")
        .map(e => e.bounds);
    return boxes.every((a, i) => boxes.slice(i + 1).every(b =>
        a.x + a.width <= b.x || b.x + b.width <= a.x
        || a.y + a.height <= b.y || b.y + b.height <= a.y));
}

function isReached(process) {
    const seen = new Set();
    const visit = node => {
        if (seen.has(node))
            return;
        seen.add(node);
        for (const { targetRef } of node.outgoing ?? [])
            visit(targetRef);
    };
    const nodes = process.flowElements.filter(e => e.$type !== "bpmn:SequenceFlow");
    nodes.filter(e => e.$type === "bpmn:StartEvent"
                      || e.$type === "bpmn:BoundaryEvent").forEach(visit);
    return nodes.filter(node => !seen.has(node)).map(node => node.id);
}

for (const name of files(".bpmn")) {
    const { rootElement, warnings } = await moddle.fromXML(text(name));
    const [process] = rootElement.rootElements;
    const { plane } = rootElement.diagrams[0];
    check(warnings.length === 0, `${name}: read without a warning`, warnings);
    check(process.flowElements.some(e => e.$type === "bpmn:EndEvent"),
          `${name}: has an end`);
    check(isDrawn(process, plane), `${name}: all of it is drawn`);
    check(isApart(plane), `${name}: nothing lies on anything`);
    const lost = isReached(process);
    check(lost.length === 0, `${name}: all of it is reached`, lost);
}

// --- A calendar

const { WEFT_FEED: feed, WEFT_TOKEN: token } = process.env;
const bearer = { headers: { Authorization: `Bearer ${token}` } };
const subscribed = (query = "", headers = {}) =>
    fetch(`${base}/calendar/${feed}.ics${query}`, { headers });
const inCalendar = (source, kind) =>
    new ICAL.Component(ICAL.parse(source)).getAllSubcomponents(kind);

const answer = await subscribed();
const calendar = await answer.text();
const entries = inCalendar(calendar, "vevent").map(entry => new ICAL.Event(entry));
const work = (await (await fetch(`${base}/api/v1/work?limit=200`, bearer)).json())
    .items.filter(item => item.due);
check(answer.headers.get("content-type").startsWith("text/calendar"),
      "a calendar says that it is one");
check(work.length > 0 && work.every(({ document, due, label }) => entries.some(e =>
          e.summary === `${label}: ${document.title}`
          && e.endDate.toJSDate().getTime()
             === Math.floor(Date.parse(due) / 1000) * 1000)),
      "what waits is in it when it is due", entries.map(e => e.summary));
check(entries.every(e => e.component.getFirstPropertyValue("url")
                             .startsWith(`${base}/documents/`)),
      "each leads to its document");
check(new Set(entries.map(e => e.uid)).size === entries.length,
      "each is one of its own");
check(calendar.split("\r\n").every(line => Buffer.byteLength(line) <= 75)
      && !/[^\r]\n/.test(calendar), "no line is too long, each ends as it should");
check(inCalendar(await (await subscribed("?as=todo")).text(), "vtodo").length
      === entries.length, "the same as tasks");
check((await subscribed("", { "If-None-Match": answer.headers.get("etag") })).status
      === 304, "what has not changed is not sent again");
check((await fetch(`${base}/calendar/${token}.ics`)).status === 404
      && (await fetch(`${base}/calendar/weft_nobody.ics`)).status === 404,
      "another token has no calendar");
check((await fetch(`${base}/api/v1/work`,
                   { headers: { Authorization: `Bearer ${feed}` } })).status === 403,
      "the token of a calendar opens nothing else");

end();
