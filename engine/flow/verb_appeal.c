/* flow/verb_appeal.c - appeal: from an end, against a value of the document, by
 * a document of its own under it, with a chain and a clock of its own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/access.h"
#include "doc/when.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/verb.h"
#include "store/ground.h"

static const char SQL_OPEN[] =
    "SELECT 1 FROM document d WHERE d.parent = $1 AND d.state = 'open'"
    " AND d.family = $2 LIMIT 1";

/* --- Until when */

/* When it came to its end. */
static int64_t ended_at(const struct wf_doc *doc)
{
    const char *text = wf_approval_kept(doc, "ended");
    int64_t ms;

    return text && wf_time_parse(wf_str_of(text), &ms) ? ms : doc->updated;
}

/* 0: there is no end to it. It runs from the reveal of the stage that made the
 * document, or from its end, whichever is later. */
int64_t wf_appeal_until(const struct wf_call *call, const struct wf_doc *doc)
{
    const struct wf_appeal *appeal = doc->form->access.appeal;
    struct wf_calendar calendar;
    int64_t from = ended_at(doc);

    if (!appeal || !appeal->within.n)
        return 0;
    if (doc->stage && doc->stage->reveals > from)
        from = doc->stage->reveals;
    calendar = wf_when_calendar(call, doc);
    return wf_calendar_shift(&calendar, from, appeal->within, false);
}

/* --- May they? */

static bool is_open(struct wf_deed *deed, const struct wf_appeal *appeal,
                    bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct wf_form *form =
        wf_registry_form(deed->flow->call->registry, appeal->form);
    enum wf_fetch got;

    if (!wf_stmt_begin(deed->flow->call->db, SQL_OPEN, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, deed->doc->id);
    wf_stmt_bind_text(&q, 2, form ? form->family : appeal->form);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

static bool not_revealed(weft_error *err)
{
    return wf_fail(err, WEFT_E_CONFLICT,
                   "This has not been revealed yet: there is nothing to "
                   "appeal against.");
}

/* Nobody appeals against what they do not see. */
static bool check_sight(struct wf_deed *deed, const struct wf_appeal *appeal,
                        weft_error *err)
{
    const struct wf_form *form = deed->doc->form;
    struct wf_rights rights;

    if (!wf_access_decide(deed->flow->call, deed->doc, &rights, err))
        return false;
    return wf_rights_see(&rights, form, appeal->field) || not_revealed(err);
}

static bool check_time(struct wf_deed *deed, weft_error *err)
{
    struct wf_call *call = deed->flow->call;
    const struct wf_doc *doc = deed->doc;
    int64_t until = wf_appeal_until(call, doc);
    struct wf_calendar calendar = wf_when_calendar(call, doc);
    char date[WF_DATE_TEXT];
    int32_t day = 0, of_day;

    if (doc->stage && doc->stage->reveals && !wf_stage_revealed(call, doc))
        return not_revealed(err);
    wf_db_rest_on(call->db, WF_GROUND_OTHER); /* on the clock */
    if (!until || call->now <= until)
        return true;
    (void)wf_zone_to_local(calendar.zone, until, &day, &of_day);
    wf_date_write(day, date);
    return wf_fail(err, WEFT_E_CONFLICT,
                   "The time to appeal ended on %s at %02d:%02d.", date,
                   of_day / 3600000, of_day / 60000 % 60);
}

bool wf_may_appeal(struct wf_deed *deed, weft_error *err)
{
    const struct wf_appeal *appeal = deed->doc->form->access.appeal;
    bool may = false, open;

    if (!appeal)
        return wf_fail(err, WEFT_E_DENIED,
                       "Documents of this form are not appealed against.");
    if (deed->flow->call->system)
        return wf_fail(err, WEFT_E_DENIED,
                       "An appeal is somebody's: the engine makes none.");
    if (!wf_ask_is_one_of(deed->flow, deed->doc, appeal->by, &may, err))
        return false;
    if (!may)
        return wf_fail(err, WEFT_E_DENIED,
                       "You may not appeal against this document.");
    if (deed->doc->state != WF_DONE)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This document is void: there is nothing to appeal "
                       "against.");
    if (!check_sight(deed, appeal, err) || !check_time(deed, err)
        || !is_open(deed, appeal, &open, err))
        return false;
    return !open
           || wf_fail(err, WEFT_E_CONFLICT,
                      "An appeal against this document is under way already.");
}

/* --- Taking it */

bool wf_verb_appeal(struct wf_deed *deed, weft_error *err)
{
    struct wf_flow *flow = deed->flow;
    struct wf_creation creation = { .data = deed->act->data,
                                    .parent = deed->doc->id,
                                    .subject = deed->doc->subject,
                                    .wanted = true };
    struct wf_doc *made;

    return wf_flow_pick_form(flow, deed->doc->form->access.appeal->form,
                             &creation.form, err)
           && wf_flow_create(flow, &creation, &made, err);
}
