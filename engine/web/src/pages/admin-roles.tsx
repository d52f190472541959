/* pages/admin-roles.tsx - who has which role, and where.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask } from "../api/client.ts";
import { listUnits } from "../api/units.ts";
import { useAnswer } from "../base/async.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";

interface Role { id: string; people: { id: string; login: string; name: string; unit: string | null }[] }

export function Roles() {
    const roles = useAnswer(async () => (await ask("GET /roles")).items as unknown as Role[], []);
    const units = useAnswer(listUnits, []);
    const unitOf = (id: string | null) => id && (units.data?.find((unit) => unit.id === id)?.name ?? id);

    return <section class="block">
        <p class="dim">{t("Roles are given with the people: the column roles of their file.")}</p>
        <Answered of={roles} what={t("Looking for roles…")}>{(items) => items.length === 0 ? <p class="empty">{t("Nobody has a role.")}</p>
            : <ul class="rows">{items.map((role) => <li key={role.id} class="row"><div class="what"><h3>{role.id}</h3>
                <p class="facts">{role.people.map((one) => <span><a href={`/people/${one.login}`}>{one.name}</a>{unitOf(one.unit) && ` ${unitOf(one.unit)}`}</span>)}</p></div></li>)}</ul>}</Answered>
    </section>;
}
