// outward/stubs/modes - a vendor that is slow, down or talks nonsense. What each
// mode is told stands at the top of vendors.mjs.
//
// SPDX-License-Identifier: Apache-2.0
const INSIDE = "http://169.254.169.254/latest/meta-data/";

// Answers as the vendor does.
export function well({ status, body, headers = {} }, out) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    out.writeHead(status, { "Content-Type": "application/json; charset=utf-8",
                            "Content-Length": Buffer.byteLength(text), ...headers });
    out.end(text);
}

function raw({ status, body }) {
    const text = JSON.stringify(body);
    return `HTTP/1.1 ${status} Said\r\nContent-Type: application/json\r\n`
        + `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

function unspoken(out) {
    out.socket.end("220 this is no web server\r\n");
}

// What comes under a good status, and is no answer of the vendor.
const garbage = {
    html: (out) => out.writeHead(200, { "Content-Type": "text/html" })
        .end("<html><body>Bad Gateway <script>alert(1)</script></body></html>"),
    torn: (out) => out.writeHead(200, { "Content-Type": "application/json" })
        .end('{"errcode":0,"code":0,"errmsg":"o'),
    bytes: (out) => out.writeHead(200, { "Content-Type": "application/json" })
        .end(Buffer.from([0, 255, 254, 0x7b, 0, 0xc3, 0x28, 0x22, 0])),
    empty: (out) => out.writeHead(200, { "Content-Length": 0 }).end(),
    number: (out) => out.writeHead(200, { "Content-Type": "application/json" })
        .end('{"errcode":"0","code":[0],"errmsg":{"deep":null}}'),
    huge: (out) => {
        out.writeHead(200, { "Content-Type": "application/json" });
        const block = " ".repeat(1 << 20);
        let left = 64;
        const more = () => {
            while (left > 0 && !out.destroyed) {
                left--;
                if (!out.write(block)) {
                    out.once("drain", more);
                    return;
                }
            }
            out.end('{"errcode":0,"code":0}');
        };
        more();
    },
    unspoken,
};

const acts = {
    slow: (mode, vendor, take, out) => {
        const answer = take(); // accepted at once, told late
        setTimeout(() => well(answer, out), mode.ms ?? 1000);
    },
    down: (mode, vendor, take, out) => out.socket.resetAndDestroy?.() ?? out.socket.destroy(),
    lost: (mode, vendor, take, out) => {
        take();
        acts.down(mode, vendor, take, out);
    },
    garbage: (mode, vendor, take, out) => garbage[mode.what ?? "html"](out),
    status: (mode, vendor, take, out) => {
        out.writeHead(mode.status ?? 503, { "Content-Type": "text/plain", ...mode.headers });
        out.end(mode.body ?? "the vendor is not well\n");
    },
    code: (mode, vendor, take, out) => well(vendor.failing(mode.code, mode.message), out),
    limit: (mode, vendor, take, out) => well(vendor.limited(), out),
    twice: (mode, vendor, take, out) => {
        const answer = raw(take());
        out.socket.end(answer + answer);
    },
    drip: (mode, vendor, take, out) => {
        out.writeHead(200, { "Content-Type": "application/json" });
        const timer = setInterval(() => out.write(" "), mode.ms ?? 100);
        out.on("close", () => clearInterval(timer));
    },
    redirect: (mode, vendor, take, out) =>
        out.writeHead(mode.status ?? 307, { Location: mode.to ?? INSIDE }).end(),
};

const accepting = ["slow", "lost", "twice"]; // see to it themselves

export function check(mode) {
    if (!Object.hasOwn(acts, mode.mode ?? "")) {
        throw new Error(`there is no mode ${mode.mode}`);
    }
    if (mode.mode === "garbage" && !Object.hasOwn(garbage, mode.what ?? "html")) {
        throw new Error(`there is no garbage ${mode.what}`);
    }
}

// Answers with `out` as the mode says. `take` has the vendor look at the request
// and keep it, and returns its answer.
export function misbehave(mode, vendor, take, out) {
    if (mode.keep && !accepting.includes(mode.mode)) {
        take();
    }
    acts[mode.mode](mode, vendor, take, out);
}
