/* flow/verify_seats.c - what must be true of all seats and delegations.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/approval.h"
#include "flow/delegation.h"
#include "flow/verify.h"
#include "flow/vote.h"

#define LIVE "s.state IN ('open', 'waiting')"

/* The open lane in which the step of a seat is. */
#define LANE                                                                   \
    " LEFT JOIN document_lane l ON l.document = s.document"                    \
    " AND l.step = s.step AND l.state = 'open'"

static const char SQL_STRAY[] =
    "SELECT s.document FROM seat s LEFT JOIN document d ON d.id = "
    "s.document" LANE " WHERE " LIVE " AND (d.id IS NULL OR d.state <> 'open'"
    " OR coalesce(l.step, d.step) <> s.step"
    " OR CASE WHEN l.step IS NULL THEN coalesce(d.level, '')"
    " ELSE coalesce(l.level, '') END <> coalesce(s.level, ''))"
    " ORDER BY s.id LIMIT $1";

static const char SQL_OTHER_WALK[] =
    "SELECT s.document FROM seat s JOIN document d ON d.id = s.document" LANE
    " WHERE " LIVE " AND s.walk <> coalesce(l.walk, d.walk)"
    " ORDER BY s.id LIMIT $1";

static const char SQL_TWICE[] =
    "SELECT s.document FROM seat s WHERE " LIVE
    " GROUP BY s.document, s.step, s.level, s.person HAVING count(*) > 1"
    " ORDER BY s.document LIMIT $1";

static const char SQL_UNTIED[] =
    "SELECT s.document FROM seat s LEFT JOIN seat a ON a.id = s.asker"
    " WHERE " LIVE
    " AND s.asker IS NOT NULL AND s.tie <> 'beside' AND (a.id IS NULL"
    " OR a.document <> s.document OR a.step <> s.step OR a.walk <> s.walk"
    " OR coalesce(a.level, '') <> coalesce(s.level, '')"
    " OR a.state = 'closed') ORDER BY s.id LIMIT $1";

static const char SQL_GONE[] =
    "SELECT s.document FROM person p JOIN seat s ON s.person = p.id"
    " WHERE p.active = 0 AND " LIVE " ORDER BY s.id LIMIT $1";

static const char SQL_GONE_GIVER[] =
    "SELECT s.document FROM seat s JOIN person p ON p.id = s.giver"
    " WHERE p.active = 0 AND s.source = 'delegation'"
    " AND coalesce(s.tie, '') <> 'delegate' AND " LIVE
    " ORDER BY s.id LIMIT $1";

/* clang-format off */
static const struct invariant {
    const char *sql, *code, *message;
} invariants[] = {
    { SQL_STRAY, "stray-work",
      "somebody is asked for a step that it is not in." },
    { SQL_OTHER_WALK, "stray-walk",
      "somebody is asked in a walk that is over." },
    { SQL_TWICE, "asked-twice", "somebody has two seats at one place." },
    { SQL_UNTIED, "untied",
      "somebody was added to a seat that is no longer there." },
    { SQL_GONE, "gone", "somebody is asked who has left." },
    { SQL_GONE_GIVER, "gone",
      "somebody is asked in the name of one who has left." },
};
/* clang-format on */

static bool check(struct wf_call *call, const struct invariant *invariant,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, invariant->sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, WF_DIAGS_MAX);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_verify_report(call, wf_stmt_int(&q, 0), invariant->code,
                         invariant->message);
    return got == WF_FETCH_DONE;
}

bool wf_verify_seats(struct wf_call *call, weft_error *err)
{
    for (size_t i = 0; i < WF_COUNT(invariants); i++)
        if (!check(call, &invariants[i], err))
            return false;
    return wf_delegations_verify(call, err);
}

bool wf_verify_turns(struct wf_call *call, const struct wf_doc *doc,
                     weft_error *err)
{
    const struct wf_level *level = wf_approval_level(doc);
    struct wf_flow flow = { .call = call };
    struct wf_seats seats;

    if (!level)
        return true;
    if (!wf_seats_load(&flow, doc, false, &seats, err))
        return false;
    for (size_t i = 0; i < seats.n; i++)
        if (wf_seat_is_live(&seats.at[i])
            && wf_seat_has_turn(level, &seats, &seats.at[i])
                   != (seats.at[i].state == WF_SEAT_OPEN))
            wf_verify_report(call, doc->id, "turn",
                             "somebody is asked out of turn, or is not asked "
                             "though it is their turn.");
    if (wf_vote_count(level, &seats) != WF_UNDECIDED)
        wf_verify_report(call, doc->id, "decided",
                         "its level is decided, but it has not gone on.");
    return true;
}
