/* app/frame.tsx - the places beside the page, and what is said across them.
 *
 * The same markup as engine/http/page_home.c writes, so that nothing moves
 * when the script takes over.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import type { IconName } from "../style/icons.ts";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Toasts } from "../ui/toast.tsx";
import { adjusts, learnAdjusts } from "./adjusts.ts";
import { waiting } from "./waiting.ts";
import { asked } from "./question.ts";
import { SignInAgain } from "./sign-in.tsx";
import { Bell } from "./bell.tsx";
import { Assistant } from "./assistant.tsx";
import { Foot } from "./foot.tsx";
import { may, me } from "./me.ts";
import { here } from "./router.ts";
import { offline, queued, sending } from "../offline/state.ts";

/* In the order of engine/http/page_home.c: those of packages stand between. */
const places: { path: string; icon: IconName; label: () => string; scope?: string; own?: boolean }[] = [
    { path: "/", icon: "today", label: () => t("Today") },
    { path: "/inbox", icon: "inbox", label: () => t("Inbox") },
    { path: "/documents", icon: "documents", label: () => t("Documents") },
    { path: "/people", icon: "people", label: () => t("People"), own: true },
    { path: "/insight", icon: "chart", label: () => t("Insight") },
    { path: "/studio", icon: "studio", label: () => t("Studio"), scope: "deploy" },
    { path: "/admin", icon: "admin", label: () => t("Admin"), scope: "admin" },
];

const Questions = lazy(async () => (await import("../ui/question.tsx")).Questions);

interface Place { path: string; icon: IconName; label: () => string }

const placesOf = (): Place[] => places.filter((place) => !place.scope || may(place.scope) || (place.path === "/studio" && adjusts.value)).flatMap((place): Place[] => place.own
    ? [...(me.value.places ?? []).map((own) => ({ path: `/places/${own.id}`, icon: (own.icon ?? own.view ?? "list") as IconName, label: () => own.label })), place]
    : [place]);

function Places() {
    const [, one, two] = here.value.path.split("/");
    const first = one === "places" ? `/places/${two}` : `/${one}`.replace("/new", "/documents");
    const strip = useRef<HTMLElement>(null);

    /* On a phone there may be more than fit. */
    useEffect(() => strip.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }), [first]);

    return <nav class="places" ref={strip} aria-label="Weft">
        {placesOf().map((place) =>
            <a href={place.path} aria-current={place.path === first ? "page" : undefined}>
                <Icon name={place.icon} /><span>{place.label()}</span>
                {place.path === "/inbox" && waiting.value > 0
                    && <span class="count" aria-label={t("{n} wait", { n: waiting.value })}>{waiting.value}</span>}
            </a>)}
    </nav>;
}

/* Said only while it is so. */
function Network() {
    if (!offline.value && !queued.value && !sending.value) return null;
    return <p class="network" role="status">
        <Icon name={offline.value ? "offline" : "clock"} />
        {offline.value ? t("No network. What you write is kept here.") : ""}
        {queued.value ? ` ${t("{n} changes wait to be sent.", { n: queued.value })}` : ""}
    </p>;
}

function Broken({ error }: { error: Error }) {
    return <div class="empty"><h1>{error.message === "404" ? t("There is nothing here.") : t("This page could not be loaded.")}</h1>
        <p><a href="/">{t("Today")}</a></p></div>;
}

export function Frame() {
    const { place: Place, args, query, broken, path } = here.value;
    const [seen, setSeen] = useState(path);

    useEffect(() => setSeen(path), [path]);
    useEffect(() => void (globalThis.requestIdleCallback ?? setTimeout)(() => void learnAdjusts()), []);
    return <>
        <a class="skip" href="#main">{t("To the page")}</a>
        <Places />
        <main class="main" id="main" tabIndex={-1} data-path={seen}>
            <Bell />
            <Network />
            {broken ? <Broken error={broken} /> : Place && <Place key={path} args={args} query={query} />}
            <Foot />
        </main>
        <Assistant />
        <Toasts />
        {asked.value && <Questions />}
        <SignInAgain />
    </>;
}
