/* pages/admin.tsx - people and units as files, roles, settings, tokens, what the
 * system is bound to, what it does in the background, and who did what.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { may } from "../app/me.ts";
import type { PlaceProps } from "../app/router.ts";
import { loadWords, t } from "../i18n/index.ts";
import { lazy } from "../ui/lazy.tsx";
import { Parts } from "../ui/parts.tsx";
import { Import } from "./admin-import.tsx";
import { Jobs } from "./admin-jobs.tsx";
import { Connections } from "./admin-links.tsx";
import { Roles } from "./admin-roles.tsx";
import { Settings } from "./admin-settings.tsx";
import { Tokens } from "./admin-tokens.tsx";
import "./admin.css";

const Audit = lazy(async () => (await Promise.all([import("./admin-audit.tsx"), loadWords("history")]))[0].Audit); /* it names what histories name, and chooses people */

const Usage = lazy(async () => (await import("./admin-usage.tsx")).Usage); /* it brings its charts */

const parts: { id: string; label: () => string; Part: ComponentType; scope: string }[] = [
    { id: "", label: () => t("People and units"), Part: Import, scope: "admin" },
    { id: "settings", label: () => t("Settings"), Part: Settings, scope: "deploy" },
    { id: "roles", label: () => t("Roles"), Part: Roles, scope: "admin" },
    { id: "connections", label: () => t("Connections"), Part: Connections, scope: "admin" },
    { id: "jobs", label: () => t("Background work"), Part: Jobs, scope: "admin" },
    { id: "usage", label: () => t("Use"), Part: Usage, scope: "admin" },
    { id: "audit", label: () => t("Audit trail"), Part: Audit, scope: "admin" },
    { id: "tokens", label: () => t("Tokens"), Part: Tokens, scope: "write" },
];

export default function Admin({ args }: PlaceProps) {
    const shown = parts.filter((part) => may(part.scope));
    const part = shown.find((one) => one.id === (args[0] ?? "")) ?? shown[0];

    useEffect(() => { document.title = `${t("Admin")} · Weft`; }, []);
    if (!part) return <p class="empty">{t("This is for administrators.")}</p>;
    return <>
        <header class="head"><h1>{t("Admin")}</h1></header>
        <Parts label={t("Admin")} parts={shown.map((one) => ({ href: `/admin${one.id && `/${one.id}`}`, label: one.label(), here: one === part }))} />
        <part.Part />
    </>;
}
