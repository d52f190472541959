/* ui/lazy.tsx - a component whose code is loaded when it is first shown.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
    let loaded: ComponentType<P> | undefined;

    return function Lazy(props: P) {
        const [Part, setPart] = useState<ComponentType<P> | undefined>(() => loaded);

        useEffect(() => {
            if (Part) return undefined;
            const again = () => void load().then((part) => { loaded = part; setPart(() => part); }, () => undefined);

            again();
            addEventListener("online", again); /* without a network it comes when there is one */
            return () => removeEventListener("online", again);
        }, [Part]);
        return Part ? <Part {...props} /> : null;
    };
}
