/* org/person.h - people and units as they are today.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_PERSON_H
#define WF_ORG_PERSON_H

#include "def/expr.h"
#include "org/call.h"

struct wf_person {
    wf_id id;
    const char *login, *name;
    wf_id unit;           /* 0: none */
    const char *unit_key; /* NULL: none */
    wf_id manager;        /* 0: none */
    double grade;
    bool has_grade;
    const char *title;
    bool active, service; /* service: a program */
    const char *locale, *timezone, *email;
};

/* A new cache in `arena`, in front of `roster` (directory.h; NULL: of none),
 * which must last as long. */
struct wf_roster;
struct wf_people *wf_people_new(struct wf_arena *arena,
                                struct wf_roster *roster);
struct wf_roster *wf_people_roster(const struct wf_people *people);

/* Forgets whom it has, after a change of the organisation; persons that were
 * lent stay readable. */
void wf_people_forget(struct wf_people *people);

/* The person; `*out` is NULL where there is none (active or not). Kept in
 * call->people, so asking twice costs nothing. */
WF_MUST_CHECK bool wf_person_find(struct wf_call *call, wf_id id,
                                  const struct wf_person **out,
                                  weft_error *err);
WF_MUST_CHECK bool wf_person_find_login(struct wf_call *call, const char *login,
                                        const struct wf_person **out,
                                        weft_error *err);

/* Asks ahead for whom wf_person_find() will be asked for (store/ahead.h). */
WF_MUST_CHECK bool wf_person_ahead(struct wf_call *call, wf_id id,
                                   weft_error *err);

/* A person as people write one: a login, an id in digits, or an object with
 * `id` or `login`. Inactive people are found too. `*out` NULL: nobody. */
WF_MUST_CHECK bool wf_person_named(struct wf_call *call,
                                   const struct wf_json *json,
                                   const struct wf_person **out,
                                   weft_error *err);

/* {"id","login","name"}; null for NULL. */
void wf_person_json(const struct wf_person *person, struct wf_json_writer *out);

/* Loads many at once into the cache (one statement for each 50). */
WF_MUST_CHECK bool wf_people_load(struct wf_call *call, const wf_id *ids,
                                  size_t n, weft_error *err);

/* For wf_source.person of formulas. */
WF_MUST_CHECK bool wf_person_part_value(struct wf_call *call, struct wf_str id,
                                        enum wf_person_part part,
                                        struct wf_value *out, weft_error *err);

struct wf_unit {
    wf_id id;
    const char *key, *name;
    wf_id parent, head;
};
WF_MUST_CHECK bool wf_unit_find(struct wf_call *call, const char *key,
                                struct wf_unit *out, bool *found,
                                weft_error *err);
/* Its name as a text; nil where there is none of that key. */
WF_MUST_CHECK bool wf_unit_name_value(struct wf_call *call, struct wf_str key,
                                      struct wf_value *out, weft_error *err);

/* Whether `person` holds `role` anywhere (unit 0), for that unit, or for the
 * whole company: whoever administers one unit is no administrator. */
enum {
    WF_EVERYWHERE = -1
};
WF_MUST_CHECK bool wf_role_held(struct wf_call *call, wf_id person,
                                const char *role, wf_id unit, bool *out,
                                weft_error *err);

/* Whether the system asks, or a person who holds the role admin everywhere. */
WF_MUST_CHECK bool wf_is_admin(struct wf_call *call, bool *out,
                               weft_error *err);

/* Roles with their scopes as the API shows them: ["admin","hrbp@unit"]. */
WF_MUST_CHECK bool wf_roles_of(struct wf_call *call, wf_id person,
                               struct wf_json **out, weft_error *err);

/* Lists for the API: {"items":[…],"next":…}; `search` by name, login, pinyin
 * or initials; NULL: all. */
struct wf_people_query {
    const char *search, *unit, *cursor;
    int limit;
};
WF_MUST_CHECK bool wf_people_list(struct wf_call *call,
                                  const struct wf_people_query *query,
                                  struct wf_json_writer *out, weft_error *err);
WF_MUST_CHECK bool wf_units_list(struct wf_call *call,
                                 struct wf_json_writer *out, weft_error *err);
WF_MUST_CHECK bool wf_roles_list(struct wf_call *call,
                                 struct wf_json_writer *out, weft_error *err);

#endif
