/* pages/admin-usage.tsx - how much is done in which form, day by day. Nobody is
 * told apart.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { UsageList } from "#api";
import { ask } from "../api/client.ts";
import { useAnswer } from "../base/async.ts";
import { formatDate } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Bars } from "../ui/bars.tsx";
import { Trend } from "../ui/trend.tsx";

type Used = UsageList["items"];

/* Those of the whole company: figures of units add up to them. */
function sums(items: Used, of: (one: Used[number]) => string): [string, number][] {
    const by = new Map<string, number>();

    for (const one of items) if (!one.unit) by.set(of(one), (by.get(of(one)) ?? 0) + one.n);
    return [...by];
}

export function Usage() {
    const forms = useAnswer(async () => new Map((await ask("GET /forms")).items.map((form) => [form.id, form.label])), []);
    const used = useAnswer(async () => (await ask("GET /admin/usage")).items.filter((one) => one.form), []);

    return <section class="block">
        <p class="dim">{t("What people did in the last thirty days, counted when a day is over. Nobody is told apart, and anonymous answers are in no figure.")}</p>
        <Answered of={used} what={t("Adding up…")}>{(items) => {
            const days = sums(items, (one) => one.day).sort(([a], [b]) => a.localeCompare(b));
            const by = sums(items, (one) => one.form!).sort(([, a], [, b]) => b - a);
            if (!days.length) return <p class="empty">{t("Nothing has been counted yet. It begins in the night after a report is deployed.")}</p>;
            return <>
                <h2>{t("By day")}</h2><Trend label={t("By day")} points={days.map(([day, n]) => ({ label: formatDate(day), value: n }))} />
                <h2>{t("By form")}</h2><Bars label={t("By form")} rows={by.slice(0, 20).map(([form, n]) => ({ label: forms.data?.get(form) ?? form, value: n }))} />
            </>;
        }}</Answered>
    </section>;
}
