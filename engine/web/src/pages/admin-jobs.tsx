/* pages/admin-jobs.tsx - timers and jobs that have failed or wait: tried again, or
 * given up.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import { inquire } from "../app/question.ts";
import { useAnswer } from "../base/async.ts";
import { formatInstant } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { say, sayError } from "../ui/toast.tsx";
import "./documents.css";

export function Jobs() {
    const [state, setState] = useState("dead");
    const jobs = useAnswer(() => ask("GET /admin/jobs", { query: { state, limit: "100" } }), [state]);

    async function revive(id: string): Promise<void> {
        try {
            await ask("POST /admin/jobs/{id}/revive", { path: { id } });
            say(t("It is tried again."));
            jobs.again();
        } catch (error) {
            sayError(error);
        }
    }
    async function drop(id: string, kind: string): Promise<void> {
        const sure = await inquire({ title: t("Give up: {name}", { name: kind }), text: t("It is not done, and cannot be brought back."), action: t("Give it up"), dangerous: true });
        if (!sure) return;
        try {
            await ask("DELETE /admin/jobs/{id}", { path: { id } });
            jobs.again();
        } catch (error) {
            sayError(error);
        }
    }
    return <section class="block">
        <div class="filters"><select aria-label={t("State")} value={state} onChange={(event) => setState(event.currentTarget.value)}>
            <option value="dead">{t("failed")}</option><option value="waiting">{t("waiting")}</option></select></div>
        <Answered of={jobs} what={t("Looking for work…")}>{({ items, next }) => items.length === 0
            ? <p class="empty">{state === "dead" ? t("Nothing has failed.") : t("Nothing waits.")}</p>
            : <div class="scroll" tabIndex={0} role="group" aria-label={t("Background work")}><table class="table">
                <thead><tr><th scope="col">{t("What")}</th><th scope="col">{t("Due")}</th><th scope="col">{t("Attempts")}</th><th scope="col">{t("Problem")}</th><th><span class="sr">{t("Actions")}</span></th></tr></thead>
                <tbody>{items.map((job) => <tr key={job.id}>
                    <th scope="row">{job.document ? <a href={`/documents/${job.document}`}>{job.kind}</a> : job.kind} <span class="dim">{job.form}</span></th>
                    <td class="short" data-label={t("Due")}>{formatInstant(job.due)}</td>
                    <td class="number" data-label={t("Attempts")}>{job.attempts}</td>
                    <td class="words" data-label={t("Problem")}>{job.problem}</td>
                    <td>{job.state === "dead" && <span class="buttons"><button type="button" onClick={() => void revive(job.id)}>{t("Try again")}</button>
                        <button type="button" class="danger" onClick={() => void drop(job.id, job.kind)}>{t("Give it up")}</button></span>}</td>
                </tr>)}</tbody></table>
                {next && <p class="dim">{t("The first {n} are shown.", { n: items.length })}</p>}</div>}</Answered>
    </section>;
}
