/* def/access.h - who may do what with the documents of a form.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_ACCESS_H
#define WF_DEF_ACCESS_H

#include "def/field.h"

enum wf_right {
    WF_RIGHT_READ = 1,
    WF_RIGHT_COMMENT = 2,
    WF_RIGHT_EDIT = 4,
    WF_RIGHT_ACT = 8,
    WF_RIGHT_EXPORT = 16,
    WF_RIGHT_DERIVE = 32,
    WF_RIGHT_DELETE = 64,
    WF_RIGHT_ADMINISTER = 128,
};

struct wf_grant {
    const struct wf_who *to;
    unsigned rights; /* of enum wf_right; read is in all of them */
    struct wf_field_set fields;
    bool fields_said; /* fields="…" stood there: private ones by name */
    struct wf_expr *when;
    struct wf_place place;
    struct wf_grant *next;
};

struct wf_hide {
    struct wf_field_set fields;
    const struct wf_who *from;
    struct wf_expr *when;
    struct wf_place place;
    struct wf_hide *next;
};

/* Against a value of a document that has ended, by one of `form` under it. */
struct wf_appeal {
    const struct wf_who *by;
    const struct wf_field *field;
    const char *form;
    struct wf_duration within; /* of the reveal, or the end; n 0: ever */
    struct wf_place place;
};

struct wf_access {
    const struct wf_who *create;    /* NULL: only the engine */
    const struct wf_who *reopen;    /* NULL: nobody */
    const struct wf_appeal *appeal; /* NULL: none */
    struct wf_grant *grants;
    struct wf_hide *hides;
};

#endif
