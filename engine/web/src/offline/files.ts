/* offline/files.ts - files that were given while there was no network: kept in
 * the browser, and sent before the document that holds them.
 *
 * In a document such a file is a value whose id begins with "kept:".
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { newKey } from "../api/client.ts";
import { upload, type Bytes } from "../api/upload.ts";
import { me } from "../app/me.ts";
import { isKept, type FileValue } from "./kept.ts";
import type { Data } from "./merge.ts";

interface Record_ extends Bytes { id: string; owner: string }
interface Schema extends DBSchema { files: { key: string; value: Record_ } }

let opened: Promise<IDBPDatabase<Schema>> | undefined;

const db = () => opened ??= openDB<Schema>("weft-files", 1, { upgrade: (store) => { store.createObjectStore("files", { keyPath: "id" }); } });

export async function keepFile(bytes: Bytes): Promise<FileValue> {
    const id = `kept:${newKey()}`;

    await (await db()).put("files", { ...bytes, id, owner: me.value.id });
    return { id, name: bytes.name, type: bytes.blob.type.split(";")[0]!, size: bytes.blob.size, ...(bytes.seconds ? { seconds: bytes.seconds } : {}) };
}

export async function keptBlob(id: string): Promise<Blob | undefined> {
    const found = await (await db()).get("files", id);
    return found?.owner === me.value.id ? found.blob : undefined;
}

export async function dropFile(id: string): Promise<void> {
    await (await db()).delete("files", id);
}

const sent = new Map<string, Promise<FileValue | undefined>>();

/* One that is gone from the browser is left out: there is nothing to send. */
async function bringOne(value: FileValue): Promise<FileValue | undefined> {
    const found = await (await db()).get("files", value.id);
    if (!found || found.owner !== me.value.id) return undefined;
    const stored = await upload(found);
    await dropFile(value.id);
    return stored as FileValue;
}

/* The same data with files that the server has. Errors: Unreachable; Problem,
 * where it takes one not. */
export async function bring(data: Data): Promise<Data> {
    const walk = async (value: unknown): Promise<unknown> => {
        if (isKept(value)) {
            if (!sent.has(value.id)) sent.set(value.id, bringOne(value).catch((error) => { sent.delete(value.id); throw error; }));
            return sent.get(value.id);
        }
        if (Array.isArray(value)) return (await Promise.all(value.map(walk))).filter((one) => one !== undefined);
        if (!value || typeof value !== "object") return value;
        const parts = await Promise.all(Object.entries(value).map(async ([name, part]) => [name, await walk(part)] as const));
        return Object.fromEntries(parts);
    };

    return await walk(data) as Data;
}

export async function wipeFiles(): Promise<void> {
    await (await db()).clear("files");
}
