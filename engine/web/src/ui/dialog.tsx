/* ui/dialog.tsx - a window above the page, or on a phone from its lower edge.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import * as machine from "@zag-js/dialog";
import { normalizeProps, useMachine } from "@zag-js/preact";
import type { ComponentChildren } from "preact";
import { createPortal } from "preact/compat";
import { useId, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { IconButton } from "./icon.tsx";
import "./dialog.css";

/* What one was asked to write comes before the way out. */
const FIRST = "form input:not([type=checkbox], [type=radio], [type=file]), form textarea";

export function Dialog({ title, onClose, children, side, role }:
    { title: string; onClose: () => void; children: ComponentChildren; side?: boolean; role?: "dialog" | "alertdialog" }) {
    const content = useRef<HTMLDivElement>(null);
    const service = useMachine(machine.machine, {
        id: useId(), open: true, role: role ?? "dialog",
        ...(side ? {} : { initialFocusEl: () => content.current?.querySelector<HTMLElement>(FIRST) ?? null }),
        onOpenChange: ({ open }) => open || onClose(),
    });
    const api = machine.connect(service, normalizeProps);

    return createPortal(<>
        <div {...api.getBackdropProps()} class="backdrop" />
        <div {...api.getPositionerProps()} class={side ? "positioner side" : "positioner"}>
            <div {...api.getContentProps() as object} ref={content} class="dialog">
                <header class="dialog-head">
                    <h2 {...api.getTitleProps()}>{title}</h2>
                    <IconButton name="close" label={t("Close")} onClick={onClose} />
                </header>
                {children}
            </div>
        </div>
    </>, document.body);
}
