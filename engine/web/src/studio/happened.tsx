/* studio/happened.tsx - what really happened with the documents of a form, and
 * what of it could therefore be left out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask } from "../api/client.ts";
import { useAnswer } from "../base/async.ts";
import { lang, t } from "../i18n/index.ts";

export function Happened({ form }: { form: string }) {
    const found = useAnswer(async () => (await ask("GET /lint", { query: { form } })).items, [form]);

    if (!found.data?.length) return null;
    return <section class="block"><h2>{t("What could be left out")}</h2>
        <p class="dim">{t("Out of what really happened with documents of the live form, from twenty cases on.")}</p>
        <ul class="differences">{found.data.map((one) => <li>{one.text[lang] ?? one.text.en ?? one.path}</li>)}</ul></section>;
}
