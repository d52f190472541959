/* app/sign-in.tsx - a session has ended while somebody was at work: they sign
 * in again above the page, and it goes on where it was.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import { onSignedOut } from "../api/client.ts";
import { lazy } from "../ui/lazy.tsx";

export const wanted = signal<(() => void) | undefined>(undefined);

onSignedOut(() => new Promise<void>((resolve) => {
    wanted.value = () => {
        wanted.value = undefined;
        resolve();
    };
}));

const Form = lazy(async () => (await import("./sign-in-form.tsx")).SignInForm);

export const SignInAgain = () => wanted.value ? <Form done={wanted.value} /> : null;
