// outward/stubs/start - starts a stub, steers it and asks it; for all parts of
// the suite that are written in JavaScript.
//
//     const stub = await start("vendors.mjs");
//     await stub.steer("mode", { mode: "down", vendor: "feishu", times: 3 });
//     await stub.read("received?vendor=feishu&atleast=1&wait=60000");
//     await stub.callback("feishu", "button", url, { variant: "forged" });
//     stub.stop();
//
// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { createServer, request as ask } from "node:http";
import { fileURLToPath } from "node:url";

// Runs one of the programs; resolves with its address once it listens.
export async function start(program) {
    const path = fileURLToPath(new URL(program, import.meta.url));
    const child = spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "inherit"] });
    process.on("exit", () => child.kill()); // it outlives no test, however that ends
    let base = "";
    for await (const part of child.stdout) {
        base += part;
        if (base.includes("\n")) {
            break;
        }
    }
    const said = base.trim();
    return new Stub(said.split(/\s+/)[0], child, said);
}

class Stub {
    constructor(base, child, said) {
        Object.assign(this, { base, child, said });
    }

    stop() {
        this.child.kill();
    }

    async json(method, path, body) {
        const answer = await fetch(this.base + path, {
            method, headers: { "Content-Type": "application/json" },
            body: body === undefined ? undefined : JSON.stringify(body) });
        return answer.json();
    }

    steer(what, body) {
        return this.json("POST", `/_/${what}`, body);
    }

    read(what) {
        return this.json("GET", `/_/${what}`);
    }

    callback(vendor, kind, to, more = {}) {
        return this.steer("callback", { vendor, kind, to, ...more });
    }

    // Asks as a client does: nothing is followed, nothing added. Resolves with
    // {status, headers, text, json}, or {problem}.
    post(path, body, headers = { "Content-Type": "application/json" }, method = "POST") {
        const bytes = typeof body === "string" || Buffer.isBuffer(body)
            ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
        return new Promise((resolve) => {
            const out = ask(this.base + path, { method, agent: false, headers: {
                ...headers, "Content-Length": bytes.length } });
            out.on("error", (problem) => resolve({ problem: problem.code }));
            out.on("response", async (response) => {
                try {
                    const parts = [];
                    for await (const part of response) {
                        parts.push(part);
                    }
                    const text = Buffer.concat(parts).toString();
                    let json = null;
                    try {
                        json = JSON.parse(text);
                    } catch { /* then there is only text */ }
                    resolve({ status: response.statusCode, headers: response.headers,
                              text, json });
                } catch (problem) {
                    resolve({ problem: problem.code });
                }
            });
            out.end(bytes);
        });
    }
}

// A server of ours that the stub calls back: keeps what came, answers `answer`.
export async function listener(answer = () => ({})) {
    const came = [];
    const server = createServer(async (request, out) => {
        const parts = [];
        for await (const part of request) {
            parts.push(part);
        }
        const one = { method: request.method, url: new URL(request.url, "http://us"),
                      headers: request.headers, body: Buffer.concat(parts).toString() };
        came.push(one);
        const { status = 200, body = "" } = await answer(one);
        out.writeHead(status).end(body);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { came, url: `http://127.0.0.1:${server.address().port}/call`,
             stop: () => server.close() };
}
