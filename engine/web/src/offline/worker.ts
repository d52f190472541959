/* offline/worker.ts - the service worker: the application works without a
 * network, with what it was last told.
 *
 * Files that have a hash in their name come from the cache. Everything else
 * comes from the network while there is one; what was asked before, and pages,
 * come from the cache without. Changes are no business of the worker: drafts
 * are kept by the page. The build writes VERSION and FILES in front of this.
 *
 * SPDX-License-Identifier: Apache-2.0 */
declare const VERSION: string;
declare const FILES: string[];

/* What we use of a service worker; the types of pages know none. */
interface Lasting extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetching extends Lasting { request: Request; respondWith(answer: Promise<Response>): void }
interface Worker {
    addEventListener(kind: "install" | "activate", listener: (event: Lasting) => void): void;
    addEventListener(kind: "fetch", listener: (event: Fetching) => void): void;
    skipWaiting(): Promise<void>;
    clients: { claim(): Promise<void> };
    location: Location;
}

const worker = globalThis as unknown as Worker;
const FILE_CACHE = `weft-files-${VERSION}`;
const ANSWER_CACHE = "weft-answers";
const kept = /^\/api\/v1\/(me|work|forms|documents|notifications|people|units)(\/|$)/;

/* Only what every page needs; the rest as it is asked for. */
const first = FILES.filter((file) => /\/(main|zh|today|document|inbox)-/.test(file));

worker.addEventListener("install", (event) => {
    event.waitUntil(Promise.all([
        caches.open(FILE_CACHE).then((cache) => cache.addAll(first)),
        caches.open(ANSWER_CACHE).then((cache) => cache.add("/")), /* this page came before the worker */
    ]).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
    event.waitUntil(caches.keys()
        .then((names) => Promise.all(names.filter((name) => name.startsWith("weft-files-") && name !== FILE_CACHE)
            .map((name) => caches.delete(name))))
        .then(() => worker.clients.claim()));
});

async function fromCache(request: Request): Promise<Response> {
    const cache = await caches.open(FILE_CACHE);
    const found = await cache.match(request);

    if (found) return found;
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
}

/* A page signed out, or an answer of another person, is not kept. */
async function fromNetwork(request: Request, name: string | URL | Request): Promise<Response> {
    const cache = await caches.open(ANSWER_CACHE);

    try {
        const response = await fetch(request);
        if (response.ok && !response.redirected) await cache.put(name, response.clone());
        return response;
    } catch (error) {
        const found = await cache.match(name, { ignoreVary: true });
        if (found) return found;
        throw error;
    }
}

/* Every place begins as the same frame; the script fills it. */
async function page(request: Request): Promise<Response> {
    try {
        return await fromNetwork(request, request.url);
    } catch (error) {
        const home = await (await caches.open(ANSWER_CACHE)).match("/", { ignoreVary: true });
        if (home) return home;
        throw error;
    }
}

worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);

    if (request.method !== "GET" || url.origin !== worker.location.origin) return;
    if (url.pathname.startsWith("/assets/")) event.respondWith(fromCache(request));
    else if (request.mode === "navigate" && !url.pathname.startsWith("/api/")) event.respondWith(page(request));
    else if (kept.test(url.pathname)) event.respondWith(fromNetwork(request, request));
});
