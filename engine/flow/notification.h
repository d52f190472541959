/* flow/notification.h - what people are told, and whether they have read it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_NOTIFICATION_H
#define WF_FLOW_NOTIFICATION_H

#include "flow/flow.h"
#include "flow/wish.h"

/* Tells somebody, in the caller's transaction: here at once, and outward as
 * they wish (wish.h). */
struct wf_told {
    wf_id person;
    wf_id document; /* 0: none */
    enum wf_matter matter;
    bool urgent; /* outward alone and at once, unless they want it otherwise */
    const char *text;
};
WF_MUST_CHECK bool wf_notification_add(struct wf_call *call,
                                       const struct wf_told *told,
                                       weft_error *err);

/* Who is to hear of a document, and how it is called for them. */
struct wf_hearer {
    const struct wf_person *person; /* NULL: not here any more; say nothing */
    const char *lang, *title;
};
WF_MUST_CHECK bool wf_hearer_find(struct wf_call *call,
                                  const struct wf_doc *doc, wf_id person,
                                  struct wf_hearer *out, weft_error *err);

/* Tells whoever made `doc` what has become of it, unless they did it. */
WF_MUST_CHECK bool wf_notification_ended(struct wf_call *call,
                                         const struct wf_doc *doc,
                                         weft_error *err);
WF_MUST_CHECK bool wf_notification_returned(struct wf_call *call,
                                            const struct wf_doc *doc,
                                            weft_error *err);

/* {"items":[{"id","kind","document","text","at","read","times"?}],"unread",
 * "next"} of call->me, newest first; reminders of one document are one, the
 * last of them, with how many ("times", where more than one). "unread" counts
 * to 100. `cursor` NULL: from the newest on. `unread`: those alone. `each`:
 * reminders too stand by themselves. A page may be shorter than `limit` while
 * it has a "next". Errors: WEFT_E_MALFORMED the cursor. */
struct wf_told_query {
    const char *cursor;
    int limit;
    bool unread;
    bool each;
};
WF_MUST_CHECK bool wf_notification_list(struct wf_call *call,
                                        const struct wf_told_query *query,
                                        struct wf_json_writer *out,
                                        weft_error *err);

/* Marks those of call->me up to `upto` (0: all) as read. */
WF_MUST_CHECK bool wf_notification_read(struct wf_call *call, wf_id upto,
                                        weft_error *err);

#endif
