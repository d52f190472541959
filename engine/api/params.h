/* api/params.h - the names and values of a query string, read into a struct.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_PARAMS_H
#define WF_API_PARAMS_H

#include <weft/document.h>

#include "base/macros.h"
#include "doc/list.h"

/* What a list can be asked; each list takes some of it. */
struct wf_params {
    struct wf_list_query query; /* its filters live in the caller's arena */
    const char *due;
    const char *on; /* a day */
    bool below;
};

enum wf_params_of {
    WF_PARAMS_PAGE = 1,      /* limit cursor */
    WF_PARAMS_DOCUMENTS = 2, /* and all that documents are found by */
    WF_PARAMS_WORK = 4,      /* form due */
    WF_PARAMS_PEOPLE = 8,    /* q unit */
    WF_PARAMS_LINES = 16,    /* on below */
    WF_PARAMS_STATE = 32,    /* state */
};

/* Errors: WEFT_E_MALFORMED a name that is not taken here, one that comes
 * twice, or a value that cannot be. */
WF_MUST_CHECK bool wf_params_read(struct wf_arena *arena,
                                  const weft_param *params, size_t n,
                                  unsigned of, struct wf_params *out,
                                  weft_error *err);

#endif
