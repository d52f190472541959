/* app/foot.tsx - who I am here, how it looks and speaks, and leaving.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask } from "../api/client.ts";
import { lang, speak, t } from "../i18n/index.ts";
import { forget } from "../offline/forget.ts";
import { me } from "./me.ts";

function setTheme(theme: string): void {
    if (theme) {
        localStorage.theme = theme;
        document.documentElement.dataset.theme = theme;
    } else {
        localStorage.removeItem("theme");
        delete document.documentElement.dataset.theme;
    }
}

async function signOut(): Promise<void> {
    await forget();
    await ask("DELETE /session");
    await forget(); /* what was on its way, and came meanwhile */
    location.href = me.value.provider ? `/sign-out/${me.value.provider}` : "/";
}

export function Foot() {
    return <footer class="foot">
        <span>{t("Signed in as")} {me.value.name ?? me.value.login}</span>
        <button type="button" class="plain" onClick={() => void signOut()}>{t("Sign out")}</button>
        <a href="/preferences">{t("How I am told")}</a>
        <button type="button" class="plain" lang={lang === "en" ? "zh-CN" : "en"}
            onClick={() => speak(lang === "en" ? "zh-CN" : "en")}>{lang === "en" ? "中文" : "English"}</button>
        <label class="theme">{t("Theme")} <select value={localStorage.theme ?? ""}
            onChange={(event) => setTheme(event.currentTarget.value)}>
            <option value="">{t("as the system")}</option>
            <option value="light">{t("light")}</option>
            <option value="dark">{t("dark")}</option>
        </select></label>
    </footer>;
}
