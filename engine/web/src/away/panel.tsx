/* away/panel.tsx - out of office: who decides in my place while I am away, and
 * for whom I do.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import type { DelegationList, PersonRef } from "#api";
import { ask, newKey, Problem } from "../api/client.ts";
import { me } from "../app/me.ts";
import { useAnswer } from "../base/async.ts";
import { formatDate } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { PersonPicker } from "../ui/person-picker.tsx";
import { say, sayError } from "../ui/toast.tsx";
import "./away.css";

type Delegation = DelegationList["items"][number];

const daysOf = ({ from, until }: Delegation): string =>
    until ? t("{a} to {b}", { a: formatDate(from), b: formatDate(until) }) : t("from {day} on, until it is ended", { day: formatDate(from) });

function List({ title, all, labels, onEnd }: { title: string; all: Delegation[]; labels: Map<string, string>; onEnd?: (one: Delegation) => void }) {
    if (!all.length) return null;
    return <section class="block"><h3>{title}</h3><ul class="rows">{all.map((one) => <li key={one.id} class="away-one"><div>
        <p>{(onEnd ? one.to : one.giver).name}</p>
        <p class="facts"><span>{daysOf(one)}</span><span>{one.forms.length ? one.forms.map((id) => labels.get(id) ?? id).join(t(", ")) : t("for all forms")}</span></p></div>
        {onEnd && <button type="button" onClick={() => onEnd(one)}>{t("End it")}</button>}</li>)}</ul></section>;
}

function Give({ labels, onDone }: { labels: Map<string, string>; onDone: () => void }) {
    const [to, setTo] = useState<PersonRef[]>([]);
    const [from, setFrom] = useState("");
    const [until, setUntil] = useState("");
    const [forms, setForms] = useState<string[]>([]);
    const [wrong, setWrong] = useState("");

    async function give(event: Event): Promise<void> {
        event.preventDefault();
        setWrong("");
        try {
            await ask("POST /delegations", { key: newKey(), body: { to: to[0]!.login, ...(from ? { from } : {}), ...(until ? { until } : {}), ...(forms.length ? { forms } : {}) } });
            say(t("{name} decides in your place.", { name: to[0]!.name }));
            setTo([]);
            onDone();
        } catch (error) {
            setWrong(error instanceof Problem && error.errors.length ? error.errors.map((one) => one.message).join(" ") : (error as Error).message);
        }
    }
    return <form class="away-give" onSubmit={(event) => void give(event)}>
        <h3>{t("Somebody else is to decide in my place")}</h3>
        <PersonPicker label={t("Who?")} people={to} onChange={setTo} />
        <div class="away-days">
            <label class="field">{t("First day; empty: at once")}<input type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} /></label>
            <label class="field">{t("Last day; empty: until I end it")}<input type="date" value={until} min={from} onInput={(event) => setUntil(event.currentTarget.value)} /></label></div>
        <details><summary>{forms.length ? t("Only for {n} forms", { n: forms.length }) : t("For all forms; choose some …")}</summary>
            <div class="checks">{[...labels].map(([id, label]) => <label class="check"><input type="checkbox" checked={forms.includes(id)}
                onChange={(event) => setForms(event.currentTarget.checked ? [...forms, id] : forms.filter((one) => one !== id))} />{label}</label>)}</div></details>
        {wrong && <p role="alert">{wrong}</p>}
        <div class="buttons"><button class="primary" disabled={!to.length}>{t("Have them stand in")}</button></div>
    </form>;
}

export function Panel({ onClose, onChange }: { onClose: () => void; onChange: () => void }) {
    const all = useAnswer(async () => (await ask("GET /delegations")).items, []);
    const forms = useAnswer(async () => new Map((await ask("GET /forms")).items.map((form) => [form.id, form.label])), []);
    const labels = forms.data ?? new Map<string, string>();
    const changed = () => { all.again(); onChange(); };

    async function end(one: Delegation): Promise<void> {
        try {
            await ask("DELETE /delegations/{id}", { path: { id: one.id } });
            say(t("You decide yourself again."));
            changed();
        } catch (error) {
            sayError(error);
        }
    }
    return <Dialog side title={t("Out of office")} onClose={onClose}>
        <p class="dim">{t("What waits for you, and what comes, goes to them. What they have not decided comes back when it ends; the history says in whose place they did.")}</p>
        <Answered of={all} what={t("Looking who stands in…")}>{(items) => <>
            <List title={t("They stand in for me")} all={items.filter((one) => one.giver.id === me.value.id)} labels={labels} onEnd={(one) => void end(one)} />
            <List title={t("I stand in for")} all={items.filter((one) => one.giver.id !== me.value.id)} labels={labels} />
        </>}</Answered>
        <Give labels={labels} onDone={changed} />
    </Dialog>;
}
