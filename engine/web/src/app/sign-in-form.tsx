/* app/sign-in-form.tsx - signing in again above the page.
 *
 * Only as the same person: what the page shows is theirs.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { ask, useToken } from "../api/client.ts";
import { t } from "../i18n/index.ts";
import { Dialog } from "../ui/dialog.tsx";
import { me } from "./me.ts";

export function SignInForm({ done }: { done: () => void }) {
    const [password, setPassword] = useState("");
    const [wrong, setWrong] = useState("");

    async function signIn(event: Event): Promise<void> {
        event.preventDefault();
        try {
            const session = await ask("POST /session", { body: { login: me.value.login, password } });
            useToken(session.csrf);
            done();
        } catch (error) {
            setWrong((error as Error).message);
        }
    }
    return <Dialog title={t("Please sign in again")} onClose={() => { location.href = "/"; }}>
        <form onSubmit={(event) => void signIn(event)}>
            <p>{t("Your session has ended. What you wrote is still here.")}</p>
            <label class="field">{t("Password")}
                <input type="password" autocomplete="current-password" required value={password}
                    onInput={(event) => setPassword(event.currentTarget.value)} /></label>
            {wrong && <p role="alert">{wrong}</p>}
            <div class="buttons"><button class="primary">{t("Sign in")}</button></div>
        </form>
    </Dialog>;
}
