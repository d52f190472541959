/* app/router.ts - which place one is at, and going to another.
 *
 * Each place is a chunk of its own, loaded when first gone to. Links are
 * ordinary links.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { Group } from "../i18n/groups.ts";
import { loadWords } from "../i18n/index.ts";

export interface PlaceProps { args: string[]; query: URLSearchParams }
type Load = () => Promise<{ default: ComponentType<PlaceProps> }>;

/* As in the route table of engine/http/route.c. */
const routes: [RegExp, Load, Group?][] = [
    [/^\/$/, () => import("../pages/today.tsx")],
    [/^\/inbox$/, () => import("../pages/inbox.tsx")],
    [/^\/documents$/, () => import("../pages/documents.tsx"), "lists"],
    [/^\/documents\/(\d+)$/, () => import("../pages/document.tsx")],
    [/^\/new\/([^/]+)$/, () => import("../pages/document.tsx")],
    [/^\/people$/, () => import("../pages/people.tsx")],
    [/^\/people\/([^/]+)$/, () => import("../pages/person.tsx")],
    [/^\/places\/([^/]+)$/, () => import("../pages/place.tsx"), "lists"],
    [/^\/preferences$/, () => import("../pages/preferences.tsx"), "told"],
    [/^\/insight(?:\/([^/]+))?$/, () => import("../pages/insight.tsx"), "insight"],
    [/^\/studio$/, () => import("../studio/gallery.tsx"), "studio"],
    [/^\/studio\/([^/]+)$/, () => import("../studio/designer.tsx"), "studio"],
    [/^\/admin(?:\/([^/]+))?$/, () => import("../pages/admin.tsx"), "admin"],
];

export interface Here { path: string; query: URLSearchParams; place?: ComponentType<PlaceProps>; args: string[]; broken?: Error }

export const here = signal<Here>({ path: location.pathname, query: new URLSearchParams(location.search), args: [] });

/* Asked before one leaves; false keeps one here. */
let guard: (() => boolean) | undefined;
export function setGuard(ask: (() => boolean) | undefined): void {
    guard = ask;
}

async function show(path: string, search: string): Promise<void> {
    const query = new URLSearchParams(search);

    for (const [pattern, load, group] of routes) {
        const match = pattern.exec(path);
        if (!match) continue;
        try {
            const [place] = await Promise.all([load().then((loaded) => loaded.default), loadWords(group)]);
            here.value = { path, query, place, args: match.slice(1).map((part) => part && decodeURIComponent(part)) };
        } catch (broken) {
            here.value = { path, query, args: [], broken: broken as Error };
        }
        return;
    }
    here.value = { path, query, args: [], broken: new Error("404") };
}

export async function go(to: string, replace = false): Promise<void> {
    const url = new URL(to, location.href);

    if (guard && !guard()) return;
    history[replace ? "replaceState" : "pushState"]({}, "", url);
    await show(url.pathname, url.search);
    scrollTo(0, 0);
    document.getElementById("main")?.focus({ preventScroll: true });
}

/* The same place with other words behind its "?". */
export function setQuery(change: Record<string, string | undefined>): void {
    const query = new URLSearchParams(location.search);

    for (const [name, value] of Object.entries(change))
        value ? query.set(name, value) : query.delete(name);
    history.replaceState({}, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
    here.value = { ...here.value, query };
}

function isOurs(event: MouseEvent, link: HTMLAnchorElement): boolean {
    return event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey
        && !event.altKey && !link.target && !link.download && link.origin === location.origin
        && !link.pathname.startsWith("/api/") && !link.pathname.startsWith("/assets/");
}

export async function startRouter(): Promise<void> {
    addEventListener("click", (event) => {
        const link = (event.target as Element).closest?.("a[href]") as HTMLAnchorElement | null;
        if (!link || !isOurs(event, link) || (link.hash && link.pathname === location.pathname)) return;
        event.preventDefault();
        void go(link.href);
    });
    addEventListener("popstate", () => void show(location.pathname, location.search));
    await show(location.pathname, location.search);
}
