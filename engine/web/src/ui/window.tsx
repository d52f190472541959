/* ui/window.tsx - a list of any length of which only what is in sight stands in
 * the page. All rows are of one height, which the style says (--row).
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import "./window.css";

const SPARE = 8; /* rows above and below what is in sight */

interface Sight { first: number; last: number; height: number }

const heightOf = (box: HTMLElement) => parseFloat(getComputedStyle(box).getPropertyValue("--row")) || 40;

function sightOf(box: HTMLElement): Sight {
    const height = heightOf(box);
    return {
        height,
        first: Math.max(0, Math.floor(box.scrollTop / height) - SPARE),
        last: Math.ceil((box.scrollTop + box.clientHeight) / height) + SPARE,
    };
}

/* Scrolls as little as it must for the row to be in sight. */
export function bringIntoSight(box: HTMLElement, row: number): void {
    const height = heightOf(box);
    const top = row * height;

    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
}

export function Windowed({ count, keep, box, children, ...rest }: {
    count: number;
    keep: number; /* a row that stays: the one with the focus; -1: none */
    box: RefObject<HTMLDivElement | null>;
    children: (row: number, top: number) => ComponentChildren;
    [attribute: string]: unknown;
}) {
    const [sight, setSight] = useState<Sight>({ first: 0, last: 40, height: 40 });
    const asked = useRef(0);

    function look(): void {
        if (!box.current) return;
        const next = sightOf(box.current);
        setSight((now) => now.first === next.first && now.last === next.last && now.height === next.height ? now : next);
    }
    useLayoutEffect(look, [count]);
    useEffect(() => {
        const watch = new ResizeObserver(look);

        watch.observe(box.current!);
        return () => { watch.disconnect(); cancelAnimationFrame(asked.current); };
    }, []);
    const rows = Array.from({ length: Math.max(0, Math.min(count, sight.last) - sight.first) }, (_one, i) => sight.first + i);
    if (keep >= 0 && keep < count && !rows.includes(keep)) rows.push(keep);
    return <div {...rest} ref={box} class={`window ${rest.class ?? ""}`}
        onScroll={() => { cancelAnimationFrame(asked.current); asked.current = requestAnimationFrame(look); }}>
        <div class="window-all" role="presentation" style={{ height: `${count * sight.height}px` }}>
            {rows.map((row) => children(row, row * sight.height))}
        </div>
    </div>;
}
