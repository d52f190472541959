/* ui/face.tsx - a person, small: the end of a Chinese name, or initials.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import "./face.css";

export function shortName(name: string): string {
    if (/[\u3400-\u9fff]/.test(name)) return name.replace(/\s/g, "").slice(-2);
    return name.split(/\s+/).map((word) => word[0] ?? "").join("").slice(0, 2).toUpperCase();
}

/* One of eight tints, the same for a person everywhere. */
const tint = (text: string) => [...text].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 8;

export const Face = ({ name, state }: { name: string; state?: "done" | "now" | "later" | "skipped" }) =>
    <span class={`face tint-${tint(name)} ${state ?? ""}`} title={name} aria-hidden="true">{shortName(name)}</span>;
