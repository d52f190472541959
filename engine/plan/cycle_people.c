/* plan/cycle_people.c - the people of a run, some at a time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/cycle_people.h"

#include "base/error.h"
#include "org/who.h"

/* Who has left is looked at as long as a run has them. */
static const char SQL_PIECE[] =
    "SELECT p.id, p.active, m.person, m.gone FROM person p"
    " LEFT JOIN cycle_member m ON m.run = $1 AND m.person = p.id"
    " WHERE p.id > $2 AND ((p.active = 1 AND p.service = 0)"
    " OR m.person IS NOT NULL) ORDER BY p.id LIMIT $3";

bool wf_people_piece(struct wf_call *call, wf_id run, wf_id after,
                     struct wf_people_piece *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    out->n = 0;
    if (!wf_stmt_begin(call->db, SQL_PIECE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, run);
    wf_stmt_bind_int(&q, 2, after);
    wf_stmt_bind_int(&q, 3, WF_CYCLE_PEOPLE);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        out->at[out->n++] = (struct wf_looked){
            .id = wf_stmt_int(&q, 0),
            .active = wf_stmt_int(&q, 1) != 0,
            .member = !wf_stmt_is_null(&q, 2),
            .gone = !wf_stmt_is_null(&q, 3),
        };
    return got == WF_FETCH_DONE;
}

bool wf_joining_includes(struct wf_call *call, const struct wf_joining *joining,
                         wf_id person, bool *out, weft_error *err)
{
    const struct wf_who_context context = { call, NULL, NULL, NULL };

    *out = true;
    return wf_who_includes(&context, joining->cycle->audience, person, out, err)
           && (!*out || !joining->pilot
               || wf_who_includes(&context, joining->pilot, person, out, err));
}

bool wf_joining_pilot(struct wf_call *call, const char *text,
                      const struct wf_who **out, weft_error *err)
{
    static const struct wf_place nowhere = { NULL, 0, 0 };
    struct wf_diags found = WF_DIAGS_INIT(call->arena, call->lang);

    *out = NULL;
    if (!text)
        return true;
    *out = wf_who_parse(
        call->arena, nowhere, text, NULL,
        (enum wf_who_use)(WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT), &found);
    if (*out)
        return true;
    wf_diag_field_text(call->findings, WF_SEVERITY_ERROR, "audience", "who",
                       found.n ? found.at[0].message : text);
    return wf_fail(err, WEFT_E_INVALID, "\"%s\" names no people: %s", text,
                   found.n ? found.at[0].message : "");
}
