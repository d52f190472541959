/* studio/designer.tsx - a form in the making: its canvas, its chain, who may
 * see it, its text, what is wrong, and going live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import * as tabs from "@zag-js/tabs";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import { setGuard, type PlaceProps } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Access } from "./access.tsx";
import { Canvas } from "./canvas.tsx";
import { Draft } from "./draft.ts";
import { Flow } from "./flow.tsx";
import { GoLive } from "./live.tsx";
import { Versions } from "./versions.tsx";
import "./designer.css";

const Xml = lazy(async () => (await import("./text.tsx")).Text);

function Problems({ draft, onLine }: { draft: Draft; onLine: (line: number) => void }) {
    const found = draft.diagnostics.value;

    return <section class="problems" aria-live="polite" aria-label={t("Problems")}>
        {draft.checking.value && found.length === 0 ? <p class="dim">{t("Checking…")}</p>
            : found.length === 0 ? <p class="good">{t("Nothing is wrong.")}</p>
                : <ul>{found.map((one) => <li class={one.severity === "error" ? "late" : ""}>
                    <button type="button" class="plain" onClick={() => onLine(one.line ?? 1)}>{one.line ? t("Line {n}", { n: one.line }) : ""} {one.message}</button></li>)}</ul>}
    </section>;
}

function Workshop({ draft }: { draft: Draft }) {
    const [tab, setTab] = useState("form");
    const [line, setLine] = useState(0);
    const [going, setGoing] = useState(false);
    const service = useMachine(tabs.machine, { id: useId(), value: tab, onValueChange: ({ value }) => setTab(value) });
    const api = tabs.connect(service, normalizeProps);
    const all: [string, string][] = [["form", t("Form")], ["flow", t("Chain")], ["access", t("Access")], ["xml", "XML"], ["versions", t("Versions")]];

    useEffect(() => {
        setGuard(() => !draft.isChanged.peek() || confirm(t("What you changed is not live yet. Leave it?")));
        return () => setGuard(undefined);
    }, [draft]);
    return <>
        <header class="head document-head">
            <div class="title"><h1>{draft.model.value?.label ?? draft.id}</h1>
                <p class="facts"><a href="/studio">{t("Studio")}</a><span>{draft.id}</span>
                    {draft.isOverlay.value && <span>{t("follows its original")}</span>}
                    {draft.isChanged.value && <span class="state">{t("{n} changes", { n: draft.changes.value.length })}</span>}</p></div>
            <button type="button" disabled={!draft.canUndo} onClick={() => draft.undo()}>{t("Undo")}</button>
            <button type="button" class="primary" disabled={!draft.mayGoLive} onClick={() => setGoing(true)}>{t("Go live…")}</button>
        </header>
        <Problems draft={draft} onLine={(at) => { setLine(at); setTab("xml"); }} />
        <div {...api.getRootProps()}>
            <div {...api.getListProps()} class="parts">{all.map(([value, label]) => <button type="button" {...api.getTriggerProps({ value })} class="tab">{label}</button>)}</div>
            {all.map(([value]) => <div {...api.getContentProps({ value })}>{tab !== value ? null
                : value === "form" ? <Canvas draft={draft} /> : value === "flow" ? <Flow draft={draft} />
                    : value === "access" ? <Access draft={draft} /> : value === "xml" ? <Xml draft={draft} line={line} /> : <Versions form={draft.id} />}</div>)}
        </div>
        {going && <GoLive draft={draft} onClose={() => setGoing(false)} />}
    </>;
}

const Ready = ({ id, xml }: { id: string; xml: string }) => {
    const draft = useMemo(() => new Draft(id, xml), [id, xml]);
    return <Workshop draft={draft} />;
};

export default function Designer({ args }: PlaceProps) {
    const id = args[0]!;
    const xml = useAnswer(() => ask("GET /forms/{form}/xml", { path: { form: id } }), [id]);

    useEffect(() => { document.title = `${id} · Weft`; }, [id]);
    return <Answered of={xml} what={t("Loading the form…")}>{(text) => <Ready id={id} xml={text} />}</Answered>;
}
