/* pages/documents.tsx - documents of one form or all.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { PlaceProps } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import type { Form } from "../form/model.ts";
import { t } from "../i18n/index.ts";
import { Refused } from "../ui/answer.tsx";
import { Icon } from "../ui/icon.tsx";
import { Bar, Listed, readAsked, viewsOf } from "./documents-listed.tsx";

export default function Documents({ query }: PlaceProps) {
    const asked = readAsked(query);
    const forms = useAnswer(async () => (await ask("GET /forms")).items, []);
    const form = useAnswer(async () => asked.form ? await ask("GET /forms/{form}", { path: { form: asked.form } }) as Form : undefined, [asked.form]);
    const there = form.data?.id === asked.form ? form.data : undefined;
    const view = viewsOf(there).find((one) => one === query.get("view")) ?? "list";
    const begin = forms.data?.find((one) => one.id === asked.form)?.create;

    useEffect(() => { document.title = `${t("Documents")} · Weft`; }, []);
    return <>
        <header class="head"><h1>{t("Documents")}</h1>
            {begin && <a class="button primary" href={`/new/${asked.form}`}><Icon name="plus" />{t("Begin one")}</a>}</header>
        <Bar asked={asked} form={there} forms={forms.data ?? []} view={view} />
        {form.error ? <Refused error={form.error} /> : (!asked.form || there) && <Listed asked={asked} form={there} forms={forms.data ?? []} view={view} />}
    </>;
}
