/* form/file-attached.tsx - what was attached beside the fields of a document,
 * and attaching more.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask, newKey } from "../api/client.ts";
import { useAnswer } from "../base/async.ts";
import { formatInstant } from "../base/format.ts";
import type { FileValue } from "../offline/kept.ts";
import { t } from "../i18n/index.ts";
import { sayError } from "../ui/toast.tsx";
import { Give } from "./file-input.tsx";
import { FileShown } from "./file-show.tsx";

export function Attached({ id, updated, may }: { id: string; updated: string | undefined; may: boolean }) {
    const files = useAnswer(async () => (await ask("GET /documents/{id}/files", { path: { id } })).items, [id, updated]);

    async function attach(file: FileValue): Promise<void> {
        try {
            await ask("POST /documents/{id}/actions/{action}", { path: { id, action: "attach" }, body: { files: [file.id] }, key: newKey() });
            files.again();
        } catch (error) {
            sayError(error);
        }
    }
    if (!may && !files.data?.length) return null;
    return <section class="block no-print"><h2>{t("Files")}</h2>
        {!!files.data?.length && <ul class="file-list">{files.data.map((file) => <FileShown key={file.id} file={file as FileValue}>
            <span class="dim">{file.by?.name} {formatInstant(file.at)}</span></FileShown>)}</ul>}
        {may && <Give id="attach" name={t("Attach files")} many sound={false} keeps={false} onGiven={(file) => void attach(file)} />}
    </section>;
}
