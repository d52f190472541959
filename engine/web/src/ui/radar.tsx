/* ui/radar.tsx - values around a circle, with those of before behind them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { scaleLinear } from "d3-scale";
import { curveLinearClosed, lineRadial } from "d3-shape";
import { formatNumber } from "../base/format.ts";
import "./radar.css";

export interface Series { label: string; values: (number | undefined)[] }

const SIZE = 320, EDGE = 68, RADIUS = SIZE / 2 - EDGE;

const tell = (axes: string[], one: Series) =>
    `${one.label}: ${axes.map((axis, i) => one.values[i] === undefined ? "" : `${axis} ${formatNumber(one.values[i])}`).filter(Boolean).join(", ")}`;

/* Of three axes and more; fewer are no area. */
export function Radar({ axes, most, now, before }: { axes: string[]; most: number; now: Series; before: Series | undefined }) {
    const radius = scaleLinear([0, most], [0, RADIUS]);
    const angle = (i: number) => 2 * Math.PI * i / axes.length;
    const at = (i: number, value: number): [number, number] => [Math.sin(angle(i)) * radius(value), -Math.cos(angle(i)) * radius(value)];
    const path = (values: (number | undefined)[]) => lineRadial<number | undefined>()
        .angle((_value, i) => angle(i)).radius((value) => radius(value ?? 0)).curve(curveLinearClosed)(values) ?? "";

    return <figure class="radar">
        <svg viewBox={`${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`} role="img" aria-label={[now, before].filter((one) => one !== undefined).map((one) => tell(axes, one)).join(". ")}>
            {[0.25, 0.5, 0.75, 1].map((part) => <path class="radar-ring" d={path(axes.map(() => most * part))} />)}
            {axes.map((axis, i) => {
                const [x, y] = at(i, most), [tx, ty] = at(i, most * 1.14);
                return <g><line class="radar-ring" x2={x} y2={y} />
                    <text x={tx} y={ty} text-anchor={Math.abs(tx) < 8 ? "middle" : tx > 0 ? "start" : "end"} dominant-baseline="middle">{axis}</text></g>;
            })}
            {before && <path class="radar-before" d={path(before.values)} />}
            <path class="radar-now" d={path(now.values)} />
            {now.values.map((value, i) => value !== undefined && <circle class="radar-dot" cx={at(i, value)[0]} cy={at(i, value)[1]} r={3} />)}
        </svg>
        <figcaption><span class="radar-key now">{now.label}</span>{before && <span class="radar-key before">{before.label}</span>}</figcaption>
    </figure>;
}
