/* offline/send.ts - brings drafts to the server when it can be reached.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask, askWhole, newKey, Problem, Unreachable } from "../api/client.ts";
import { toWire } from "../form/wire.ts";
import { dropDraft, keepDraft, listDrafts, loadDraft, type Draft } from "./drafts.ts";
import { unlessHeld } from "./hold.ts";
import { hasKept } from "./kept.ts";
import { patchOf, rebase } from "./merge.ts";
import { offline, sending } from "./state.ts";
import { tellAll } from "./tabs.ts";

export interface Sent { id: string; etag: string | undefined }

async function create(draft: Draft): Promise<Draft> {
    const { data, etag } = await askWhole("POST /documents",
        { body: { form: draft.form, data: toWire(draft.mine) }, key: draft.key });
    const made: Draft = { ...draft, id: data.id, etag, base: data.data ?? draft.mine, mine: data.data ?? draft.mine, key: newKey() };

    await keepDraft(made);
    await dropDraft(draft.id);
    return made;
}

/* Where nobody has touched the same fields, mine go on top of theirs. */
async function change(draft: Draft): Promise<Draft> {
    const patch = patchOf(draft.base, draft.mine);

    if (Object.keys(patch).length === 0) return draft;
    try {
        const { data, etag } = await askWhole("PATCH /documents/{id}",
            { path: { id: draft.id }, body: { data: toWire(patch) }, ifMatch: draft.etag });
        return { ...draft, etag, base: data.data ?? draft.mine, mine: data.data ?? draft.mine, key: newKey() };
    } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error;
        const { data, etag } = await askWhole("GET /documents/{id}", { path: { id: draft.id } });
        const { merged, conflicts } = rebase(draft.base, draft.mine, data.data ?? {});
        if (conflicts.length || !etag) throw error;
        return change({ ...draft, etag, base: data.data ?? {}, mine: merged });
    }
}

/* Files that were given without a network, before what holds them. */
async function withFiles(draft: Draft): Promise<Draft> {
    if (!hasKept(draft.mine)) return draft;
    const { bring } = await import("./files.ts");
    const brought = { ...draft, mine: await bring(draft.mine) };

    await keepDraft(brought);
    return brought;
}

/* All of one draft; it is gone when all has been done. */
export async function sendDraft(given: Draft): Promise<Sent> {
    const whole = await withFiles(given);
    let draft = whole.id.startsWith("new:") ? await create(whole) : whole;

    draft = await change(draft);
    while (draft.acts.length) {
        const [act, ...rest] = draft.acts;
        await ask("POST /documents/{id}/actions/{action}",
            { path: { id: draft.id, action: act!.action }, body: act!.body, key: act!.key });
        draft = { ...draft, acts: rest };
        await keepDraft(draft);
    }
    await dropDraft(draft.id);
    tellAll({ id: draft.id, ...(draft.id === given.id ? {} : { was: given.id }) });
    return { id: draft.id, etag: draft.etag };
}

let busy = false;

/* What is refused stays a draft: its page shows why. */
export async function sendAll(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
        const drafts = await listDrafts();

        sending.value = drafts.some((draft) => draft.acts.length > 0);
        for (const draft of drafts) {
            try {
                await unlessHeld(draft.id, async () => {
                    const now = await loadDraft(draft.id); /* it may have been sent meanwhile */
                    if (now) await sendDraft(now);
                });
            } catch (error) {
                if (!(error instanceof Unreachable)) {
                    const now = await loadDraft(draft.id);
                    if (now) await keepDraft({ ...now, refused: true });
                    continue;
                }
                offline.value = true;
                await listDrafts();
                return;
            }
        }
        offline.value = false;
    } finally {
        busy = sending.value = false;
    }
}

export function startSending(): void {
    addEventListener("online", () => void sendAll());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) void sendAll(); });
    setInterval(() => { if (offline.value) void sendAll(); }, 15_000);
    void sendAll();
}
