/* pages/people.tsx - who is here: by unit, and by name, pinyin or initials.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { PersonList } from "#api";
import { ask } from "../api/client.ts";
import { listUnits, treeOfUnits } from "../api/units.ts";
import { setQuery, type PlaceProps } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Face } from "../ui/face.tsx";
import { Icon } from "../ui/icon.tsx";
import "./documents.css";
import "./people.css";

/* Accounts that stand in no unit, such as the first administrator's, are not whom
 * one looks for: they come last. */
const placed = (people: PersonList["items"]) => [...people].sort((a, b) => Number(!a.unit) - Number(!b.unit));

export default function People({ query }: PlaceProps) {
    const unit = query.get("unit") ?? "", q = query.get("q") ?? "";
    const [words, setWords] = useState(q);
    const [more, setMore] = useState<PersonList["items"]>([]);
    const [next, setNext] = useState<string | null | undefined>();
    const units = useAnswer(listUnits, []);
    const people = useAnswer(async (signal) => {
        const page = await ask("GET /people", { query: { unit: unit || undefined, q: q || undefined, limit: "100" }, signal });
        setMore([]);
        setNext(page.next);
        return page.items;
    }, [unit, q]);

    useEffect(() => {
        const timer = setTimeout(() => { if (words !== q) setQuery({ q: words }); }, 200);
        return () => clearTimeout(timer);
    }, [words]);
    useEffect(() => { document.title = `${t("People")} · Weft`; }, []);

    async function goOn(cursor: string): Promise<void> {
        const page = await ask("GET /people", { query: { unit: unit || undefined, q: q || undefined, limit: "100", cursor } });
        setMore([...more, ...page.items]);
        setNext(page.next);
    }
    const nameOf = (id: string | null | undefined) => units.data?.find((one) => one.id === id)?.name ?? "";
    return <>
        <header class="head"><h1>{t("People")}</h1></header>
        <div class="filters" role="search">
            <label class="search"><Icon name="search" /><span class="sr">{t("Name, pinyin or initials")}</span>
                <input type="search" value={words} placeholder={t("Name, pinyin or initials")} onInput={(event) => setWords(event.currentTarget.value)} /></label>
            <select aria-label={t("Unit")} value={unit} onChange={(event) => setQuery({ unit: event.currentTarget.value })}>
                <option value="">{t("The whole company")}</option>
                {treeOfUnits(units.data ?? []).map((one) => <option value={one.id}>{"\u2003".repeat(one.depth)}{one.name}</option>)}
            </select>
        </div>
        <Answered of={people} what={t("Looking for people…")}>{(first) => first.length === 0
            ? <p class="empty">{t("Nothing is called so.")}</p>
            : <ul class="people">{placed([...first, ...more]).map((person) => <li key={person.id}><a href={`/people/${person.login}`}>
                <Face name={person.name} /><span class="who"><strong>{person.name}</strong>
                    <span class="dim">{[person.title, nameOf(person.unit)].filter(Boolean).join(" · ")}</span></span></a></li>)}</ul>}</Answered>
        {next && <p><button type="button" onClick={() => void goOn(next)}>{t("Show more")}</button></p>}
    </>;
}
