/* form/file-input.tsx - giving files: chosen, dropped or recorded; each with
 * how far it is, and what is wrong with it at its place.
 *
 * Without a network a file is kept in the browser and goes with the draft.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useRef, useState } from "preact/hooks";
import { Problem, Unreachable } from "../api/client.ts";
import { upload, type Bytes } from "../api/upload.ts";
import { dropFile, keepFile } from "../offline/files.ts"; /* here before the network goes */
import { isKept, type FileValue } from "../offline/kept.ts";
import { t } from "../i18n/index.ts";
import { Icon, IconButton } from "../ui/icon.tsx";
import { mayRecord, Recorder } from "./file-record.tsx";
import { FileShown, sizeOf } from "./file-show.tsx";
import type { InputProps } from "./input.tsx";

const MOST = 25 * 1024 * 1024; /* what the server takes */

interface OnWay { key: number; name: string; part: number; abort: AbortController }

let last = 0;

/* Brings one file; undefined where that was broken off. */
async function give(bytes: Bytes, on: OnWay, keeps: boolean, onPart: (part: number) => void): Promise<FileValue | undefined> {
    if (bytes.blob.size > MOST) throw new Error(t("“{name}” has {size}; a file has at most {most}.", { name: bytes.name, size: sizeOf(bytes.blob.size), most: sizeOf(MOST) }));
    try {
        return await upload(bytes, onPart, on.abort.signal) as FileValue;
    } catch (error) {
        if ((error as Error).name === "AbortError") return undefined;
        if (!(error instanceof Unreachable)) throw error;
        if (!keeps) throw new Error(t("This needs a network. Try again when there is one."));
        return keepFile(bytes);
    }
}

export interface GiveProps {
    id: string;
    name: string;
    many: boolean;
    sound: boolean; /* nothing but sound, recorded or chosen */
    voice?: boolean; /* any file, or a recording */
    most?: number | undefined; /* seconds of a recording */
    keeps: boolean; /* without a network, in the browser */
    describedBy?: string | undefined;
    invalid?: boolean;
    onGiven: (file: FileValue) => void;
    onLeave?: () => void;
}

/* The buttons, what is on its way, and what went wrong. */
export function Give({ id, name, many, sound, voice, most, keeps, describedBy, invalid, onGiven, onLeave }: GiveProps) {
    const [onWay, setOnWay] = useState<OnWay[]>([]);
    const [wrong, setWrong] = useState<string[]>([]);
    const [over, setOver] = useState(false);
    const input = useRef<HTMLInputElement>(null);

    async function bring(bytes: Bytes): Promise<void> {
        const one: OnWay = { key: ++last, name: bytes.name, part: 0, abort: new AbortController() };

        setOnWay((all) => [...all, one]);
        try {
            const given = await give(bytes, one, keeps, (part) => setOnWay((all) => all.map((other) => other.key === one.key ? { ...other, part } : other)));
            if (given) onGiven(given);
        } catch (error) {
            const said = error instanceof Problem ? error.errors.map((found) => found.message).join(" ") || error.message : (error as Error).message;
            setWrong((all) => [...all, said.includes(bytes.name) ? said : `${bytes.name}: ${said}`]);
        }
        setOnWay((all) => all.filter((other) => other.key !== one.key));
    }
    function take(files: FileList | null | undefined): void {
        setWrong([]);
        for (const file of [...files ?? []].slice(0, many ? undefined : 1)) void bring({ blob: file, name: file.name });
        if (input.current) input.current.value = "";
    }
    return <div class={over ? "file-give over" : "file-give"}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer?.files); }}>
        <div class="buttons">
            {(sound || voice) && mayRecord() && <Recorder most={most} onRecorded={(bytes) => { setWrong([]); void bring(bytes); }} onWrong={(text) => setWrong([text])} />}
            <label class="button file-choose"><Icon name={sound ? "documents" : "plus"} />{many ? t("Add files") : sound ? t("Choose a recording") : t("Choose a file")}
                <input ref={input} id={id} type="file" class="sr" multiple={many} accept={sound ? "audio/*,.m4a,.amr" : undefined}
                    aria-label={name} aria-describedby={describedBy} aria-invalid={invalid} onBlur={onLeave} onChange={(event) => take(event.currentTarget.files)} /></label>
        </div>
        {onWay.map((one) => <p key={one.key} class="file-way" role="status">
            <span>{one.name}</span><progress max={1} value={one.part} aria-label={t("{name} is sent", { name: one.name })} />
            <IconButton name="close" label={t("Break off {name}", { name: one.name })} onClick={() => one.abort.abort()} /></p>)}
        {wrong.length > 0 && <div class="findings" role="alert">{wrong.map((text) => <p class="wrong">{text}</p>)}</div>}
    </div>;
}

export function FileInput({ field, id, name, value, invalid, describedBy, onChange, onLeave }: InputProps) {
    const many = field.type === "files";
    const files = (Array.isArray(value) ? value : value ? [value] : []) as FileValue[];
    const now = useRef(files); /* several come at once, each when it is there */

    now.current = files;
    function set(next: FileValue[]): void {
        now.current = next;
        onChange(many ? next.length ? next : undefined : next[0]);
    }
    function remove(file: FileValue): void {
        if (isKept(file)) void dropFile(file.id);
        set(now.current.filter((one) => one.id !== file.id));
        onLeave();
    }
    return <div class="file-input" role="group" aria-label={name}>
        {files.length > 0 && <ul class="file-list">{files.map((file) => <FileShown key={file.id} file={file}>
            <IconButton name="trash" label={t("Take {name} away", { name: file.name })} onClick={() => remove(file)} /></FileShown>)}</ul>}
        {(many || files.length === 0) && <Give id={id} name={name} many={many} sound={field.type === "audio"} most={field.max} keeps
            describedBy={describedBy} invalid={invalid} onLeave={onLeave} onGiven={(file) => set(many ? [...now.current, file] : [file])} />}
    </div>;
}
