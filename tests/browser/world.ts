/* browser/world.ts - a server with the demo company for each test, people who
 * sign in, and the words of the language that the test speaks.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { spawn, execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import zh from "../../engine/web/src/i18n/zh.ts";

const weft = process.env.WEFT!;
export const password = "weft-demo-2026";

export interface World {
    url: string;
    token: (login: string) => string;
    call: (login: string, method: string, path: string, body?: unknown) => Promise<any>;
    run: (...args: string[]) => string;
    hire: (login: string, name: string, manager: string) => void; /* with everybody's password */
}

/* A copy of the demo, of our own. A database is copied whole, while nobody has
 * it open. */
function place(dir: string): { store: string; drop: () => void } {
    const demo = process.env.WEFT_DEMO_URL!, cluster = process.env.WEFT_TEST_PG;
    const name = basename(dir).toLowerCase().replace(/\W/g, "_");
    const psql = (sql: string) => execFileSync("psql", ["-q", cluster!, "-c", sql]);

    if (!cluster) {
        copyFileSync(demo.replace("sqlite:", ""), `${dir}/demo.db`);
        return { store: `sqlite:${dir}/demo.db`, drop: () => {} };
    }
    psql(`CREATE DATABASE ${name} TEMPLATE ${/\/(\w+)\?/.exec(demo)![1]} STRATEGY file_copy`);
    return { store: cluster.replace("/postgres?", `/${name}?`), drop: () => psql(`DROP DATABASE ${name} WITH (FORCE)`) };
}

interface Server {
    url: string;
    stop: () => Promise<void>; /* fails if it had ended by itself */
}

/* Workers of the runner have nowhere to write: what the server says of itself is
 * kept, and told with its end. */
function serve(store: string): Promise<Server> {
    const child = spawn(weft, ["--db", store, "serve", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "", log = "";
    const ended = new Promise<Error>((resolve) => {
        child.once("close", (code, signal) => resolve(new Error(`the server ended with ${code ?? signal}: ${log}`)));
    });
    const stop = async () => {
        const wasRunning = child.kill("SIGKILL"), end = await ended;
        if (!wasRunning) throw end;
    };

    child.stderr.on("data", (text) => { log = (log + text).slice(-4000); });
    return new Promise((resolve, reject) => {
        child.stdout.on("data", (text) => {
            said += text;
            const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
            if (url) resolve({ url, stop });
        });
        void ended.then(reject);
    });
}

export const test = base.extend<{ world: World; t: (sentence: string, values?: Record<string, string | number>) => string; lang: string }>({
    lang: async ({ locale }, use) => { await use(locale ?? "en"); },
    t: async ({ lang }, use) => {
        await use((sentence, values) => {
            const text = lang === "zh-CN" ? zh[sentence] ?? sentence : sentence;
            return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values?.[name] ?? all));
        });
    },
    world: async ({}, use) => {
        const dir = mkdtempSync(join(tmpdir(), "weft-"));
        const { store, drop } = place(dir);
        const server = await serve(store);
        const tokens = new Map<string, string>();
        const run = (...args: string[]) => execFileSync(weft, ["--db", store, ...args], { encoding: "utf8" }).trim();
        const token = (login: string) => {
            if (!tokens.has(login)) tokens.set(login, run("token", "create", login));
            return tokens.get(login)!;
        };

        await use({
            url: server.url, token, run,
            hire: (login, name, manager) => {
                writeFileSync(`${dir}/people.csv`, `login,name,manager\n${login},${name},${manager}\n`);
                run("import", "people", `${dir}/people.csv`);
                execFileSync(weft, ["--db", store, "user", "password", login], { input: password });
            },
            call: async (login, method, path, body) => {
                const response = await fetch(`${server.url}/api/v1${path}`, {
                    method, headers: { "Authorization": `Bearer ${token(login)}`, "Content-Type": "application/json" },
                    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
                });
                const text = await response.text();
                if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
                return text ? JSON.parse(text) : undefined;
            },
        });
        try {
            await server.stop();
        } finally {
            drop();
            rmSync(dir, { recursive: true });
        }
    },
    /* After the world, so that it goes before it: what a page still asks for when
     * its server is killed would be an error of the page. */
    page: async ({ page, world }, use) => {
        void world;
        const broken: string[] = [];
        page.on("pageerror", (error) => broken.push(error.message));
        page.on("console", (message) => { if (message.type() === "error" && /Content Security|Refused to/.test(message.text())) broken.push(message.text()); });
        await use(page);
        expect(broken, "nothing breaks, and nothing is stopped by the policy").toEqual([]);
    },
});

/* Where the script has taken over. */
export async function ready(page: Page): Promise<void> {
    await page.locator("html[data-ready]").waitFor();
}

export async function open(page: Page, world: World, path: string): Promise<void> {
    await page.goto(world.url + path);
    await ready(page);
}

/* Without the page that asks: that is what sign-in.spec.ts is about, and for all
 * others a page less to load. */
export async function signIn(page: Page, world: World, login: string, path = "/"): Promise<void> {
    const answer = await page.request.post(`${world.url}/api/v1/session`, { data: { login, password } });

    expect(answer.ok(), await answer.text()).toBe(true);
    await open(page, world, path);
}

/* By its link among the places: on a phone some stand behind "more". */
export async function goTo(page: Page, path: string): Promise<void> {
    const link = page.locator(`.places a[href='${path}']`);

    await link.waitFor({ state: "attached" });
    if (!await link.isVisible()) await page.locator(".all-places").click();
    await link.click();
}

/* A request that waits for zhaolei, the manager of liuyang. */
export async function ask(world: World, subject: string, login = "liuyang"): Promise<string> {
    const { id } = await world.call(login, "POST", "/documents", { form: "request", data: { subject_line: subject } });

    await world.call(login, "POST", `/documents/${id}/actions/submit`, {});
    return id;
}

export { expect };
