/* ui/when.tsx - a day and what it is: "Due in 3 days"; pointing at it shows the
 * instant. The same markup as engine/http/page_home.c writes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { formatDay } from "../base/format.ts";

export const When = ({ label, at, late }: { label: string; at: string; late?: boolean }) =>
    <span class={late ? "late" : undefined}>{`${label} `}<time datetime={at} title={at}>{formatDay(at)}</time></span>;
