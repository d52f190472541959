/* pages/cycle-launch.tsx - launching a run: for which period, for whom, and
 * what that would be, before it is.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import type { Run } from "#api";
import { ask, newKey, Problem } from "../api/client.ts";
import { listUnits, treeOfUnits } from "../api/units.ts";
import { useAnswer } from "../base/async.ts";
import { formatDay } from "../base/format.ts";
import { localDay, periodOf, stepPeriod, writePeriod, type PeriodUnit } from "../expr/dates.ts";
import { showPeriod } from "../form/show.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { say, sayError } from "../ui/toast.tsx";
import type { Cycle } from "./cycles.tsx";

const units = new Set(["week", "month", "quarter", "half", "year"]);

/* The three before this one, this one, the next; "" lets the cycle say. */
function periodsOf(every: string): string[] {
    if (!units.has(every)) return [""];
    const now = periodOf(every as PeriodUnit, localDay(Intl.DateTimeFormat().resolvedOptions().timeZone, Date.now()) ?? 0);

    return [-3, -2, -1, 0, 1].map((by) => writePeriod(stepPeriod(now, by)));
}

function Would({ run }: { run: Run }) {
    return <div class="would">
        <p><strong>{t("{n} take part", { n: run.people ?? 0 })}</strong> <span class="dim">{(run.sample ?? []).slice(0, 8).map((person) => person.name).join(t(", "))}{(run.people ?? 0) > 8 ? "…" : ""}</span></p>
        {run.launched === true && <p class="dim">{t("This period is launched already: only those who are new get something.")}</p>}
        <ul>{run.stages.map((stage) => <li>{stage.label}: {[stage.opens && `${t("opens")} ${formatDay(stage.opens)}`, stage.due && `${t("due")} ${formatDay(stage.due)}`].filter(Boolean).join(" · ")}</li>)}</ul>
    </div>;
}

function Ask({ cycle, onClose, onDone }: { cycle: Cycle; onClose: () => void; onDone: (run: Run) => void }) {
    const periods = periodsOf(cycle.every);
    const [period, setPeriod] = useState(periods[3] ?? periods[0] ?? "");
    const [unit, setUnit] = useState("");
    const [busy, setBusy] = useState(false);
    const all = useAnswer(listUnits, []);
    const body = { ...(period ? { period } : {}), ...(unit ? { audience: `members(${unit})` } : {}) };
    const would = useAnswer(() => ask("POST /cycles/{cycle}/launch", { path: { cycle: cycle.id }, body: { ...body, dry_run: true } }), [period, unit]);

    async function launch(event: Event): Promise<void> {
        event.preventDefault();
        setBusy(true);
        try {
            const made = await ask("POST /cycles/{cycle}/launch", { path: { cycle: cycle.id }, body, key: newKey() });
            say(t("{action}: done.", { action: t("Launch") }));
            onDone(made);
            onClose();
        } catch (error) {
            sayError(error instanceof Problem && error.errors[0] ? new Error(error.errors.map((one) => one.message).join(" ")) : error);
            setBusy(false);
        }
    }
    return <Dialog title={`${t("Launch")}${t(": ")}${cycle.label}`} onClose={onClose}>
        <form onSubmit={(event) => void launch(event)}>
            {periods.length > 1 && <label class="field">{t("Period")}<select value={period} onChange={(event) => setPeriod(event.currentTarget.value)}>
                {periods.map((one) => <option value={one}>{showPeriod(one)}</option>)}</select></label>}
            <label class="field">{t("For whom?")}<select value={unit} onChange={(event) => setUnit(event.currentTarget.value)}>
                <option value="">{t("All whom it is for")}</option>
                {treeOfUnits(all.data ?? []).map((one) => <option value={one.id}>{"\u2003".repeat(one.depth)}{one.name}</option>)}</select></label>
            <Answered of={would} what={t("Looking whom it reaches…")}>{(run) => <Would run={run} />}</Answered>
            <div class="buttons"><button type="button" onClick={onClose}>{t("Cancel")}</button>
                <button class="primary" disabled={busy || would.busy || !would.data?.people}>{t("Launch for {n}", { n: would.data?.people ?? 0 })}</button></div>
        </form>
    </Dialog>;
}

export function Launch({ cycle, run, onDone }: { cycle: Cycle; run: Run | undefined; onDone: (run: Run) => void }) {
    const [open, setOpen] = useState(false);

    return <>
        <button type="button" class={run ? "" : "primary"} data-action="launch" onClick={() => setOpen(true)}>{t("Launch…")}</button>
        {open && <Ask cycle={cycle} onClose={() => setOpen(false)} onDone={onDone} />}
    </>;
}
