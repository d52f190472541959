/* ui/person-picker.tsx - choosing people: by name, pinyin, initials or login.
 *
 * The server searches; it knows how a name is read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { PersonRef } from "#api";
import { ask } from "../api/client.ts";
import { Combobox, type Choice, type ComboboxProps } from "./combobox.tsx";

const known = new Map<string, PersonRef>();

async function find(words: string): Promise<Choice[]> {
    const { items } = await ask("GET /people", { query: { limit: "20", q: words || undefined } });

    return items.map((person) => {
        known.set(person.id, { id: person.id, login: person.login, name: person.name });
        return { value: person.id, label: person.name, hint: [person.title, person.login].filter(Boolean).join(" · ") };
    });
}

type Props = Omit<ComboboxProps, "find" | "chosen" | "onChange"> & {
    people: PersonRef[];
    onChange: (people: PersonRef[]) => void;
};

export function PersonPicker({ people, onChange, ...rest }: Props) {
    for (const person of people) known.set(person.id, person);
    return <Combobox {...rest} find={find}
        chosen={people.map((person) => ({ value: person.id, label: person.name }))}
        onChange={(chosen) => onChange(chosen.map((one) => known.get(one.value)!).filter(Boolean))} />;
}
