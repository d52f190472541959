/* ui/trend.tsx - a value over time, as a line; its numbers stand in a table
 * for whoever does not see it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import { formatNumber } from "../base/format.ts";
import "./trend.css";

/* The width of a label: a digit has 6.5, a Chinese character as much as it is
 * high. */
const widthOf = (label: string) => [...label].reduce((sum, glyph) => sum + (glyph > "\u2e80" ? 12 : 6.5), 0);
const WIDTH = 480, HEIGHT = 120, EDGE = { left: 16, right: 40, top: 20, bottom: 22 };

export function Trend({ label, points }: { label: string; points: { label: string; value: number }[] }) {
    const values = points.map((point) => point.value);
    const x = scalePoint(points.map((_point, i) => String(i)), [EDGE.left + 20, WIDTH - EDGE.right]);
    const y = scaleLinear([Math.min(...values), Math.max(...values)], [HEIGHT - EDGE.bottom - 8, EDGE.top]).nice(3);
    const path = line<number>().x((_value, i) => x(String(i))!).y((value) => y(value))(values);

    /* Where not every label has room, one in so many is shown, and the last. */
    const wide = Math.max(...points.map((point) => widthOf(point.label)));
    const every = points.length > 1 ? Math.ceil(wide / x.step()) : 1;

    /* Those at the edges stand within them. */
    const at = (i: number, half: number) => Math.min(WIDTH - half, Math.max(half, x(String(i))!));

    return <figure class="trend">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${label}: ${points.map((point) => `${point.label} ${formatNumber(point.value)}`).join(", ")}`}>
            <path class="trend-line" d={path ?? ""} />
            {points.map((point, i) => <g>
                <circle cx={x(String(i))} cy={y(point.value)} r={3.5} />
                <text x={x(String(i))} y={y(point.value) - 8} text-anchor="middle">{formatNumber(point.value)}</text>
                {(points.length - 1 - i) % every === 0
                    && <text class="trend-label" x={at(i, widthOf(point.label) / 2)} y={HEIGHT - 4} text-anchor="middle">{point.label}</text>}
            </g>)}
        </svg>
    </figure>;
}
