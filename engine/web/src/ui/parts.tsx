/* ui/parts.tsx - the parts of a place, each an address of its own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import "./parts.css";

export const Parts = ({ label, parts }: { label: string; parts: { href: string; label: string; here: boolean }[] }) =>
    <nav class="parts" aria-label={label}>{parts.map((part) =>
        <a key={part.href} href={part.href} aria-current={part.here ? "page" : undefined}>{part.label}</a>)}</nav>;
