/* form/history.tsx - what happened to a document, newest first.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { EventList } from "#api";
import { formatInstant } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { fieldsOf, type Form } from "./model.ts";
import { showValue } from "./show.ts";
import { verbs, wayOf } from "./verbs.ts";
import "./history.css";

type Event = EventList["items"][number];

function kindOf(form: Form, event: Event): string {
    const action = form.steps.flatMap((step) => step.actions ?? []).find((one) => one.id === event.kind);
    return action?.label ?? verbs[event.kind]?.() ?? event.kind;
}

function placeOf(form: Form, event: Event): string {
    const step = form.steps.find((one) => one.id === event.step);
    return step?.levels?.find((level) => level.id === event.level)?.label ?? step?.label ?? "";
}

function Change({ form, change }: { form: Form; change: { field: string; from?: unknown; to?: unknown } }) {
    const [path, row] = [change.field.replace(/\[\d+\]/, ""), /\[(\d+)\]/.exec(change.field)?.[1]];
    const field = fieldsOf(form).get(path);
    if (!field) return null;
    const text = (value: unknown) => field.type === "items" && value && typeof value === "object"
        ? (field.columns ?? []).map((column) => showValue(column, (value as Record<string, unknown>)[column.id])).filter(Boolean).join(" · ")
        : showValue(field, value);
    const from = text(change.from), to = text(change.to);

    return <li>{field.label}{row && ` ${row}`}{t(": ")}{from && <del>{from}</del>}{from && to && " → "}{to && <ins>{to}</ins>}</li>;
}

export function HistoryView({ form, events }: { form: Form; events: Event[] }) {
    return <ol class="history">{events.map((event) => <li key={event.seq}>
        <p><strong>{event.actor?.name ?? t("the system")}</strong>{" "}{kindOf(form, event)}{" "}
            <span class="dim">{[placeOf(form, event), wayOf(event.via), formatInstant(event.at)].filter(Boolean).join(" · ")}</span></p>
        {event.comment && <blockquote>{event.comment}</blockquote>}
        {!!event.changes?.length && <details><summary>{t("Changes: {n}", { n: event.changes.length })}</summary>
            <ul>{event.changes.map((change) => <Change form={form} change={change as { field: string }} />)}</ul></details>}
    </li>)}</ol>;
}
