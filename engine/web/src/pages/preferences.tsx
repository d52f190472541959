/* pages/preferences.tsx - how I am told of what, and when.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import type { Wishes } from "#api";
import { ask, newKey, Problem } from "../api/client.ts";
import { useAnswer } from "../base/async.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { IconButton } from "../ui/icon.tsx";
import { say } from "../ui/toast.tsx";
import "../told/told.css";

type How = "now" | "digest" | "off";

const ways: [How, () => string][] = [["now", () => t("at once")], ["digest", () => t("in a digest")], ["off", () => t("not at all")]];

const MOST_TIMES = 6;

function Times({ times, set }: { times: string[]; set: (times: string[]) => void }) {
    return <div class="times">
        {times.map((time, n) => <span class="time" key={n}>
            <input type="time" required value={time} aria-label={t("Digest {n}", { n: n + 1 })} onInput={(event) => set(times.map((one, i) => i === n ? event.currentTarget.value : one))} />
            <IconButton name="trash" label={t("Remove {name}", { name: time })} onClick={() => set(times.filter((_one, i) => i !== n))} /></span>)}
        {times.length < MOST_TIMES && <button type="button" onClick={() => set([...times, "17:00"])}>{t("Add a time")}</button>}
    </div>;
}

function Kinds({ wishes, set }: { wishes: Wishes; set: (wishes: Wishes) => void }) {
    const choose = (kind: string, channel: string, how: How) => set({ ...wishes,
        kinds: wishes.kinds.map((one) => one.id === kind ? { ...one, channels: { ...one.channels, [channel]: how } } : one) });

    if (!wishes.channels.length) return <p class="dim">{t("No mail and no chat tool is set up here. What you are told stands under the bell.")}</p>;
    return <div class="scroll" tabIndex={0} role="region" aria-label={t("What of, and where")}><table>
        <thead><tr><th scope="col">{t("What of")}</th>{wishes.channels.map((channel) => <th scope="col">{channel.label}{!channel.reached && <><br />{t("you have no address there")}</>}</th>)}</tr></thead>
        <tbody>{wishes.kinds.map((kind) => <tr key={kind.id}><th scope="row">{kind.label}</th>{wishes.channels.map((channel) => <td>
            <select aria-label={`${kind.label}: ${channel.label}`} value={kind.channels[channel.id] ?? "digest"} onChange={(event) => choose(kind.id, channel.id, event.currentTarget.value as How)}>
                {ways.map(([how, words]) => <option value={how}>{words()}</option>)}</select></td>)}</tr>)}</tbody>
    </table></div>;
}

function Form({ first }: { first: Wishes }) {
    const [wishes, setWishes] = useState(first);
    const [busy, setBusy] = useState(false);
    const [wrong, setWrong] = useState<string[]>([]);
    const quiet = wishes.quiet as { from?: string; until?: string };

    function set(next: Partial<Wishes>): void {
        setWishes({ ...wishes, ...next });
        setWrong([]);
    }
    async function save(event: Event): Promise<void> {
        event.preventDefault();
        setBusy(true);
        try {
            setWishes(await ask("PUT /notifications/settings", { key: newKey(), body: {
                quiet: wishes.quiet, working_days: wishes.working_days, times: wishes.times,
                kinds: Object.fromEntries(wishes.kinds.map((kind) => [kind.id, kind.channels])) } }));
            say(t("Saved."));
        } catch (error) {
            const said = error instanceof Problem ? error.errors.map((one) => one.message) : [];
            setWrong(said.length ? said : [(error as Error).message]);
        }
        setBusy(false);
    }
    return <form class="wishes" onSubmit={(event) => void save(event)}>
        <fieldset><legend>{t("What of, and where")}</legend><Kinds wishes={wishes} set={setWishes} /></fieldset>
        <fieldset><legend>{t("When digests come")}</legend>
            <Times times={wishes.times} set={(times) => set({ times })} />
            {!wishes.times.length && <p class="dim">{t("Without a time, when the quiet is over.")}</p>}
            <label class="check"><input type="checkbox" checked={wishes.working_days} onChange={(event) => set({ working_days: event.currentTarget.checked })} />{t("on working days only")}</label></fieldset>
        <fieldset><legend>{t("Quiet")}</legend><div class="times">
            <label>{t("From")}<input type="time" required value={quiet.from} onInput={(event) => set({ quiet: { ...quiet, from: event.currentTarget.value } })} /></label>
            <label>{t("until")}<input type="time" required value={quiet.until} onInput={(event) => set({ quiet: { ...quiet, until: event.currentTarget.value } })} /></label></div>
            <p class="dim">{t("Nothing is sent meanwhile. The same time twice: never quiet.")}</p></fieldset>
        {wrong.length > 0 && <div role="alert" class="late">{wrong.map((text) => <p>{text}</p>)}</div>}
        <div class="buttons"><button class="primary" disabled={busy}>{t("Save")}</button></div>
    </form>;
}

export default function Preferences() {
    const wishes = useAnswer(() => ask("GET /notifications/settings"), []);

    useEffect(() => { document.title = `${t("How I am told")} · Weft`; }, []);
    return <>
        <header class="head"><h1>{t("How I am told")}</h1></header>
        <Answered of={wishes} what={t("Loading…")}>{(first) => <Form first={first} />}</Answered>
    </>;
}
