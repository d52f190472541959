/* studio/migrate.tsx - running documents are moved to a version: first it is
 * tried and shown, then it is done.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { Migrated } from "#api";
import { ask, newKey } from "../api/client.ts";
import { useAnswer } from "../base/async.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { say, sayError } from "../ui/toast.tsx";

const ASK_MS = 1000;

/* What the shape of the answer leaves open (docs/http.md, "Shapes"). */
interface StepMove { version: number; from: string; to?: string | null; people: "kept" | "asked" | "refused"; documents: number }
interface FieldMove { version: number; field: string; label?: string; change: string; from?: string; to?: string }
interface Moving { id: string; title: string; version: number; from: string; to?: string; lost?: { field: string }[]; refused?: string | { text?: string } | null }

const people: Record<StepMove["people"], () => string> = {
    kept: () => t("who is asked stays asked"), asked: () => t("those whom it asks now are asked"), refused: () => t("they stay where they are"),
};
const why = (one: Moving): string => typeof one.refused === "string" ? one.refused : one.refused?.text ?? "";

function Trial({ trial }: { trial: Migrated }) {
    const steps = (trial.steps ?? []) as unknown as StepMove[], fields = (trial.fields ?? []) as unknown as FieldMove[];
    const documents = (trial.documents ?? []) as unknown as Moving[];
    const stuck = documents.filter((one) => one.refused);

    return <>
        <p role="status">{t("{n} documents run on other versions; of {m} looked at, {k} would move.", { n: trial.total ?? 0, m: trial.examined ?? 0, k: trial.moves ?? 0 })}
            {!!trial.hidden && ` ${t("{n} of them are not yours to see.", { n: trial.hidden })}`}</p>
        {steps.length > 0 && <div class="scroll" tabIndex={0} role="group" aria-label={t("Steps")}><table class="grants"><thead><tr><th scope="col">{t("Version")}</th><th scope="col">{t("From")}</th><th scope="col">{t("To")}</th><th scope="col">{t("Documents")}</th><th scope="col">{t("People")}</th></tr></thead>
            <tbody>{steps.map((one) => <tr><td>{one.version}</td><td>{one.from}</td><td>{one.to ?? "—"}</td><td>{one.documents}</td><td>{people[one.people]?.() ?? one.people}</td></tr>)}</tbody></table></div>}
        {fields.length > 0 && <><h3>{t("Fields")}</h3><ul>{fields.map((one) => <li class={one.change === "lost" ? "late" : ""}>{one.label ?? one.field}{t(": ")}{[one.from, one.to].filter(Boolean).join(" → ") || one.change}</li>)}</ul></>}
        {stuck.length > 0 && <><h3>{t("These stay where they are")}</h3><ul>{stuck.map((one) => <li><a href={`/documents/${one.id}`}>{one.title}</a>{t(": ")}{why(one)}</li>)}</ul></>}
    </>;
}

/* Long work is left alone; whoever stays sees how far it has come. */
function Progress({ form, run }: { form: string; run: Migrated }) {
    const [now, setNow] = useState(run);

    useEffect(() => {
        if (now.state === "done" || !now.id) return undefined;
        const timer = setTimeout(() => void ask("GET /forms/{form}/migrations/{run}", { path: { form, run: now.id! } }).then(setNow, () => setNow({ ...now })), ASK_MS);
        return () => clearTimeout(timer);
    }, [now]);
    const moved = now.moved ?? 0, all = moved + (now.refused ?? 0) + (now.left ?? 0);
    return <>
        <p role="status">{now.state === "done" ? t("Done: {n} moved, {m} stayed.", { n: moved, m: now.refused }) : t("{n} of {m} moved…", { n: moved, m: all })}</p>
        <progress max={Math.max(1, all)} value={moved + (now.refused ?? 0)} aria-label={t("Progress")} />
        {!!now.refusals?.length && <ul>{now.refusals.map((one) => <li><a href={`/documents/${one.document}`}>{one.document}</a>{t(": ")}{one.text}</li>)}</ul>}
    </>;
}

export function Migrate({ form, to, onClose }: { form: string; to: number; onClose: () => void }) {
    const trial = useAnswer(() => ask("POST /forms/{form}/migrate", { path: { form }, body: { to, dry_run: true, limit: 200 } }), [form, to]);
    const [reason, setReason] = useState("");
    const [run, setRun] = useState<Migrated>();
    const [busy, setBusy] = useState(false);

    async function move(event: Event): Promise<void> {
        event.preventDefault();
        setBusy(true);
        try {
            setRun(await ask("POST /forms/{form}/migrate", { path: { form }, body: { to, ...(reason ? { reason } : {}) }, key: newKey() }));
            say(t("The documents are on their way to version {n}.", { n: to }));
        } catch (error) {
            sayError(error);
        }
        setBusy(false);
    }
    return <Dialog title={t("Move running documents to version {n}", { n: to })} onClose={onClose}>
        {run ? <><Progress form={form} run={run} /><div class="buttons"><button type="button" class="primary" onClick={onClose}>{t("Close")}</button></div></>
            : <Answered of={trial} what={t("Trying what would become of each…")}>{(tried) => <form onSubmit={(event) => void move(event)}>
                <Trial trial={tried} />
                <label class="field">{t("Comment")}<textarea rows={2} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
                <div class="buttons"><button type="button" onClick={onClose}>{t("Cancel")}</button>
                    <button class="primary" disabled={busy || !tried.total}>{t("Move them")}</button></div>
            </form>}</Answered>}
    </Dialog>;
}
