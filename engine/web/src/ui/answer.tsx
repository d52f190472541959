/* ui/answer.tsx - shows what was asked for: awaited, refused, or there.
 *
 * A wait is told of only when it is felt (the style shows it after 300 ms).
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { ComponentChildren } from "preact";
import { Problem } from "../api/client.ts";
import type { Loaded } from "../base/async.ts";
import { t } from "../i18n/index.ts";

export const Wait = ({ what }: { what: string }) => <p class="wait" role="status">{what}</p>;

export function Refused({ error, again }: { error: Error; again?: () => void }) {
    const gone = error instanceof Problem && error.status === 404;

    return <div class="empty" role="alert">
        <p>{gone ? t("This is not here, or not for you to see.") : error instanceof Problem ? error.message : t("The server cannot be reached.")}</p>
        {gone && <p><a href="/">{t("Today")}</a></p>}
        {!gone && again && <p><button type="button" onClick={again}>{t("Try again")}</button></p>}
    </div>;
}

export function Answered<T>({ of, what, children }: { of: Loaded<T>; what: string; children: (data: T) => ComponentChildren }) {
    if (of.data !== undefined) return <>{children(of.data)}</>;
    return of.error ? <Refused error={of.error} again={of.again} /> : <Wait what={what} />;
}
