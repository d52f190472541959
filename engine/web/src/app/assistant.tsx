/* app/assistant.tsx - the way to the assistant, by its button or Ctrl+K; what
 * it looks like is loaded when it is first asked.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useState } from "preact/hooks";
import { loadWords, t } from "../i18n/index.ts";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";

const Panel = lazy(async () => {
    await loadWords("assistant");
    return (await import("../assistant/panel.tsx")).Panel;
});

export function Assistant() {
    const [open, setOpen] = useState(false);

    useEffect(() => {
        const key = (event: KeyboardEvent) => {
            if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
            event.preventDefault();
            setOpen(true);
        };

        addEventListener("keydown", key);
        return () => removeEventListener("keydown", key);
    }, []);
    return <>
        <button type="button" class="plain assistant" aria-haspopup="dialog" aria-keyshortcuts="Control+K" onClick={() => setOpen(true)}><Icon name="ask" /><span>{t("Ask")}</span></button>
        {open && <Panel onClose={() => setOpen(false)} />}
    </>;
}
