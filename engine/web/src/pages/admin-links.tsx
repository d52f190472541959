/* pages/admin-links.tsx - what this system is bound to: where one signs in, what is
 * sent out, what is fetched; and how it goes. They are set by the command line,
 * where their secrets are.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ComponentChildren } from "preact";
import { ask } from "../api/client.ts";
import { useAnswer, type Loaded } from "../base/async.ts";
import { formatInstant } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { say, sayError } from "../ui/toast.tsx";

interface Link { id: string; label: string; facts: string[]; problem?: string | null | undefined; act?: ComponentChildren }

function Links({ title, of, none }: { title: string; of: Loaded<Link[]>; none: string }) {
    return <section class="block"><h2>{title}</h2>
        <Answered of={of} what={t("Looking what there is…")}>{(items) => items.length === 0 ? <p class="empty">{none}</p>
            : <ul class="rows">{items.map((one) => <li key={one.id} class="row"><div class="what"><h3>{one.label}</h3>
                <p class="facts">{one.facts.filter(Boolean).map((fact) => <span>{fact}</span>)}</p>
                {one.problem && <p class="late">{one.problem}</p>}</div>{one.act}</li>)}</ul>}</Answered></section>;
}

const states = { on: () => t("on"), off: () => t("off"), gone: () => t("taken away") };

export function Connections() {
    const ways = useAnswer(async (): Promise<Link[]> => (await ask("GET /admin/providers")).items
        .map((one) => ({ id: one.id, label: one.label, facts: [one.id, one.issuer] })), []);
    const out = useAnswer(async (): Promise<Link[]> => (await ask("GET /admin/channels")).items
        .map((one) => ({ id: one.id, label: one.label || one.id, problem: one.problem, facts: [one.kind, states[one.state](), one.failures ? t("{n} in a row have failed", { n: one.failures }) : ""] })), []);
    const fetched = useAnswer(async (): Promise<Link[]> => (await ask("GET /admin/connectors")).items.map((one) => ({
        id: one.id, label: one.label ?? one.id, problem: one.problem,
        facts: [one.channel, one.fetched ? t("fetched {when}: {n} rows", { when: formatInstant(one.fetched), n: one.rows ?? 0 }) : t("not fetched yet"), one.due ? t("next {when}", { when: formatInstant(one.due) }) : ""],
        act: <button type="button" onClick={() => void fetchNow(one.id)}>{t("Fetch now")}</button>,
    })), []);

    async function fetchNow(connector: string): Promise<void> {
        try {
            await ask("POST /admin/connectors/{connector}/run", { path: { connector } });
            say(t("It has been fetched."));
        } catch (error) {
            sayError(error);
        }
        fetched.again();
    }
    return <>
        <p class="dim">{t("These are set at the command line, where their secrets are: weft provider, weft channel. Here one sees how they go.")}</p>
        <Links title={t("Signing in elsewhere")} of={ways} none={t("People sign in here, with their password.")} />
        <Links title={t("Sent out")} of={out} none={t("Nothing is sent to mail, chat tools or other systems.")} />
        <Links title={t("Fetched")} of={fetched} none={t("Nothing is fetched from other systems.")} />
    </>;
}
