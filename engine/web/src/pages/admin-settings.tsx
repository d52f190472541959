/* pages/admin-settings.tsx - the settings of packages.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import type { SettingList } from "#api";
import { ask, newKey } from "../api/client.ts";
import { useAnswer } from "../base/async.ts";
import { parseNumber } from "../base/number.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { say, sayError } from "../ui/toast.tsx";

type Setting = SettingList["items"][number] & { default?: unknown };

function One({ setting, again }: { setting: Setting; again: () => void }) {
    const [value, setValue] = useState(String(setting.value ?? ""));
    const kind = typeof (setting.value ?? setting.default);
    const changed = value !== String(setting.value ?? "");
    const typed = kind === "number" ? parseNumber(value) : kind === "boolean" ? value === "true" : value;

    async function save(event: Event): Promise<void> {
        event.preventDefault();
        try {
            await ask("POST /admin/settings", { body: { package: setting.package, id: setting.id, value: typed }, key: newKey() });
            say(t("{name} is {value} now.", { name: setting.label ?? setting.id, value }));
            again();
        } catch (error) {
            sayError(error);
        }
    }
    return <li><form class="row setting" onSubmit={(event) => void save(event)}>
        <label for={`set-${setting.package}-${setting.id}`}>{setting.label ?? setting.id} <span class="dim">{setting.package}</span></label>
        {kind === "boolean"
            ? <select id={`set-${setting.package}-${setting.id}`} value={value} onChange={(event) => setValue(event.currentTarget.value)}><option value="true">{t("yes")}</option><option value="false">{t("no")}</option></select>
            : <input id={`set-${setting.package}-${setting.id}`} inputMode={kind === "number" ? "decimal" : "text"} value={value} onInput={(event) => setValue(event.currentTarget.value)} />}
        <button disabled={!changed || typed === undefined}>{t("Save")}</button>
    </form></li>;
}

export function Settings() {
    const settings = useAnswer(async () => (await ask("GET /admin/settings")).items as Setting[], []);

    return <section class="block"><Answered of={settings} what={t("Loading settings…")}>{(items) => items.length === 0
        ? <p class="empty">{t("No package has a setting.")}</p>
        : <ul class="rows">{items.map((setting) => <One key={`${setting.package}/${setting.id}/${String(setting.value)}`} setting={setting} again={settings.again} />)}</ul>}</Answered></section>;
}
