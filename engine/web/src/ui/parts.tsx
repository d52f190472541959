/* ui/parts.tsx - the parts of a place, each an address of its own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useRef } from "preact/hooks";
import "./parts.css";

export function Parts({ label, parts }: { label: string; parts: { href: string; label: string; here: boolean }[] }) {
    const row = useRef<HTMLElement>(null);
    const at = parts.find((part) => part.here)?.href;

    /* On a phone they scroll: where one is, is in sight. */
    useEffect(() => {
        const here = row.current?.querySelector<HTMLElement>("[aria-current]");
        if (here) row.current!.scrollLeft = here.offsetLeft - row.current!.offsetLeft - 24;
    }, [at]);
    return <nav ref={row} class="parts" aria-label={label}>{parts.map((part) =>
        <a key={part.href} href={part.href} aria-current={part.here ? "page" : undefined}>{part.label}</a>)}</nav>;
}
