/* api/body.h - the JSON that comes with a call, read into a struct.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_BODY_H
#define WF_API_BODY_H

#include "base/diag.h"
#include "base/id.h"

/* What a member is in C: const char *, wf_id, int64_t, bool, const struct
 * wf_json *. */
enum wf_member_type {
    WF_BODY_TEXT,
    WF_BODY_ID, /* digits in a text */
    WF_BODY_INT,
    WF_BODY_BOOL,
    WF_BODY_OBJECT,
    WF_BODY_ARRAY,
    WF_BODY_ANY,
};

/* One member that a body may have, and where it goes. */
struct wf_member {
    const char *name;
    enum wf_member_type type;
    size_t offset;
    bool required;
};

struct wf_text {
    const char *at; /* NULL: none was sent */
    size_t len;
};

/* Fails with WEFT_E_INVALID; the findings say what does not fit. */
bool wf_body_misfits(weft_error *err);

/* Reads an object with none but these members into `into`; null is as good as
 * absent. What does not fit goes to `findings` (codes unknown, required,
 * type), whose arena holds what is read.
 * Errors: WEFT_E_MALFORMED, WEFT_E_TOO_LARGE; WEFT_E_INVALID with findings. */
WF_MUST_CHECK bool wf_body_read(struct wf_diags *findings,
                                const struct wf_member *members, size_t n,
                                struct wf_text text, void *into,
                                weft_error *err);

/* The same for an object that was read already. */
WF_MUST_CHECK bool wf_body_take(struct wf_diags *findings,
                                const struct wf_member *members, size_t n,
                                const struct wf_json *object, void *into,
                                weft_error *err);

#endif
