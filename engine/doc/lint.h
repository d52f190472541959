/* doc/lint.h - what really happened with a form, and what its designer could
 * leave out because of it.
 *
 * Looked at are the documents that were touched last, of any version and state.
 * A finding is a proposal with its counts, never a judgement of a person: below
 * a least number of cases there is none.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_LINT_H
#define WF_DOC_LINT_H

#include "doc/doc.h"

enum {
    WF_LINT_DOCUMENTS = 2000, /* looked at */
    WF_LINT_LEAST = 20        /* cases that say something */
};

enum wf_lint_kind {
    WF_LINT_UNFILLED, /* a field that nobody fills */
    WF_LINT_UNREAD,   /* a field that nobody may see and nothing uses */
    WF_LINT_TWICE,    /* two fields that always say the same */
    WF_LINT_LEVEL,    /* never decided otherwise than the one below */
    WF_LINT_WAITING,  /* a step in which nobody does anything */
};
const char *wf_lint_kind_name(enum wf_lint_kind kind);

struct wf_lint {
    enum wf_lint_kind kind;
    const char *path;  /* of the field, step or level: "check.head" */
    const char *other; /* of WF_LINT_TWICE: the second field */
    int64_t n;         /* cases */
    double days;       /* of WF_LINT_WAITING: on average */
};
struct wf_lints {
    struct wf_lint *at;
    size_t n, cap;
};

/* Appends what is to be said of the fields of a live form. */
WF_MUST_CHECK bool wf_lint_fields(struct wf_call *call,
                                  const struct wf_form *form,
                                  struct wf_lints *out, weft_error *err);

/* The finding as a sentence, labels included. */
const char *wf_lint_sentence(struct wf_arena *arena, const struct wf_form *form,
                             const struct wf_lint *lint, const char *lang);

#endif
