/* form/chain.tsx - the chain as a line of faces: who has decided, who is next
 * and since when, who comes after, who was left out and why.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Chain } from "#api";
import { formatDay } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Face } from "../ui/face.tsx";
import "./chain.css";

type Level = Chain["chain"][number];

const reasons: Record<string, () => string> = {
    when: () => t("not needed here"), "fast-track": () => t("fast track"), nobody: () => t("nobody is found"),
    self: () => t("it is oneself"), repeat: () => t("has approved already"),
};

const seatWords: Record<string, () => string> = {
    waiting: () => t("waiting"), approved: () => t("approved"), rejected: () => t("refused"), done: () => t("done"), closed: () => t("closed"),
};

function stateOf(level: Level): "done" | "now" | "later" | "skipped" {
    if (level.skipped) return "skipped";
    if (level.seats?.some((seat) => seat.state === "open")) return "now";
    return level.seats?.some((seat) => seat.state !== "waiting") ? "done" : "later";
}

function Seats({ level }: { level: Level }) {
    const state = stateOf(level);

    if (level.skipped) return <p class="dim">{t("left out: {reason}", { reason: reasons[level.skipped]?.() ?? level.skipped })}</p>;
    if (!level.seats?.length) return <p class="dim">{level.people.map((person) => person.name).join(t(", ")) || t("nobody is found")}</p>;
    return <>{level.seats.map((seat) => <p class={state === "now" ? "" : "dim"}>{seat.person.name}{" "}
        <span class="dim">{seat.state === "open"
            ? seat.since && t("since {day}", { day: formatDay(seat.since) })
            : `${seatWords[seat.state]?.() ?? seat.state}${seat.decided ? ` · ${formatDay(seat.decided)}` : ""}`}</span></p>)}</>;
}

export function ChainView({ chain }: { chain: Level[] }) {
    if (!chain.length) return null;
    return <ol class="chain" aria-label={t("Chain")}>{chain.map((level, index) => {
        const state = stateOf(level);
        const first = level.people[0] ?? level.seats?.[0]?.person;
        const beside = index > 0 && !!level.lane && !!chain[index - 1]!.lane && level.lane !== chain[index - 1]!.lane;
        return <li class={`link ${state}${beside ? " beside" : ""}`} aria-current={state === "now" ? "step" : undefined}>
            <Face name={first?.name ?? "–"} state={state} />
            <div class="who"><p class="label">{level.lane_label && <span class="dim">{level.lane_label} · </span>}{level.label}{level.people.length > 1 && ` +${level.people.length - 1}`}</p><Seats level={level} /></div>
        </li>;
    })}</ol>;
}
