/* form/peek.tsx - a document looked at beside the inbox.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask } from "../api/client.ts";
import { useAnswer } from "../base/async.ts";
import { ChainView } from "./chain.tsx";
import { Editor } from "./editor.ts";
import { FormView } from "./view.tsx";
import { t } from "../i18n/index.ts";
import { Answered } from "../ui/answer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Facts, WorkButtons, type Work } from "../ui/work-item.tsx";

export function Peek({ item, onClose, onDone }: { item: Work; onClose: () => void; onDone: () => void }) {
    const { id } = item.document;
    const editor = useAnswer(() => Editor.open(id), [id]);
    const chain = useAnswer(async () => (await ask("GET /documents/{id}/chain", { path: { id } })).chain, [id]);

    return <Dialog side title={item.document.title} onClose={onClose}>
        <Facts item={item} />
        <p><a href={`/documents/${id}`}>{t("Open the document")}</a></p>
        {chain.data && <ChainView chain={chain.data} />}
        <Answered of={editor} what={t("Loading the document…")}>{(data) => <FormView editor={data} />}</Answered>
        <WorkButtons item={item} onDone={onDone} />
    </Dialog>;
}
