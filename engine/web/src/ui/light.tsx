/* ui/light.tsx - how something stands: a shape, a colour and a word.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { t } from "../i18n/index.ts";
import "./light.css";

export const lightWords = { green: () => t("on track"), yellow: () => t("at risk"), red: () => t("off track") };
const shapes = { green: "M10 4a6 6 0 100 12 6 6 0 000-12z", yellow: "M10 3l8 14H2z", red: "M4 4h12v12H4z" };

export type Health = keyof typeof lightWords;

export const Light = ({ health }: { health: Health }) =>
    <span class={`light ${health}`}><svg viewBox="0 0 20 20" aria-hidden="true"><path d={shapes[health]} /></svg>{lightWords[health]()}</span>;
