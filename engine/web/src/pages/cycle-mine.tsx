/* pages/cycle-mine.tsx - what runs of cycles ask of me, stage by stage: what
 * waits, what is done, and what came out of it once that is revealed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import type { Document, Run } from "#api";
import { ask } from "../api/client.ts";
import { askWork } from "../app/waiting.ts";
import { useNews } from "../app/live.ts";
import { useAnswer } from "../base/async.ts";
import { formatDay } from "../base/format.ts";
import { fieldsOf, type Form } from "../form/model.ts";
import { showPeriod, showValue } from "../form/show.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { sayError } from "../ui/toast.tsx";
import type { Cycle } from "./cycles.tsx";

export interface Taken { cycle: Cycle; run: Run }
interface Own extends Taken { stage: Run["stages"][number]; document: Document; form: Form; waits: boolean }

async function load(of: Taken[]): Promise<Own[]> {
    const mine = of.flatMap(({ cycle, run }) => (run.mine ?? []).map((one) => ({ cycle, run, ...one })));
    const work = mine.length ? await ask("GET /work") : { items: [] };
    const waiting = new Set(work.items.map((item) => item.document.id));
    const all = await Promise.all(mine.map(async ({ cycle, run, stage, document: id }) => {
        const document = await ask("GET /documents/{id}", { path: { id: id! } }).catch(() => undefined);
        const form = document && await ask("GET /forms/{form}", { path: { form: document.form }, query: { version: String(document.version) } }) as Form;
        const at = run.stages.find((one) => one.id === stage);
        return document && form && at ? { cycle, run, stage: at, document, form, waits: waiting.has(document.id) } : undefined;
    }));

    return all.filter((one) => one !== undefined).sort((a, b) => Number(b.waits) - Number(a.waits) || (a.document.due ?? "~").localeCompare(b.document.due ?? "~"));
}

/* The value that is calibrated, once its owner may see it. */
function Result({ own: { cycle, stage, document, form } }: { own: Own }) {
    const fields = (cycle.calibrations ?? []).filter((one) => one.form === stage.form).map((one) => fieldsOf(form).get(String(one.field)));

    return <>{fields.map((field) => {
        if (!field) return null;
        const value = document.data?.[field.path];
        if (value !== undefined && value !== null) return <span class="result">{field.label} <strong>{showValue(field, value)}</strong></span>;
        return stage.reveal && !document.revealed ? <span>{t("{what} is revealed {day}", { what: field.label, day: formatDay(stage.reveal) })}</span> : null;
    })}</>;
}

function Appeal({ document }: { document: Document }) {
    const [busy, setBusy] = useState(false);

    async function appeal(): Promise<void> {
        setBusy(true);
        await (await import("../app/appeal.ts")).appeal(document).catch(sayError);
        setBusy(false);
    }
    if (!document.appeal) return null;
    return <button type="button" data-action="appeal" disabled={busy} onClick={() => void appeal()}>{t("Appeal")}</button>;
}

function Line({ own, many }: { own: Own; many: boolean }) {
    const { cycle, run, stage, document, form, waits } = own;
    const step = form.steps.find((one) => one.id === document.step);
    const late = waits && document.due && Date.parse(document.due) < Date.now();

    return <li class={waits ? "mine-waits" : ""}><div class="row"><div class="what">
        <h3><a href={`/documents/${document.id}`}>{document.title ?? form.label}</a></h3>
        <p class="facts">
            {many && <span>{cycle.label} · {showPeriod(run.period)}</span>}
            <span>{stage.label}</span>
            <span class={`state ${document.state}`}>{step?.label}</span>
            {waits && <strong>{t("waits for you")}</strong>}
            {waits && document.due && <span class={late ? "late" : ""}>{late ? t("Overdue since") : t("Due")} {formatDay(document.due)}</span>}
            {document.frozen && <span>{t("frozen")}</span>}
            <Result own={own} />
            {document.appeal?.until && <span>{t("an appeal is possible until {day}", { day: formatDay(document.appeal.until) })}</span>}
        </p></div>
        <div class="buttons"><Appeal document={document} /></div>
    </div></li>;
}

/* `now`: of runs before the newest only what still wants something. */
export function Mine({ of, now, empty }: { of: Taken[]; now?: boolean; empty: string }) {
    const shown = useAnswer(() => load(of), [of.map(({ run }) => run.id).join()]);

    useNews((news) => {
        if (news.all || news.work || shown.data?.some((own) => news.documents.includes(own.document.id))) {
            shown.again();
            void askWork().catch(() => undefined);
        }
    }, [shown.data]);
    return <Answered of={shown} what={t("Looking what is yours…")}>{(found) => {
        const all = now ? found.filter((own) => own.waits || own.document.appeal || own.run.id === own.cycle.runs[0]?.id) : found;
        return all.length === 0 ? <p class="empty">{empty}</p>
        : <ol class="rows">{all.map((own) => <Line key={own.document.id} own={own} many={of.length > 1} />)}</ol>;
    }}</Answered>;
}
