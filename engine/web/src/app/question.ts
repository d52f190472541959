/* app/question.ts - asking somebody before something is done.
 *
 * Only what is asked stands here; how it looks is loaded with the first
 * question (ui/question.tsx).
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { signal } from "@preact/signals";
import type { PersonRef } from "#api";

export interface Question {
    title: string;
    text?: string;
    action: string; /* what the button says */
    dangerous?: boolean;
    comment?: "optional" | "required";
    places?: { id: string; label: string }[]; /* of which one is chosen */
    people?: "one" | "some";
    fields?: { id: string; label: string; value?: string; help?: string; pattern?: string; secret?: boolean }[];
    switches?: { id: string; label: string; value: boolean }[];
}

export interface Reply {
    comment?: string;
    to?: string;
    people?: PersonRef[];
    fields: Record<string, string>;
    switches: Record<string, boolean>;
}

export const asked = signal<{ question: Question; answer: (reply: Reply | undefined) => void } | undefined>(undefined);

/* What was answered; undefined where one would rather not. */
export function inquire(question: Question): Promise<Reply | undefined> {
    return new Promise((resolve) => {
        asked.value = {
            question,
            answer: (reply) => {
                asked.value = undefined;
                resolve(reply);
            },
        };
    });
}
