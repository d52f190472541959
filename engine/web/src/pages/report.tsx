/* pages/report.tsx - the numbers of a report as a chart and a table, the
 * documents behind them, and their file.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect } from "preact/hooks";
import type { DocumentList, Report } from "#api";
import { addressOf, ask, type How } from "../api/client.ts";
import { saveFile } from "../api/save.ts";
import { setQuery } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { formatInstant, formatNumber } from "../base/format.ts";
import { parsePeriod, stepPeriod, writePeriod } from "../expr/dates.ts";
import { showPeriod } from "../form/show.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Bars } from "../ui/bars.tsx";
import { lightWords, type Health } from "../ui/light.tsx";
import { sayError } from "../ui/toast.tsx";
import { Trend } from "../ui/trend.tsx";

type Row = Report["rows"][number];
type Measure = Report["measures"][number];

const labelOf = (report: Report, row: Row) => report.groups.map((group) => String((row.label as Record<string, unknown>)[group.id] ?? "—")).join(" · ") || t("All");
const show = (measure: Measure, value: number | null | undefined) =>
    typeof value === "number" ? formatNumber(value, Number.isInteger(value) ? undefined : measure.digits) + (measure.unit === "%" ? "%" : measure.unit ? ` ${measure.unit}` : "") : "—";

/* Over all documents; nothing where a floor hides it. */
const totalOf = (report: Report, measure: string) => (report.total as { values?: Record<string, number | null> }).values?.[measure];

/* Of rows that are told apart by it: they are drawn in its colour. */
function lightOf(report: Report, row: Row): Health | undefined {
    const group = report.groups.find((one) => one.type === "light");
    const light = group && String((row.key as Record<string, unknown>)[group.id]);

    return light && light in lightWords ? light as Health : undefined;
}

/* One number, what the measures come to, and beneath it those before. */
function Figure({ report }: { report: Report }) {
    const words = report.measures.map((measure) => [show(measure, totalOf(report, measure.id)), measure.label] as const);
    const [value, label] = words.at(-1)!;

    return <>
        <p class="figure-large">{value} <span class="dim">{label}</span></p>
        {words.length > 1 && <p class="dim">{words.slice(0, -1).map(([number, of]) => `${of} ${number}`).join(" · ")}</p>}
    </>;
}

/* The chart that the report asks for, of its first measure. */
export function ReportFigure({ report }: { report: Report }) {
    const [measure] = report.measures;
    const rows = report.rows.filter((row) => !row.hidden);

    if (!measure) return null;
    if (report.chart === "number" || !report.groups.length) return <Figure report={report} />;
    if (!rows.length) return <p class="dim">{t("Nothing to count yet.")}</p>;
    if (report.chart === "line" && rows.length > 1)
        return <><p class="dim">{measure.label}</p><Trend label={`${report.label}: ${measure.label}`} points={rows.map((row) => ({ label: labelOf(report, row), value: row.values[measure.id] ?? 0 }))} /></>;
    return <><p class="dim">{measure.label}</p><Bars label={`${report.label}: ${measure.label}`} unit={measure.unit} most={measure.unit === "%" ? 100 : undefined} rows={rows.slice(0, 12).map((row) => ({
        label: `${"\u2003".repeat(row.depth ?? 0)}${labelOf(report, row)}`, value: row.values[measure.id] ?? undefined, light: lightOf(report, row) }))} /></>;
}

/* In the address, so that it can be sent: {"unit":"sales"} */
const keyOf = (row: Row) => JSON.stringify(row.key);

function keysOf(text: string): Record<string, string> {
    try {
        return Object.fromEntries(Object.entries(JSON.parse(text) as Record<string, unknown>).map(([group, value]) => [`key[${group}]`, String(value ?? "")]));
    } catch {
        return {};
    }
}

function Numbers({ report }: { report: Report }) {
    return <div class="scroll" tabIndex={0} role="group" aria-label={report.label}><table class="table">
        <thead><tr>{report.groups.map((group) => <th scope="col">{group.label}</th>)}{report.measures.map((measure) => <th scope="col" class="number">{measure.label}</th>)}<th scope="col" class="number">{t("Documents")}</th></tr></thead>
        <tbody>{report.rows.map((row) => <tr>
            {report.groups.map((group, i) => i === 0
                ? <th scope="row">{"\u2003".repeat(row.depth ?? 0)}{String((row.label as Record<string, unknown>)[group.id] ?? "—")}</th>
                : <td data-label={group.label}>{String((row.label as Record<string, unknown>)[group.id] ?? "—")}</td>)}
            {report.measures.map((measure) => <td class="number" data-label={measure.label}>{row.hidden ? t("too few") : show(measure, row.values[measure.id])}</td>)}
            <td class="number" data-label={t("Documents")}>{row.hidden || report.floor ? row.documents ?? ""
                : <button type="button" class="plain" aria-label={t("{n} documents of {what}", { n: row.documents ?? 0, what: labelOf(report, row) })} onClick={() => setQuery({ row: keyOf(row) })}>{row.documents ?? 0}</button>}</td>
        </tr>)}</tbody>
        {report.groups.length > 0 && <tfoot><tr><th scope="row" colSpan={report.groups.length}>{t("All")}</th>{report.measures.map((measure) => <td class="number">{show(measure, totalOf(report, measure.id))}</td>)}<td /></tr></tfoot>}
    </table></div>;
}

function Behind({ id, period, row }: { id: string; period: string; row: string }) {
    const behind = useAnswer(async (signal) => (await ask("GET /reports/{report}/documents",
        { path: { report: id }, query: { period: period || undefined, limit: "100", ...keysOf(row) } as How<"GET /reports/{report}/documents">["query"] & object, signal })) as DocumentList, [id, period, row]);

    return <section class="block"><h2>{t("The documents behind it")}<button type="button" class="plain" onClick={() => setQuery({ row: undefined })}>{t("Close")}</button></h2>
        <Answered of={behind} what={t("Looking for documents…")}>{({ items, next }) => <>
            <ul class="rows">{items.map((item) => <li key={item.id}><div class="row"><h3><a href={`/documents/${item.id}`}>{item.title}</a></h3><span class="dim">{item.subject?.name}</span></div></li>)}</ul>
            {next && <p class="dim">{t("The first {n} are shown.", { n: items.length })}</p>}</>}</Answered></section>;
}

const save = (id: string, period: string, format: "csv" | "xlsx"): Promise<void> =>
    saveFile(addressOf("GET /reports/{report}", { path: { report: id }, query: { period: period || undefined, format } }), `${id}${period ? `-${period}` : ""}.${format}`);

/* The one it shows, and a few before. */
function periodsOf(report: Report): string[] {
    const now = report.over && report.period ? parsePeriod(report.period) : undefined;
    return now ? [1, 0, -1, -2, -3, -4].map((by) => writePeriod(stepPeriod(now, by))) : [];
}

export function ReportPage({ id, query }: { id: string; query: URLSearchParams }) {
    const period = query.get("period") ?? "", row = query.get("row") ?? "";
    const report = useAnswer(() => ask("GET /reports/{report}", { path: { report: id }, query: { period: period || undefined } }) as Promise<Report>, [id, period]);

    useEffect(() => { if (report.data) document.title = `${report.data.label} · Weft`; }, [report.data]);
    return <Answered of={report} what={t("Adding up…")}>{(data) => <>
        <header class="head"><div class="title"><h1>{data.label}</h1><p class="facts"><a href="/insight">{t("Insight")}</a>{data.period && <span>{showPeriod(data.period)}</span>}<span>{t("worked out {when}", { when: formatInstant(data.made) })}</span></p></div>
            {periodsOf(data).length > 0 && <select class="no-print" aria-label={t("Period")} value={data.period ?? ""} onChange={(event) => setQuery({ period: event.currentTarget.value, row: undefined })}>{periodsOf(data).map((one) => <option value={one}>{showPeriod(one)}</option>)}</select>}
            <div class="buttons no-print"><button type="button" onClick={() => void save(id, period, "xlsx").catch(sayError)}>Excel</button><button type="button" onClick={() => void save(id, period, "csv").catch(sayError)}>CSV</button></div></header>
        {data.help && <p class="dim">{data.help}</p>}
        <ReportFigure report={data} />
        <Numbers report={data} />
        {!!data.left && <p class="dim">{t("{n} more rows are beyond the limit of the report.", { n: data.left })}</p>}
        {row && <Behind id={id} period={period} row={row} />}
    </>}</Answered>;
}
