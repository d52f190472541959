/* plan/tell.h - people hear of a level, and its hook is called.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_TELL_H
#define WF_PLAN_TELL_H

#include "def/head.h"
#include "flow/flow.h"

/* What is told: of a document, or of a point that reads like one. */
struct wf_news {
    const struct wf_head *head; /* the alert or the metric */
    const struct wf_doc *doc;
    wf_id about; /* the document; 0: none */
    const struct wf_who *tell;
    const struct wf_say *says;    /* NULL: the label of the level */
    const struct wf_words *words; /* of the level */
    const char *level, *colour;
    const char *more; /* behind the sentence; NULL: nothing */
};

/* Tells everyone whom `tell` means, each in their language; *n how many. */
WF_MUST_CHECK bool wf_news_tell(struct wf_flow *flow,
                                const struct wf_news *news, size_t *n,
                                weft_error *err);

/* Calls on_alert(about, level) of the definition's hook file, as the system. */
WF_MUST_CHECK bool wf_news_hook(struct wf_flow *flow,
                                const struct wf_news *news,
                                struct wf_json *about, weft_error *err);

#endif
