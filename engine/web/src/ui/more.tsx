/* ui/more.tsx - the actions of something: the few that decide as buttons, those
 * that first ask for people behind "more".
 *
 * Their style stands in every page (critical.ts), as engine/http/page_home.c
 * writes the same.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { Icon } from "./icon.tsx";

export interface Choice { id: string; label: string }

const seldom = new Set(["transfer", "delegate", "add-approver", "remove-approver", "cc", "urge"]);

function Some({ actions, first, busy, onAct }: { actions: Choice[]; first: boolean; busy: boolean; onAct: (action: Choice) => void }) {
    return <>{actions.map((action, i) => <button type="button" class={first && i === 0 ? "primary" : ""} disabled={busy} data-action={action.id}
        onClick={(event) => { event.currentTarget.closest("details")?.removeAttribute("open"); onAct(action); }}>{action.label}</button>)}</>;
}

export function Actions({ actions, busy, onAct, class: style }: { actions: Choice[]; busy: boolean; onAct: (action: Choice) => void; class?: string }) {
    const [open, setOpen] = useState(false); /* a list of many has many of them: each is drawn when it is wanted */
    const plain = actions.filter((action) => !seldom.has(action.id)), more = actions.filter((action) => seldom.has(action.id));

    return <div class={`buttons ${style ?? ""}`}>
        <Some actions={plain} first busy={busy} onAct={onAct} />
        {more.length > 0 && <details class="more" onToggle={(event) => setOpen(event.currentTarget.open)}><summary class="button" aria-label={t("More actions")}><Icon name="more" /></summary>
            {open && <div class="more-list"><Some actions={more} first={false} busy={busy} onAct={onAct} /></div>}</details>}
    </div>;
}
