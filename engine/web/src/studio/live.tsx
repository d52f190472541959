/* studio/live.tsx - before going live: what differs, whom it touches, and for
 * whom and when.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { ask, newKey, Problem } from "../api/client.ts";
import { go, setGuard } from "../app/router.ts";
import { listUnits } from "../api/units.ts";
import { useAnswer } from "../base/async.ts";
import { t } from "../i18n/index.ts";
import { Dialog } from "../ui/dialog.tsx";
import { say } from "../ui/toast.tsx";
import { sentenceOf, type Draft } from "./draft.ts";

export function GoLive({ draft, onClose }: { draft: Draft; onClose: () => void }) {
    const versions = useAnswer(async () => (await ask("GET /forms/{form}/versions", { path: { form: draft.id } })).items, [draft.id]);
    const units = useAnswer(listUnits, []);
    const [pilots, setPilots] = useState<Set<string>>(new Set());
    const [whole, setWhole] = useState(true);
    const [at, setAt] = useState("");
    const [wrong, setWrong] = useState("");
    const live = versions.data?.find((one) => one.live);

    async function deploy(event: Event): Promise<void> {
        event.preventDefault();
        const pilot = whole ? undefined : [...pilots].map((id) => `members(${id})`).join(", ");
        try {
            const done = await ask("POST /definitions", {
                ...draft.upload, key: newKey(),
                query: { pilot, at: at ? new Date(at).toISOString() : undefined },
            });
            const version = done.deployed.find((one) => one.id === draft.id)?.version;
            say(t("Version {n} is on its way.", { n: version ?? "" }));
            setGuard(undefined);
            void go(`/studio/${draft.id}?v=${version ?? ""}`);
            location.reload();
        } catch (error) {
            setWrong(error instanceof Problem ? error.diagnostics.map((one) => one.message).join(" ") || error.message : (error as Error).message);
        }
    }
    return <Dialog title={t("Go live")} onClose={onClose}>
        <form onSubmit={(event) => void deploy(event)}>
            <h3>{t("What differs from the version that is live")}</h3>
            <ul class="differences">{draft.changes.value.map((change) => <li>{sentenceOf(change)}</li>)}
                {draft.changes.value.length === 0 && <li class="dim">{t("Nothing that changes its meaning.")}</li>}</ul>
            {live && <p class="dim">{t("{n} open documents stay on version {v}; new ones begin on the new version.", { n: live.documents, v: live.version })}</p>}
            <fieldset><legend class="label">{t("For whom?")}</legend>
                <label class="check"><input type="radio" name="whom" checked={whole} onChange={() => setWhole(true)} />{t("Everyone")}</label>
                <label class="check"><input type="radio" name="whom" checked={!whole} onChange={() => setWhole(false)} />{t("A pilot: only these units")}</label>
                {!whole && <div class="checks pilots">{units.data?.map((unit) => <label class="check"><input type="checkbox" checked={pilots.has(unit.id)}
                    onChange={(event) => { const next = new Set(pilots); event.currentTarget.checked ? next.add(unit.id) : next.delete(unit.id); setPilots(next); }} />{unit.name}</label>)}</div>}
            </fieldset>
            <label class="field">{t("When? Empty: now")}<input type="datetime-local" value={at} onInput={(event) => setAt(event.currentTarget.value)} /></label>
            {wrong && <p role="alert">{wrong}</p>}
            <div class="buttons"><button type="button" onClick={onClose}>{t("Cancel")}</button>
                <button class="primary" disabled={!whole && !pilots.size}>{t("Go live")}</button></div>
        </form>
    </Dialog>;
}
