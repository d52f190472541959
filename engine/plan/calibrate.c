/* plan/calibrate.c - who calibrates what, and when; the values of a run.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/calibrate.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/when.h"
#include "org/who.h"

static const char SQL_VALUES[] =
    "SELECT x.person, p.login, p.name, u.key, u.name, d.id, d.state, f.text,"
    " f.num, d.overrides FROM stage s"
    " JOIN stage_document x ON x.stage = s.id"
    " JOIN document d ON d.id = x.document JOIN person p ON p.id = x.person"
    " LEFT JOIN unit u ON u.id = p.unit"
    " LEFT JOIN field_index f ON f.document = d.id AND f.field = $3"
    " AND f.row = 0 WHERE s.run = $1 AND d.family = $2 AND d.state <> 'void'"
    " AND ($4 = '' OR u.key = $4) AND x.person <> $6"
    " ORDER BY u.key NULLS LAST, p.login, d.id LIMIT $5";

/* --- Who */

/* The words with the group's unit where `unit` stands. */
static const struct wf_who *about(struct wf_arena *arena,
                                  const struct wf_who *who, const char *unit)
{
    struct wf_who *copy;

    if (!who)
        return NULL;
    copy = WF_NEW(arena, struct wf_who);
    *copy = *who;
    if (who->kind == WF_WHO_UNIT_KEY && wf_streq(who->name, "unit"))
        copy->name = unit;
    copy->left = about(arena, who->left, unit);
    copy->right = about(arena, who->right, unit);
    copy->arg = about(arena, who->arg, unit);
    return copy;
}

bool wf_calibrate_may(struct wf_call *call,
                      const struct wf_calibrate *calibrate, const char *unit,
                      bool *out, weft_error *err)
{
    const struct wf_who_context context = { call, NULL, NULL, NULL };

    *out = call->system;
    if (*out || !call->me)
        return true;
    return wf_who_includes(&context,
                           about(call->arena, calibrate->by, unit ? unit : ""),
                           call->me->id, out, err);
}

/* --- When */

void wf_calibrate_times(const struct wf_call *call,
                        const struct wf_cycle *cycle, const struct wf_run *run,
                        const struct wf_calibrate *calibrate, int64_t *opens,
                        int64_t *due)
{
    struct wf_calendar calendar =
        wf_registry_calendar(call->registry, cycle->head.package);
    const struct wf_when_base base = { .now = call->now,
                                       .start = run->span.start,
                                       .end = run->span.end };
    struct wf_when_base behind = base;
    struct wf_stage_times times = { .id = 0 };

    *opens = calibrate->opens
                 ? wf_when_of(&calendar, &base, calibrate->opens, WF_DAY_BEGINS)
                 : 0;
    times.opens = *opens;
    behind.stage = &times;
    *due = calibrate->due
               ? wf_when_of(&calendar, &behind, calibrate->due, WF_DAY_ENDS)
               : 0;
}

static bool check_time(const struct wf_call *call, const struct wf_cycle *cycle,
                       const struct wf_run *run,
                       const struct wf_calibrate *calibrate, weft_error *err)
{
    int64_t opens, due;

    wf_calibrate_times(call, cycle, run, calibrate, &opens, &due);
    if (opens && call->now < opens)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This calibration has not begun yet.");
    return !due || call->now <= due
           || wf_fail(err, WEFT_E_CONFLICT, "This calibration is over.");
}

/* --- Whether */

static bool unit_of(struct wf_call *call, const struct wf_doc *doc,
                    const char **out, weft_error *err)
{
    const struct wf_person *person = NULL;

    if (doc->subject && !wf_person_find(call, doc->subject, &person, err))
        return false;
    *out = person ? person->unit_key : NULL;
    return true;
}

static bool refuse(weft_error *err)
{
    return wf_fail(err, WEFT_E_DENIED,
                   "No calibration lets you set this value.");
}

bool wf_calibrate_allows(struct wf_call *call, const struct wf_doc *doc,
                         const char *field, weft_error *err)
{
    const struct wf_cycle *cycle;
    struct wf_run run;
    const char *unit;
    bool found;

    if (!doc->stage || doc->state == WF_VOID || doc->veil)
        return refuse(err);
    if (call->me && doc->subject == call->me->id)
        return wf_fail(err, WEFT_E_DENIED,
                       "Nobody calibrates themselves: this is about you.");
    if (!wf_run_load(call, doc->stage->run, &run, &found, err)
        || !unit_of(call, doc, &unit, err))
        return false;
    cycle = found ? (const struct wf_cycle *)(const void *)wf_registry_find(
                call->registry, "cycle", run.cycle)
                  : NULL;
    for (const struct wf_calibrate *c = cycle ? cycle->calibrates : NULL; c;
         c = c->next) {
        const struct wf_form *form =
            wf_registry_form(call->registry, c->form_id);
        bool may;

        if (!wf_streq(c->field, field) || !form
            || !wf_streq(form->family, doc->form->family))
            continue;
        if (!wf_calibrate_may(call, c, unit, &may, err))
            return false;
        if (may)
            return check_time(call, cycle, &run, c, err);
    }
    return refuse(err);
}

/* --- The values */

static struct wf_json *value_of(struct wf_arena *arena, struct wf_stmt *q)
{
    if (!wf_stmt_is_null(q, 7))
        return wf_json_text(arena, wf_stmt_str(q, 7, arena));
    if (!wf_stmt_is_null(q, 8))
        return wf_json_number(arena, wf_stmt_real(q, 8));
    return NULL;
}

static bool read_row(struct wf_call *call, struct wf_stmt *q,
                     const struct wf_calibrate *calibrate,
                     struct wf_calibrated *out, weft_error *err)
{
    struct wf_json *overrides = NULL;
    const struct wf_json *one;

    *out = (struct wf_calibrated){
        .person = wf_stmt_int(q, 0),
        .document = wf_stmt_int(q, 5),
        .login = wf_stmt_str(q, 1, call->arena),
        .name = wf_stmt_str(q, 2, call->arena),
        .unit = wf_stmt_str(q, 3, call->arena),
        .unit_name = wf_stmt_str(q, 4, call->arena),
        .state = wf_stmt_str(q, 6, call->arena),
        .value = value_of(call->arena, q),
    };
    out->before = out->value;
    if (wf_stmt_is_null(q, 9))
        return true;
    if (!wf_json_read_stored(call->arena, wf_stmt_text(q, 9), &overrides, err))
        return false;
    one = wf_json_get(overrides, calibrate->field);
    if (!one)
        return true;
    out->before = wf_json_get(one, "computed");
    out->reason = wf_json_str(wf_json_get(one, "reason"));
    return true;
}

bool wf_calibrateds(struct wf_call *call, const struct wf_run *run,
                    const struct wf_calibrate *calibrate, const char *unit,
                    struct wf_calibrateds *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct wf_form *form =
        wf_registry_form(call->registry, calibrate->form_id);
    enum wf_fetch got;

    *out = (struct wf_calibrateds){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, SQL_VALUES, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run->id);
    wf_stmt_bind_text(&q, 2, form ? form->family : calibrate->form_id);
    wf_stmt_bind_text(&q, 3, calibrate->field);
    wf_stmt_bind_text(&q, 4, unit ? unit : "");
    wf_stmt_bind_int(&q, 5, WF_CALIBRATED_MAX + 1);
    wf_stmt_bind_int(&q, 6, call->me ? call->me->id : 0);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (!read_row(call, &q, calibrate, WF_PUSH(call->arena, out), err))
            return false;
    if (got == WF_FETCH_DONE && out->n > WF_CALIBRATED_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "These are more than %d people: name a unit.",
                       WF_CALIBRATED_MAX);
    return got == WF_FETCH_DONE;
}
