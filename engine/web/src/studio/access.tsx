/* studio/access.tsx - who may see and do what, as a table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { t } from "../i18n/index.ts";
import { IconButton } from "../ui/icon.tsx";
import type { Draft } from "./draft.ts";
import { addChild, attr, child, remove, setAttr, type Elem } from "./xml.ts";

const rights: [string, () => string][] = [
    ["read", () => t("see")], ["comment", () => t("talk")], ["edit", () => t("change")], ["act", () => t("act")],
    ["export", () => t("export")], ["derive", () => t("clone")], ["delete", () => t("delete")],
];

function Grant({ draft, grant, n }: { draft: Draft; grant: Elem; n: number }) {
    const held = (attr(grant, "rights") ?? "").split(/\s+/).filter(Boolean);

    return <tr>
        <td><input aria-label={t("Who, row {n}", { n })} value={attr(grant, "to") ?? ""} onChange={(event) => draft.edit((text) => setAttr(text, grant, "to", event.currentTarget.value))} /></td>
        {rights.map(([right, label]) => <td class="tick"><input type="checkbox" aria-label={t("{right}, row {n}", { right: label(), n })} checked={held.includes(right)}
            onChange={(event) => draft.edit((text) => setAttr(text, grant, "rights",
                (event.currentTarget.checked ? [...held, right] : held.filter((one) => one !== right)).join(" ")))} /></td>)}
        <td><input aria-label={t("Only these fields, row {n}", { n })} value={attr(grant, "fields") ?? ""} placeholder={t("all")} onChange={(event) => draft.edit((text) => setAttr(text, grant, "fields", event.currentTarget.value))} /></td>
        <td><input aria-label={t("Only when, row {n}", { n })} value={attr(grant, "when") ?? ""} onChange={(event) => draft.edit((text) => setAttr(text, grant, "when", event.currentTarget.value))} /></td>
        <td><IconButton name="trash" label={t("Remove row {n}", { n })} onClick={() => draft.edit((text) => remove(text, grant))} /></td>
    </tr>;
}

export function Access({ draft }: { draft: Draft }) {
    const access = child(draft.root.value, "access");
    const create = child(access, "create");
    const grants = access?.children.filter((one) => one.name === "grant") ?? [];

    if (!access) return <p class="empty">{draft.isOverlay.value ? t("This form follows its original: who sees it is said there.") : t("Nothing is granted to anybody yet. Write <access> into the XML.")}</p>;
    return <>
        {create && <label class="field who-begins">{t("Who may begin one")}<input value={attr(create, "by") ?? ""} onChange={(event) => draft.edit((text) => setAttr(text, create, "by", event.currentTarget.value))} /></label>}
        <div class="scroll" tabIndex={0} role="group" aria-label={t("Access")}><table class="grants">
            <thead><tr><th scope="col">{t("Who")}</th>{rights.map(([, label]) => <th scope="col">{label()}</th>)}<th scope="col">{t("Only these fields")}</th><th scope="col">{t("Only when")}</th><th><span class="sr">{t("Row tools")}</span></th></tr></thead>
            <tbody>{grants.map((grant, i) => <Grant key={i} draft={draft} grant={grant} n={i + 1} />)}</tbody></table></div>
        <p><button type="button" onClick={() => draft.edit((text) => {
            const last = grants.at(-1);
            return addChild(text, access, '<grant to="owner" rights="read"/>', last && access.children[access.children.indexOf(last) + 1]);
        })}>{t("Add a row")}</button></p>
    </>;
}
