/* unit/flow/world_absence.c - people who are away, and who leave.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/delegation_rows.h"
#include "flow/leaver.h"
#include "org/edit.h"
#include "world_turn.h"

/* --- Standing delegations */

static bool delegate(struct turn *t, struct wf_delegation *delegation)
{
    struct world *w = t->w;
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;

    return wf_save_begin(w->db, &save, &w->err)
           && wf_delegation_add(&t->flow, delegation, &w->err)
           && wf_save_keep(&save, &w->err);
}

bool world_delegate(struct world *w, const char *login, const char *to,
                    const char *since, const char *until)
{
    struct wf_delegation delegation = { .since = since, .until = until };
    const struct wf_person *taker;
    struct turn t;
    bool ok;

    world_turn_begin(&t, w, login);
    WORLD_OK(w, wf_person_find_login(&t.call, to, &taker, &w->err));
    delegation.giver = t.call.me->id;
    delegation.taker = taker->id;
    ok = delegate(&t, &delegation);
    wf_flow_end(&t.flow);
    return ok;
}

static bool end_all(struct turn *t)
{
    struct world *w = t->w;
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_delegations given;

    if (!wf_save_begin(w->db, &save, &w->err)
        || !wf_delegations_given(&t->call, t->call.me->id, "", &given, &w->err))
        return false;
    for (size_t i = 0; i < given.n; i++)
        if (!wf_delegation_end(&t->flow, given.at[i].id, false, &w->err))
            return false;
    return wf_save_keep(&save, &w->err);
}

bool world_delegate_end(struct world *w, const char *login)
{
    struct turn t;
    bool ok;

    world_turn_begin(&t, w, login);
    ok = end_all(&t);
    wf_flow_end(&t.flow);
    return ok;
}

/* --- Leavers */

static bool hand_over(struct turn *t, const char *login, const char *heir)
{
    struct world *w = t->w;
    struct wf_buf text = WF_BUF_INIT(w->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    const struct wf_person *person, *to;

    WORLD_OK(w, wf_person_find_login(&t->call, login, &person, &w->err));
    WORLD_OK(w, wf_person_find_login(&t->call, heir, &to, &w->err));
    return wf_handover(&t->flow, person->id, to->id, &out, &w->err);
}

/* With `stays` they are not set inactive. */
static bool leave(struct turn *t, const char *login, const char *heir,
                  bool stays)
{
    struct world *w = t->w;
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    wf_id ignored;

    if (!wf_save_begin(w->db, &save, &w->err)
        || (heir && !hand_over(t, login, heir)))
        return false;
    return (stays
            || (wf_person_edit(&t->call, login,
                               world_parse(w, "{\"active\":false}"), &ignored,
                               &w->err)
                && wf_leavers_settle(&t->flow, &w->err)))
           && wf_save_keep(&save, &w->err);
}

bool world_hand_over(struct world *w, const char *login, const char *heir)
{
    struct turn t;
    bool ok;

    world_turn_begin(&t, w, "boss");
    ok = leave(&t, login, heir, true);
    wf_flow_end(&t.flow);
    return ok;
}

bool world_leave(struct world *w, const char *login, const char *heir)
{
    struct turn t;
    bool ok;

    world_turn_begin(&t, w, "boss");
    ok = leave(&t, login, heir, false);
    wf_flow_end(&t.flow);
    return ok;
}

static bool come_back(struct turn *t, const char *login)
{
    struct world *w = t->w;
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    wf_id ignored;

    return wf_save_begin(w->db, &save, &w->err)
           && wf_person_edit(&t->call, login,
                             world_parse(w, "{\"active\":true}"), &ignored,
                             &w->err)
           && wf_save_keep(&save, &w->err);
}

bool world_come_back(struct world *w, const char *login)
{
    struct turn t;
    bool ok;

    world_turn_begin(&t, w, "boss");
    ok = come_back(&t, login);
    wf_flow_end(&t.flow);
    return ok;
}
