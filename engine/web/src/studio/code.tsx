/* studio/code.tsx - a text in a code editor, both ways: what is typed goes into
 * its signal, what changes elsewhere comes from there.
 *
 * The editor makes style sheets; in a shadow root they are constructed ones,
 * which the policy of pages allows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { effect, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Diagnostic } from "../api/client.ts";

const theme = (height: string) => EditorView.theme({
    "&": { height, fontSize: "13px", border: "1px solid var(--line)", backgroundColor: "var(--surface)", color: "var(--ink)" },
    ".cm-gutters": { backgroundColor: "var(--ground)", color: "var(--dim)", border: "0" },
    ".cm-activeLine": { backgroundColor: "var(--accent-soft)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-tooltip": { backgroundColor: "var(--raised)", border: "1px solid var(--line-strong)" },
});

const colours = HighlightStyle.define([
    { tag: [tags.tagName, tags.keyword], color: "var(--accent)" },
    { tag: tags.attributeName, color: "var(--good)" },
    { tag: [tags.attributeValue, tags.string], color: "var(--warn)" },
    { tag: [tags.comment, tags.processingInstruction, tags.angleBracket], color: "var(--dim)" },
]);

function mark(view: EditorView, found: Diagnostic[]): void {
    const doc = view.state.doc;

    view.dispatch(setDiagnostics(view.state, found.filter((one) => one.line).map((one) => {
        const line = doc.line(Math.min(Math.max(1, one.line!), doc.lines));
        const from = Math.min(line.to, line.from + Math.max(0, (one.column ?? 1) - 1));
        return { from, to: line.to > from ? line.to : from, severity: one.severity === "hint" ? "info" as const : one.severity, message: one.message };
    })));
}

interface Props {
    label: string;
    text: ReadonlySignal<string>;
    onChange: (text: string) => void;
    language: Extension;
    found: ReadonlySignal<Diagnostic[]>;
    line: number; /* to go to; 0: nowhere */
    height: string;
}

export function Code({ label, text, onChange, language, found, line, height }: Props) {
    const host = useRef<HTMLDivElement>(null);
    const view = useRef<EditorView | undefined>(undefined);

    useLayoutEffect(() => {
        const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: "open" });
        const editor = new EditorView({
            root, parent: root,
            state: EditorState.create({
                doc: text.peek(),
                extensions: [
                    lineNumbers(), foldGutter(), history(), indentOnInput(), bracketMatching(), highlightActiveLine(), lintGutter(), EditorView.lineWrapping,
                    syntaxHighlighting(colours), language, autocompletion(), theme(height),
                    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...completionKeymap, indentWithTab]),
                    EditorView.contentAttributes.of({ "aria-label": label }),
                    EditorView.updateListener.of((update) => { if (update.docChanged) onChange(update.state.doc.toString()); }),
                ],
            }),
        });
        const stop = effect(() => {
            if (text.value !== editor.state.doc.toString()) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text.value } });
        });
        const stopFindings = effect(() => mark(editor, found.value));

        /* What scrolls can be reached without a pointer. */
        editor.scrollDOM.tabIndex = 0;
        editor.scrollDOM.role = "group";
        editor.scrollDOM.ariaLabel = label;
        view.current = editor;
        return () => { stop(); stopFindings(); editor.destroy(); };
    }, [text]);
    /* Before the next key: what is typed goes where one was led. */
    useLayoutEffect(() => {
        const editor = view.current;
        if (!editor || !line) return;
        const at = editor.state.doc.line(Math.min(line, editor.state.doc.lines));
        editor.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
        editor.focus();
    }, [line]);
    return <div ref={host} class="code" />;
}
