// outward/stubs/vendors - plays DingTalk, WeCom, Feishu and a receiver of
// webhooks on one loopback port, written from what the vendors publish by
// somebody who has not seen the client. No dependencies; Node 18 or newer.
//
//     node tests/outward/stubs/vendors.mjs [PORT]      prints http://… https://…
//
// The second has a certificate that nobody should trust (and is not there
// without openssl). JavaScript starts it with start.mjs.
//
// Such an address and /dingtalk, /wecom, /feishu or /webhook stand for the vendor's
// hosts: POST /dingtalk/robot/send?access_token=sign&timestamp=…&sign=… . It
// REFUSES what the vendor would refuse, with the vendor's codes. Whom it knows,
// with which secrets, stands in `account()` of each vendor's file.
//
// A test steers it below /_/, with JSON:
//
// GET  /_/received   what was accepted: [{n, vendor, method, path, query,
//                    headers, body, json, key, time, notes, answer}]. By
//                    ?vendor= ?path= (a beginning) ?after=N ?once=1 (each
//                    key's first). ?atleast=N&wait=MS answers as soon as there
//                    are N, or when MS have passed: no test need sleep.
// GET  /_/refused    the same of what was refused, with `why`.
// GET  /_/count      {vendor: {received, keys, refused}}, for storms.
// GET  /_/setup      the accounts, and the certificate;  POST merges, as in
//                    {"dingtalk": {"perMinute": 0}}: lists are replaced, null
//                    takes away.
// POST /_/clock      {"at": MS or null, "shift": MS}: what time it is there.
// POST /_/mode       what it does instead of answering well; the newest that
//                    fits counts, ended by {"mode": "ok"}:
//     {"mode": …, "vendor": "feishu", "path": "/open-apis/im" (a beginning),
//      "times": N (then as before), "keep": whether it is accepted all the same}
//     slow      answers after "ms"                        (accepts)
//     down      resets the connection, asked nothing
//     lost      accepts, then resets the connection       (accepts)
//     garbage   "what": html, torn, bytes, empty, number, huge, unspoken (no HTTP)
//     status    "status" 503, "headers" {"Retry-After": "7"}, "body"
//     code      the vendor's own error "code", in its form
//     limit     the vendor's answer to too many a minute
//     twice     two answers to one request                (accepts)
//     drip      one byte each "ms", for ever
//     redirect  "status" 307 to "to" (by default an inside address)
//     expire    at once: no token issued so far is good any more
// POST /_/callback   calls "to" as the vendor does: {"vendor", "kind", "to",
//                    "variant", "times", "user", "text", "with": {…} into the
//                    body, "dry": only shows, "timeout": MS}. Kinds:
//     dingtalk  message group voice outsider (robot) · check event (encrypted)
//     wecom     verify message voice button event
//               bot-verify bot bot-group bot-voice (the AI bot)
//     feishu    verify message voice button button-old event
//     webhook   event
//     Variants: good · forged (another secret) · unsigned · tampered · late ·
//     future · replayed (the last good one's bytes) · wrong-key · wrong-owner ·
//     wrong-length · wrong-padding · broken · wrong-token (feishu) · elsewhere
//     (dingtalk, bot: answers are wanted at an inside address) · entities and
//     entities-inside (wecom).
//     A "button" is that of the newest card it took, or of the "card"th message;
//     "press" counts its buttons from 0.
//     Answers {sent: {method, url, headers, body}, got: {status, headers, body,
//     ms} or {problem}, opinion: "" or what the vendor would not like, reply:
//     what an encrypted answer says}; with "times" an array of them.
// POST /_/reset      everything as at the start.
//
// The key is what tells a message from another on every attempt: webhook-id,
// Feishu's uuid, else a hash of what was said without its signature.
//
// SPDX-License-Identifier: Apache-2.0
import { createServer, request as ask } from "node:http";
import { createServer as createSecure, request as askSafely } from "node:https";
import { certificate } from "./certificate.mjs";
import { Desk, parse, Refusal } from "./desk.mjs";
import { control, Kept } from "./kept.mjs";
import { check, misbehave, well } from "./modes.mjs";
import * as dingtalk from "./dingtalk.mjs";
import * as feishu from "./feishu.mjs";
import * as webhook from "./webhook.mjs";
import * as wecom from "./wecom.mjs";

const MOST = 4 << 20; // bytes of a body
const vendors = new Map([dingtalk, wecom, feishu, webhook]
    .map((vendor) => [vendor.name, vendor]));

let desk, accounts, received, refused, modes, lastGood;
let base = "";

function reset() {
    desk = new Desk();
    desk.base = base;
    accounts = Object.fromEntries([...vendors].map(([name, v]) => [name, v.account()]));
    [received, refused, modes, lastGood] = [new Kept(), new Kept(), [], new Map()];
    desk.received = received.all;
    return {};
}

// --- What it keeps

function keep(list, vendor, request, more) {
    const { method, path, query, headers } = request;
    list.add({ vendor, method, path, query: Object.fromEntries(query), headers,
               body: request.body.toString(), json: parse(request.body), time: desk.now(),
               ...more });
}

function count() {
    return Object.fromEntries([...vendors.keys()].map((name) => {
        const mine = received.all.filter((one) => one.vendor === name);
        return [name, { received: mine.length,
                        keys: new Set(mine.map((one) => one.key)).size,
                        refused: refused.all.filter((one) => one.vendor === name).length }];
    }));
}

// --- How it is steered

function merge(into, from) {
    for (const [key, value] of Object.entries(from)) {
        if (["__proto__", "constructor"].includes(key)) {
            continue;
        }
        const both = [value, into[key]].every((one) => one !== null
            && typeof one === "object" && !Array.isArray(one));
        if (value === null) {
            delete into[key];
        } else if (both) {
            merge(into[key], value);
        } else {
            into[key] = value;
        }
    }
    return into;
}

function setMode(mode) {
    if (mode.mode === "ok") {
        modes = modes.filter((old) => mode.vendor && old.vendor !== mode.vendor);
    } else if (mode.mode === "expire") {
        [...vendors.keys()].filter((name) => name === (mode.vendor ?? name))
            .forEach((name) => desk.expire(name));
    } else {
        check(mode);
        modes.unshift({ times: Infinity, ...mode });
    }
    return { modes };
}

function setClock({ at, shift }) {
    desk.frozen = at === undefined ? desk.frozen : at;
    desk.shift = shift ?? desk.shift;
    return { now: desk.now() };
}

function send(sent, timeout) {
    return new Promise((resolve) => {
        const began = Date.now();
        const over = sent.url.startsWith("https:") ? askSafely : ask;
        const out = over(sent.url, { method: sent.method, headers: {
            ...sent.headers, "Content-Length": Buffer.byteLength(sent.body) } });
        const fail = (problem) => resolve({ problem: problem.message });
        out.setTimeout(timeout, () => out.destroy(new Error("no answer in time")));
        out.on("error", fail);
        out.on("response", async (response) => {
            try {
                const parts = [];
                for await (const part of response) {
                    parts.push(part);
                }
                resolve({ status: response.statusCode, headers: response.headers,
                          body: Buffer.concat(parts).toString(), ms: Date.now() - began });
            } catch (problem) {
                fail(problem);
            }
        });
        out.end(sent.body);
    });
}

// What the vendor would send: the bytes, and where to.
function compose(wish) {
    const vendor = vendors.get(wish.vendor);
    const made = vendor?.call(wish, accounts[wish.vendor], desk);
    if (!made) {
        throw new Error(`${wish.vendor} makes no call ${wish.kind}`);
    }
    const url = new URL(wish.to);
    for (const [key, value] of made.query ?? []) {
        url.searchParams.set(key, value);
    }
    return { method: made.method ?? "POST", url: url.href, headers: made.headers,
             body: made.body };
}

async function callOnce(wish) {
    const what = `${wish.vendor} ${wish.kind} ${wish.to}`;
    if (wish.variant === "replayed" && !lastGood.has(what)) {
        throw new Error("nothing good was sent there before");
    }
    const sent = wish.variant === "replayed" ? lastGood.get(what) : compose(wish);
    if (wish.dry) {
        return { sent };
    }
    if (wish.variant === "good") {
        lastGood.set(what, sent);
    }
    return judged(wish, sent);
}

async function judged(wish, sent) {
    const got = await send(sent, wish.timeout ?? 10_000);
    const opinion = got.problem
        ?? vendors.get(wish.vendor).judge(wish, sent, got, accounts[wish.vendor]);
    return typeof opinion === "string" ? { sent, got, opinion } : { sent, got, ...opinion };
}

async function callback(body) {
    const wish = { variant: "good", ...body };
    const first = await callOnce(wish);
    if (!wish.times) {
        return first;
    }
    const all = [first]; // the same event, again and again
    while (all.length < wish.times) {
        all.push(await judged(wish, first.sent));
    }
    return all;
}

const controls = {
    "GET /_/received": (_, query) => received.read(query),
    "GET /_/refused": (_, query) => refused.read(query),
    "GET /_/count": count,
    "GET /_/setup": () => ({ ...accounts, certificate: own?.cert }),
    "POST /_/setup": (body) => merge(accounts, body),
    "POST /_/clock": setClock,
    "POST /_/mode": setMode,
    "POST /_/callback": callback,
    "POST /_/reset": reset,
};

// --- Being the vendors

function take(vendor, request) {
    const answer = vendor.answer(request, accounts[vendor.name], desk);
    if (answer instanceof Refusal) {
        keep(refused, vendor.name, request, { why: answer.why, answer: answer.body });
    } else if (!answer.aside) {
        keep(received, vendor.name, request,
             { key: answer.key, notes: answer.notes ?? [], answer: answer.body });
    }
    return answer;
}

function modeOf(vendor, path) {
    const mode = modes.find((one) => one.times > 0 && (one.vendor ?? vendor) === vendor
                            && path.startsWith(one.path ?? ""));
    if (mode) {
        mode.times--;
    }
    return mode;
}

async function serve(incoming, out) {
    const parts = [];
    let size = 0;
    for await (const part of incoming) {
        size += part.length;
        if (size > MOST) {
            incoming.socket.destroy();
            return;
        }
        parts.push(part);
    }
    const url = new URL(incoming.url, "http://stub");
    const request = { method: incoming.method, query: url.searchParams,
                      headers: incoming.headers, body: Buffer.concat(parts),
                      from: incoming.socket.remoteAddress ?? "" };
    if (url.pathname.startsWith("/_/")) {
        return control(controls, request.method, url, request.body, out);
    }
    const [, name, path] = url.pathname.match(/^\/([^/]*)(.*)$/);
    const vendor = vendors.get(name);
    if (!vendor) {
        out.writeHead(404).end(`nobody is called ${name} here\n`);
        return;
    }
    request.path = path;
    const mode = modeOf(name, path);
    if (mode) {
        misbehave(mode, vendor, () => take(vendor, request), out);
    } else {
        well(take(vendor, request), out);
    }
}

function listen(server, port) {
    server.on("request", (incoming, out) => {
        serve(incoming, out).catch((problem) => {
            if (!incoming.socket.destroyed) {
                console.error(problem);
                incoming.socket.destroy();
            }
        });
    });
    server.keepAliveTimeout = 60_000;
    return new Promise((resolve) => server.listen(port, "127.0.0.1",
                                                  () => resolve(server.address().port)));
}

base = `http://127.0.0.1:${await listen(createServer(), process.argv[2] ?? 0)}`;
reset();
const own = certificate();
const secure = own && `https://127.0.0.1:${await listen(createSecure(own), 0)}`;
console.log([base, secure].filter(Boolean).join(" "));
