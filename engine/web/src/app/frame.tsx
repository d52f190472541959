/* app/frame.tsx - the places beside the page, and what is said across them.
 *
 * The same markup as engine/http/page_home.c writes, so that nothing moves
 * when the script takes over.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import type { IconName } from "../style/icons.ts";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Toasts } from "../ui/toast.tsx";
import { waiting } from "./waiting.ts";
import { asked } from "./question.ts";
import { SignInAgain } from "./sign-in.tsx";
import { Foot } from "./foot.tsx";
import { may } from "./me.ts";
import { here } from "./router.ts";
import { offline, queued, sending } from "../offline/state.ts";

const places: { path: string; icon: IconName; label: () => string; scope?: string }[] = [
    { path: "/", icon: "today", label: () => t("Today") },
    { path: "/inbox", icon: "inbox", label: () => t("Inbox") },
    { path: "/documents", icon: "documents", label: () => t("Documents") },
    { path: "/people", icon: "people", label: () => t("People") },
    { path: "/studio", icon: "studio", label: () => t("Studio"), scope: "deploy" },
    { path: "/admin", icon: "admin", label: () => t("Admin"), scope: "admin" },
];

const Questions = lazy(async () => (await import("../ui/question.tsx")).Questions);

function Places() {
    const first = `/${here.value.path.split("/")[1]}`.replace("/new", "/documents");

    return <nav class="places" aria-label="Weft">
        {places.filter((place) => !place.scope || may(place.scope)).map((place) =>
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
    return <>
        <a class="skip" href="#main">{t("To the page")}</a>
        <Places />
        <main class="main" id="main" tabIndex={-1} data-path={seen}>
            <Network />
            {broken ? <Broken error={broken} /> : Place && <Place key={path} args={args} query={query} />}
            <Foot />
        </main>
        <Toasts />
        {asked.value && <Questions />}
        <SignInAgain />
    </>;
}
