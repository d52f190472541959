/* ui/question.tsx - how a question before an action looks.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import type { PersonRef } from "#api";
import { asked, type Question, type Reply } from "../app/question.ts";
import { t } from "../i18n/index.ts";
import { Dialog } from "./dialog.tsx";
import { PersonPicker } from "./person-picker.tsx";

const initial = (question: Question): Reply => ({
    fields: Object.fromEntries((question.fields ?? []).map((field) => [field.id, field.value ?? ""])),
    switches: Object.fromEntries((question.switches ?? []).map((one) => [one.id, one.value])),
    ...(question.places?.[0] ? { to: question.places[0].id } : {}),
});

function Ask({ question, answer }: { question: Question; answer: (reply: Reply | undefined) => void }) {
    const [reply, setReply] = useState<Reply>(() => initial(question));
    const [people, setPeople] = useState<PersonRef[]>([]);
    const lacks = (question.comment === "required" && !reply.comment?.trim()) || (question.people && people.length === 0)
        || question.fields?.some((field) => !reply.fields[field.id]?.trim());
    const set = (change: Partial<Reply>) => setReply({ ...reply, ...change });

    return <Dialog title={question.title} role={question.dangerous ? "alertdialog" : "dialog"} onClose={() => answer(undefined)}>
        <form onSubmit={(event) => { event.preventDefault(); if (!lacks) answer({ ...reply, ...(question.people ? { people } : {}) }); }}>
            {question.text && <p>{question.text}</p>}
            {question.fields?.map((field) => <label class="field">{field.label}
                <input required value={reply.fields[field.id]} pattern={field.pattern} title={field.help}
                    onInput={(event) => set({ fields: { ...reply.fields, [field.id]: event.currentTarget.value } })} />
                {field.help && <span class="dim">{field.help}</span>}
            </label>)}
            {question.switches?.map((one) => <label class="check">
                <input type="checkbox" checked={reply.switches[one.id]}
                    onChange={(event) => set({ switches: { ...reply.switches, [one.id]: event.currentTarget.checked } })} />{one.label}
            </label>)}
            {question.people && <PersonPicker label={t("Who?")} many={question.people === "some"} people={people} onChange={setPeople} />}
            {question.places && <label class="field">{t("Where to?")}
                <select value={reply.to} onChange={(event) => set({ to: event.currentTarget.value })}>
                    {question.places.map((place) => <option value={place.id}>{place.label}</option>)}
                </select>
            </label>}
            {question.comment && <label class="field">{question.comment === "required" ? t("Reason") : t("Comment")}
                <textarea rows={3} required={question.comment === "required"} value={reply.comment ?? ""}
                    onInput={(event) => set({ comment: event.currentTarget.value })} />
            </label>}
            <div class="buttons">
                <button type="button" onClick={() => answer(undefined)}>{t("Cancel")}</button>
                <button class={question.dangerous ? "danger" : "primary"} disabled={!!lacks}>{question.action}</button>
            </div>
        </form>
    </Dialog>;
}

export function Questions() {
    const now = asked.value;

    return now ? <Ask key={now.question.title} {...now} /> : null;
}
