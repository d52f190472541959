/* form/file-show.tsx - files as they are read: pictures small, sound with its
 * own controls, all others by their names.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { formatNumber } from "../base/format.ts";
import { keptBlob } from "../offline/files.ts";
import { isKept, type FileValue } from "../offline/kept.ts";
import { t } from "../i18n/index.ts";
import { Icon } from "../ui/icon.tsx";
import "./file.css";

const MB = 1024 * 1024;

export const sizeOf = (bytes: number): string => bytes >= MB ? `${formatNumber(bytes / MB, 1)} MB` : `${formatNumber(Math.max(1, Math.round(bytes / 1024)))} KB`;

export const timeOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/* Where it is read: on the server, or in this browser alone. */
function useAddress(file: FileValue): string | undefined {
    const [own, setOwn] = useState<string>();

    useEffect(() => {
        let made = "";
        if (!isKept(file)) return;
        void keptBlob(file.id).then((blob) => { if (blob) setOwn(made = URL.createObjectURL(blob)); });
        return () => { if (made) URL.revokeObjectURL(made); };
    }, [file.id]);
    const stored = `/api/v1/files/${file.id}`;
    return isKept(file) ? own : stored;
}

const pictures = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export function FileShown({ file, children }: { file: FileValue; children?: ComponentChildren }) {
    const address = useAddress(file);
    const sound = file.type?.startsWith("audio/");

    return <li class="file-one">
        {address && pictures.has(file.type) && <img src={address} alt="" loading="lazy" />}
        {address && sound ? <audio controls preload="none" src={address} aria-label={file.name} />
            : <a href={address} download={file.name}><Icon name="documents" />{file.name}</a>}
        <span class="dim">{[sound && file.seconds ? timeOf(file.seconds) : "", sizeOf(file.size), isKept(file) ? t("kept here until there is a network") : ""].filter(Boolean).join(" · ")}</span>
        {children}
    </li>;
}

export const FilesShown = ({ files }: { files: FileValue[] }) =>
    <ul class="file-list">{files.map((file) => <FileShown key={file.id} file={file} />)}</ul>;
