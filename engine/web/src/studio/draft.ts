/* studio/draft.ts - a definition that is being worked on.
 *
 * Its texts, the XML and the Lua of its hooks, are the truth; everything else is
 * read from them. After each change the server checks them: what is wrong, how
 * it would look, what would differ. They are tried on samples, or as somebody.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { computed, signal } from "@preact/signals";
import type { Hooks, PersonRef, Try } from "#api";
import { ask, Problem, type Diagnostic } from "../api/client.ts";
import type { Form } from "../form/model.ts";
import { lang, t } from "../i18n/index.ts";
import type { Data } from "../offline/merge.ts";
import { addChild, all, attr, child, encode, parse, setAttr, type Elem } from "./xml.ts";
import { zipOf, type TextFile } from "./zip.ts";

const PAUSE_MS = 400;

export interface Change { path: string; kind: string; text?: Record<string, string> }

export class Draft {
    readonly id: string;
    readonly xml = signal("");
    readonly lua = signal("");
    readonly hooks: Hooks; /* those that are live */
    readonly live: string; /* the text that is live */
    readonly samples = signal<Data>({}); /* what was typed into the canvas */
    readonly tried = signal<PersonRef | undefined>(undefined); /* as whom */
    readonly model = signal<Form | undefined>(undefined);
    readonly changes = signal<Change[]>([]);
    readonly diagnostics = signal<Diagnostic[]>([]);
    readonly checking = signal(false);
    readonly selected = signal<string | undefined>(undefined); /* path of a field, "step:ID", "level:STEP/ID" */
    readonly root = computed(() => parse(this.xml.value));
    readonly isOverlay = computed(() => attr(this.root.value, "from") !== undefined);
    readonly isChanged = computed(() => this.xml.value !== this.live || this.lua.value !== this.hooks.text);

    private past: string[] = [];
    private timer: ReturnType<typeof setTimeout> | undefined;
    private turn = 0;

    constructor(id: string, xml: string, hooks: Hooks) {
        this.id = id;
        this.live = xml;
        this.hooks = hooks;
        this.xml.value = xml;
        this.lua.value = hooks.text;
        void this.check();
    }

    /* --- Changing */

    set(xml: string): void {
        if (xml === this.xml.value) return;
        this.past = [...this.past.slice(-99), this.xml.value];
        this.xml.value = xml;
        this.checkSoon();
    }

    setLua(lua: string): void {
        if (lua === this.lua.value) return;
        this.lua.value = lua;
        this.checkSoon();
    }

    /* What was found is of the text before: it is not known yet whether this one
     * may go live. */
    private checkSoon(): void {
        this.checking.value = true;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.check(), PAUSE_MS);
    }

    edit(change: (text: string, root: Elem) => string): void {
        const root = this.root.value;
        if (root) this.set(change(this.xml.value, root));
    }

    undo(): void {
        const before = this.past.pop();
        if (before === undefined) return;
        this.xml.value = before;
        void this.check();
    }

    get canUndo(): boolean {
        return this.past.length > 0 && !!this.xml.value;
    }

    /* --- Its files */

    private get hookFile(): string {
        return attr(child(this.root.value, "hooks"), "src") ?? this.hooks.file ?? `${this.id}.lua`;
    }

    /* Hooks that were not touched are known to the server. */
    get files(): TextFile[] {
        const form = { name: `${this.id}.form.xml`, text: this.xml.value };
        return this.lua.value === this.hooks.text ? [form] : [form, { name: this.hookFile, text: this.lua.value }];
    }

    /* As POST /definitions takes it. */
    get upload(): { body: string; type: string } {
        const files = this.files;
        return files.length === 1 ? { body: this.xml.value, type: "application/xml" }
            : { body: zipOf(files) as unknown as string, type: "application/zip" };
    }

    /* What the draft would do; what is wrong with it is told by the check. */
    try(how: Try) {
        return ask("POST /forms/{form}/try", { path: { form: this.id }, body: { files: this.files, ...how } });
    }

    /* --- Checking */

    async check(): Promise<void> {
        const mine = ++this.turn;

        this.checking.value = true;
        try {
            const { checked, diagnostics } = await ask("POST /definitions", { ...this.upload, query: { check: "true" } });
            if (mine !== this.turn) return;
            const form = checked?.find((one) => one.id === attr(this.root.value, "id")) ?? checked?.[0];
            this.model.value = form?.model as Form | undefined ?? this.model.value;
            this.changes.value = (form?.changes ?? []) as unknown as Change[];
            this.diagnostics.value = diagnostics as Diagnostic[];
        } catch (error) {
            if (mine !== this.turn) return;
            this.diagnostics.value = error instanceof Problem
                ? error.diagnostics.length ? error.diagnostics : [{ severity: "error", message: error.message }]
                : [{ severity: "warning", message: t("The server cannot be reached.") }];
        } finally {
            if (mine === this.turn) this.checking.value = false;
        }
    }

    get mayGoLive(): boolean {
        return this.isChanged.value && !this.checking.value && !this.diagnostics.value.some((one) => one.severity === "error");
    }

    /* --- Finding */

    fields(): Elem | undefined {
        return child(this.root.value, "fields");
    }

    /* The element of a field, a column or a table; of an overlay only its own. */
    elemOf(path: string): Elem | undefined {
        const root = this.root.value;
        const [first, second] = path.split(".");
        if (!root) return undefined;
        for (const elem of all(root))
            if ((elem.name === "field" || elem.name === "items") && attr(elem, "id") === first && elem.parent?.name !== "items")
                return second ? elem.children.find((one) => one.name === "field" && attr(one, "id") === second) : elem;
        return undefined;
    }

    stepElem(id: string): Elem | undefined {
        return child(this.root.value, "workflow")?.children.find((one) => attr(one, "id") === id);
    }

    /* A label is in the package's language; a <t> beneath has the other one. */
    setLabel(elem: Elem, to: "zh-CN" | "en", value: string, base: "zh-CN" | "en"): void {
        const twin = elem.children.find((one) => one.name === "t" && attr(one, "xml:lang") === to);

        if (to === base) this.edit((text) => setAttr(text, elem, "label", value));
        else if (twin) this.edit((text) => setAttr(text, twin, "label", value));
        else this.edit((text) => addChild(text, elem, `<t xml:lang="${to}" label="${encode(value)}"/>`, elem.children[0]));
    }

    /* An id that no field has. */
    freshId(start: string): string {
        const taken = new Set([...all(this.root.value!)].map((elem) => attr(elem, "id")));
        for (let n = 1; ; n++) if (!taken.has(`${start}_${n}`)) return `${start}_${n}`;
    }
}

/* Of an overlay, the place in its base. */
export const selectorOf = (model: Form, path: string): string => {
    const [first, second] = path.split(".");
    const field = model.fields.find((one) => one.id === first);
    const section = field?.section ? `section[@id='${field.section}']/` : "";
    const kind = field?.type === "items" ? "items" : "field";
    return `fields/${section}${kind}[@id='${first}']${second ? `/field[@id='${second}']` : ""}`;
};

export const sentenceOf = (change: Change): string => change.text?.[lang] ?? change.text?.en ?? `${change.kind} ${change.path}`;
