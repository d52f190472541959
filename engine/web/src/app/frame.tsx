/* app/frame.tsx - the places beside the page, and what is said across them.
 *
 * The same markup as engine/http/page_home.c and page_places.c write, which the
 * script takes over; what stands in <Later> it adds.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import type { IconName } from "../style/icons.ts";
import { Icon } from "../ui/icon.tsx";
import { Later } from "../ui/later.tsx";
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
import { offline, queued, sending, waitingDrafts } from "../offline/state.ts";

/* In the order of engine/http/page_places.c: those of packages stand between. */
const places: { path: string; icon: IconName; label: () => string; scope?: string; own?: boolean }[] = [
    { path: "/", icon: "today", label: () => t("Today") },
    { path: "/inbox", icon: "inbox", label: () => t("Inbox") },
    { path: "/documents", icon: "documents", label: () => t("Documents") },
    { path: "/people", icon: "people", label: () => t("People"), own: true },
    { path: "/insight", icon: "chart", label: () => t("Insight") },
    { path: "/studio", icon: "studio", label: () => t("Studio"), scope: "deploy" },
    { path: "/admin", icon: "admin", label: () => t("Admin"), scope: "admin" },
];

const ON_A_PHONE = 6; /* places that its bar has room for */

const Questions = lazy(async () => (await import("../ui/question.tsx")).Questions);

interface Place { path: string; icon: IconName; label: () => string }

const placesOf = (): Place[] => places.filter((place) => !place.scope || may(place.scope) || (place.path === "/studio" && adjusts.value)).flatMap((place): Place[] => place.own
    ? [...(me.value.places ?? []).map((own) => ({ path: `/places/${own.id}`, icon: (own.icon ?? own.view ?? "list") as IconName, label: () => own.label })), place]
    : [place]);

function Places() {
    const [, one, two] = here.value.path.split("/");
    const first = one === "places" ? `/places/${two}` : `/${one}`.replace("/new", "/documents");
    const shown = placesOf();
    const [all, setAll] = useState(false);
    const leave = (event: FocusEvent) => { if (!(event.currentTarget as Element).contains(event.relatedTarget as Element | null)) setAll(false); };

    useEffect(() => setAll(false), [here.value.path]);
    return <nav class={all ? "places all" : "places"} aria-label="Weft" onFocusOut={leave} onKeyDown={(event) => { if (event.key === "Escape") setAll(false); }}>
        {shown.map((place) =>
            <a href={place.path} aria-current={place.path === first ? "page" : undefined}>
                <Icon name={place.icon} /><span>{place.label()}</span>
                {place.path === "/inbox" && waiting.value > 0
                    && <span class="count" aria-label={t("{n} wait", { n: waiting.value })}>{waiting.value}</span>}
            </a>)}
        {shown.length > ON_A_PHONE && <button type="button" class="all-places" aria-expanded={all} onClick={() => setAll(!all)}><Icon name="more" /><span>{t("More")}</span></button>}
    </nav>;
}

/* Said only while it is so. */
function Network() {
    if (!offline.value && !queued.value && !sending.value) return null;
    return <p class="network" role="status">
        <Icon name={offline.value ? "offline" : "clock"} />
        {offline.value ? t("No network. What you write is kept here.") : ""}
        {queued.value ? ` ${t("{n} changes wait to be sent.", { n: queued.value })}` : ""}
        {waitingDrafts.value.map((draft) => <a href={draft.id.startsWith("new:") ? `/new/${draft.form}?draft=${encodeURIComponent(draft.id)}` : `/documents/${draft.id}`}>
            {draft.title}{draft.refused && ` (${t("not sent: see what is wrong")})`}</a>)}
    </p>;
}

function Broken({ error }: { error: Error }) {
    return <div class="empty"><h1>{error.message === "404" ? t("There is nothing here.") : t("This page could not be loaded.")}</h1>
        <p><a href="/">{t("Today")}</a></p></div>;
}

export function Frame() {
    const { place: Place, args, query, broken, path } = here.value;
    const [seen, setSeen] = useState("");

    useEffect(() => setSeen(path), [path]);
    useEffect(() => void (globalThis.requestIdleCallback ?? setTimeout)(() => void learnAdjusts()), []);
    return <>
        <a class="skip" href="#main">{t("To the page")}</a>
        <Places />
        <main class="main" id="main" tabIndex={-1} data-path={seen}>
            <Later><div class="corner no-print"><Assistant /><Bell /></div></Later>
            <Network />
            {broken ? <Broken error={broken} /> : Place && <Place key={path} args={args} query={query} />}
            <Later><Foot /></Later>
        </main>
        <Later><Toasts /></Later>
        {asked.value && <Questions />}
        <SignInAgain />
    </>;
}
