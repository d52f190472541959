/* pages/admin-tokens.tsx - a token for a program, shown once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import { me } from "../app/me.ts";
import { t } from "../i18n/index.ts";
import { sayError } from "../ui/toast.tsx";

const words = { read: () => t("ask"), write: () => t("change documents"), deploy: () => t("make forms live"), admin: () => t("import"), metrics: () => t("figures") };
type Scope = keyof typeof words;

export function Tokens() {
    const mine = (me.value.scopes ?? []).filter((scope): scope is Scope => scope in words);
    const [scopes, setScopes] = useState<Scope[]>(["read"]);
    const [days, setDays] = useState("90");
    const [token, setToken] = useState("");

    async function make(event: Event): Promise<void> {
        event.preventDefault();
        try {
            setToken((await ask("POST /admin/tokens", { body: { scopes, days: Number(days) } })).token);
        } catch (error) {
            sayError(error);
        }
    }
    return <section class="block">
        <p>{t("A program signs in with a token. It may do no more than you, and no more than is chosen here.")}</p>
        <form onSubmit={(event) => void make(event)} class="token">
            <fieldset><legend class="label">{t("It may")}</legend><div class="checks">{mine.map((scope) => <label class="check">
                <input type="checkbox" checked={scopes.includes(scope)} onChange={(event) =>
                    setScopes(event.currentTarget.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))} />{words[scope]()}</label>)}</div></fieldset>
            <label class="field">{t("For how many days")}<input inputMode="numeric" pattern="[1-9][0-9]{0,3}" required value={days} onInput={(event) => setDays(event.currentTarget.value)} /></label>
            <button class="primary" disabled={!scopes.length}>{t("Make a token")}</button>
        </form>
        {token && <div class="shown-once" role="status"><p>{t("Keep it now: it is not shown again.")}</p><code>{token}</code></div>}
    </section>;
}
