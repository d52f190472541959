/* app/bell.tsx - the way to what I was told, with how much of it is new; the
 * list is loaded when it is first wanted.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { loadWords, t } from "../i18n/index.ts";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { unread } from "./told.ts";

const MOST = 99; /* the server counts no further */

const Panel = lazy(async () => {
    await loadWords("told");
    return (await import("../told/panel.tsx")).Panel;
});

export function Bell() {
    const [open, setOpen] = useState(false);
    const n = unread.value ?? 0;

    return <>
        <button type="button" class="plain bell" aria-haspopup="dialog" aria-label={n ? t("News: {n} unread", { n }) : t("News")} onClick={() => setOpen(true)}>
            <Icon name="bell" />{n > 0 && <span class="count" aria-hidden="true">{n > MOST ? `${MOST}+` : n}</span>}</button>
        {open && <Panel onClose={() => setOpen(false)} />}
    </>;
}
