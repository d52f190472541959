/* pages/admin-import.tsx - people and units out of a file, looked at before
 * anything is changed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useState } from "preact/hooks";
import type { Imported } from "#api";
import { ask, newKey, Problem, type Finding } from "../api/client.ts";
import { formatNumber } from "../base/format.ts";
import { t } from "../i18n/index.ts";
import { say, sayError } from "../ui/toast.tsx";

const kinds = {
    units: { label: () => t("Units"), columns: "id name parent head", required: "id" },
    people: { label: () => t("People"), columns: "login name email unit manager dotted roles grade title active locale timezone hired teams", required: "login" },
} as const;

type Kind = keyof typeof kinds;
interface File { kind: Kind; name: string; text: string; preview?: Imported; errors: Finding[]; rows: string[][] }

/* RFC 4180, for the eye only: the server reads it again. */
export function rowsOf(csv: string, most: number): string[][] {
    const rows: string[][] = [];
    let row: string[] = [], cell = "", quoted = false;

    for (let i = csv.charCodeAt(0) === 0xfeff ? 1 : 0; i < csv.length && rows.length < most; i++) {
        const c = csv[i]!;
        if (quoted) {
            if (c === '"' && csv[i + 1] === '"') { cell += c; i++; }
            else if (c === '"') quoted = false;
            else cell += c;
        } else if (c === '"') quoted = true;
        else if (c === ",") { row.push(cell); cell = ""; }
        else if (c === "\n") { rows.push([...row, cell.replace(/\r$/, "")]); row = []; cell = ""; }
        else cell += c;
    }
    if ((cell || row.length) && rows.length < most) rows.push([...row, cell]);
    return rows;
}

/* Which of the two it is, its head says. */
const kindOf = (head: string[]): Kind => head.includes("login") ? "people" : "units";

const route = (kind: Kind) => kind === "people" ? "POST /people/import" as const : "POST /units/import" as const;

async function check(name: string, text: string): Promise<File> {
    const rows = rowsOf(text, 21);
    const file: File = { kind: kindOf(rows[0] ?? []), name, text, errors: [], rows };

    try {
        file.preview = await ask(route(file.kind), { body: text, type: "text/csv", query: { check: "true" } });
    } catch (error) {
        if (!(error instanceof Problem)) throw error;
        file.errors = error.errors.length ? error.errors : [{ message: error.message }];
    }
    return file;
}

function Preview({ file }: { file: File }) {
    const [head, ...rows] = file.rows;
    const wrong = new Map(file.errors.map((error) => [error.field, error.message]));

    return <div class="scroll" tabIndex={0} role="group" aria-label={file.name}><table class="table plain-table">
        <thead><tr><th>{t("Row")}</th>{head?.map((cell) => <th scope="col">{cell}</th>)}</tr></thead>
        <tbody>{rows.map((row, i) => <tr><th scope="row">{i + 1}</th>{row.map((cell, k) => {
            const mistake = wrong.get(`[${i + 1}].${head?.[k]}`);
            return <td class={mistake ? "late" : ""} title={mistake}>{cell || (mistake && "✕")}</td>;
        })}</tr>)}</tbody></table></div>;
}

export function Import() {
    const [file, setFile] = useState<File>();
    const [busy, setBusy] = useState(false);

    async function work(what: () => Promise<void>): Promise<void> {
        setBusy(true);
        await what().catch(sayError);
        setBusy(false);
    }
    const choose = (chosen: globalThis.File | undefined) => chosen && void work(async () => setFile(await check(chosen.name, await chosen.text())));
    const bring = (one: File) => void work(async () => {
        const done = await ask(route(one.kind), { body: one.text, type: "text/csv", key: newKey() });
        say(t("{added} added, {changed} changed, {same} as before.", { added: done.added, changed: done.changed, same: done.same }));
        setFile(undefined);
    });

    return <section class="block">
        <p>{t("Bring people and units as CSV in UTF-8. Rows add or update by their key; who is not in the file stays as they are. Units first.")}</p>
        <dl class="columns">{Object.entries(kinds).map(([id, kind]) => <div key={id}><dt>{kind.label()}</dt><dd><code>{kind.columns}</code></dd></div>)}</dl>
        <p><label class="button file">{t("Choose a file…")}<input type="file" class="sr" accept=".csv,text/csv" disabled={busy}
            onChange={(event) => { choose(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} /></label> {busy && <span role="status">{t("Reading the file…")}</span>}</p>
        {file && <>
            <h2>{kinds[file.kind].label()}{t(": ")}{file.name}</h2>
            {file.preview && <p role="status">{t("{rows} rows: {added} would be added, {changed} changed, {same} stay as they are.", {
                rows: formatNumber(file.preview.rows), added: formatNumber(file.preview.added), changed: formatNumber(file.preview.changed), same: formatNumber(file.preview.same) })}</p>}
            {file.errors.length > 0 && <div role="alert"><p>{t("The file has mistakes; nothing was changed.")}</p>
                <ul>{file.errors.slice(0, 50).map((error) => <li>{error.field} {error.message}</li>)}</ul></div>}
            <Preview file={file} />
            {file.text && file.rows.length > 20 && <p class="dim">{t("The first 20 rows are shown.")}</p>}
            <div class="buttons"><button type="button" class="primary" disabled={busy || !file.preview} onClick={() => bring(file)}>{t("Import")}</button>
                <button type="button" onClick={() => setFile(undefined)}>{t("Cancel")}</button></div>
        </>}
    </section>;
}
