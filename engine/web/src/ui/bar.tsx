/* ui/bar.tsx - how far something has come: a bar, and its number beside it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { formatNumber } from "../base/format.ts";
import "./bar.css";

const clamp = (value: number) => Math.max(0, Math.min(100, value));

export const Bar = ({ value, label }: { value: number; label: string }) => <span class="bar">
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="6" /><rect class="bar-done" width={clamp(value)} height="6" /></svg>
    <span class="sr">{label}</span><span>{formatNumber(Math.round(value))}%</span>
</span>;
