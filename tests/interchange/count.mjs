// interchange/count - whether a log has so many cases, and so many events of
// some verbs: count.mjs LOG.xes CASES VERB[,VERB…]=EVENTS…
//
// SPDX-License-Identifier: Apache-2.0
import { readLog } from "./log.mjs";

const [path, cases, ...wanted] = process.argv.slice(2);
const log = readLog(path);
const events = log.flatMap(trace => trace.events);
let holds = log.length === Number(cases);

console.log(`${log.length} cases, ${events.length} events`);
for (const want of wanted) {
    const [verbs, n] = want.split("=");
    const found = events.filter(e => verbs.split(",").includes(e["weft:verb"])).length;
    holds &&= found === Number(n);
    console.log(`${verbs} ${found}`);
}
process.exit(holds ? 0 : 1);
