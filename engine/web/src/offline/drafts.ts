/* offline/drafts.ts - what somebody wants of a document and the server does
 * not have yet: kept in the browser the moment it is typed.
 *
 * One record a document: its data as it was, as it shall be, and the actions
 * to follow. Each change has a key of its own, so that one that was sent and
 * whose answer got lost is not done twice.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Act } from "#api";
import { me } from "../app/me.ts";
import type { Data } from "./merge.ts";
import { offline, queued, waitingDrafts } from "./state.ts";

const SOON_MS = 10_000; /* younger ones are just being typed */

export interface Draft {
    id: string; /* the document's; "new:…" where there is none yet */
    owner: string; /* whose it is: devices are shared */
    form: string;
    title: string;
    etag?: string | undefined;
    base: Data; /* as the server has it */
    mine: Data;
    key: string; /* of what is to be created or changed */
    acts: { action: string; body: Act; key: string }[];
    at: number;
    refused?: boolean; /* by the server, when it was sent without its page */
}

interface Schema extends DBSchema { drafts: { key: string; value: Draft } }

let opened: Promise<IDBPDatabase<Schema>> | undefined;

const db = () => opened ??= openDB<Schema>("weft", 1, { upgrade: (store) => { store.createObjectStore("drafts", { keyPath: "id" }); } });

export async function listDrafts(): Promise<Draft[]> {
    const all = await (await db()).getAll("drafts");
    const own = all.filter((draft) => draft.owner === me.value.id).sort((a, b) => a.at - b.at);

    waitingDrafts.value = own.filter((draft) => offline.value || draft.refused || draft.acts.length > 0 || draft.at < Date.now() - SOON_MS)
        .map(({ id, form, title, refused }) => ({ id, form, title, refused }));
    queued.value = waitingDrafts.value.length;
    return own;
}

export async function loadDraft(id: string): Promise<Draft | undefined> {
    const draft = await (await db()).get("drafts", id);
    return draft?.owner === me.value.id ? draft : undefined;
}

export async function keepDraft(draft: Draft): Promise<void> {
    await (await db()).put("drafts", draft);
    await listDrafts();
}

export async function dropDraft(id: string): Promise<void> {
    await (await db()).delete("drafts", id);
    await listDrafts();
}

export async function wipe(): Promise<void> {
    await (await db()).clear("drafts");
    waitingDrafts.value = [];
    queued.value = 0;
}
