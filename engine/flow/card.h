/* flow/card.h - the buttons of a card in a chat tool: each stands for one act
 * of one person on one document as it is when the card is made.
 *
 * A button carries a token that nobody can make or change without the key of
 * the store, and that is worth nothing in the hands of anybody else. Whether
 * the act is theirs is asked again when it is pressed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_CARD_H
#define WF_FLOW_CARD_H

#include "flow/outbox.h"

struct wf_card {
    wf_id person, document;
    int64_t until;      /* ms; whole days, so that it is the same on one day */
    const char *action; /* of a verb */
    const char *etag;   /* of the document as the person saw it then */
};

#define WF_CARD_PREFIX "w1."

/* Errors: WEFT_E_STORE the key cannot be read. */
WF_MUST_CHECK bool wf_card_seal(struct wf_call *call,
                                const struct wf_card *card, const char **token,
                                weft_error *err);

/* False: it is none of ours, or was changed. How old it is, is not asked. */
bool wf_card_open(struct wf_vault *vault, struct wf_arena *arena,
                  const char *token, struct wf_card *out);

/* Gives `line` the buttons of what `who` can decide there with nothing else to
 * fill in; none where there is nothing of that. */
struct wf_person;
WF_MUST_CHECK bool wf_card_fill(struct wf_call *call,
                                const struct wf_person *who, const char *lang,
                                struct wf_line *line, weft_error *err);

#endif
