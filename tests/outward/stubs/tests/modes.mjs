// outward/stubs/tests/modes - the stub as a bad vendor, and how it is steered.
//
// SPDX-License-Identifier: Apache-2.0
import { get } from "node:https";
import { connect } from "node:net";
import { start } from "../start.mjs";

const path = "/dingtalk/robot/send?access_token=keyword";
const text = { msgtype: "text", text: { content: "周报" } };
const kept = async (stub) => (await stub.read("count")).dingtalk.received;

// [mode, whether the answer is as it should be, whether the message was kept]
const modes = [
    [{ mode: "slow", ms: 1 }, (got) => got.json?.errcode === 0, true],
    [{ mode: "down" }, (got) => got.problem === "ECONNRESET", false],
    [{ mode: "lost" }, (got) => got.problem === "ECONNRESET", true],
    [{ mode: "lost", keep: true }, (got) => got.problem === "ECONNRESET", true],
    [{ mode: "garbage" }, (got) => got.status === 200 && /<html>/.test(got.text), false],
    [{ mode: "garbage", what: "torn" }, (got) => got.status === 200 && !got.json, false],
    [{ mode: "garbage", what: "bytes" }, (got) => got.status === 200 && !got.json, false],
    [{ mode: "garbage", what: "empty", keep: true }, (got) => got.text === "", true],
    [{ mode: "garbage", what: "number" }, (got) => got.json.errcode === "0", false],
    [{ mode: "garbage", what: "huge" }, (got) => got.text.length > 64 << 20, false],
    [{ mode: "garbage", what: "unspoken" }, (got) => /^HPE_/.test(got.problem), false],
    [{ mode: "status" }, (got) => got.status === 503, false],
    [{ mode: "status", status: 429, headers: { "Retry-After": "7" } },
     (got) => got.status === 429 && got.headers["retry-after"] === "7", false],
    [{ mode: "status", status: 500, keep: true }, (got) => got.status === 500, true],
    [{ mode: "code", code: -1, message: "系统繁忙" },
     (got) => got.status === 200 && got.json.errcode === -1, false],
    [{ mode: "limit" }, (got) => got.json?.errcode === 130101, false],
    [{ mode: "redirect" }, (got) => got.status === 307
        && got.headers.location.startsWith("http://169.254.169.254/"), false],
    [{ mode: "redirect", status: 302, to: "http://[::1]/" },
     (got) => got.status === 302 && got.headers.location === "http://[::1]/", false],
];

// All that comes for one request, to the end of the connection or `until`.
function bytes(stub, until) {
    return new Promise((resolve) => {
        let all = "";
        const socket = connect(Number(new URL(stub.base).port), "127.0.0.1", () => {
            const body = JSON.stringify(text);
            socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`
                         + `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
        });
        socket.on("data", (part) => {
            all += part;
            if (until?.test(all)) {
                socket.destroy();
            }
        });
        socket.on("close", () => resolve(all));
    });
}

// The HTTP status over TLS, or why there is none.
function overTls(address, ca) {
    return new Promise((resolve) => {
        const out = get(`${address}/nobody`, { ca, agent: false }, (answer) => {
            answer.resume();
            resolve(answer.statusCode);
        });
        out.on("error", (problem) => resolve(problem.code));
    });
}

export async function run(check) {
    const stub = await start("vendors.mjs");
    try {
        for (const [mode, fine, keeps] of modes) {
            await stub.steer("reset");
            await stub.steer("mode", { ...mode, times: 1, vendor: "dingtalk" });
            const got = await stub.post(path, text);
            const what = `${mode.mode} ${mode.what ?? ""}`;
            check(fine(got), what, got);
            check(await kept(stub) === (keeps ? 1 : 0), `${what} keeps, or not`);
            const next = await stub.post(path, text);
            check(next.json?.errcode === 0, `${what} is over after once`, next);
        }
        await stub.steer("reset");
        await stub.steer("mode", { mode: "twice", times: 1 });
        let all = await bytes(stub);
        check(all.match(/HTTP\/1\.1 200/g)?.length === 2 && await kept(stub) === 1,
              "two answers to one request", all);
        await stub.steer("mode", { mode: "drip", ms: 1, times: 1 });
        all = await bytes(stub, /\r\n\r\n(1\r\n \r\n){3}/);
        check(/\r\n\r\n(1\r\n \r\n){3}/.test(all), "byte by byte", all);

        await stub.steer("reset");
        await stub.steer("mode", { mode: "status", vendor: "webhook" });
        await stub.steer("mode", { mode: "status", path: "/gettoken" });
        check((await stub.post(path, text)).json?.errcode === 0, "others are as ever");
        check((await stub.post("/dingtalk/gettoken", "")).status === 503, "a path is not");
        await stub.steer("mode", { mode: "ok" });
        check((await stub.post("/webhook/main", "")).status === 400, "until it is ended");
        const no = await stub.steer("mode", { mode: "sulk" });
        check(/no mode sulk/.test(no.problem), "an unknown mode is refused", no);
        const none = await stub.callback("dingtalk", "telepathy", "http://127.0.0.1:1/");
        check(/no call telepathy/.test(none.problem), "an unknown call, too", none);
        const dead = await stub.callback("dingtalk", "message", "http://127.0.0.1:1/");
        check(/ECONNREFUSED/.test(dead.opinion), "nobody there is an answer", dead);

        const [, secure] = stub.said.split(" ");
        if (secure) {
            const { certificate } = await stub.read("setup");
            check(await overTls(secure, certificate) === 404, "TLS, trusted");
            check(/SELF_SIGNED/.test(await overTls(secure)), "and not by everybody");
        }

        await stub.steer("reset");
        const soon = stub.read("received?vendor=dingtalk&atleast=2&wait=60000");
        await stub.post(path, text);
        await stub.post(path, text);
        check((await soon).length === 2, "a test waits for what comes");
        check((await stub.read("received?after=1")).length === 1, "and reads on from there");
        check((await stub.read("received?atleast=9&wait=1")).length === 2, "or not for ever");
    } finally {
        stub.stop();
    }
}
