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
            if (!Part) void load().then((part) => { loaded = part; setPart(() => part); });
        }, []);
        return Part ? <Part {...props} /> : null;
    };
}
