/* org/unit_names.h - by what names people speak of units, found in what they
 * say: the name, the key, what is left of a Chinese name in speech (人力部 or
 * 人力 of 人力资源部), and what it is in English where its parts are usual ones
 * ("workshop 2", "the south sales team").
 *
 * The names are kept with the roster of a question (directory.h), so while the
 * organisation does not change a question reads none of its units.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_UNIT_NAMES_H
#define WF_ORG_UNIT_NAMES_H

#include "org/call.h"

/* A unit over the letters `from` to `to` - 1 of a text, from 0. */
struct wf_unit_found {
    size_t from, to;
    const char *key; /* lent for as long as the question goes on */
    int sure;        /* of 100: less for a name cut short */
};
struct wf_units_found {
    struct wf_unit_found *at;
    size_t n, cap;
};

/* All names of active units that stand in `text`, which is folded (letters.h),
 * those that are sure first.
 * Errors: WEFT_E_STORE. */
WF_MUST_CHECK bool wf_unit_names_find(struct wf_call *call, const char *text,
                                      struct wf_units_found *out,
                                      weft_error *err);

#endif
