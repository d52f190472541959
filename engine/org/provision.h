/* org/provision.h - what a directory (SCIM) knows of people and teams beside
 * what is in files: its own names for them, and which it has deleted.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_PROVISION_H
#define WF_ORG_PROVISION_H

#include "org/who.h"

struct wf_provision_entry {
    const char *login;    /* or a team's name; NULL: not there */
    const char *external; /* NULL: none */
    int64_t changed;
    bool gone; /* a person that was deleted */
};
WF_MUST_CHECK bool wf_provision_person(struct wf_call *call, wf_id id,
                                       struct wf_provision_entry *out,
                                       weft_error *err);
WF_MUST_CHECK bool wf_provision_set_person(struct wf_call *call, wf_id id,
                                           const char *external, bool gone,
                                           weft_error *err);

/* People that are neither gone nor programs, by one of these, or all. */
enum wf_provision_key {
    WF_PROVISION_ALL,
    WF_PROVISION_LOGIN,
    WF_PROVISION_EXTERNAL,
    WF_PROVISION_EMAIL,
    WF_PROVISION_ID,
};
WF_MUST_CHECK bool wf_provision_people(struct wf_call *call,
                                       enum wf_provision_key key,
                                       const char *value,
                                       struct wf_who_list *out,
                                       weft_error *err);

/* Teams. save: a new one for id 0; a name that another has is a conflict. */
WF_MUST_CHECK bool wf_provision_teams(struct wf_call *call,
                                      struct wf_who_list *out, weft_error *err);
WF_MUST_CHECK bool wf_provision_team(struct wf_call *call, wf_id id,
                                     struct wf_provision_entry *out,
                                     weft_error *err);
WF_MUST_CHECK bool wf_provision_find_team(struct wf_call *call,
                                          const char *name, wf_id *out,
                                          weft_error *err);
WF_MUST_CHECK bool wf_provision_save_team(struct wf_call *call, wf_id *id,
                                          const char *name,
                                          const char *external,
                                          weft_error *err);
WF_MUST_CHECK bool wf_provision_remove_team(struct wf_call *call, wf_id id,
                                            weft_error *err);
WF_MUST_CHECK bool wf_provision_members(struct wf_call *call, const char *team,
                                        struct wf_who_list *out,
                                        weft_error *err);

/* The unit of that id, else of that name; NULL: none. */
WF_MUST_CHECK bool wf_provision_unit(struct wf_call *call, const char *named,
                                     const char **key, weft_error *err);

#endif
