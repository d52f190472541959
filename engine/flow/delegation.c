/* flow/delegation.c - who stands in for whom today.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/delegation.h"

#include "base/date.h"
#include "base/error.h"
#include "doc/fields.h"
#include "flow/ask.h"
#include "flow/delegation_rows.h"
#include "flow/verb.h"
#include "org/idmap.h"
#include "store/ahead.h"

static const char SQL_OF_GIVER[] =
    "SELECT id, giver, taker, since, until, forms FROM delegation"
    " WHERE giver = $1 AND until >= $2 AND ended IS NULL ORDER BY id";

bool wf_delegations_load(struct wf_call *call, const char *sql, wf_id person,
                         const char *day, struct wf_delegations *out,
                         weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = call->arena;
    enum wf_fetch got;

    *out = (struct wf_delegations){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, person);
    wf_stmt_bind_text(&q, 2, day);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_json *forms;

        if (!wf_json_read_stored(arena, wf_stmt_text(&q, 5), &forms, err))
            return false;
        *WF_PUSH(arena, out) = (struct wf_delegation){
            .id = wf_stmt_int(&q, 0),
            .giver = wf_stmt_int(&q, 1),
            .taker = wf_stmt_int(&q, 2),
            .since = wf_stmt_str(&q, 3, arena),
            .until = wf_stmt_str(&q, 4, arena),
            .forms = forms,
        };
    }
    return got == WF_FETCH_DONE;
}

const char *wf_delegation_today(struct wf_call *call, const char *zone)
{
    char *text = wf_arena_alloc(call->arena, WF_DATE_TEXT);
    int32_t day = 0, ms;

    (void)wf_zone_to_local(zone ? zone : "Etc/GMT+12", call->now, &day, &ms);
    wf_date_write(day, text);
    return text;
}

/* Whether it is for documents of this form, or of a base of it. */
static bool covers(struct wf_call *call, const struct wf_delegation *delegation,
                   const struct wf_form *form)
{
    size_t n = wf_json_len(delegation->forms);

    for (size_t i = 0; i < n; i++)
        if (wf_form_is_of(call->registry, form,
                          wf_json_str(delegation->forms->u.array.at[i])))
            return true;
    return n == 0;
}

/* The one that holds today for `giver`; one that names the form goes before
 * one for all. */
static bool find(struct wf_call *call, const struct wf_doc *doc, wf_id giver,
                 const struct wf_delegation **out, weft_error *err)
{
    const char *today = wf_delegation_today(call, doc->form->package->timezone);
    struct wf_delegations all;

    *out = NULL;
    if (!wf_delegations_load(call, SQL_OF_GIVER, giver,
                             wf_delegation_today(call, NULL), &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct wf_delegation *at = &all.at[i];

        if (strcmp(at->since, today) <= 0 && strcmp(at->until, today) >= 0
            && covers(call, at, doc->form)
            && (!*out
                || (wf_json_len((*out)->forms) == 0
                    && wf_json_len(at->forms) > 0)))
            *out = at;
    }
    return true;
}

bool wf_delegation_ahead(struct wf_call *call, wf_id giver, weft_error *err)
{
    struct wf_stmt q = WF_STMT_INIT;

    if (!giver || !wf_db_asks_ahead(call->db))
        return true;
    if (!wf_stmt_begin(call->db, SQL_OF_GIVER, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, giver);
    wf_stmt_bind_text(&q, 2, wf_delegation_today(call, NULL));
    return wf_stmt_ahead(&q, err);
}

/* Whoever has left decides nothing, and nobody what is their own. */
static bool may_take(struct wf_call *call, const struct wf_doc *doc,
                     wf_id taker, bool *out, weft_error *err)
{
    const struct wf_person *person;

    if (!wf_person_find(call, taker, &person, err))
        return false;
    *out = person && person->active && !wf_is_own(doc, taker);
    return true;
}

/* What somebody has begun and not handed on is nobody else's. */
static bool is_own_draft(const struct wf_doc *doc, wf_id person)
{
    const struct wf_person maker = { .id = person };

    return doc->creator == person && wf_is_draft(doc, &maker);
}

/* A substitute's substitute, and so on, however many; circles are refused when
 * they are made, and end here whatever the store says. */
bool wf_delegation_taker(struct wf_flow *flow, const struct wf_doc *doc,
                         wf_id person, wf_id *taker, weft_error *err)
{
    struct wf_idset passed = { 0 };
    bool may = !is_own_draft(doc, person);

    *taker = person;
    for (wf_id next = person;
         may && wf_idset_add(flow->call->arena, &passed, next);) {
        const struct wf_delegation *found;

        *taker = next;
        if (!find(flow->call, doc, next, &found, err))
            return false;
        if (!found)
            return true;
        next = found->taker;
        if (!may_take(flow->call, doc, next, &may, err))
            return false;
    }
    return true;
}
