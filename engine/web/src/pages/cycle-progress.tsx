/* pages/cycle-progress.tsx - how far a run has come, for whoever launches it:
 * its stages, its people, what could not be given to whom, and the results that
 * wait to be revealed.
 *
 * While a run is given out it is looked at again and again; it goes on without.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { MemberList, Run } from "#api";
import { ask } from "../api/client.ts";
import { inquire } from "../app/question.ts";
import { useAnswer } from "../base/async.ts";
import { formatDay, formatInstant } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Bar } from "../ui/bar.tsx";
import { say, sayError } from "../ui/toast.tsx";
import { stateOf, type Cycle } from "./cycles.tsx";
import "./documents.css";

const AGAIN_MS = 1500;

type Stage = Run["stages"][number];
type Member = MemberList["items"][number];

const stageWords: Record<Stage["state"], () => string> = {
    waiting: () => t("not open yet"), making: () => t("giving out"), made: () => t("given out"), closing: () => t("closing"), closed: () => t("closed"),
};

function Times({ stage }: { stage: Stage }) {
    const times: [string | null | undefined, string][] = [
        [stage.opens, t("opens")], [stage.due, t("due")], [stage.freeze, t("frozen")], [stage.reveal, t("revealed")], [stage.close, t("closes")],
    ];

    return <dl class="times">{times.map(([at, label]) => at && <div><dt>{label}</dt><dd><time dateTime={at} title={formatInstant(at)}>{formatDay(at)}</time></dd></div>)}</dl>;
}

function StageView({ cycle, run, stage, onRun }: { cycle: Cycle; run: Run; stage: Stage; onRun: (run: Run) => void }) {
    const made = stage.made ?? 0, handed = stage.handed_in ?? 0;
    const counts: [number | undefined, string, string][] = [
        [stage.done, t("done"), ""], [stage.open, t("open"), ""], [stage.void, t("void"), ""], [stage.refused, t("could not be given"), "late"],
    ];
    const late = stage.state === "made" ? Math.max(0, (stage.open ?? 0) - (handed - (stage.done ?? 0))) : 0;
    const revealed = !!stage.reveal && Date.parse(stage.reveal) <= Date.now();

    async function reveal(): Promise<void> {
        const reply = await inquire({
            title: `${t("Reveal now")}${t(": ")}${stage.label}`, action: t("Reveal now"), dangerous: true,
            text: t("Everybody sees their result from then on, and may appeal. It cannot be taken back."),
        });
        if (!reply) return;
        try {
            onRun(await ask("POST /cycles/{cycle}/runs/{run}/reveal", { path: { cycle: cycle.id, run: run.id! }, body: { stage: stage.id } }));
            say(t("{action}: done.", { action: t("Reveal now") }));
        } catch (error) {
            sayError(error);
        }
    }
    async function remind(): Promise<void> {
        const reply = await inquire({
            title: `${t("Remind now")}${t(": ")}${stage.label}`, action: t("Remind now"),
            text: t("Whoever has not handed in is told, {n} documents in all. Who was told within the hour is left alone.", { n: late }),
        });
        if (!reply) return;
        try {
            onRun(await ask("POST /cycles/{cycle}/runs/{run}/remind", { path: { cycle: cycle.id, run: run.id! }, body: { stage: stage.id } }));
            say(t("They are being told."));
        } catch (error) {
            sayError(error);
        }
    }
    return <li class="stage" aria-label={stage.label}>
        <div class="stage-head"><h3>{stage.label}</h3><span class="dim">{stageWords[stage.state]()}</span>
            {made > 0 && <Bar value={100 * handed / made} label={t("handed in")} />}
            {late > 0 && <button type="button" data-action="remind" onClick={() => void remind()}>{t("Remind now")}</button>}
            {stage.reveal && (revealed ? <span class="good">{t("revealed")}</span>
                : <button type="button" data-action="reveal" onClick={() => void reveal()}>{t("Reveal now")}</button>)}</div>
        <Times stage={stage} />
        {made + (stage.refused ?? 0) > 0 && <p class="facts"><span>{t("{n} of {m} handed in", { n: handed, m: made })}</span>
            {counts.map(([n, label, look]) => n ? <span class={look}>{label} {n}</span> : null)}</p>}
    </li>;
}

/* --- Who is where */

function MemberView({ run, member }: { run: Run; member: Member }) {
    return <tr><th scope="row"><a href={`/people/${member.person.login}`}>{member.person.name}</a>{member.gone && <span class="dim"> {t("has left")}</span>}</th>
        {run.stages.map((stage) => {
            const one = member.documents.find((document) => document.stage === stage.id);
            const words = !one ? "—" : one.code ? one.reason ?? one.code : one.state === "done" ? t("done") : one.state === "void" ? t("void")
                : one.handed_in ? t("handed in") : t("not handed in");
            return <td data-label={stage.label} class={one?.code ? "late" : ""}>{one?.document ? <a href={`/documents/${one.document}`}>{words}</a> : words}</td>;
        })}</tr>;
}

function Members({ cycle, run }: { cycle: Cycle; run: Run }) {
    const [items, setItems] = useState<Member[]>([]);
    const [cursor, setCursor] = useState<string>();
    const page = useAnswer(async () => {
        const found = await ask("GET /cycles/{cycle}/runs/{run}/members", { path: { cycle: cycle.id, run: run.id! }, query: { limit: "50", cursor } });
        setItems((before) => cursor ? [...before, ...found.items] : found.items);
        return found;
    }, [run.id, cursor, run.people, run.stages.map((stage) => stage.made).join()]);

    return <section class="block"><h2>{t("Who is where")} <span class="dim">{run.people}</span></h2>
        <Answered of={page} what={t("Looking for people…")}>{(data) => <>
            <table class="table"><thead><tr><th scope="col">{t("Person")}</th>{run.stages.map((stage) => <th scope="col">{stage.label}</th>)}</tr></thead>
                <tbody>{items.map((member) => <MemberView key={member.person.id} run={run} member={member} />)}</tbody></table>
            {data.next && <p><button type="button" disabled={page.busy} onClick={() => setCursor(data.next!)}>{t("Show more")}</button></p>}
        </>}</Answered>
    </section>;
}

export function Progress({ cycle, run: given }: { cycle: Cycle; run: Run }) {
    const [run, setRun] = useState(given);
    const moves = run.state === "gathering" || run.stages.some((stage) => stage.state === "making" || stage.state === "closing"
        || (stage.state === "waiting" && stage.opens && Date.parse(stage.opens) <= Date.now()));

    useEffect(() => setRun(given), [given]);
    useEffect(() => {
        if (!moves) return;
        const timer = setInterval(() => void ask("GET /cycles/{cycle}/runs/{run}", { path: { cycle: cycle.id, run: run.id! } }).then(setRun, () => undefined), AGAIN_MS);
        return () => clearInterval(timer);
    }, [moves, run.id]);
    return <>
        <section class="block"><h2>{t("Stages")} {moves && <span class="dim" role="status">{stateOf(run)}… {t("It goes on without you, too.")}</span>}</h2>
            <p class="facts"><span>{t("{n} take part", { n: run.people ?? 0 })}</span>{run.audience && <span>{t("a pilot: {who}", { who: run.audience })}</span>}
                {run.by && <span>{t("launched by {name}", { name: run.by.name })}</span>}</p>
            <ol class="stages">{run.stages.map((stage) => <StageView key={stage.id} cycle={cycle} run={run} stage={stage} onRun={setRun} />)}</ol></section>
        <Members cycle={cycle} run={run} />
    </>;
}
