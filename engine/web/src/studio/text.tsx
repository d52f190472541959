/* studio/text.tsx - the XML of a form, with completion out of the schema.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { xml } from "@codemirror/lang-xml";
import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import schema from "../../../../schemas/weft-1.xsd?raw";
import { t } from "../i18n/index.ts";
import { Code } from "./code.tsx";
import type { Draft } from "./draft.ts";
import { isOfHooks } from "./found.ts";
import { elementsOf } from "./schema.ts";

export function Text({ draft, line }: { draft: Draft; line: number }) {
    const language = useMemo(() => xml({ elements: elementsOf(schema) }), []);
    const found = useMemo(() => computed(() => draft.diagnostics.value.filter((one) => !isOfHooks(one))), [draft]);

    return <><p class="dim">{t("Esc, then Tab leaves the text. Both ways: what is drawn is changed here, and what is written is drawn.")}</p>
        <Code label="XML" text={draft.xml} onChange={(text) => draft.set(text)} language={language} found={found} line={line} height="65vh" /></>;
}
