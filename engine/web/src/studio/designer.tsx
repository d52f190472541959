/* studio/designer.tsx - a form in the making: its canvas, its chain, who may
 * see it, its text, what is wrong, and going live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import * as tabs from "@zag-js/tabs";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { useEffect, useId, useMemo, useState } from "preact/hooks";
import type { Hooks } from "#api";
import { ask } from "../api/client.ts";
import { may } from "../app/me.ts";
import { setGuard, type PlaceProps } from "../app/router.ts";
import { useAnswer } from "../base/async.ts";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Access } from "./access.tsx";
import { Canvas } from "./canvas.tsx";
import { Draft } from "./draft.ts";
import { Flow } from "./flow.tsx";
import { isOfHooks } from "./found.ts";
import { GoLive } from "./live.tsx";
import { TryAs } from "./try-as.tsx";
import { Versions } from "./versions.tsx";
import "./designer.css";

const AdjustForm = lazy(async () => (await import("./adjust.tsx")).AdjustForm);
const Xml = lazy(async () => (await import("./text.tsx")).Text);
const HooksTab = lazy(async () => (await import("./hooks.tsx")).HooksTab);

function Problems({ draft, onLine }: { draft: Draft; onLine: (line: number, tab: string) => void }) {
    const found = draft.diagnostics.value;

    return <section class="problems" aria-live="polite" aria-label={t("Problems")}>
        {draft.checking.value && found.length === 0 ? <p class="dim">{t("Checking…")}</p>
            : found.length === 0 ? <p class="good">{t("Nothing is wrong.")}</p>
                : <ul>{found.map((one) => <li class={one.severity === "error" ? "late" : ""}>
                    <button type="button" class="plain" onClick={() => onLine(one.line ?? 1, isOfHooks(one) ? "hooks" : "xml")}>{one.line ? t("Line {n}", { n: one.line }) : ""} {one.message}</button></li>)}</ul>}
    </section>;
}

function Workshop({ draft }: { draft: Draft }) {
    const [tab, setTab] = useState("form");
    const [line, setLine] = useState({ tab: "", at: 0 });
    const [going, setGoing] = useState(false);
    const service = useMachine(tabs.machine, { id: useId(), value: tab, onValueChange: ({ value }) => setTab(value) });
    const api = tabs.connect(service, normalizeProps);
    const all: [string, string][] = [["form", t("Form")], ["flow", t("Chain")], ["try", t("Try it")], ["access", t("Access")], ["hooks", t("Hooks")], ["xml", "XML"], ["versions", t("Versions")]];
    const lineOf = (of: string) => line.tab === of ? line.at : 0;
    const tryIt = () => setTab("try");

    useEffect(() => {
        setGuard(() => !draft.isChanged.peek() || confirm(t("What you changed is not live yet. Leave it?")));
        return () => setGuard(undefined);
    }, [draft]);
    return <>
        <header class="head document-head">
            <div class="title"><h1>{draft.model.value?.label ?? draft.id}</h1>
                <p class="facts"><a href="/studio">{t("Studio")}</a><span>{draft.id}</span>
                    {draft.isOverlay.value && <span>{t("follows its original")}</span>}
                    {draft.isChanged.value && <span class="state">{t("Changes: {n}", { n: draft.changes.value.length })}</span>}</p></div>
            <button type="button" disabled={!draft.canUndo} onClick={() => draft.undo()}>{t("Undo")}</button>
            <button type="button" class="primary" disabled={!draft.mayGoLive} onClick={() => setGoing(true)}>{t("Go live…")}</button>
        </header>
        <Problems draft={draft} onLine={(at, where) => { setLine({ tab: where, at }); setTab(where); }} />
        <div {...api.getRootProps()}>
            <div {...api.getListProps()} class="parts">{all.map(([value, label]) => <button type="button" {...api.getTriggerProps({ value })} class="tab">{label}</button>)}</div>
            {all.map(([value]) => <div {...api.getContentProps({ value })}>{tab !== value ? null
                : value === "form" ? <Canvas draft={draft} /> : value === "flow" ? <Flow draft={draft} onTry={tryIt} /> : value === "try" ? <TryAs draft={draft} />
                    : value === "access" ? <Access draft={draft} /> : value === "hooks" ? <HooksTab draft={draft} line={lineOf("hooks")} />
                        : value === "xml" ? <Xml draft={draft} line={lineOf("xml")} /> : <Versions form={draft.id} />}</div>)}
        </div>
        {going && <GoLive draft={draft} onClose={() => setGoing(false)} />}
    </>;
}

const Ready = ({ id, xml, hooks }: { id: string; xml: string; hooks: Hooks }) => {
    const draft = useMemo(() => new Draft(id, xml, hooks), [id, xml]);
    return <Workshop draft={draft} />;
};

export default function Designer({ args }: PlaceProps) {
    return may("deploy") ? <Whole id={args[0]!} /> : <AdjustForm id={args[0]!} />;
}

function Whole({ id }: { id: string }) {
    const texts = useAnswer(() => Promise.all([ask("GET /forms/{form}/xml", { path: { form: id } }), ask("GET /forms/{form}/hooks", { path: { form: id } })]), [id]);

    useEffect(() => { document.title = `${id} · Weft`; }, [id]);
    return <Answered of={texts} what={t("Loading the form…")}>{([xml, hooks]) => <Ready id={id} xml={xml} hooks={hooks} />}</Answered>;
}
