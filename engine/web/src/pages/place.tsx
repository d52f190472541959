/* pages/place.tsx - a place that a package has for documents of some forms, or
 * for runs of some cycles.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect } from "preact/hooks";
import { ask } from "../api/client.ts";
import { me } from "../app/me.ts";
import type { PlaceProps } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import type { Form } from "../form/model.ts";
import { loadWords, t } from "../i18n/index.ts";
import { Refused } from "../ui/answer.tsx";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Parts } from "../ui/parts.tsx";
import { Bar, Listed, readAsked, viewsOf } from "./documents-listed.tsx";

const Cycles = lazy(async () => {
    const [{ Cycles: loaded }] = await Promise.all([import("./cycles.tsx"), loadWords("cycles")]);
    return loaded;
});

type Own = NonNullable<typeof me.value.places>[number];

function FormsOf({ place, query }: { place: Own; query: URLSearchParams }) {
    const chosen = place.forms.find((one) => one === query.get("form")) ?? place.forms[0] ?? "";
    const forms = useAnswer(async () => (await ask("GET /forms")).items, []);
    const form = useAnswer(async () => chosen ? await ask("GET /forms/{form}", { path: { form: chosen } }) as Form : undefined, [chosen]);
    const there = form.data?.id === chosen ? form.data : undefined;
    const usual = (chosen === place.forms[0] ? place.view : undefined) ?? there?.views.find((one) => viewsOf(there).includes(one.view))?.view ?? "list";
    const view = viewsOf(there).find((one) => one === query.get("view")) ?? usual;
    const asked = { ...readAsked(query, chosen), state: query.get("state") ?? (view === "tree" || view === "board" ? "open" : "any") };
    const mine = place.forms.map((id) => forms.data?.find((one) => one.id === id)).filter((one) => one !== undefined);

    return <>
        <header class="head"><h1>{place.label}</h1>
            <div class="buttons">{mine.filter((one) => one.create).map((one) =>
                <a class={one.id === chosen ? "button primary" : "button"} href={`/new/${one.id}`}><Icon name="plus" />{one.label}</a>)}</div></header>
        {place.help && <p class="dim">{place.help}</p>}
        {mine.length > 1 && <Parts label={place.label} parts={mine.map((one) => ({ href: `/places/${place.id}?form=${one.id}`, label: one.label, here: one.id === chosen }))} />}
        {there && <Bar key={chosen} asked={asked} form={there} view={view} />}
        {form.error ? <Refused error={form.error} /> : there && <Listed asked={asked} form={there} forms={forms.data ?? []} view={view} />}
    </>;
}

function FormLinks({ place }: { place: Own }) {
    const forms = useAnswer(async () => (await ask("GET /forms")).items, []);

    return <p class="facts">{place.forms.map((id) => <a href={`/places/${place.id}?form=${id}`}>{forms.data?.find((form) => form.id === id)?.label ?? id}</a>)}</p>;
}

/* Where both are, the cycles come first and lead to the forms. */
export default function Place({ args, query }: PlaceProps) {
    const place = me.value.places?.find((one) => one.id === args[0]);
    const cycles = !!place?.cycles.length && !query.get("form");

    useEffect(() => { document.title = `${place?.label ?? ""} · Weft`; }, [place]);
    if (!place) return <div class="empty"><h1>{t("There is nothing here.")}</h1></div>;
    return cycles ? <>
        <Cycles place={place} query={query} />
        {place.forms.length > 0 && <FormLinks place={place} />}
    </> : <FormsOf key={place.id} place={place} query={query} />;
}
