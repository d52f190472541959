/* assistant/listen.tsx - what is spoken becomes the text of the question, where
 * the browser can hear. It is not sent before its speaker has read it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import { lang, t } from "../i18n/index.ts";

interface Hearing {
    lang: string;
    onresult: ((event: { results: { 0: { 0: { transcript: string } } } }) => void) | null;
    onend: (() => void) | null;
    onerror: (() => void) | null;
    start: () => void;
    stop: () => void;
}

const Recognition = ((globalThis as any).SpeechRecognition ?? (globalThis as any).webkitSpeechRecognition) as (new () => Hearing) | undefined;

export const canListen = Recognition !== undefined;

export function Listen({ onHeard }: { onHeard: (text: string) => void }) {
    const [hearing, setHearing] = useState<Hearing | undefined>();

    function listen(): void {
        const next = new Recognition!();

        next.lang = lang === "en" ? "en-US" : "zh-CN";
        next.onresult = (event) => onHeard(event.results[0][0].transcript);
        next.onend = next.onerror = () => setHearing(undefined);
        next.start();
        setHearing(next);
    }

    return <button type="button" aria-pressed={!!hearing} onClick={() => hearing ? hearing.stop() : listen()}>
        {hearing ? t("Listening…") : t("Speak")}</button>;
}
