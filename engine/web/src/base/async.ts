/* base/async.ts - answers on their way: waited for, there, or refused.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { useEffect, useRef, useState } from "preact/hooks";

export interface Loaded<T> {
    data?: T;
    error?: Error;
    busy: boolean;
    again: () => void;
    set: (data: T) => void;
}

/* Asks when `keys` change. An answer that comes too late is dropped; the one
 * before stays until the next is there. `first` has what the page brought along:
 * then nothing is asked until it is wanted again. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, keys: unknown[], first?: () => T | undefined): Loaded<T> {
    const [state, setState] = useState<{ data?: T; error?: Error; busy: boolean }>(() => {
        const data = first?.();
        return data === undefined ? { busy: true } : { data, busy: false };
    });
    const [turn, setTurn] = useState(0);
    const asked = useRef(ask), there = useRef(!state.busy);

    asked.current = ask;
    useEffect(() => {
        const abort = new AbortController();

        if (there.current) {
            there.current = false;
            return undefined;
        }
        setState((before) => ({ ...(before.data === undefined ? {} : { data: before.data }), busy: true }));
        asked.current(abort.signal).then(
            (data) => abort.signal.aborted || setState({ data, busy: false }),
            (error: Error) => abort.signal.aborted
                || setState((before) => ({ ...before, error, busy: false })));
        return () => abort.abort();
    }, [turn, ...keys]);
    return {
        ...state,
        again: () => setTurn((n) => n + 1),
        set: (data) => setState({ data, busy: false }),
    };
}
