/* ui/shares.tsx - how many have each value, beside the shares that they should
 * have: a bar, the band in which it should end, a mark where it was before.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { formatNumber } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Icon } from "./icon.tsx";
import "./shares.css";

export interface Share { value: string; label: string; n: number; before: number; percent: number; least?: number; most?: number; met?: boolean }

const span = (least: number, most: number) => least === most ? String(least) : `${least}–${most}`;

/* People are whole: the numbers on both sides of the bounds. */
const rangeOf = ({ least, most }: Share, total: number) => least === undefined || most === undefined ? ""
    : t("{people} ({share}%)", { people: span(Math.floor(least * total / 100), Math.ceil(most * total / 100)), share: span(least, most) });

export function Shares({ label, of, total }: { label: string; of: Share[]; total: number }) {
    const width = (n: number) => total ? 100 * n / total : 0;

    return <ul class="shares" aria-label={label}>{of.map((one) => <li key={one.value}>
        <span class="shares-label">{one.label}</span>
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="shares-all" width="100" height="10" />
            {one.most !== undefined && <rect class="shares-band" x={one.least} width={Math.max(1, one.most - (one.least ?? 0))} height="10" />}
            <rect class="shares-now" y="2.5" width={width(one.n)} height="5" />
            {one.before !== one.n && <rect class="shares-before" x={Math.min(99, width(one.before))} width="1" height="10" />}
        </svg>
        <span class="shares-value">{one.n} · {formatNumber(one.percent)}%{one.before !== one.n && <span class="dim"> {t("before: {n}", { n: one.before })}</span>}</span>
        <span class={one.met === false ? "shares-met late" : "shares-met dim"}>{one.met !== undefined && <>
            <Icon name={one.met ? "check" : "close"} />{t("should be {range}", { range: rangeOf(one, total) })}<span class="sr"> {one.met ? t("met") : t("not met")}</span></>}</span>
    </li>)}</ul>;
}
