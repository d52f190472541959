// interchange/log - an event log as pm4js reads it: traces of events, each
// event its attributes by key.
//
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
require("pm4js/pm4js/pm4js.js");
const { XesImporter } = require("pm4js/pm4js/objects/log/importer/xes/importer.js");

const plain = ({ attributes }) => Object.fromEntries(
    Object.entries(attributes).map(([key, { value }]) => [key, value]));

export function readLog(path) {
    return XesImporter.apply(readFileSync(path, "utf8")).traces.map(trace => ({
        ...plain(trace), events: trace.events.map(plain),
    }));
}
