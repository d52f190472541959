/* ui/later.tsx - parts of a page that come after what the server wrote of it,
 * each in its turn (base/later.ts). Once the first page stands, they come at once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { later } from "../base/later.ts";

const stands = () => "ready" in document.documentElement.dataset;

export function Later({ children }: { children: ComponentChildren }) {
    const [there, setThere] = useState(stands);

    useLayoutEffect(() => { if (!there) later(() => setThere(true)); }, []);
    return there ? <>{children}</> : null;
}
