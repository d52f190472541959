/* studio/text.tsx - the XML of a form in a code editor, with completion out of
 * the schema.
 *
 * The editor makes style sheets; in a shadow root they are constructed ones,
 * which the policy of pages allows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { xml } from "@codemirror/lang-xml";
import { bracketMatching, foldGutter, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import schema from "../../../../schemas/weft-1.xsd?raw";
import { t } from "../i18n/index.ts";
import type { Draft } from "./draft.ts";
import { elementsOf } from "./schema.ts";

const theme = EditorView.theme({
    "&": { height: "65vh", fontSize: "13px", border: "1px solid var(--line)", backgroundColor: "var(--surface)", color: "var(--ink)" },
    ".cm-gutters": { backgroundColor: "var(--ground)", color: "var(--dim)", border: "0" },
    ".cm-activeLine": { backgroundColor: "var(--accent-soft)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-tooltip": { backgroundColor: "var(--raised)", border: "1px solid var(--line-strong)" },
});

const colours = HighlightStyle.define([
    { tag: tags.tagName, color: "var(--accent)" },
    { tag: tags.attributeName, color: "var(--good)" },
    { tag: tags.attributeValue, color: "var(--warn)" },
    { tag: [tags.comment, tags.processingInstruction], color: "var(--dim)" },
    { tag: tags.angleBracket, color: "var(--dim)" },
]);

function show(draft: Draft, view: EditorView): void {
    const doc = view.state.doc;

    view.dispatch(setDiagnostics(view.state, draft.diagnostics.value.filter((one) => one.line).map((one) => {
        const line = doc.line(Math.min(Math.max(1, one.line!), doc.lines));
        const from = Math.min(line.to, line.from + Math.max(0, (one.column ?? 1) - 1));
        return { from, to: line.to > from ? line.to : from, severity: one.severity === "hint" ? "info" as const : one.severity, message: one.message };
    })));
}

export function Text({ draft, line }: { draft: Draft; line: number }) {
    const host = useRef<HTMLDivElement>(null);
    const view = useRef<EditorView | undefined>(undefined);

    useEffect(() => {
        const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: "open" });
        const editor = new EditorView({
            root, parent: root,
            state: EditorState.create({
                doc: draft.xml.peek(),
                extensions: [
                    lineNumbers(), foldGutter(), history(), indentOnInput(), bracketMatching(), highlightActiveLine(), lintGutter(),
                    syntaxHighlighting(colours), xml({ elements: elementsOf(schema) }), autocompletion(), theme,
                    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...completionKeymap, indentWithTab]),
                    EditorView.contentAttributes.of({ "aria-label": "XML" }),
                    EditorView.updateListener.of((update) => { if (update.docChanged) draft.set(update.state.doc.toString()); }),
                ],
            }),
        });
        const stop = effect(() => {
            const text = draft.xml.value;
            if (text !== editor.state.doc.toString()) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
        });
        const stopFindings = effect(() => { void draft.diagnostics.value; show(draft, editor); });

        view.current = editor;
        return () => { stop(); stopFindings(); editor.destroy(); };
    }, [draft]);
    useEffect(() => {
        const editor = view.current;
        if (!editor || !line) return;
        const at = editor.state.doc.line(Math.min(line, editor.state.doc.lines));
        editor.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
        editor.focus();
    }, [line]);
    return <><p class="dim">{t("Esc, then Tab leaves the text. Both ways: what is drawn is changed here, and what is written is drawn.")}</p><div ref={host} class="code" /></>;
}
