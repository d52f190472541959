/* app/live.ts - what happens while a page is open: one stream of events for all
 * tabs of a browser.
 *
 * The tab that holds a lock listens, and tells the others; when it goes, another
 * one goes on where it was. Where a browser has no locks, the tab that is seen
 * listens for itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect } from "preact/hooks";
import { me } from "./me.ts";

export interface News {
    documents: string[];
    all: boolean; /* more than are told one by one */
    work: boolean;
    told: boolean;
}
interface Word { person: string; id: string; news?: News }

const AGAIN_MS = 30_000;
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("weft-live") : undefined;
const hearers = new Set<(news: News) => void>();
let last = ""; /* the id of what was heard last */
let source: EventSource | undefined;

function hear({ person, id, news }: Word): void {
    if (person !== me.value.id) return; /* another tab may be somebody else's still */
    last = id;
    document.documentElement.dataset.live = ""; /* as data-ready: for whoever watches from outside */
    if (news) hearers.forEach((one) => one(news));
}

function pass(event: MessageEvent<string>, news?: News): void {
    const word: Word = { person: me.value.id, id: event.lastEventId, ...(news ? { news } : {}) };

    channel?.postMessage(word);
    hear(word);
}

function listen(): void {
    source?.close();
    source = new EventSource(`/api/v1/events${last ? `?after=${encodeURIComponent(last)}` : ""}`);
    source.addEventListener("ready", (event) => pass(event as MessageEvent<string>));
    source.addEventListener("change", (event) => pass(event as MessageEvent<string>, JSON.parse((event as MessageEvent<string>).data) as News));
    source.addEventListener("end", () => source?.close()); /* signed out: the next call says so */
    source.addEventListener("error", () => {
        /* Refused: the browser does not try again by itself. */
        if (source?.readyState === EventSource.CLOSED) setTimeout(() => { if (!document.hidden) listen(); }, AGAIN_MS);
    });
}

function stop(): void {
    source?.close();
    source = undefined;
}

export function startListening(): void {
    channel?.addEventListener("message", (event: MessageEvent<Word>) => hear(event.data));
    if (navigator.locks) {
        void navigator.locks.request("weft-live", () => new Promise<void>(() => listen()));
        const again = () => { if (!document.hidden && source?.readyState === EventSource.CLOSED) listen(); };
        document.addEventListener("visibilitychange", again);
        addEventListener("online", again); /* not after half a minute */
    } else {
        const look = () => document.hidden ? stop() : listen();
        document.addEventListener("visibilitychange", look);
        look();
    }
}

/* Calls back with what happens; the answer ends it. */
export function onNews(hear_: (news: News) => void): () => void {
    hearers.add(hear_);
    return () => hearers.delete(hear_);
}

export function useNews(hear_: (news: News) => void, keys: unknown[]): void {
    useEffect(() => onNews(hear_), keys);
}
