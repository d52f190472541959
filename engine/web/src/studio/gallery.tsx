/* studio/gallery.tsx - the forms that there are, each with a picture of it;
 * making one out of another, as a copy or as an overlay.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect } from "preact/hooks";
import type { FormList } from "#api";
import { ask, newKey } from "../api/client.ts";
import { may } from "../app/me.ts";
import { inquire } from "../app/question.ts";
import { go } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import type { Form } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { lazy } from "../ui/lazy.tsx";
import { sayError } from "../ui/toast.tsx";
import "./gallery.css";

const Adjusting = lazy(async () => (await import("./adjust.tsx")).AdjustGallery);

type Item = FormList["items"][number];

/* A form from afar: lines for fields, a grid for tables, dots for its steps. */
function Picture({ id }: { id: string }) {
    const form = useAnswer(async () => await ask("GET /forms/{form}", { path: { form: id } }) as Form, [id]);
    let y = 8;

    return <svg class="picture" viewBox="0 0 120 88" aria-hidden="true">
        {form.data?.fields.slice(0, 9).map((field) => {
            const top = y, table = field.type === "items";
            y += table ? 22 : 9;
            if (top > (table ? 60 : 70)) return null; /* above the dots */
            return table
                ? <g>{[0, 6, 12].map((dy) => <path d={`M8 ${top + dy}h104`} />)}{(field.columns ?? []).slice(0, 5).map((_column, i) => <path d={`M${8 + 26 * i} ${top}v12`} />)}</g>
                : <g><path class="soft" d={`M8 ${top}h28`} /><path d={`M42 ${top}h${field.type === "longtext" ? 70 : 40}`} /></g>;
        })}
        {form.data?.steps.slice(0, 8).map((step, i) => <circle class={step.kind} cx={10 + 12 * i} cy={82} r={3} />)}
    </svg>;
}

async function clone(from: Item): Promise<void> {
    const reply = await inquire({
        title: t("Make a form out of {form}", { form: from.label }), action: t("Make it"),
        fields: [{ id: "label", label: t("Name"), value: t("{form} (copy)", { form: from.label }) },
            { id: "id", label: t("Id"), value: `${from.id}-2`, pattern: "[a-z][a-z0-9_\\-]{0,62}", help: t("Small letters, digits and -; it cannot be changed later.") }],
        switches: [{ id: "overlay", label: t("Follow the original: keep only what differs"), value: false }],
    });
    if (!reply) return;
    try {
        await ask("POST /forms/{form}/clone", {
            path: { form: from.id }, key: newKey(),
            body: { id: reply.fields.id!, label: reply.fields.label!, overlay: !!reply.switches.overlay, changes: [] },
        });
        void go(`/studio/${reply.fields.id}`);
    } catch (error) {
        sayError(error);
    }
}

/* Whoever may not deploy has what their package leaves to them. */
export default function Studio() {
    return may("deploy") ? <Gallery /> : <Adjusting />;
}

function Gallery() {
    const forms = useAnswer(async () => (await ask("GET /forms")).items, []);

    useEffect(() => { document.title = `${t("Studio")} · Weft`; }, []);
    return <>
        <header class="head"><h1>{t("Studio")}</h1></header>
        <p class="dim">{t("Every form is a text with a picture. Open one to change it, or make a new one out of one that is near.")}</p>
        <Answered of={forms} what={t("Looking for forms…")}>{(items) => <ul class="gallery">{items.map((form) => <li key={form.id}>
            <a href={`/studio/${form.id}`} aria-label={form.label}><Picture id={form.id} /></a>
            <h2><a href={`/studio/${form.id}`}>{form.label}</a></h2>
            <p class="dim">{[form.package, t("version {n}", { n: form.version ?? 1 }), form.base && t("follows {form}", { form: form.base })].filter(Boolean).join(" · ")}</p>
            <button type="button" onClick={() => void clone(form)}>{t("Make a copy…")}</button>
        </li>)}</ul>}</Answered>
    </>;
}
