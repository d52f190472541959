/* assistant/panel.tsx - a talk with the assistant: what one says, what it
 * answers, what it offers to do.
 *
 * An offer is done only by the button that confirms it. Choices say the
 * sentence anew, so that the server keeps nothing of the talk.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { BotAnswer } from "#api";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import { lang, t } from "../i18n/index.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Light, type Health } from "../ui/light.tsx";
import { Offer } from "./offer.tsx";
import { canListen, Listen } from "./listen.tsx";
import "./panel.css";

interface Turn { said: string; answer?: BotAnswer; wrong?: string }

/* An item of an answer: a link to its document where it has one. */
function Item({ item, onClose }: { item: NonNullable<NonNullable<BotAnswer["answer"]>["items"]>[number]; onClose: () => void }) {
    const health = item.colour as Health | undefined;

    return <li class="said-item">
        {item.url ? <a href={item.url} onClick={onClose}>{item.title}</a> : <span>{item.title}</span>}
        {item.note && <span class="dim">{item.note}</span>}
        {health && <Light health={health} />}
    </li>;
}

/* By which words it was understood. */
function Why({ answer }: { answer: BotAnswer }) {
    const words = (answer.explain ?? []).map((one) => String(one.text)).filter((word) => word.trim());

    if (!words.length || answer.status === "unsure" || answer.status === "refuse") return null;
    return <details class="said-why"><summary>{t("How I understood it")}</summary>
        <p>{words.join(" · ")}</p></details>;
}

function Answer({ answer, say, onClose }: { answer: BotAnswer; say: (text: string) => void; onClose: () => void }) {
    const items = answer.answer?.items ?? [];
    const choices = answer.choices ?? [];

    return <>
        <p>{answer.answer?.text}</p>
        {items.length > 0 && <ul class="said-items">{items.map((item) => <Item item={item} onClose={onClose} />)}</ul>}
        {choices.length > 0 && <div class="said-choices">
            {choices.map((one) => <button type="button" onClick={() => say(one.text ?? "")}>
                {answer.choose ? one.label : one.text}</button>)}
        </div>}
        {answer.confirm?.token && <Offer says={answer.confirm.says ?? ""} token={answer.confirm.token} />}
        <Why answer={answer} />
    </>;
}

export function Panel({ onClose }: { onClose: () => void }) {
    const [turns, setTurns] = useState<Turn[]>([]);
    const [text, setText] = useState("");
    const [busy, setBusy] = useState(false);
    const field = useRef<HTMLInputElement>(null);
    const end = useRef<HTMLDivElement>(null);

    async function say(said: string): Promise<void> {
        if (busy) return;
        setBusy(true);
        setText("");
        setTurns((before) => [...before, { said }]);
        const turn: Turn = await ask("POST /bot/ask", { body: { text: said, lang } })
            .then((answer) => ({ said, answer }), (error: Error) => ({ said, wrong: error.message }));

        setTurns((before) => [...before.slice(0, -1), turn]);
        setBusy(false);
        field.current?.focus();
    }

    useEffect(() => { field.current?.focus(); }, []);
    useEffect(() => { end.current?.scrollIntoView({ block: "end" }); }, [turns]);
    return <Dialog title={t("Assistant")} onClose={onClose} side>
        <div class="talk-with" role="log" aria-label={t("What was said")}>
            {turns.length === 0 && <p class="dim">{t("Ask in your own words, or have something done.")}</p>}
            {turns.map((turn) => <section>
                <p class="said-me">{turn.said}</p>
                <div class="said-back">
                    {turn.answer ? <Answer answer={turn.answer} say={(next) => void say(next)} onClose={onClose} />
                        : <p class={turn.wrong ? "wrong" : "dim"}>{turn.wrong ?? t("One moment…")}</p>}
                </div>
            </section>)}
            <div ref={end} />
        </div>
        <form class="say" onSubmit={(event) => { event.preventDefault(); if (text.trim()) void say(text); }}>
            <input ref={field} type="text" value={text} maxLength={1000} aria-label={t("Your question")}
                placeholder={t("Your question")} autocomplete="off"
                onInput={(event) => setText(event.currentTarget.value)} />
            {canListen && <Listen onHeard={(heard) => { setText(heard); field.current?.focus(); }} />}
            <button type="submit" class="primary" disabled={busy}>{t("Send")}</button>
        </form>
        {turns.length === 0 && <div class="said-choices">
            <button type="button" onClick={() => void say(t("What can you do?"))}>{t("What can you do?")}</button>
        </div>}
    </Dialog>;
}
