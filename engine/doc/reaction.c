/* doc/reaction.c - reactions beside a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/reaction.h"

#include "base/error.h"
#include "base/text.h"

static const char SQL_ADD[] =
    "INSERT INTO reaction (document, person, emoji, at)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
static const char SQL_TAKE_BACK[] =
    "DELETE FROM reaction WHERE document = $1 AND person = $2 AND emoji = $3";
static const char SQL_LIST[] =
    "SELECT emoji, count(*), sum(CASE WHEN person = $2 THEN 1 ELSE 0 END)"
    " FROM reaction WHERE document = $1"
    " GROUP BY emoji ORDER BY count(*) DESC, emoji";
static const char SQL_REMOVE[] = "DELETE FROM reaction WHERE document = $1";

bool wf_reaction_set(struct wf_call *call, const struct wf_doc *doc,
                     const struct wf_rights *rights, const char *emoji, bool on,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!call->me || !(rights->rights & WF_RIGHT_COMMENT))
        return wf_fail(err, WEFT_E_DENIED, "You may not comment on this.");
    if (!wf_text_is_emoji(emoji)) {
        wf_diag_field(call->findings, "emoji", "type",
                      "A reaction is one emoji.");
        return wf_fail(err, WEFT_E_INVALID, "A reaction is one emoji.");
    }
    if (!wf_stmt_begin(call->db, on ? SQL_ADD : SQL_TAKE_BACK, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_id(&q, 2, call->me->id);
    wf_stmt_bind_text(&q, 3, emoji);
    if (on)
        wf_stmt_bind_int(&q, 4, call->now);
    return wf_stmt_run(&q, err);
}

static void write(struct wf_stmt *q, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "emoji", wf_stmt_text(q, 0));
    wf_jw_key(out, "count");
    wf_jw_int(out, wf_stmt_int(q, 1));
    wf_jw_key(out, "mine");
    wf_jw_bool(out, wf_stmt_int(q, 2) > 0);
    wf_jw_close(out, '}');
}

bool wf_reaction_list(struct wf_call *call, const struct wf_doc *doc,
                      struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, call->me ? call->me->id : 0);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        write(&q, out);
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return fetch == WF_FETCH_DONE;
}

bool wf_reactions_remove(struct wf_call *call, wf_id document, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_REMOVE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    return wf_stmt_run(&q, err);
}
