/* api/client.ts - questions and changes over HTTP, typed by the route table.
 *
 *     await ask("GET /documents/{id}", { path: { id } })
 *
 * What the page brought along is not asked again. A session that has ended is
 * renewed in place, so that nothing typed is lost, and the call goes on.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Routes } from "#api";

export type Route = keyof Routes;
type Filter = { [name: `filter[${string}`]: string };

export interface How<R extends Route> {
    path?: { [name in Routes[R]["path"]]: string };
    query?: { [name in Routes[R]["query"]]?: string | undefined } & Filter;
    body?: Routes[R]["body"];
    type?: string; /* of a body that is no JSON */
    ifMatch?: string | undefined;
    key?: string; /* Idempotency-Key */
    signal?: AbortSignal;
}

export interface Answer<T> { data: T; etag: string | undefined }

export interface Finding { field?: string; code?: string; message: string }
export interface Diagnostic extends Finding {
    file?: string; line?: number; column?: number; severity: "error" | "warning" | "hint";
}

/* A refusal, as RFC 9457 tells it. */
export class Problem extends Error {
    readonly status: number;
    readonly kind: string;
    readonly errors: Finding[];
    readonly diagnostics: Diagnostic[];

    constructor(status: number, body: Record<string, unknown>) {
        super(String(body.detail ?? body.title ?? status));
        this.status = status;
        this.kind = String(body.type ?? "").replace("urn:weft:problem:", "");
        this.errors = (body.errors ?? []) as Finding[];
        this.diagnostics = (body.diagnostics ?? []) as Diagnostic[];
    }
}

/* The network did not carry it. */
export class Unreachable extends Error {}

/* --- What the page brought along */

interface Brought { csrf: string; answers: Record<string, unknown> }

function readBrought(): Brought {
    const text = document.getElementById("data")?.textContent;

    return text ? JSON.parse(text) as Brought : { csrf: "", answers: {} };
}

const { answers, ...page } = readBrought();
let csrf = page.csrf;

/* --- Signing in again */

let renew: (() => Promise<void>) | undefined;
let renewing: Promise<void> | undefined;

export function onSignedOut(ask: () => Promise<void>): void {
    renew = ask;
}

export function useToken(token: string): void {
    csrf = token;
}

/* What a call that is no fetch sends along. */
export const token = (): string => csrf;

/* Signs in again in place; false where nobody would ask. */
export async function renewed(): Promise<boolean> {
    if (!renew) return false;
    renewing ??= renew().finally(() => { renewing = undefined; });
    await renewing;
    return true;
}

/* --- Calls */

export const API = "/api/v1";

export function addressOf<R extends Route>(route: R, how: How<R>): string {
    const pattern = route.slice(route.indexOf(" ") + 1);
    const path = pattern.replace(/\{(\w+)\}/g, (_all, name: string) =>
        encodeURIComponent((how.path as Record<string, string>)[name]!));
    const query = Object.entries(how.query ?? {}).filter(([, value]) => value !== undefined && value !== "");

    return path + (query.length
        ? `?${query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join("&")}`
        : "");
}

function requestOf<R extends Route>(route: R, how: How<R>): RequestInit {
    const method = route.slice(0, route.indexOf(" "));
    const headers: Record<string, string> = {};
    const request: RequestInit = { method, headers, credentials: "same-origin" };

    if (method !== "GET") headers["X-CSRF-Token"] = csrf;
    if (how.ifMatch) headers["If-Match"] = how.ifMatch;
    if (how.key) headers["Idempotency-Key"] = how.key;
    if (how.signal) request.signal = how.signal;
    if (how.body !== undefined) {
        headers["Content-Type"] = how.type ?? "application/json";
        request.body = how.type ? how.body as BodyInit : JSON.stringify(how.body);
    }
    return request;
}

/* The answer that the page brought along; undefined: it is to be asked. */
export function brought<R extends Route>(route: R, how: How<R> = {}): Routes[R]["answer"] | undefined {
    return answers[addressOf(route, how)] as Routes[R]["answer"] | undefined;
}

/* The same, once: what is asked again is asked of the server. */
export function takeBrought<R extends Route>(route: R, how: How<R> = {}): Routes[R]["answer"] | undefined {
    const answer = brought(route, how);

    delete answers[addressOf(route, how)];
    return answer;
}

async function send(address: string, request: RequestInit): Promise<Response> {
    try {
        return await fetch(API + address, request);
    } catch (cause) {
        if ((cause as Error).name === "AbortError") throw cause;
        throw new Unreachable("The server cannot be reached.", { cause });
    }
}

async function problemOf(response: Response): Promise<Problem> {
    return new Problem(response.status, await response.json().catch(() => ({})) as Record<string, unknown>);
}

async function read<T>(response: Response): Promise<T> {
    if (response.status === 204) return undefined as T;
    const type = response.headers.get("Content-Type") ?? "";
    return (type.includes("json") ? await response.json() : await response.text()) as T;
}

export async function askWhole<R extends Route>(route: R, how: How<R> = {}): Promise<Answer<Routes[R]["answer"]>> {
    const address = addressOf(route, how);
    const at = route.startsWith("GET ") ? takeBrought(route, how) : undefined;

    if (at !== undefined) return { data: at, etag: undefined };
    let response = await send(address, requestOf(route, how));
    if (response.status === 401 && route !== "POST /session" && await renewed()) {
        response = await send(address, requestOf(route, how));
    }
    if (!response.ok) throw await problemOf(response);
    return { data: await read(response), etag: response.headers.get("ETag") ?? undefined };
}

export async function ask<R extends Route>(route: R, how: How<R> = {}): Promise<Routes[R]["answer"]> {
    return (await askWhole(route, how)).data;
}

/* A name for one change: sent twice, it is done once. */
export function newKey(): string {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
}
