/* ui/work-item.tsx - one thing that waits for me, with what can be done to it.
 *
 * The same markup as engine/http/page_home.c writes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useRef, useState } from "preact/hooks";
import type { WorkList } from "#api";
import { actFromAfar } from "../app/act.ts";
import { t } from "../i18n/index.ts";
import { Actions } from "./more.tsx";
import { When } from "./when.tsx";

export type Work = WorkList["items"][number];

export const targetOf = (item: Work) =>
    ({ id: item.document.id, form: item.document.form, step: item.step, lane: item.lane, title: item.document.title });

export function Facts({ item, grouped }: { item: Work; grouped?: boolean }) {
    return <p class="facts">{!grouped && <span>{item.document.form_label}</span>}<span>{item.label}</span>
        {item.due && <When label={item.overdue ? t("Overdue since") : t("Due")} at={item.due} late={item.overdue} />}
        {item.since && <When label={t("Since")} at={item.since} />}
    </p>;
}

export function WorkButtons({ item, comment, onDone }: { item: Work; comment?: () => string | undefined; onDone: () => void }) {
    const [busy, setBusy] = useState(false);

    async function act(action: string, label: string): Promise<void> {
        setBusy(true);
        if (await actFromAfar(targetOf(item), action, label, comment?.())) onDone();
        setBusy(false);
    }
    return <Actions busy={busy} actions={(item.actions ?? []).map((id) => ({ id, label: item.labels?.[id] ?? id }))}
        onAct={({ id, label }) => void act(id, label)} />;
}

/* The form is what works without script; what was typed into it before there was
 * one is not touched. */
export function WorkItem({ item, onDone }: { item: Work; onDone: () => void }) {
    const comment = useRef<HTMLTextAreaElement>(null);

    return <li><form class="row" method="post" onSubmit={(event) => event.preventDefault()}>
        <div class="what"><h3><a href={`/documents/${item.document.id}`}>{item.document.title}</a></h3><Facts item={item} /></div>
        <details class="note"><summary>{t("Comment")}</summary>
            <textarea name="comment" rows={2} aria-label={t("Comment")} ref={comment} /></details>
        <WorkButtons item={item} comment={() => comment.current?.value} onDone={onDone} />
    </form></li>;
}
