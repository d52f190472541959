/* ui/toast.tsx - short words about what has just happened.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { IconButton } from "./icon.tsx";

interface Toast { id: number; text: string; bad: boolean }

const toasts = signal<Toast[]>([]);
let last = 0;

const drop = (id: number) => { toasts.value = toasts.value.filter((toast) => toast.id !== id); };

/* What went wrong stays until it is closed. */
export function say(text: string, bad = false): void {
    const id = ++last;

    toasts.value = [...toasts.value.slice(-2), { id, text, bad }];
    if (!bad) setTimeout(() => drop(id), 5000);
}

export const sayError = (error: unknown) => say((error as Error).message || String(error), true);

export function Toasts() {
    return <div class="toasts" role="status" aria-live="polite">
        {toasts.value.map((toast) => <div key={toast.id} class={toast.bad ? "toast wrong" : "toast"}>
            <span>{toast.text}</span>
            <IconButton name="close" label={t("Close")} onClick={() => drop(toast.id)} />
        </div>)}
    </div>;
}
