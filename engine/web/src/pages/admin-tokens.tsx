/* pages/admin-tokens.tsx - a token for a program, shown once; and those there are,
 * to take back.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import { me } from "../app/me.ts";
import { inquire } from "../app/question.ts";
import { useAnswer } from "../base/async.ts";
import { formatInstant } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { sayError } from "../ui/toast.tsx";

const words = { read: () => t("ask"), write: () => t("change documents"), deploy: () => t("make forms live"), admin: () => t("import"), metrics: () => t("figures") };
type Scope = keyof typeof words;

export function Tokens() {
    const mine = (me.value.scopes ?? []).filter((scope): scope is Scope => scope in words);
    const [scopes, setScopes] = useState<Scope[]>(["read"]);
    const [days, setDays] = useState("90");
    const [token, setToken] = useState("");
    const mineNow = useAnswer(async () => (await ask("GET /admin/tokens")).items, []);

    async function make(event: Event): Promise<void> {
        event.preventDefault();
        try {
            setToken((await ask("POST /admin/tokens", { body: { scopes, days: Number(days) } })).token);
            mineNow.again();
        } catch (error) {
            sayError(error);
        }
    }
    async function end(id: string): Promise<void> {
        if (!await inquire({ title: t("Take the token back"), text: t("The program that has it can sign in no more."), action: t("Take it back"), dangerous: true })) return;
        try {
            await ask("DELETE /admin/tokens/{id}", { path: { id } });
            mineNow.again();
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
        <h2 class="tokens-head">{t("Tokens there are")}</h2>
        <Answered of={mineNow} what={t("Looking for tokens…")}>{(items) => items.length === 0 ? <p class="empty">{t("You have none.")}</p>
            : <ul class="rows">{items.map((one) => <li key={one.id} class="row"><div class="what">
                <h3>{one.name ?? one.scopes.map((scope) => words[scope as Scope]?.() ?? scope).join(t(", "))}</h3>
                <p class="facts">{one.created && <span>{t("made {when}", { when: formatInstant(one.created) })}</span>}
                    <span>{one.expires ? t("until {when}", { when: formatInstant(one.expires) }) : t("without an end")}</span>
                    <span>{one.used ? t("last used {when}", { when: formatInstant(one.used) }) : t("never used")}</span></p></div>
                <button type="button" class="danger" onClick={() => void end(one.id)}>{t("Take it back")}</button></li>)}</ul>}</Answered>
    </section>;
}
