/* studio/versions.tsx - the versions of a form, and one button back.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { ask, newKey } from "../api/client.ts";
import { inquire } from "../app/question.ts";
import { useAnswer } from "../base/async.ts";
import { formatInstant } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { lazy } from "../ui/lazy.tsx";
import { say, sayError } from "../ui/toast.tsx";

const Migrate = lazy(async () => (await import("./migrate.tsx")).Migrate);

const states: Record<string, () => string> = { live: () => t("live"), pilot: () => t("pilot"), planned: () => t("planned"), retired: () => t("retired") };

export function Versions({ form }: { form: string }) {
    const versions = useAnswer(async () => [...(await ask("GET /forms/{form}/versions", { path: { form } })).items].sort((a, b) => b.version - a.version), [form]);

    const [moving, setMoving] = useState<number>();

    async function change(title: string, work: (reason: string | undefined) => Promise<unknown>): Promise<void> {
        const reply = await inquire({ title, action: title, comment: "optional" });
        if (!reply) return;
        try {
            await work(reply.comment);
            say(t("{action}: done.", { action: title }));
            versions.again();
        } catch (error) {
            sayError(error);
        }
    }
    const back = () => change(t("Back to the version before"), (reason) => ask("POST /forms/{form}/rollback", { path: { form }, body: { ...(reason ? { reason } : {}) }, key: newKey() }));
    const everyone = (version: number) => change(t("Give version {n} to everyone", { n: version }), (reason) =>
        ask("POST /forms/{form}/versions/{version}/release", { path: { form, version: String(version) }, body: { ...(reason ? { reason } : {}) }, key: newKey() }));
    const retire = (version: number) => change(t("End version {n}", { n: version }), (reason) =>
        ask("POST /forms/{form}/versions/{version}/retire", { path: { form, version: String(version) }, body: { ...(reason ? { reason } : {}) }, key: newKey() }));

    return <Answered of={versions} what={t("Loading versions…")}>{(items) => <>
        {items.some((one) => one.live && one.version > 1) && <p><button type="button" onClick={() => void back()}>{t("Back to the version before")}</button></p>}
        <div class="scroll" tabIndex={0} role="group" aria-label={t("Versions")}><table class="grants"><thead><tr><th scope="col">{t("Version")}</th><th scope="col">{t("State")}</th><th scope="col">{t("Pilot")}</th><th scope="col">{t("Open documents")}</th><th scope="col">{t("Live since")}</th><th><span class="sr">{t("Row tools")}</span></th></tr></thead>
            <tbody>{items.map((one) => <tr key={one.version}><th scope="row">{one.version}</th><td>{states[one.state]?.()}</td><td>{one.pilot && <code>{one.pilot}</code>}</td><td>{one.documents}</td>
                <td>{one.deployed && formatInstant(one.deployed)}{one.deployed_by && ` · ${one.deployed_by.name}`}</td>
                <td>{(one.live || one.state === "pilot") && items.some((other) => other.version !== one.version && other.documents > 0)
                    && <button type="button" onClick={() => setMoving(one.version)}>{t("Move documents here…")}</button>}{" "}
                    {one.state === "pilot" && <button type="button" onClick={() => void everyone(one.version)}>{t("To everyone")}</button>}{" "}
                    {(one.state === "pilot" || one.state === "planned") && <button type="button" onClick={() => void retire(one.version)}>{t("End it")}</button>}</td></tr>)}</tbody></table></div>
        {moving !== undefined && <Migrate form={form} to={moving} onClose={() => { setMoving(undefined); versions.again(); }} />}
    </>}</Answered>;
}
