/* ui/light.tsx - how something stands: a shape, a colour and a word.
 *
 * Its style stands in every page (critical.ts): the server writes lights too.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { t } from "../i18n/index.ts";
import { Icon } from "./icon.tsx";

export const lightWords = { green: () => t("on track"), yellow: () => t("at risk"), red: () => t("off track") };

export type Health = keyof typeof lightWords;

export const Light = ({ health }: { health: Health }) =>
    <span class={`light ${health}`}><Icon name={health} />{lightWords[health]()}</span>;
