/* form/file-record.tsx - recording somebody's voice, where the browser can.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Bytes } from "../api/upload.ts";
import { t } from "../i18n/index.ts";
import { Icon } from "../ui/icon.tsx";
import { timeOf } from "./file-show.tsx";

const kinds: [string, string][] = [["audio/webm;codecs=opus", "weba"], ["audio/mp4", "m4a"], ["audio/ogg;codecs=opus", "ogg"]];
const TICK_MS = 250, LONGEST_S = 3600;

export const mayRecord = (): boolean => typeof MediaRecorder !== "undefined" && !!navigator.mediaDevices?.getUserMedia;

function stop({ recorder }: Running): void {
    if (recorder.state !== "inactive") recorder.stop();
}

interface Running { recorder: MediaRecorder; stream: MediaStream; began: number }

export function Recorder({ most, onRecorded, onWrong }: { most?: number | undefined; onRecorded: (bytes: Bytes) => void; onWrong: (text: string) => void }) {
    const [running, setRunning] = useState<Running>();
    const [seconds, setSeconds] = useState(0);
    const drop = useRef(false);
    const limit = Math.min(most ?? LONGEST_S, LONGEST_S);

    useEffect(() => {
        if (!running) return;
        const timer = setInterval(() => {
            const now = (performance.now() - running.began) / 1000;
            setSeconds(now);
            if (now >= limit - 0.3) stop(running);
        }, TICK_MS);
        return () => clearInterval(timer);
    }, [running]);
    useEffect(() => running && (() => { /* whoever leaves the page has not given it */
        drop.current = true;
        stop(running);
    }), [running]);

    async function begin(): Promise<void> {
        try {
            const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
            const [type, ending] = kinds.find(([one]) => MediaRecorder.isTypeSupported(one)) ?? ["", "weba"];
            const recorder = new MediaRecorder(stream, type ? { mimeType: type } : {});
            const parts: Blob[] = [], began = performance.now();
            recorder.addEventListener("dataavailable", (event) => { if (event.data.size) parts.push(event.data); });
            recorder.addEventListener("stop", () => {
                const lasted = Math.min(limit, (performance.now() - began) / 1000);
                stream.getTracks().forEach((track) => track.stop());
                setRunning(undefined);
                if (!drop.current && parts.length)
                    onRecorded({ blob: new Blob(parts, { type: recorder.mimeType || type }), name: `${t("Recording")}.${ending}`, seconds: lasted });
            });
            drop.current = false;
            setSeconds(0);
            recorder.start(1000);
            setRunning({ recorder, stream, began });
        } catch (error) {
            onWrong((error as Error).name === "NotAllowedError" ? t("This page may not use the microphone. Allow it in the browser, or choose a recording.")
                : t("No microphone was found. Choose a recording instead."));
        }
    }
    if (!running) return <button type="button" data-action="record" onClick={() => void begin()}><Icon name="mic" />{t("Record")}</button>;
    return <>
        <button type="button" class="primary" data-action="stop" onClick={() => stop(running)}>{t("Stop")} <span aria-hidden="true">{timeOf(seconds)}{most ? ` / ${timeOf(most)}` : ""}</span></button>
        <button type="button" onClick={() => { drop.current = true; stop(running); }}>{t("Discard the recording")}</button>
        <span class="sr" role="status">{t("recording…")}</span>
    </>;
}
