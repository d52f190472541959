/* ui/toast.tsx - short words about what has just happened.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { IconButton } from "./icon.tsx";

interface Undo { label: string; run: () => void }
interface Toast { id: number; text: string; bad: boolean; undo?: Undo | undefined }

const toasts = signal<Toast[]>([]);
let last = 0;

const drop = (id: number) => { toasts.value = toasts.value.filter((toast) => toast.id !== id); };

/* What went wrong stays until it is closed, what can be taken back for longer. */
export function say(text: string, bad = false, undo?: Undo): void {
    const id = ++last;

    toasts.value = [...toasts.value.slice(-2), { id, text, bad, undo }];
    if (!bad) setTimeout(() => drop(id), undo ? 15_000 : 5000);
}

export const sayError = (error: unknown) => say((error as Error).message || String(error), true);

export function Toasts() {
    return <div class="toasts" role="status" aria-live="polite">
        {toasts.value.map((toast) => <div key={toast.id} class={toast.bad ? "toast wrong" : "toast"}>
            <span>{toast.text}</span>
            {toast.undo && <button type="button" onClick={() => { drop(toast.id); toast.undo!.run(); }}>{toast.undo.label}</button>}
            <IconButton name="close" label={t("Close")} onClick={() => drop(toast.id)} />
        </div>)}
    </div>;
}
