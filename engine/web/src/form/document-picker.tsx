/* form/document-picker.tsx - choosing documents of one form by their titles.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import { titleOf, rememberTitle } from "./titles.ts";
import { ask } from "../api/client.ts";
import { t } from "../i18n/index.ts";
import { Combobox, type Choice } from "../ui/combobox.tsx";

/* `kept`: one that has been given up is no choice. */
export function DocumentPicker({ label, form, many, kept, ids, onChange }:
    { label: string; form: string; many: boolean; kept?: boolean; ids: string[]; onChange: (ids: string[]) => void }) {
    const [titles, setTitles] = useState<Record<string, string>>({});

    useEffect(() => {
        void Promise.all(ids.map(async (id) => [id, await titleOf(id)] as const)).then((all) => setTitles(Object.fromEntries(all)));
    }, [ids.join()]);

    /* The server looks for words in texts; a title is often made of a name and
     * a period, so the latest ones are looked through for it as well. */
    async function find(words: string): Promise<Choice[]> {
        const of = { form, ...(kept ? { "filter[state][ne]": "void" } : {}) };
        const [said, latest] = await Promise.all([words ? ask("GET /documents", { query: { ...of, limit: "20", q: words } }) : { items: [] },
            ask("GET /documents", { query: { ...of, limit: words ? "200" : "20" } })]);
        const called = latest.items.filter((item) => item.title?.toLowerCase().includes(words.toLowerCase()));
        const items = [...called, ...said.items.filter((item) => !called.some((one) => one.id === item.id))].slice(0, 20);
        return items.map((item) => {
            rememberTitle(item.id, item.title ?? item.id);
            return { value: item.id, label: item.title ?? item.id };
        });
    }
    return <Combobox label={label} hideLabel hint={t("Words of its title")} many={many} find={find}
        chosen={ids.map((id) => ({ value: id, label: titles[id] ?? "…" }))} onChange={(chosen) => onChange(chosen.map((one) => one.value))} />;
}
