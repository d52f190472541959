/* pages/cycle-calibration.tsx - the values of a run beside the shares that they
 * should have, group by group.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Calibration, Run } from "#api";
import { ask } from "../api/client.ts";
import { useNews } from "../app/live.ts";
import { setQuery } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { formatDay } from "../base/format.ts";
import { fieldsOf, type Field, type Form, type Option } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Icon } from "../ui/icon.tsx";
import { Shares } from "../ui/shares.tsx";
import { Grid, type Placed } from "./cycle-grid.tsx";
import type { Cycle } from "./cycles.tsx";
import "./documents.css";

export type Group = Calibration["groups"][number];

export const optionsOf = (field: Field | undefined): Option[] => field?.options ?? field?.scale ?? [];
export const labelOf = (field: Field | undefined, value: string): string => optionsOf(field).find((one) => one.id === value)?.label ?? value;

/* The values in the order of the field, those that only a share names behind. */
function valuesOf(field: Field | undefined, group: Group): string[] {
    const all = new Set([...optionsOf(field).map((one) => one.id), ...group.distribution.map((one) => one.value)]);
    return [...all];
}

/* Other measures by which people can stand apart. */
const measuresOf = (form: Form, of: string): Field[] =>
    form.fields.filter((field) => field.index && field.path !== of && (field.type === "choice" || field.type === "rating"));

/* --- All groups beside each other */

function Groups({ of, field, onChoose }: { of: Calibration; field: Field | undefined; onChoose: (unit: string) => void }) {
    const values = [...new Set(of.groups.flatMap((group) => valuesOf(field, group)))];

    return <div class="scroll"><table class="table"><thead><tr><th scope="col">{t("Unit")}</th>
        {values.map((value) => <th scope="col" class="number">{labelOf(field, value)}</th>)}<th scope="col" class="number">{t("People")}</th><th scope="col">{t("Shares")}</th></tr></thead>
        <tbody>{of.groups.map((group) => <tr>
            <th scope="row">{group.unit ? <button type="button" class="plain" onClick={() => onChoose(group.unit!)}>{group.name ?? group.unit}</button> : t("without a unit")}</th>
            {values.map((value) => <td class="number" data-label={labelOf(field, value)}>{group.distribution.find((one) => one.value === value)?.n ?? 0}</td>)}
            <td class="number" data-label={t("People")}>{group.n}</td>
            <td data-label={t("Shares")} class={group.problems.length ? "late" : ""}>{group.problems.length ? t("{n} not met", { n: group.problems.length }) : t("met")}</td>
        </tr>)}</tbody></table></div>;
}

/* --- One group */

function When({ of }: { of: Calibration }) {
    const now = Date.now();

    if (of.opens && Date.parse(of.opens) > now) return <p class="notice">{t("It begins {day}; until then values are only looked at.", { day: formatDay(of.opens) })}</p>;
    if (of.due && Date.parse(of.due) < now) return <p class="notice">{t("It ended {day}; values are only looked at.", { day: formatDay(of.due) })}</p>;
    return of.due ? <p class="dim">{t("Until {day}.", { day: formatDay(of.due) })}</p> : null;
}

const isOn = (of: Calibration, now = Date.now()): boolean =>
    !(of.opens && Date.parse(of.opens) > now) && !(of.due && Date.parse(of.due) < now);

function placesOf(of: Calibration, group: Group): Placed[] {
    const cells = (of.grid as { cells: { x: string | null; people: { document: string }[] }[] } | undefined)?.cells ?? [];
    const across = new Map(cells.flatMap((cell) => cell.people.map((person) => [person.document, cell.x] as const)));

    return (group.people ?? []).map((one) => ({
        document: String(one.document), name: one.person.name, login: one.person.login,
        value: one.value === null ? "" : String(one.value), before: one.before === null ? "" : String(one.before),
        reason: one.reason ?? undefined, across: across.get(String(one.document)) ?? "",
    }));
}

function GroupView({ of, form, field, measure, again }: { of: Calibration; form: Form; field: Field; measure: Field | undefined; again: () => void }) {
    const [group] = of.groups;
    const measures = measuresOf(form, of.field);

    if (!group) return <p class="empty">{t("Nobody is in this group yet.")}</p>;
    const values = valuesOf(field, group);
    return <>
        <When of={of} />
        <section class="block"><h2>{t("Shares of {what}", { what: field.label })}</h2>
            <Shares label={field.label} total={group.n} of={values.map((value) => ({
                ...group.distribution.find((one) => one.value === value) ?? { n: 0, before: 0, percent: 0 }, value, label: labelOf(field, value) }))} />
            {group.problems.length > 0 && <ul class="problems">{group.problems.map((problem) => <li><Icon name="bell" />{problem}</li>)}</ul>}</section>
        <section class="block"><div class="grid-head"><h2>{t("People")} <span class="dim">{group.n}</span></h2>
            {measures.length > 0 && <label class="theme">{t("Beside")} <select value={measure?.path ?? "none"} onChange={(event) => setQuery({ x: event.currentTarget.value })}>
                {measures.map((one) => <option value={one.path}>{one.label}</option>)}<option value="none">{t("nothing")}</option></select></label>}</div>
            <Grid field={field} across={measure} values={values} people={placesOf(of, group)} moves={!!group.may && isOn(of)} again={again} /></section>
    </>;
}

interface Asked { cycle: Cycle; run: Run; id: string; query: URLSearchParams }

function One({ cycle, run, id, query }: Asked) {
    const path = { cycle: cycle.id, run: run.id! };
    const all = useAnswer(async () => {
        const of = await ask("GET /cycles/{cycle}/runs/{run}/calibration", { path, query: { id } });
        const form = await ask("GET /forms/{form}", { path: { form: of.form } }) as Form;
        return { of, form };
    }, [run.id, id]);
    const { of, form } = all.data ?? {};
    const own = cycle.may_launch ? [] : of?.groups.filter((group) => group.may) ?? [];
    const unit = query.get("unit") ?? (of?.groups.length === 1 ? of.groups[0]!.unit : own.length === 1 ? own[0]!.unit : null) ?? "";
    const measures = form ? measuresOf(form, of!.field) : [];
    const measure = query.get("x") === "none" ? undefined : measures.find((one) => one.path === query.get("x")) ?? measures[0];
    const whole = of?.groups.length === 1 && of.groups[0]!.people !== undefined;
    const shown = useAnswer(async () => form && (unit || whole)
        ? await ask("GET /cycles/{cycle}/runs/{run}/calibration", { path, query: { id, ...(unit ? { unit } : {}), ...(measure ? { x: measure.path, y: of!.field } : {}) } })
        : undefined, [run.id, id, form, unit, whole, measure?.path]);

    function again(): void {
        shown.again();
        all.again();
    }
    useNews((news) => {
        const here = shown.data?.groups.some((group) => group.people?.some((one) => news.documents.includes(String(one.document))));
        if (news.all || here) again();
    }, [shown.data]);
    return <Answered of={all} what={t("Looking at the values…")}>{({ of, form }) => {
        const field = fieldsOf(form).get(of.field);
        if (of.groups.length === 0) return <p class="empty">{t("No values yet. As soon as people take part, their groups stand here.")}</p>;
        return <>
            {of.groups.length > 1 && <p class="head"><label class="theme">{t("Group")} <select value={unit} onChange={(event) => setQuery({ unit: event.currentTarget.value })}>
                <option value="">{t("all groups")}</option>
                {of.groups.filter((group) => group.unit).map((group) => <option value={group.unit!}>{group.name ?? group.unit}</option>)}</select></label></p>}
            {!unit && !whole ? <Groups of={of} field={field} onChoose={(to) => setQuery({ unit: to })} />
                : <Answered of={shown} what={t("Looking at the values…")}>{(one) => one && field ? <GroupView of={one} form={form} field={field} measure={measure} again={again} /> : null}</Answered>}
        </>;
    }}</Answered>;
}

export function CalibrationPart({ cycle, run, query }: { cycle: Cycle; run: Run; query: URLSearchParams }) {
    const all = cycle.calibrations ?? [];
    const id = String(all.find((one) => one.id === query.get("id"))?.id ?? all[0]?.id ?? "");

    return <>
        {all.length > 1 && <p class="head"><label class="theme">{t("Calibration")} <select value={id} onChange={(event) => setQuery({ id: event.currentTarget.value, x: undefined })}>
            {all.map((one) => <option value={String(one.id)}>{one.label}</option>)}</select></label></p>}
        <One key={id} cycle={cycle} run={run} id={id} query={query} />
    </>;
}
