/* assistant/offer.tsx - what the assistant would do, and the button that has it
 * done: once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import { t } from "../i18n/index.ts";

interface Done { id?: string; items?: { ok: boolean; problem?: { detail?: string } }[] }

export function Offer({ says, token }: { says: string; token: string }) {
    const [state, setState] = useState<"open" | "busy" | "left" | Done | Error>("open");

    async function confirm(): Promise<void> {
        setState("busy");
        setState(await ask("POST /bot/ask", { body: { confirm: token } }).then((done) => done as Done, (error: Error) => error));
    }

    if (state === "left") return <p class="dim" role="status">{t("Nothing was done.")}</p>;
    if (state instanceof Error) return <p class="wrong" role="status">{state.message}</p>;
    if (typeof state === "object") {
        const failed = state.items?.filter((one) => !one.ok) ?? [];

        return <p role="status">{failed.length ? failed.map((one) => one.problem?.detail).join(" ") : t("Done.")}
            {" "}{state.id && <a href={`/documents/${state.id}`}>{t("Open it")}</a>}</p>;
    }
    return <div class="offer" role="group" aria-label={says}>
        <p>{t("Shall I do this?")}</p>
        <div class="buttons">
            <button type="button" class="primary" disabled={state === "busy"} onClick={() => void confirm()}>{t("Yes, do it")}</button>
            <button type="button" disabled={state === "busy"} onClick={() => setState("left")}>{t("No")}</button>
        </div>
    </div>;
}
