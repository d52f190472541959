/* pages/insight.tsx - reports and pages of reports: each number leads to the
 * documents behind it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect } from "preact/hooks";
import type { Dashboard, Report } from "#api";
import { ask } from "../api/client.ts";
import type { PlaceProps } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Parts } from "../ui/parts.tsx";
import { ReportFigure, ReportPage } from "./report.tsx";
import "./documents.css";
import "./insight.css";

type Part = Dashboard["parts"][number];

/* One part of a dashboard: numbers, or documents. */
function PartView({ part }: { part: Part }) {
    const label = part.report?.label ?? part.label ?? part.form ?? "";

    return <section class="block part" aria-label={label}>
        <h2>{part.report ? <a href={`/insight/${part.report.id}`}>{label}</a> : part.form ? <a href={`/documents?form=${part.form}&state=any`}>{label}</a> : label}</h2>
        {part.problem && <p class="dim">{part.problem}</p>}
        {part.report && <ReportFigure report={part.report as Report} />}
        {part.documents && (part.documents.items.length === 0 ? <p class="dim">{t("Nothing here.")}</p>
            : <ul class="rows">{part.documents.items.slice(0, 10).map((item) => <li key={item.id}><div class="row"><h3><a href={`/documents/${item.id}`}>{item.title}</a></h3></div></li>)}</ul>)}
    </section>;
}

function DashboardView({ id }: { id: string }) {
    const shown = useAnswer(() => ask("GET /dashboards/{dashboard}", { path: { dashboard: id } }), [id]);

    return <Answered of={shown} what={t("Adding up…")}>{(data) => <div class="dashboard">{data.parts.map((part, i) => <PartView key={i} part={part} />)}</div>}</Answered>;
}

function Overview({ chosen }: { chosen: string }) {
    const pages = useAnswer(async () => (await ask("GET /dashboards")).items, []);
    const reports = useAnswer(async () => (await ask("GET /reports")).items, []);
    const at = pages.data?.find((one) => one.id === chosen) ?? pages.data?.[0];

    useEffect(() => { document.title = `${t("Insight")} · Weft`; }, []);
    return <>
        <header class="head"><h1>{t("Insight")}</h1></header>
        {pages.data && pages.data.length > 1 && <Parts label={t("Insight")} parts={pages.data.map((one) => ({ href: `/insight?page=${one.id}`, label: one.label, here: one === at }))} />}
        {at && <DashboardView key={at.id} id={at.id} />}
        <Answered of={reports} what={t("Looking for reports…")}>{(items) => items.length === 0
            ? <p class="empty">{t("Reports show numbers over documents: who has finished, what stands still. A package brings them; none of yours has one for you.")}</p>
            : <section class="block"><h2>{t("All reports")}</h2><ul class="rows">{items.map((one) => <li key={one.id}><div class="row"><div class="what">
                <h3><a href={`/insight/${one.id}`}>{one.label}</a></h3>{one.help && <p class="dim">{one.help}</p>}</div></div></li>)}</ul></section>}</Answered>
    </>;
}

export default function Insight({ args, query }: PlaceProps) {
    return args[0] ? <ReportPage key={args[0]} id={args[0]} query={query} /> : <Overview chosen={query.get("page") ?? ""} />;
}
