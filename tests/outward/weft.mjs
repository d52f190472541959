// outward/weft - a Weft of its own for one part of the suite: a store with the
// package beside this, four people, a server that can be killed, and totals.
//
//     const weft = new Weft("letters");
//     await weft.main(async () => { weft.check(…); });
//
// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";

const presets = (process.env.WEFT_PRESET ?? "check release dev").split(" ");
const weft = `${process.cwd()}/build/${presets.find((one) =>
    existsSync(`build/${one}/weft`))}/weft`;

export class Weft {
    passed = 0;
    failed = 0;
    tokens = {};

    constructor(name) {
        const work = process.env.WORK;
        const url = execFileSync("tests/support/url", [`${work}/${name}.db`])
            .toString().trim();
        this.env = { ...process.env, WEFT_DB: url, WEFT_KEY_FILE: `${work}/key`,
                     WEFT_ADMIN_PASSWORD: "a-long-password" };
        for (const one of ["check", "run", "ask", "must"]) {
            this[one] = this[one].bind(this);
        }
    }

    check(fits, what) {
        if (fits) {
            this.passed++;
        } else {
            this.failed++;
            console.log(`failed: ${what}`);
        }
    }

    run(args, input = "") {
        return execFileSync(weft, args, { env: this.env, input,
                                          stdio: ["pipe", "pipe", "pipe"] }).toString().trim();
    }

    async serve(more = []) {
        this.server = spawn(weft, ["serve", "--listen", "127.0.0.1:0", ...more],
                            { env: this.env, stdio: ["ignore", "pipe",
                                process.env.WEFT_LOG ? "inherit" : "ignore"] });
        for await (const line of createInterface(this.server.stdout)) {
            [this.base] = line.match(/http:[^ ]*/) ?? [];
            if (this.base) {
                return;
            }
        }
    }

    stop(signal) {
        return new Promise((resolve) => {
            this.server.once("exit", resolve);
            this.server.kill(signal);
        });
    }

    // Runs what is due by `to` (ms), while this program goes on answering.
    tick(to) {
        return new Promise((resolve) => spawn(weft, ["tick", "--to", new Date(to).toISOString()],
            { env: this.env, stdio: "ignore" }).once("exit", resolve));
    }

    async ask(who, method, path, body, headers = {}) {
        const answer = await fetch(`${this.base}/api/v1${path}`, {
            method, body: body && JSON.stringify(body),
            headers: { Authorization: `Bearer ${this.tokens[who]}`,
                       ...(body && { "Content-Type": "application/json" }), ...headers },
        });
        const text = await answer.text();
        return { status: answer.status, body: text && JSON.parse(text) };
    }

    async must(...what) {
        const answer = await this.ask(...what);
        if (answer.status >= 300) {
            throw new Error(`${what.slice(0, 3).join(" ")}: ${JSON.stringify(answer.body)}`);
        }
        return answer.body;
    }

    // Makes the store, serves, plays, and looks whether the store is sound.
    async main(play) {
        this.run(["init", "--package", "tests/outward/package"]);
        this.run(["import", "people", "tests/outward/people.csv"]);
        for (const login of ["admin", "lina", "boss", "maker"]) {
            this.tokens[login] = this.run(["token", "create", login]);
        }
        try {
            await this.serve();
            await play();
            await this.stop("SIGTERM");
            this.check(this.run(["verify"]).startsWith("sound"), "the store is sound");
        } catch (problem) {
            this.check(false, problem.stack);
            this.server?.kill("SIGKILL");
        }
        console.log(`${this.passed} passed, ${this.failed} failed, 0 skipped`);
    }
}
