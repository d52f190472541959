/* ui/bars.tsx - values beside each other, each a bar with its number.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { scaleLinear } from "d3-scale";
import { formatNumber } from "../base/format.ts";
import type { Health } from "./light.tsx";
import "./bars.css";

export interface BarRow { label: string; value: number | undefined; before?: number | undefined; href?: string | undefined; light?: Health | undefined }

/* A list of its own right: whoever sees no bars reads the numbers. */
export function Bars({ label, rows, most, unit }: { label: string; rows: BarRow[]; most?: number | undefined; unit?: string | undefined }) {
    const width = scaleLinear([0, most ?? Math.max(1, ...rows.map((row) => Math.max(row.value ?? 0, row.before ?? 0)))], [0, 100]).clamp(true);

    return <ul class="bars" aria-label={label}>{rows.map((row) => <li>
        <span class="bars-label">{row.href ? <a href={row.href}>{row.label}</a> : row.label}</span>
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bars-all" width="100" height="10" />
            {row.value !== undefined && <rect class={`bars-now ${row.light ?? ""}`} width={width(row.value)} height="10" />}
            {row.before !== undefined && <rect class="bars-before" x={Math.min(99, width(row.before))} width="1" height="10" />}
        </svg>
        <span class="bars-value">{row.value === undefined ? "—" : formatNumber(row.value)}{row.value !== undefined && unit}</span>
    </li>)}</ul>;
}
