/* form/editor.ts - one document in somebody's hands.
 *
 * What is typed is kept in the browser at once and brought to the server a
 * moment later. Where somebody else has changed the same fields meanwhile, both
 * are shown and the person chooses; nothing typed is ever dropped.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Act, Document } from "#api";
import { ask, askWhole, newKey, Problem, Unreachable, type Finding } from "../api/client.ts";
import { me } from "../app/me.ts";
import { isPressed, released } from "../base/press.ts";
import { dropDraft, keepDraft, loadDraft, type Draft } from "../offline/drafts.ts";
import { hold } from "../offline/hold.ts";
import { hasKept } from "../offline/kept.ts";
import { patchOf, rebase, same, type Conflict, type Data } from "../offline/merge.ts";
import { offline } from "../offline/state.ts";
import { tellTabs, type Change } from "../offline/tabs.ts";
import { workOut, type Worked } from "./derive.ts";
import { loadInputs } from "./inputs.ts";
import { fieldsOf, type Form } from "./model.ts";
import { toWire } from "./wire.ts";

export type Status = "saved" | "typing" | "saving" | "kept" | "conflict" | "refused";
type Row = Data & { id?: string };

const PAUSE_MS = 800;

export class Editor {
    readonly form: Form;
    readonly document = signal<Partial<Document>>({});
    readonly mine = signal<Data>({});
    readonly status = signal<Status>("saved");
    readonly refusals = signal<Finding[]>([]); /* what the server said */
    readonly conflicts = signal<Conflict[]>([]);
    readonly left = signal<[string, unknown][]>([]); /* typed into fields that the form has no more */
    readonly touched = signal<Set<string>>(new Set());
    readonly tried = signal(false); /* an action was refused: show all */
    readonly editable: ReadonlySignal<Set<string>>;
    readonly worked: ReadonlySignal<Worked>;
    onCreated: ((id: string) => void) | undefined;
    keeps = true; /* false: a preview */

    private id: string;
    private base: Data = {};
    private etag: string | undefined;
    private key = newKey();
    private timer: ReturnType<typeof setTimeout> | undefined;
    private saving: Promise<void> = Promise.resolve();
    private release: (() => void) | undefined; /* while this page itself brings the draft */

    private constructor(form: Form, id: string) {
        this.form = form;
        this.id = id;
        this.editable = computed(() => this.editablePaths());
        this.worked = computed(() => workOut(form, this.document.value, this.mine.value, me.value, this.editable.value));
    }

    /* --- Beginning */

    static async open(id: string): Promise<Editor> {
        const { data, etag } = await askWhole("GET /documents/{id}", { path: { id } });
        const form = await ask("GET /forms/{form}", { path: { form: data.form }, query: { version: String(data.version) } }) as Form;
        const editor = new Editor(form, id);

        editor.take(data, etag);
        if (editor.editable.value.size) await loadInputs();
        await editor.recall(await loadDraft(id));
        return editor;
    }

    /* Nothing is on the server until something is typed. */
    static async begin(formId: string, draftId?: string): Promise<Editor> {
        const inputs = loadInputs();
        const form = await ask("GET /forms/{form}", { path: { form: formId } }) as Form;
        const editor = new Editor(form, draftId ?? `new:${formId}:${newKey().slice(0, 8)}`);
        const first = await ask("POST /forms/{form}/evaluate", { path: { form: formId }, body: { data: {} } })
            .catch(() => undefined);
        const seen = new Set(first?.visible);

        editor.document.value = {
            form: formId, version: form.version, step: form.start, state: "open", title: form.label,
            hidden: first ? form.fields.filter((field) => !seen.has(field.path) && !field.visible_when && !field.section).map((field) => field.path) : [],
        };
        editor.offer(first?.options);
        editor.base = {};
        editor.mine.value = (first?.data ?? {}) as Data;
        if (draftId) await editor.recall(await loadDraft(draftId));
        await inputs;
        return editor;
    }

    /* A form that is being made, filled with samples: nothing is kept. */
    static preview(form: Form, samples: Data): Editor {
        const editor = new Editor(form, "preview");

        editor.document.value = { form: form.id, version: form.version, step: form.start, state: "open", title: form.label };
        editor.mine.value = samples;
        editor.keeps = false;
        return editor;
    }

    /* The same as somebody would see it who is asked at `step`. */
    static tried(form: Form, seen: { step: string; level: string | undefined; data: Data; seen: string[]; edit: string[] }): Editor {
        const editor = Editor.preview(form, seen.data);
        const shown = new Set(seen.seen);

        editor.document.value = {
            ...editor.document.value, step: seen.step, ...(seen.level ? { level: seen.level } : {}),
            can: { edit: seen.edit, actions: [] }, hidden: [...fieldsOf(form).keys()].filter((path) => !shown.has(path)),
        };
        return editor;
    }

    private async recall(draft: Draft | undefined): Promise<void> {
        if (!draft) return;
        this.key = draft.key;
        const there = (data: Data): Data => Object.fromEntries(Object.entries(data).filter(([name]) => this.form.fields.some((field) => field.id === name)));
        this.left.value = Object.entries(draft.mine).filter(([name, value]) => !(name in there(draft.mine)) && value !== undefined && value !== draft.base[name]);
        const { merged, conflicts } = rebase(there(draft.base), there(draft.mine), this.base);
        this.mine.value = this.isNew ? { ...this.mine.value, ...merged } : merged;
        this.conflicts.value = conflicts;
        this.status.value = conflicts.length ? "conflict" : "typing";
        this.release ??= hold(this.id);
        if (!conflicts.length) this.later(0);
    }

    /* The options that functions give, of this document alone. */
    private offer(options: Document["options"]): void {
        const fields = fieldsOf(this.form);

        for (const [path, list] of Object.entries(options ?? {})) {
            const field = fields.get(path);
            if (field) field.options = list;
        }
    }

    private take(document: Document, etag: string | undefined): void {
        this.offer(document.options);
        batch(() => {
            this.id = document.id;
            this.document.value = document;
            this.etag = etag ?? this.etag;
            this.base = document.data ?? {};
            this.mine.value = document.data ?? {};
            this.status.value = "saved";
        });
    }

    /* Of a new document only what may be filled in: what else it begins with,
     * such as who writes it, is the server's to say. */
    private fillable(data: Data): Data {
        const may = (path: string) => this.editable.value.has(path) && !this.worked.value.locked.has(path);
        const cells = (table: string) => ([name]: [string, unknown]) => name === "id" || may(`${table}.${name}`);

        return Object.fromEntries(Object.entries(data)
            .filter(([name]) => this.form.fields.some((field) => field.id === name && (may(name) || field.columns?.some((column) => may(column.path)))))
            .map(([name, value]) => [name, this.form.fields.some((field) => field.id === name && field.columns) && Array.isArray(value)
                ? (value as Row[]).map((row) => Object.fromEntries(Object.entries(row).filter(cells(name)))) : value]));
    }

    /* Without what is locked by now: it stays as it was. */
    private open(patch: Data): Data {
        return Object.fromEntries(Object.entries(patch).filter(([name]) => !this.worked.value.locked.has(name)));
    }

    get isNew(): boolean {
        return this.id.startsWith("new:");
    }

    private editablePaths(): Set<string> {
        const can = this.document.value.can?.edit;
        if (can) return new Set(can);
        const edit = this.form.steps.find((step) => step.id === this.form.start)?.edit;
        const hidden = new Set(this.document.value.hidden);
        return new Set([...fieldsOf(this.form)].filter(([path, field]) => !field.formula && !field.readonly && !hidden.has(path)
            && (edit === "*" || edit?.some((one) => one === path || path.startsWith(`${one}.`)))).map(([path]) => path));
    }

    /* --- Typing */

    set(field: string, value: unknown): void {
        this.change({ ...this.mine.value, [field]: value }, field);
    }

    setCell(table: string, row: number, column: string, value: unknown): void {
        const rows = [...this.rows(table)];
        rows[row] = { ...rows[row], [column]: value };
        this.change({ ...this.mine.value, [table]: rows }, `${table}[${row + 1}].${column}`);
    }

    rows(table: string): Row[] {
        return (this.mine.value[table] ?? []) as Row[];
    }

    addRow(table: string): void {
        const values: Data = { id: `new:${newKey().slice(0, 8)}` };
        for (const column of this.form.fields.find((field) => field.id === table)?.columns ?? [])
            if (column.default?.kind === "value") values[column.id] = column.default.value;
        this.change({ ...this.mine.value, [table]: [...this.rows(table), values] }, table);
    }

    removeRow(table: string, row: number): void {
        this.change({ ...this.mine.value, [table]: this.rows(table).filter((_one, i) => i !== row) }, table);
    }

    moveRow(table: string, row: number, by: number): void {
        const rows = [...this.rows(table)];
        const [one] = rows.splice(row, 1);
        if (!one || row + by < 0 || row + by > rows.length) return;
        rows.splice(row + by, 0, one);
        this.change({ ...this.mine.value, [table]: rows }, table);
    }

    /* Somebody has been there. What is wrong there is said above what they press
     * to leave it, so not before that is let go. */
    touch(place: string): void {
        if (isPressed()) void released().then(() => this.touch(place));
        else if (!this.touched.value.has(place)) this.touched.value = new Set([...this.touched.value, place]);
    }

    private change(mine: Data, place: string): void {
        batch(() => {
            this.mine.value = mine;
            this.refusals.value = this.refusals.value.filter((finding) => finding.field !== place);
            if (this.status.value !== "conflict") this.status.value = "typing";
        });
        if (!this.keeps) return;
        this.release ??= hold(this.id);
        void this.keep();
        this.later(PAUSE_MS);
    }

    /* What is wrong, at its place: after one has been there, or all of it. */
    findingsAt(place: string): Finding[] {
        const local = this.tried.value || this.touched.value.has(place)
            ? this.worked.value.findings.filter((finding) => finding.field === place) : [];
        const said = this.refusals.value.filter((finding) => finding.field === place
            && !local.some((one) => one.code === finding.code));
        return [...local, ...said];
    }

    /* --- Keeping and saving */

    private draft(acts: Draft["acts"] = []): Draft {
        return {
            id: this.id, owner: me.value.id, form: this.form.id, title: this.document.value.title ?? this.form.label,
            etag: this.etag, base: this.base, mine: this.isNew ? this.fillable(this.mine.value) : this.mine.value, key: this.key, acts, at: Date.now(),
        };
    }

    private async keep(): Promise<void> {
        await keepDraft(this.draft());
    }

    private letGo(): void {
        this.release?.();
        this.release = undefined;
    }

    private later(ms: number): void {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.save(), ms);
    }

    /* One after the other; the last one has all. */
    save(): Promise<void> {
        clearTimeout(this.timer);
        this.saving = this.saving.then(() => this.saveOnce());
        return this.saving;
    }

    private async saveOnce(): Promise<void> {
        const sent = this.mine.value;
        const patch = this.open(patchOf(this.base, sent));

        if (this.status.value === "conflict") return;
        if (Object.keys(patch).length === 0 && !this.isNew) {
            await this.nothingToSave();
            return;
        }
        this.status.value = "saving";
        try {
            if (hasKept(sent)) return await this.bringFiles();
            const created = this.isNew;
            const before = this.id;
            const { data, etag } = created
                ? await askWhole("POST /documents", { body: { form: this.form.id, data: toWire(this.fillable(sent)) }, key: this.key })
                : await askWhole("PATCH /documents/{id}", { path: { id: this.id }, body: { data: toWire(patch) }, ifMatch: this.etag });
            await this.stored(data, etag, sent);
            if (created) {
                await dropDraft(before);
                this.onCreated?.(data.id);
            }
        } catch (error) {
            await this.notStored(error);
        }
    }

    /* What was given without a network goes first; what is typed meanwhile stays. */
    private async bringFiles(): Promise<void> {
        const { bring } = await import("../offline/files.ts");

        while (hasKept(this.mine.value)) {
            const before = this.mine.value;
            const brought = await bring(before);
            if (this.mine.value === before) this.mine.value = brought;
        }
        await this.keep();
        await this.saveOnce();
    }

    /* What was typed has been taken back, or the server has it already. */
    private async nothingToSave(): Promise<void> {
        if (this.status.value !== "typing") return;
        this.status.value = "saved";
        await dropDraft(this.id);
        this.letGo();
    }

    /* What was typed while the answer was on its way stays. */
    private async stored(document: Document, etag: string | undefined, sent: Data): Promise<void> {
        await released();
        const now = adoptIds(sent, document.data ?? {}, this.mine.value);
        const { merged } = rebase(adoptIds(sent, document.data ?? {}, sent), now, document.data ?? {});
        const done = same(sent, this.mine.value);

        batch(() => {
            this.id = document.id;
            this.document.value = document;
            this.etag = etag;
            this.key = newKey();
            this.base = document.data ?? {};
            this.mine.value = merged;
            this.refusals.value = [];
            this.status.value = done ? "saved" : "typing";
        });
        tellTabs(document.id);
        this.letGo();
        if (done) {
            await dropDraft(document.id);
        } else {
            this.release = hold(document.id); /* it may have got its id just now */
            this.later(PAUSE_MS);
        }
    }

    private async notStored(error: unknown): Promise<void> {
        if (error instanceof Unreachable) {
            offline.value = true;
            this.status.value = "kept";
            await this.keep();
            this.letGo();
        } else if (error instanceof Problem && error.status === 412) {
            await this.meet();
        } else if (error instanceof Problem) {
            this.refusals.value = error.errors.length ? error.errors : [{ field: "", message: error.message }];
            this.status.value = "refused";
        } else {
            throw error;
        }
    }

    /* Somebody was here meanwhile. */
    private async meet(): Promise<void> {
        const { data, etag } = await askWhole("GET /documents/{id}", { path: { id: this.id } });
        const theirs = data.data ?? {};
        const { merged, conflicts } = rebase(this.base, this.mine.value, theirs);

        batch(() => {
            this.document.value = data;
            this.etag = etag;
            this.base = theirs;
            this.mine.value = merged;
            this.conflicts.value = conflicts;
            this.status.value = conflicts.length ? "conflict" : "typing";
        });
        await this.keep();
        if (!conflicts.length) this.later(0);
    }

    /* One field of a conflict is decided; after the last, it is saved. */
    decide(conflict: Conflict, mine: boolean): void {
        batch(() => {
            if (!mine) this.mine.value = { ...this.mine.value, [conflict.field]: conflict.theirs };
            this.conflicts.value = this.conflicts.value.filter((one) => one !== conflict);
            if (!this.conflicts.value.length) this.status.value = "typing";
        });
        void this.keep();
        if (!this.conflicts.value.length) this.later(0);
    }

    /* --- Acting */

    /* Saves and acts; offline it is kept and will be done. False: refused. */
    async act(action: string, body: Act): Promise<"done" | "kept" | "refused"> {
        const key = newKey();

        await this.save();
        if (this.status.value === "kept") {
            await keepDraft(this.draft([{ action, body, key }]));
            return "kept";
        }
        if (this.status.value === "conflict" || this.status.value === "refused") {
            this.tried.value = true;
            return "refused";
        }
        try {
            const { data, etag } = await askWhole("POST /documents/{id}/actions/{action}",
                { path: { id: this.id, action }, body, key, ifMatch: this.etag });
            this.take({ ...this.document.value, ...data } as Document, etag);
            this.tried.value = false;
            this.touched.value = new Set();
            tellTabs(this.id);
            return "done";
        } catch (error) {
            if (error instanceof Unreachable) {
                offline.value = true;
                await keepDraft(this.draft([{ action, body, key }]));
                this.status.value = "kept";
                this.letGo();
                return "kept";
            }
            this.tried.value = true;
            await this.notStored(error);
            return "refused";
        }
    }

    /* Another tab has changed it, or what was kept here has been sent. */
    async hear({ id, was }: Change): Promise<void> {
        if (was === this.id) {
            this.id = id;
            this.onCreated?.(id);
        }
        if (id !== this.id || (this.status.value === "kept" && await loadDraft(id))) return;
        const idle = () => this.status.value === "saved" || this.status.value === "kept";
        if (!idle()) return;
        const before = this.etag;
        /* Not to be had now, without a network or any more: what is shown stays. */
        const now = await askWhole("GET /documents/{id}", { path: { id } }).catch(() => undefined);
        if (now && idle() && this.etag === before && now.etag !== before) this.take(now.data, now.etag);
    }

    /* Before one leaves: what is on its way gets there. */
    end(): void {
        if (this.status.value === "typing") void this.save().finally(() => this.letGo());
        else this.letGo();
    }
}

/* Rows that were new have an id by now: what was typed meanwhile goes on in
 * the same rows. The server keeps the order in which they were sent. */
function adoptIds(sent: Data, stored: Data, now: Data): Data {
    const ids = new Map<unknown, unknown>();

    for (const [field, rows] of Object.entries(sent)) {
        const kept = stored[field];
        if (Array.isArray(rows) && Array.isArray(kept) && rows.length === kept.length)
            rows.forEach((row: Row, i) => { if (row?.id?.startsWith?.("new:")) ids.set(row.id, (kept[i] as Row).id); });
    }
    if (ids.size === 0) return now;
    return Object.fromEntries(Object.entries(now).map(([field, rows]) => [field, Array.isArray(rows)
        ? rows.map((row: Row) => ids.has(row?.id) ? { ...row, id: ids.get(row.id) } : row) : rows]));
}
