/* pages/person.tsx - a person's file: who they are, and the documents about
 * them that their reader may see, by form, over time. Prints well.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect } from "preact/hooks";
import type { DocumentList, FormList } from "#api";
import { ask } from "../api/client.ts";
import { listUnits } from "../api/units.ts";
import type { PlaceProps } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { formatDate, formatDay, formatNumber } from "../base/format.ts";
import { fieldsOf, type Form } from "../form/model.ts";
import { showPeriod } from "../form/show.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Face } from "../ui/face.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Light, type Health } from "../ui/light.tsx";
import { Trend } from "../ui/trend.tsx";
import "./documents.css";
import "./people.css";

const Chart = lazy(async () => (await import("../form/chart.tsx")).Chart);

type Item = DocumentList["items"][number];

/* By form, the latest period first. */
function byForm(items: Item[], forms: FormList["items"]): { id: string; label: string; items: Item[] }[] {
    const groups = new Map<string, Item[]>();

    for (const item of items) groups.set(item.form, [...groups.get(item.form) ?? [], item]);
    return [...groups].map(([id, all]) => ({
        id, label: forms.find((form) => form.id === id)?.label ?? id,
        items: all.sort((a, b) => (b.period ?? b.created ?? "").localeCompare(a.period ?? a.created ?? "")),
    }));
}

/* A score over the periods is a line; two points are one already. */
function pointsOf(items: Item[]): { label: string; value: number }[] {
    return items.filter((item) => typeof item.score === "number" && item.period && item.state !== "void").reverse()
        .map((item) => ({ label: showPeriod(item.period!), value: item.score! }));
}

/* The charts that a form has, of the latest document and the one before. */
function Charts({ id, login }: { id: string; login: string }) {
    const shown = useAnswer(async () => {
        const form = await ask("GET /forms/{form}", { path: { form: id } }) as Form;
        const views = form.views.filter((view) => view.view === "chart" && fieldsOf(form).get(view.of ?? ""));
        if (!views.length) return undefined;
        const fields = views.map((view) => view.of).join(" ");
        const { items } = await ask("GET /documents", { query: { form: id, subject: login, fields, sort: "-created", limit: "20" } });
        const [now, before] = items.filter((item) => item.state !== "void")
            .sort((a, b) => (b.period ?? b.created ?? "").localeCompare(a.period ?? a.created ?? ""))
            .map((item) => ({ label: item.period ? showPeriod(item.period) : formatDay(item.created ?? ""), data: item.data ?? {} }));
        return now && { form, views, now, before };
    }, [id, login]);

    return shown.data ? <div class="charts">{shown.data.views.map((view) => <Chart form={shown.data!.form} view={view} now={shown.data!.now} before={shown.data!.before} />)}</div> : null;
}

function About({ items, forms, login }: { items: Item[]; forms: FormList["items"]; login: string }) {
    if (!items.length) return <p class="empty">{t("There is nothing about this person that you may see.")}</p>;
    return <>{byForm(items, forms).map((group) => {
        const points = pointsOf(group.items);
        return <section class="block" key={group.id}><h2>{group.label}<span class="dim">{group.items.length}</span></h2>
            <Charts id={group.id} login={login} />
            {points.length > 1 && <Trend label={group.label} points={points} />}
            <div class="scroll" tabIndex={0} role="group" aria-label={group.label}><table class="table about"><tbody>{group.items.map((item) => <tr key={item.id}>
                <th scope="row"><a href={`/documents/${item.id}`}>{item.title}</a></th>
                <td data-label={t("Period")}>{item.period && showPeriod(item.period)}</td>
                <td data-label={t("State")}>{item.health ? <Light health={item.health as Health} /> : item.state === "done" ? t("done") : item.state === "void" ? t("void") : t("open")}</td>
                <td class="number" data-label={t("Score")}>{typeof item.score === "number" ? formatNumber(item.score) : ""}</td>
                <td data-label={t("Changed")}>{item.updated && formatDate(item.updated.slice(0, 10))}</td>
            </tr>)}</tbody></table></div></section>;
    })}</>;
}

export default function PersonPage({ args }: PlaceProps) {
    const login = args[0]!;
    const person = useAnswer(() => ask("GET /people/{person}", { path: { person: login } }), [login]);
    const units = useAnswer(listUnits, []);
    const forms = useAnswer(async () => (await ask("GET /forms")).items, []);
    const about = useAnswer(async () => (await ask("GET /documents", { query: { subject: login, limit: "200", sort: "-created" } })).items, [login]);

    useEffect(() => { if (person.data) document.title = `${person.data.name} · Weft`; }, [person.data]);
    return <Answered of={person} what={t("Looking for people…")}>{(who) => <>
        <header class="person-head"><Face name={who.name} />
            <div><h1>{who.name}</h1><p class="facts">{[who.title, units.data?.find((unit) => unit.id === who.unit)?.name].filter(Boolean).map((fact) => <span>{fact}</span>)}
                {who.manager && <span>{t("Manager")}{t(": ")}<a href={`/people/${who.manager.login}`}>{who.manager.name}</a></span>}<span>{who.login}</span></p></div>
            <div class="buttons no-print"><button type="button" onClick={() => print()}>{t("Print")}</button></div></header>
        <Answered of={about} what={t("Looking for documents…")}>{(items) => <About items={items} forms={forms.data ?? []} login={login} />}</Answered>
    </>}</Answered>;
}
