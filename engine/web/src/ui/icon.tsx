/* ui/icon.tsx - a picture of the sprite that the server wrote into the page.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { IconName } from "../style/icons.ts";

export const Icon = ({ name }: { name: IconName }) =>
    <svg class="icon" aria-hidden="true"><use href={`#i-${name}`} /></svg>;

/* A button that is only a picture: its name is for whoever does not see it. */
export const IconButton = ({ name, label, ...rest }:
    { name: IconName; label: string; onClick?: (event: MouseEvent) => void; disabled?: boolean; class?: string }) =>
    <button type="button" {...rest} class={`plain ${rest.class ?? ""}`} aria-label={label} title={label}><Icon name={name} /></button>;
