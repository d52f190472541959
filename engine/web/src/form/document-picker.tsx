/* form/document-picker.tsx - choosing documents of one form by their titles.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import { titleOf, rememberTitle } from "./titles.ts";
import { ask } from "../api/client.ts";
import { Combobox, type Choice } from "../ui/combobox.tsx";

export function DocumentPicker({ label, form, many, ids, onChange }:
    { label: string; form: string; many: boolean; ids: string[]; onChange: (ids: string[]) => void }) {
    const [titles, setTitles] = useState<Record<string, string>>({});

    useEffect(() => {
        void Promise.all(ids.map(async (id) => [id, await titleOf(id)] as const)).then((all) => setTitles(Object.fromEntries(all)));
    }, [ids.join()]);

    async function find(words: string): Promise<Choice[]> {
        const { items } = await ask("GET /documents", { query: { form, limit: "20", q: words || undefined } });
        return items.map((item) => {
            rememberTitle(item.id, item.title ?? item.id);
            return { value: item.id, label: item.title ?? item.id };
        });
    }
    return <Combobox label={label} hideLabel many={many} find={find}
        chosen={ids.map((id) => ({ value: id, label: titles[id] ?? "…" }))} onChange={(chosen) => onChange(chosen.map((one) => one.value))} />;
}
