/* browser/cycles.ts - a quarter that is reviewed now, whatever day it is.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { World } from "./world.ts";

const CYCLE = "quarterly-review";

/* A quarter that is over, and from before all that the demo tells of. */
export function pastQuarter(now = new Date()): string {
    const quarter = now.getFullYear() * 4 + Math.floor(now.getMonth() / 3) - 3;
    return `${Math.floor(quarter / 4)}-Q${quarter % 4 + 1}`;
}

/* As HR would: the times of the review are those of today. */
export async function reviewNow(world: World): Promise<void> {
    const headers = { "Authorization": `Bearer ${world.token("zhoumin")}` };
    const xml = await (await fetch(`${world.url}/api/v1/definitions/cycle/${CYCLE}/xml`, { headers })).text();
    const now = xml.replace(/(<stage id="review"[^>]*) opens="[^"]*" due="[^"]*" remind="[^"]*" freeze="[^"]*" reveal="[^"]*" close="[^"]*"/,
        '$1 opens="start" due="end + 300d" reveal="end + 330d"')
        .replace(/(<calibrate[^>]*) opens="[^"]*" due="[^"]*"/, '$1 opens="start" due="end + 300d"');
    const answer = await fetch(`${world.url}/api/v1/definitions?package=performance`,
        { method: "POST", headers: { ...headers, "Content-Type": "application/xml" }, body: now });
    if (!answer.ok) throw new Error(await answer.text());
}

interface Run { id: string; state: string; stages: { state: string; made?: number }[] }

/* Launched, and all of it is given out. */
export async function launch(world: World, audience?: string): Promise<string> {
    const { id } = await world.call("zhoumin", "POST", `/cycles/${CYCLE}/launch`, { period: pastQuarter(), ...(audience ? { audience } : {}) });

    await given(world, id);
    return id;
}

export async function given(world: World, id: string): Promise<void> {
    for (;;) {
        const run: Run = await world.call("zhoumin", "GET", `/cycles/${CYCLE}/runs/${id}`);
        if (run.state === "running" && run.stages.every((stage) => stage.state === "made")) return;
    }
}

/* What a stage made for somebody. */
export async function made(world: World, run: string, login: string, stage = "review"): Promise<string> {
    const { mine } = await world.call(login, "GET", `/cycles/${CYCLE}/runs/${run}`);
    return mine.find((one: { stage: string }) => one.stage === stage).document;
}

export async function answer(world: World, id: string, login: string, rating: string): Promise<void> {
    await world.call(login, "PATCH", `/documents/${id}`, { data: { achievements: "Three customers signed.", self_delivery: rating, self_ability: rating } });
    await world.call(login, "POST", `/documents/${id}/actions/hand-in`, {});
}

/* By the manager, the manager above, and the person: the review is done. */
export async function judge(world: World, id: string, login: string, by: [string, string], rating: string, potential: string): Promise<void> {
    const { data } = await world.call(by[0], "GET", `/documents/${id}`);

    await world.call(by[0], "POST", `/documents/${id}/actions/hand-in-review`, { data: {
        potential, development: "Take part in a project across units.",
        scores: data.scores.map((row: { id: string; what: string; weight: number }) => ({ id: row.id, what: row.what, weight: row.weight, rating })),
    } });
    await world.call(by[1], "POST", `/documents/${id}/actions/approve`, {});
    await world.call(login, "POST", `/documents/${id}/actions/confirm`, {});
}

/* The team of zhaolei: three of them were too good to be true. Who has answered
 * already is not asked again. */
export async function judgeTeam(world: World, run: string, answered: string[] = []): Promise<void> {
    const team: [string, string, string, [string, string]][] = [
        ["zhangwei", "5", "high", ["zhaolei", "lina"]], ["liuyang", "5", "middle", ["zhaolei", "lina"]],
        ["xujing", "4", "low", ["zhaolei", "lina"]], ["mahui", "3", "middle", ["zhangwei", "zhaolei"]],
    ];
    for (const [login, rating, potential, by] of team) {
        const id = await made(world, run, login);
        if (!answered.includes(login)) await answer(world, id, login, rating);
        await judge(world, id, login, by, rating, potential);
    }
}
