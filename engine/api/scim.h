/* api/scim.h - people and teams as a directory writes them (SCIM 2.0, RFC 7643
 * and 7644): resources are JSON, made of what is stored and saved as an edit.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SCIM_H
#define WF_API_SCIM_H

#include "api/turn.h"
#include "org/who.h"

/* --- scim_filter.c: what a list is asked for. */

enum wf_scim_op {
    WF_SCIM_AND,
    WF_SCIM_OR,
    WF_SCIM_NOT,    /* left */
    WF_SCIM_WITHIN, /* path[left]: one of the values of path */
    WF_SCIM_PRESENT,
    WF_SCIM_EQ,
    WF_SCIM_NE,
    WF_SCIM_CO,
    WF_SCIM_SW,
    WF_SCIM_EW,
    WF_SCIM_GT,
    WF_SCIM_GE,
    WF_SCIM_LT,
    WF_SCIM_LE,
};

struct wf_scim_filter {
    enum wf_scim_op op;
    const struct wf_scim_filter *left, *right;
    const char *path; /* "emails.value", a schema in front of it cut off */
    const struct wf_json *value;
};

/* Errors: WEFT_E_MALFORMED, with a finding of the code invalidFilter. */
WF_MUST_CHECK bool wf_scim_filter_parse(struct wf_call *call, const char *text,
                                        const struct wf_scim_filter **out,
                                        weft_error *err);
bool wf_scim_filter_holds(const struct wf_scim_filter *filter,
                          const struct wf_json *resource);

/* The text that `path` has to equal for the filter to hold; NULL: any. */
const char *wf_scim_filter_demands(const struct wf_scim_filter *filter,
                                   const char *path);

/* A member by its name in any case; NULL. */
struct wf_json *wf_scim_get(const struct wf_json *object, const char *name);

/* Cuts the name of a schema, "urn:…:User:", off the front of a path; true if
 * it is that of the enterprise extension. */
bool wf_scim_cut_schema(const char **path);

/* --- scim_patch.c: makes the changes of a PatchOp to a resource. */
WF_MUST_CHECK bool wf_scim_patch(struct wf_call *call, struct wf_json *resource,
                                 const struct wf_json *body, weft_error *err);

/* --- The kinds of resources. */

struct wf_scim_kind {
    const char *name, *place; /* "User", "/scim/v2/Users" */
    const char *schema;

    /* The ids that a filter (NULL: none) can hold for, in order. */
    bool (*find)(struct wf_call *call, const struct wf_scim_filter *filter,
                 struct wf_who_list *out, weft_error *err);
    /* The resource without its meta; NULL in `*out`: not there. */
    bool (*show)(struct wf_call *call, wf_id id, struct wf_json **out,
                 int64_t *changed, weft_error *err);
    /* Makes what is stored what the resource says; `*id` 0: a new one. */
    bool (*save)(struct wf_call *call, wf_id *id,
                 const struct wf_json *resource, weft_error *err);
    bool (*remove)(struct wf_call *call, wf_id id, weft_error *err);
};
extern const struct wf_scim_kind wf_scim_users, wf_scim_groups;

#define WF_SCIM_ENTERPRISE                                                     \
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

/* Fails with a finding whose code is what SCIM calls a scimType. */
WF_MUST_CHECK bool wf_scim_fail(struct wf_call *call, weft_error *err,
                                const char *type, const char *message);

#endif
