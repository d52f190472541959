/* doc/value.h - one value that somebody sent, made a stored one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_VALUE_H
#define WF_DOC_VALUE_H

#include "doc/doc.h"

/* What is being written where. */
struct wf_shaping {
    struct wf_call *call;
    const struct wf_doc *doc;
    const struct wf_field *field;
    const char *place; /* "lines[1].weight" */
    /* What stands there now: nobody has to see again what was theirs to send
     * back. NULL: nothing. */
    const struct wf_json *old;
};

/* The stored shape of `in`, which is not nothing, in `*out`; NULL there after
 * a finding. No item tables: those are rows.h's. False: the store failed. */
WF_MUST_CHECK bool wf_shape_value(const struct wf_shaping *s,
                                  const struct wf_json *in,
                                  struct wf_json **out, weft_error *err);

/* The shapes of single types, for wf_shape_value() and lists of them. */
typedef bool wf_shape_fn(const struct wf_shaping *s, const struct wf_json *in,
                         struct wf_json **out, weft_error *err);
wf_shape_fn wf_shape_text, wf_shape_email, wf_shape_url, wf_shape_phone,
    wf_shape_emoji, wf_shape_tag;
wf_shape_fn wf_shape_number, wf_shape_percent, wf_shape_money,
    wf_shape_duration, wf_shape_progress;
wf_shape_fn wf_shape_person, wf_shape_unit, wf_shape_link, wf_shape_choice,
    wf_shape_rating, wf_shape_file;

/* Adds a finding with code "type": what the field takes instead, in the
 * language of the call. */
void wf_shape_wrong_type(const struct wf_shaping *s, const char *takes);
const char *wf_shape_label(const struct wf_shaping *s);

#endif
