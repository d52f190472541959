// outward/stubs/smtp - a mail server of others (smtp-server, read by mailparser)
// that keeps what it gets, and is as unpleasant as it is told to be.
//
//     node $OUTWARD/stubs/smtp.mjs     prints http://… smtp://… smtps://…
//
// Needs the libraries of tests/outward/package.json. Steered as vendors.mjs is,
// at the first address:
//
// GET  /_/received   [{n, time, key (Message-ID), from, to, secure, user, hello,
//                    raw, subject, text, html, headers, parts}], each recipient
//                    of one message in one entry; ?after= ?once=1 ?atleast=
//                    &wait=MS as there. `parts` are the types of the message's
//                    parts in order, `attachments` [{type, name, text}].
// GET  /_/refused    [{n, time, at, code, why, from, to}]
// GET  /_/setup      {users: {name: password}, certificate: PEM of who signed
//                    its own (for 127.0.0.1 and localhost)};  POST merges users.
// POST /_/mode       any number at once, each with "times": N or for ever;
//                    "at" is connect, from, to, data (in mid-message) or end:
//     refuse    recipient "to" (or "*@domain") with "code" 550
//     fail      "at" with "code" 451 and "text"
//     slow      "at", "ms" before it answers
//     drop      the connection "at"; at end it has the message, but nobody knows
//     greylist  451 to the first try of a sender for a recipient
//     starttls  530 before STARTTLS
//     plain     offers no STARTTLS
//     auth      530 before AUTH (of setup's users; 535 where that is wrong)
//     size      offers and holds to "bytes"
//     ok        ends all of them
// POST /_/reset      everything as at the start.
//
// SPDX-License-Identifier: Apache-2.0
import { createServer } from "node:http";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { certificate } from "./certificate.mjs";
import { Kept, serveControls } from "./kept.mjs";

const MOST = 32 << 20;
const kinds = ["refuse", "fail", "slow", "drop", "greylist", "starttls", "plain", "auth", "size"];
const servers = [];
let received, refused, modes, users, seen;
const sockets = new Map(); // port of the other side -> its socket

function reset() {
    [received, refused, modes, seen] = [new Kept(), new Kept(), [], new Set()];
    users = { weft: "mail-password" };
    settle();
    return {};
}

// Whether a mode fits, without counting it as used.
function isOn(kind, fits = () => true) {
    return modes.some((one) => one.mode === kind && one.times > 0 && fits(one));
}

// What the library reads anew for each connection and command.
function settle() {
    const size = modes.find((one) => one.mode === "size")?.bytes ?? MOST;
    for (const { options } of servers) {
        options.hideSTARTTLS = isOn("plain");
        options.size = size;
        // Passwords in the clear only where there is no other way.
        options.allowInsecureAuth = isOn("plain");
    }
}

// A mode of this kind that fits, counted as used.
function take(kind, fits = () => true) {
    const mode = modes.find((one) => one.mode === kind && one.times > 0 && fits(one));
    if (mode) {
        mode.times--;
        settle();
    }
    return mode;
}

function problem(code, text) {
    return Object.assign(new Error(text), { responseCode: code });
}

function drop(session) {
    sockets.get(session.remotePort)?.resetAndDestroy?.();
}

// What is common to all steps: calls back with an Error where it goes no
// further, never where the connection is gone.
async function step(at, session, address, back, act) {
    const late = take("slow", (one) => one.at === at);
    if (late) {
        await new Promise((resolve) => setTimeout(resolve, late.ms ?? 1000));
    }
    if (take("drop", (one) => one.at === at)) {
        drop(session);
        return;
    }
    const fail = take("fail", (one) => one.at === at);
    let wrong = fail && problem(fail.code ?? 451, fail.text ?? "4.3.0 not now");
    try {
        await (wrong ? undefined : act?.());
    } catch (thrown) {
        wrong = thrown;
    }
    if (wrong) {
        refused.add({ time: Date.now(), at, code: wrong.responseCode, why: wrong.message,
                      from: session.envelope?.mailFrom?.address ?? address, to: address });
    }
    back(wrong ?? null);
}

function onFrom({ address }, session, back) {
    step("from", session, address, back, () => {
        if (isOn("starttls") && !session.secure) {
            throw problem(530, "5.7.0 Must issue a STARTTLS command first");
        }
        if (isOn("auth") && !session.user) {
            throw problem(530, "5.7.0 Authentication required");
        }
    });
}

function onTo({ address }, session, back) {
    step("to", session, address, back, () => {
        const from = session.envelope.mailFrom.address;
        const no = take("refuse", ({ to }) => to === address
            || (to?.startsWith("*@") && address.endsWith(to.slice(1))));
        if (no) {
            throw problem(no.code ?? 550, no.text ?? `5.1.1 <${address}>: no such mailbox`);
        }
        if (isOn("greylist") && !seen.has(`${from} ${address}`)) {
            seen.add(`${from} ${address}`);
            throw problem(451, "4.7.1 greylisted, try again later");
        }
    });
}

function partsOf(raw) { // in the order in which they stand
    return [...raw.matchAll(/^content-type:\s*([^;\s]+)/gim)].map(([, type]) => type.toLowerCase());
}

async function onData(stream, session, back) {
    const late = take("slow", (one) => one.at === "data");
    const cut = take("drop", (one) => one.at === "data");
    const parts = [];
    stream.on("error", () => {});
    if (late) {
        await new Promise((resolve) => setTimeout(resolve, late.ms ?? 1000));
    }
    for await (const part of stream) {
        if (cut) { // in the midst of it
            drop(session);
            return;
        }
        parts.push(part);
    }
    if (cut) { // a message of one piece
        drop(session);
        return;
    }
    if (stream.sizeExceeded) {
        const wrong = problem(552, "5.3.4 message too big");
        refused.add({ time: Date.now(), at: "end", code: 552, why: wrong.message,
                      from: session.envelope.mailFrom.address,
                      to: recipients(session) });
        back(wrong);
        return;
    }
    const bytes = Buffer.concat(parts);
    const dropped = isOn("drop", (one) => one.at === "end"); // it has it all the same
    if (dropped) {
        await keep(bytes, session);
    }
    step("end", session, recipients(session), back, () => dropped || keep(bytes, session));
}

function recipients(session) {
    return session.envelope.rcptTo.map(({ address }) => address);
}

async function keep(bytes, session) {
    const { text, html, subject, messageId, headerLines, attachments } = await simpleParser(bytes);
    const raw = bytes.toString();
    received.add({
        time: Date.now(), key: messageId ?? `none ${received.all.length}`,
        from: session.envelope.mailFrom.address,
        to: recipients(session), secure: !!session.secure,
        user: session.user ?? null, hello: session.hostNameAppearsAs, raw, subject, text,
        html: html || null, parts: partsOf(raw),
        headers: Object.fromEntries(headerLines.map(({ key, line }) =>
            [key, line.slice(line.indexOf(":") + 1).trim()])),
        attachments: attachments.map((one) => ({ type: one.contentType, name: one.filename,
                                                 text: one.content.toString() })),
    });
}

function setMode(mode) {
    if (mode.mode === "ok") {
        modes = [];
    } else if (kinds.includes(mode.mode)) {
        modes.unshift({ times: Infinity, ...mode });
    } else {
        throw new Error(`there is no mode ${mode.mode}`);
    }
    settle();
    return { modes };
}

function open(more) {
    const server = new SMTPServer({
        authOptional: true, disableReverseLookup: true, size: MOST, logger: false,
        authMethods: ["PLAIN", "LOGIN"], maxAllowedUnauthenticatedCommands: 1000,
        onConnect: (session, back) => step("connect", session, "", back),
        onMailFrom: onFrom, onRcptTo: onTo,
        onData: (stream, session, back) => {
            onData(stream, session, back).catch((thrown) => {
                if (!stream.destroyed) {
                    back(thrown);
                }
            });
        },
        onAuth: ({ username, password }, session, back) => {
            const known = Object.hasOwn(users, username) && users[username] === password;
            back(known ? null : problem(535, "5.7.8 Authentication failed"),
                 known ? { user: username } : undefined);
        },
        ...more,
    });
    server.on("error", () => {}); // connections that break are what it is for
    server.server.on("connection", (socket) => {
        const port = socket.remotePort;
        sockets.set(port, socket);
        socket.on("close", () => sockets.delete(port));
    });
    servers.push(server);
    return new Promise((resolve) => {
        const listening = server.listen(0, "127.0.0.1", () => resolve(listening.address().port));
    });
}

// Without openssl, the certificate that the library has for everybody.
const own = certificate() ?? {};
const ports = [await open(own), await open({ ...own, secure: true })];
reset();
const http = createServer(serveControls({
    "GET /_/received": (_, query) => received.read(query),
    "GET /_/refused": (_, query) => refused.read(query),
    "GET /_/setup": () => ({ users, certificate: own.cert ?? null }),
    "POST /_/setup": (body) => Object.assign(users, body.users),
    "POST /_/mode": setMode,
    "POST /_/reset": reset,
}));
http.listen(0, "127.0.0.1", () => {
    console.log(`http://127.0.0.1:${http.address().port} smtp://127.0.0.1:${ports[0]} `
                + `smtps://127.0.0.1:${ports[1]}`);
});
