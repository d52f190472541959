/* pages/admin-audit.tsx - what was done here, by whom and when: by person, form
 * and day, and as a file. It tells that somebody acted; what they wrote stands
 * in the document, for who reads it.
 *
 * What is looked for stands in the address.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import type { AuditList, PersonRef } from "#api";
import { addressOf, ask } from "../api/client.ts";
import { saveFile } from "../api/save.ts";
import { here, setQuery } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { formatInstant } from "../base/format.ts";
import { verbs, wayOf } from "../form/verbs.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { PersonPicker } from "../ui/person-picker.tsx";
import { sayError } from "../ui/toast.tsx";
import "./documents.css";

type Act = AuditList["items"][number];

/* What is of no document. */
const matters: Record<string, () => string> = {
    deploy: () => t("Made live"), release: () => t("Gave a version"), retire: () => t("Ended a version"), rollback: () => t("Went back a version"),
    setting: () => t("Changed a setting"), person: () => t("Changed a person"), unit: () => t("Changed a unit"), import: () => t("Imported"),
    token: () => t("Token"), session: () => t("Ended sessions"), provider: () => t("Signing in elsewhere"), channel: () => t("Way out"),
    directory: () => t("By the directory"), erase: () => t("Erased a person"), handover: () => t("Handed over all work"),
    "delegate-all": () => t("Has somebody stand in"), "delegate-end": () => t("Nobody stands in any more"), launch: () => t("Launched a cycle"),
};

/* What was done to it, where the kind alone does not say. */
const reasons: Record<string, () => string> = {
    made: () => t("made"), ended: () => t("ended"), set: () => t("set"), removed: () => t("taken away"), linked: () => t("linked"),
    created: () => t("made"), added: () => t("made"), replaced: () => t("changed"), patched: () => t("changed"), "signed-out": () => t("signed out"),
};

const files: Record<string, () => string> = { people: () => t("People"), units: () => t("Units"), history: () => t("What people were before") };

const wordOf = (act: Act): string => act.label ?? (act.document ? verbs : matters)[act.kind]?.() ?? act.kind;

const aboutOf = (act: Act): string => act.kind === "import" ? files[act.about ?? ""]?.() ?? act.about ?? "" : act.about ?? "";

/* "lina → zhaolei": in whose name, and whom it names. */
const namedOf = (act: Act): string => [act.for?.name, act.people?.map((person) => person.name).join(t(", "))].filter(Boolean).join(" → ");

const shown = (value: unknown): string => value === null || value === undefined ? "—" : typeof value === "object" ? JSON.stringify(value) : String(value);

function What({ act }: { act: Act }) {
    const facts = [act.place, act.document ? "" : reasons[act.reason ?? ""]?.() ?? act.reason, wayOf(act.via)];

    return <div><strong>{wordOf(act)}</strong>{facts.filter(Boolean).map((fact) => <span class="dim"> · {fact}</span>)}
        {!!act.changes?.length && <details><summary class="dim">{t("{n} values", { n: act.changes.length })}</summary>
            <ul>{act.changes.map((change) => <li>{change.field}{t(": ")}<del>{shown(change.from)}</del> → <ins>{shown(change.to)}</ins></li>)}</ul></details>}</div>;
}

function Where({ act }: { act: Act }) {
    const { document } = act;
    const named = namedOf(act);

    if (!document) return <div>{[aboutOf(act), named].filter(Boolean).join(" · ")}</div>;
    return <div>{document.title ? <a href={`/documents/${document.id}`}>{document.title}</a> : <span class="dim">{document.form ? t("not for you to read") : t("deleted since")}</span>}
        <p class="dim">{[document.form_label, named].filter(Boolean).join(" · ")}</p></div>;
}

function Table({ acts }: { acts: Act[] }) {
    return <div class="scroll" tabIndex={0} role="group" aria-label={t("Audit trail")}><table class="table audit">
        <thead><tr><th scope="col">{t("When")}</th><th scope="col">{t("Who")}</th><th scope="col">{t("What")}</th><th scope="col">{t("On what")}</th></tr></thead>
        <tbody>{acts.map((act) => <tr>
            <th scope="row" class="short"><time datetime={act.at}>{formatInstant(act.at)}</time></th>
            <td class="short" data-label={t("Who")}>{act.actor ? <a href={`/people/${act.actor.login}`}>{act.actor.name}</a> : <span class="dim">{t("the system")}</span>}</td>
            <td class="words" data-label={t("What")}><What act={act} /></td>
            <td class="words" data-label={t("On what")}><Where act={act} /></td>
        </tr>)}</tbody></table></div>;
}

const Day = ({ of, label, value }: { of: string; label: string; value: string }) =>
    <label class="day">{label} <input type="date" value={value} onChange={(event) => setQuery({ [of]: event.currentTarget.value })} /></label>;

export function Audit() {
    const { query } = here.value;
    const asked = (name: string) => query.get(name) ?? "";
    const login = asked("person");
    const words = { from: asked("from") || undefined, to: asked("to") || undefined, person: login || undefined, form: asked("form") || undefined, engine: asked("engine") || undefined };
    const key = JSON.stringify(words);
    const [more, setMore] = useState<{ key: string; page: AuditList }>();
    const forms = useAnswer(async () => (await ask("GET /forms")).items, []);
    const person = useAnswer(async (): Promise<PersonRef[]> => login ? [await ask("GET /people/{person}", { path: { person: login } })] : [], [login]);
    const acts = useAnswer((signal) => ask("GET /admin/audit", { query: words, signal }), [key]);

    async function goOn(before: AuditList): Promise<void> {
        try {
            const page = await ask("GET /admin/audit", { query: { ...words, cursor: before.next ?? undefined } });
            setMore({ key, page: { ...page, items: [...before.items, ...page.items] } });
        } catch (error) {
            sayError(error);
        }
    }
    return <section class="block">
        <p class="dim">{t("Who did what, and when. What stands in a document is for who reads it; of anonymous answers there is nothing.")}</p>
        <div class="filters audit-filters" role="search">
            <PersonPicker label={t("Person")} hideLabel hint={t("Everybody")} people={person.data ?? []} onChange={(people) => setQuery({ person: people[0]?.login })} />
            {login && <button type="button" class="plain" onClick={() => setQuery({ person: undefined })}>{t("Everybody")}</button>}
            <select aria-label={t("Form")} value={asked("form")} onChange={(event) => setQuery({ form: event.currentTarget.value })}>
                <option value="">{t("All forms, and all else")}</option>
                {(forms.data ?? []).map((form) => <option value={form.id}>{form.label}</option>)}</select>
            <Day of="from" label={t("From")} value={asked("from")} /><Day of="to" label={t("until")} value={asked("to")} />
            <label class="check"><input type="checkbox" checked={asked("engine") === "true"} onChange={(event) => setQuery({ engine: event.currentTarget.checked ? "true" : undefined })} />{t("also what the system does")}</label>
            <button type="button" class="audit-file" onClick={() => void saveFile(addressOf("GET /admin/audit", { query: { ...words, format: "csv" } }), "audit.csv").catch(sayError)}>CSV</button>
        </div>
        <Answered of={acts} what={t("Looking what was done…")}>{(first) => {
            const page = more?.key === key ? more.page : first;
            if (!page.items.length) return <p class="empty">{t("Nothing was done in these days that fits. The last thirty are shown where none are named.")}</p>;
            return <><Table acts={page.items} />{page.next && <p><button type="button" onClick={() => void goOn(page)}>{t("Show more")}</button></p>}</>;
        }}</Answered>
    </section>;
}
