/* pages/cycles.tsx - the cycles of a place: which runs there are, and what of
 * them is mine.
 *
 * Which cycle, run and part stand in the address.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { CycleList, Run } from "#api";
import { ask } from "../api/client.ts";
import { setQuery } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { formatDay } from "../base/format.ts";
import { showPeriod } from "../form/show.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Parts } from "../ui/parts.tsx";
import { Mine } from "./cycle-mine.tsx";
import "./cycles.css";

export type Cycle = CycleList["items"][number];
export interface Place { id: string; label: string; cycles: string[] }

const Progress = lazy(async () => (await import("./cycle-progress.tsx")).Progress);
const Launch = lazy(async () => (await import("./cycle-launch.tsx")).Launch);
const Calibration = lazy(async () => (await import("./cycle-calibration.tsx")).CalibrationPart);

const runWords: Record<string, () => string> = {
    gathering: () => t("looking who takes part"), making: () => t("giving out"), running: () => t("running"), closed: () => t("closed"),
};

export const stateOf = (run: Run): string => runWords[run.state ?? ""]?.() ?? "";

/* The next thing that happens in a run, in words. */
export function nextOf(run: Run, now = Date.now()): string {
    const moments = run.stages.flatMap((stage) => ([
        [stage.opens, t("{stage} opens {day}")], [stage.due, t("{stage} is due {day}")], [stage.freeze, t("{stage} is frozen {day}")],
        [stage.reveal, t("{stage} is revealed {day}")], [stage.close, t("{stage} closes {day}")],
    ] as const).map(([at, words]) => ({ at, words, stage })));
    const next = moments.filter(({ at }) => at && Date.parse(at) > now).sort((a, b) => a.at!.localeCompare(b.at!))[0];

    return next ? next.words.replace("{stage}", next.stage.label).replace("{day}", formatDay(next.at!)) : "";
}

/* --- All of them */

function Overview({ place, cycles }: { place: Place; cycles: Cycle[] }) {
    const runs = cycles.flatMap((cycle) => cycle.runs.map((run) => ({ cycle, run })));

    return <>
        <section class="block"><h2>{t("Mine in these cycles")}</h2>
            <Mine of={runs} now empty={t("Nothing has been given to you yet. When a cycle is launched, what it asks of you stands here.")} /></section>
        <section class="block"><h2>{t("All cycles")}</h2>
            <ul class="rows">{cycles.map((cycle) => {
                const [run] = cycle.runs;
                return <li key={cycle.id}><div class="row"><div class="what">
                    <h3><a href={`/places/${place.id}?cycle=${cycle.id}`}>{cycle.label}</a></h3>
                    {cycle.help && <p class="dim">{cycle.help}</p>}
                    <p class="facts">{run ? <><span>{showPeriod(run.period)}</span><span>{stateOf(run)}</span><span>{nextOf(run)}</span></>
                        : <span>{cycle.launch === "auto" ? t("It launches itself when its time comes.") : t("Not launched yet.")}</span>}</p>
                </div></div></li>;
            })}</ul></section>
    </>;
}

/* --- One of them */

function One({ place, cycle, query, again }: { place: Place; cycle: Cycle; query: URLSearchParams; again: () => void }) {
    const run = cycle.runs.find((one) => one.id === query.get("run")) ?? cycle.runs[0];
    const calibrations = cycle.calibrations ?? [];
    const parts = [
        { id: "mine", label: t("Mine"), there: true },
        { id: "progress", label: t("Progress"), there: !!cycle.may_launch },
        { id: "calibration", label: t("Calibration"), there: calibrations.length > 0 && !!(cycle.may_launch || cycle.may_calibrate) },
    ].filter((part) => part.there);
    const part = parts.find((one) => one.id === query.get("part"))?.id ?? (run?.mine?.length ? "mine" : parts.at(-1)!.id === "mine" ? "mine" : parts[1]!.id);
    const to = (id: string) => `/places/${place.id}?cycle=${cycle.id}${run ? `&run=${run.id}` : ""}&part=${id}`;

    return <>
        <header class="head"><h1>{cycle.label}</h1>
            {cycle.runs.length > 0 && <label class="theme">{t("Period")} <select value={run?.id} onChange={(event) => setQuery({ run: event.currentTarget.value, unit: undefined })}>
                {cycle.runs.map((one) => <option value={one.id}>{showPeriod(one.period)}</option>)}</select></label>}
            {cycle.may_launch && <Launch cycle={cycle} run={run} onDone={(made) => { again(); setQuery({ run: made.id, part: "progress" }); }} />}
        </header>
        <p class="facts"><a href={`/places/${place.id}`}>{place.label}</a>{run && <><span>{stateOf(run)}</span><span>{nextOf(run)}</span></>}</p>
        {parts.length > 1 && <Parts label={cycle.label} parts={parts.map(({ id, label }) => ({ href: to(id), label, here: id === part }))} />}
        {!run ? <p class="empty">{cycle.help ?? ""} {t("It has not been launched yet.")}</p>
            : part === "progress" ? <Progress key={run.id} cycle={cycle} run={run} />
            : part === "calibration" ? <Calibration key={run.id} cycle={cycle} run={run} query={query} />
            : <section class="block one-run"><h2 class="sr">{t("Mine")}</h2><Mine of={[{ cycle, run }]} empty={t("This run asks nothing of you.")} /></section>}
    </>;
}

function Chosen({ place, id, query }: { place: Place; id: string; query: URLSearchParams }) {
    const cycle = useAnswer(() => ask("GET /cycles/{cycle}", { path: { cycle: id } }), [id]);

    return <Answered of={cycle} what={t("Loading the cycle…")}>{(data) => <One place={place} cycle={data} query={query} again={cycle.again} />}</Answered>;
}

function All({ place }: { place: Place }) {
    const cycles = useAnswer(async () => (await ask("GET /cycles")).items, []);

    return <>
        <header class="head"><h1>{place.label}</h1></header>
        <Answered of={cycles} what={t("Looking for cycles…")}>{(items) =>
            <Overview place={place} cycles={place.cycles.map((id) => items.find((one) => one.id === id)).filter((one) => one !== undefined)} />}</Answered>
    </>;
}

export function Cycles({ place, query }: { place: Place; query: URLSearchParams }) {
    const id = query.get("cycle");

    return id ? <Chosen key={id} place={place} id={id} query={query} /> : <All place={place} />;
}
