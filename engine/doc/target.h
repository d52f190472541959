/* doc/target.h - what lists can be filtered and sorted by: columns of the
 * document, and fields that have index rows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_TARGET_H
#define WF_DOC_TARGET_H

#include "doc/access_ask.h"
#include "doc/list.h"

enum wf_target_kind {
    WF_TARGET_TEXT,
    WF_TARGET_NUMBER, /* booleans are 0 and 1 */
    WF_TARGET_TIME,   /* ms in the store, days or times to people */
    WF_TARGET_PERSON, /* id in the store, logins too to people */
    WF_TARGET_DAY,    /* text: 2026-10-12; of a time also with its hours */
    WF_TARGET_PERIOD, /* text: 2026-Q4 */
};

/* A column of `d`. */
struct wf_column {
    const char *name;
    enum wf_target_kind kind;
    struct wf_sql value;
    struct wf_sql order; /* what it is sorted by; never NULL if `sure` */
    bool sure;
    bool indexed; /* in the order of the list, beside the form */
    /* The field that it comes from; NULL: it is everybody's to see. */
    const struct wf_field *(*field)(const struct wf_form *form);
};

/* One of both. */
struct wf_target {
    const struct wf_column *column;
    const struct wf_field *field; /* of the live form */
    enum wf_target_kind kind;
    bool many;         /* a field with several rows */
    bool open;         /* who sees the document sees this: no condition */
    struct wf_ask ask; /* the condition of seeing it */
};

/* What is called `name` in lists of `form`. What call->me sees nowhere is not
 * found, like what is not there. Errors: WEFT_E_MALFORMED. */
WF_MUST_CHECK bool wf_target_find(struct wf_call *call, const char *form,
                                  const char *name, struct wf_target *out,
                                  weft_error *err);

/* The column of this name, by itself. NULL: none. */
const struct wf_column *wf_column_named(const char *name);

/* The condition of seeing what `column` shows, for wf_ask_add(). */
struct wf_ask wf_column_ask(const struct wf_column *column, const char *form);

/* Appends "AND (filter)" over `d`. Errors: WEFT_E_MALFORMED. */
WF_MUST_CHECK bool wf_filter_add(struct wf_call *call, const char *form,
                                 const struct wf_filter *filter,
                                 struct wf_query *query, weft_error *err);

#endif
