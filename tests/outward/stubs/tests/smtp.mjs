// outward/stubs/tests/smtp - what the mail server keeps of a message, and what
// it refuses, asked line by line.
//
// SPDX-License-Identifier: Apache-2.0
import "smtp-server"; // without it this part is skipped
import { connect } from "node:net";
import { connect as secureConnect } from "node:tls";
import { start } from "../start.mjs";

// A client of a few lines: each command resolves with its whole answer, or
// "gone" where the connection is.
class Client {
    constructor(socket) {
        this.take(socket);
    }

    take(socket) {
        Object.assign(this, { socket, came: "", gone: false, look: () => {} });
        socket.on("data", (part) => {
            this.came += part;
            this.look();
        });
        socket.on("error", () => {});
        socket.on("close", () => {
            this.gone = true;
            this.look();
        });
    }

    answer() {
        return new Promise((resolve) => {
            this.look = () => {
                const end = this.came.match(/^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/);
                if (end || this.gone) {
                    this.came = this.came.slice(end?.[0].length ?? 0);
                    this.look = () => {};
                    resolve(end?.[0] ?? "gone");
                }
            };
            this.look();
        });
    }

    say(line) {
        this.socket.write(`${line}\r\n`);
        return this.answer();
    }

    async secure(ca) {
        await this.say("STARTTLS");
        const plain = this.socket;
        plain.removeAllListeners("data");
        const socket = secureConnect({ socket: plain, ca, servername: "localhost" });
        const how = await new Promise((resolve) => {
            socket.on("secureConnect", () => resolve(""));
            socket.on("error", (problem) => resolve(problem.code));
        });
        this.take(socket);
        await this.say("EHLO weft");
        return how;
    }

    // The answers to each step up to the end, or to the first that is refused.
    async mail(from, to, message) {
        const codes = [];
        const lines = [`MAIL FROM:<${from}>`, ...to.map((one) => `RCPT TO:<${one}>`), "DATA",
                       `${message.replace(/^\./gm, "..")}\r\n.`];
        for (const line of lines) {
            const code = (await this.say(line)).match(/^gone|^\d{3}/)[0];
            codes.push(code);
            if (/^[45g]/.test(code) && !line.startsWith("RCPT")) {
                break;
            }
        }
        return codes.join(" ");
    }
}

const message = [
    "From: Weft <weft@example.com>", "To: lina@example.com", "Message-ID: <key-1@weft>",
    "Subject: =?UTF-8?B?5ZGo5oql?=", "MIME-Version: 1.0",
    'Content-Type: multipart/alternative; boundary="b"', "", "--b",
    "Content-Type: text/plain; charset=utf-8", "", "还差周报", ".", "--b",
    "Content-Type: text/html; charset=utf-8", "", "<p>还差周报</p>", "--b--", "",
].join("\r\n");
const short = "Subject: x\r\nMessage-ID: <key-2@weft>\r\n\r\nx";

async function open(stub) {
    const client = new Client(connect(Number(stub.said.match(/smtp:\/\/[^:]*:(\d+)/)[1]),
                                      "127.0.0.1"));
    const hello = await client.answer();
    return { client, hello, said: await client.say("EHLO weft") };
}

async function good(check, stub) {
    const { client, hello, said } = await open(stub);
    check(/^220 /.test(hello) && /STARTTLS/.test(said), "it greets", said);
    const codes = await client.mail("weft@example.com", ["lina@example.com", "boss@example.com"],
                                    message);
    check(codes === "250 250 250 354 250", "a message", codes);
    const [one] = await stub.read("received?atleast=1&wait=60000");
    check(one.key === "<key-1@weft>" && one.to.join() === "lina@example.com,boss@example.com"
          && one.from === "weft@example.com" && one.subject === "周报" && !one.secure, "kept", one);
    check(one.text.startsWith("还差周报") && one.html === "<p>还差周报</p>"
          && one.parts.join() === "multipart/alternative,text/plain,text/html"
          && one.headers["mime-version"] === "1.0" && one.raw.includes("\r\n.\r\n--b"),
          "and read", one);

    const { certificate } = await stub.read("setup");
    const how = await client.secure(certificate);
    const login = Buffer.from("\0weft\0mail-password").toString("base64");
    check((await client.say(`AUTH PLAIN ${login}`)).startsWith("235"), "a password");
    await client.mail("weft@example.com", ["lina@example.com"], short);
    const two = (await stub.read("received")).at(-1);
    check(how === "" && two.secure && two.user === "weft", "under TLS, trusted", [how, two]);
    client.socket.destroy();

    const other = await open(stub);
    check(await other.client.secure() !== "", "and not by everybody");
    other.client.socket.destroy();
}

// [modes, what is answered, whether the message was kept]
const tricks = [
    [[{ mode: "refuse", to: "lina@example.com" }], "250 550 503", false],
    [[{ mode: "refuse", to: "*@example.com", code: 551 }], "250 551 503", false],
    [[{ mode: "refuse", to: "other@example.com" }], "250 250 354 250", true],
    [[{ mode: "fail", at: "from" }], "451", false],
    [[{ mode: "fail", at: "to", code: 452 }], "250 452 503", false],
    [[{ mode: "fail", at: "end", code: 554, text: "5.7.1 spam" }], "250 250 354 554", false],
    [[{ mode: "slow", at: "end", ms: 1 }], "250 250 354 250", true],
    [[{ mode: "drop", at: "from" }], "gone", false],
    [[{ mode: "drop", at: "to" }], "250 gone gone", false],
    [[{ mode: "drop", at: "data" }], "250 250 354 gone", false],
    [[{ mode: "drop", at: "end" }], "250 250 354 gone", true],
    [[{ mode: "starttls" }], "530", false],
    [[{ mode: "auth" }], "530", false],
    [[{ mode: "size", bytes: 20 }], "250 250 354 552", false],
];

async function bad(check, stub) {
    for (const [modes, must, keeps] of tricks) {
        await stub.steer("reset");
        for (const mode of modes) {
            await stub.steer("mode", mode);
        }
        const { client } = await open(stub);
        const codes = await client.mail("weft@example.com", ["lina@example.com"], short);
        const what = JSON.stringify(modes);
        check(codes === must, what, codes);
        const kept = await stub.read("received");
        check(kept.length === (keeps ? 1 : 0), `${what} keeps, or not`, kept);
        if (/[45]\d\d$/.test(codes)) {
            const no = await stub.read("refused");
            check(no.length === 1 && no[0].code > 400, `${what} is told`, no);
        }
        client.socket.destroy();
    }
    await stub.steer("reset");
    await stub.steer("mode", { mode: "drop", at: "connect", times: 1 });
    check((await open(stub)).hello === "gone", "nobody is there");
    check((await open(stub)).hello.startsWith("220"), "and is again");

    await stub.steer("mode", { mode: "greylist" });
    const { client } = await open(stub);
    const to = "RCPT TO:<lina@example.com>";
    await client.say("MAIL FROM:<weft@example.com>");
    check((await client.say(to)).startsWith("451"), "the first try is greylisted");
    check((await client.say(to)).startsWith("250"), "the second is not");
    client.socket.destroy();

    await stub.steer("reset");
    const strict = await open(stub);
    const wrong = `AUTH PLAIN ${Buffer.from("\0weft\0x").toString("base64")}`;
    check(/^538/.test(await strict.client.say(wrong)), "no password in the clear");
    await strict.client.secure((await stub.read("setup")).certificate);
    check(/^535/.test(await strict.client.say(wrong)), "no wrong password");
    strict.client.socket.destroy();
    await stub.steer("mode", { mode: "plain" });
    const plain = await open(stub);
    check(!/STARTTLS/.test(plain.said), "no TLS is offered", plain.said);
    plain.client.socket.destroy();
    const none = await stub.steer("mode", { mode: "sulk" });
    check(/no mode sulk/.test(none.problem), "no such mode", none);
}

export async function run(check) {
    const stub = await start("smtp.mjs");
    try {
        await good(check, stub);
        await bad(check, stub);
    } finally {
        stub.stop();
    }
}
