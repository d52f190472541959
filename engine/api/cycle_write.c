/* api/cycle_write.c - a run as JSON, and what somebody is to a cycle.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/cycle.h"
#include "api/deploy_right.h"
#include "base/error.h"
#include "org/who.h"
#include "plan/calibrate.h"
#include "plan/cycle_members.h"

/* --- Who sees it */

/* Whoever could be named for some unit: their own, or one that they head. */
static bool calibrates(struct wf_turn *turn, const struct wf_cycle *cycle,
                       bool *out, weft_error *err)
{
    static const char SQL_HEADED[] = "SELECT key FROM unit WHERE head = $1"
                                     " ORDER BY key LIMIT 1";
    struct wf_call *call = &turn->call;
    const char *unit = NULL;

    *out = false;
    if (!call->me || !cycle->calibrates)
        return true;
    {
        struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

        if (!wf_stmt_begin(call->db, SQL_HEADED, &q, err))
            return false;
        wf_stmt_bind_id(&q, 1, call->me->id);
        switch (wf_stmt_step(&q, err)) {
        case WF_FETCH_ROW:
            unit = wf_stmt_str(&q, 0, call->arena);
            break;
        case WF_FETCH_DONE:
            unit = call->me->unit_key;
            break;
        default:
            return false;
        }
    }
    for (const struct wf_calibrate *c = cycle->calibrates; c && !*out;
         c = c->next)
        if (!wf_calibrate_may(call, c, unit, out, err))
            return false;
    return true;
}

bool wf_cycle_part(struct wf_turn *turn, const struct wf_cycle *cycle,
                   struct wf_cycle_part *out, weft_error *err)
{
    const struct wf_who_context context = { &turn->call, NULL, NULL, NULL };

    *out = (struct wf_cycle_part){ .launches = turn->call.system };
    if (!turn->call.me)
        return true;
    return (out->launches
            || wf_deploy_is_mine(&turn->call, cycle->head.package->id,
                                 &out->launches, err))
           && calibrates(turn, cycle, &out->calibrates, err)
           && wf_who_includes(&context, cycle->audience, turn->call.me->id,
                              &out->member, err);
}

bool wf_cycle_is_seen(const struct wf_cycle_part *part)
{
    return part->launches || part->member || part->calibrates;
}

bool wf_cycle_open_run(struct wf_turn *turn, const char *cycle, wf_id id,
                       struct wf_cycle_open *out, weft_error *err)
{
    struct wf_cycle_part *part = &out->part;
    bool found, takes_part = false;

    if (!wf_cycle_find(&turn->call, cycle, &out->cycle, err)
        || !wf_cycle_part(turn, out->cycle, part, err)
        || !wf_run_load(&turn->call, id, &out->run, &found, err)
        || !wf_members_has_me(&turn->call, id, &takes_part, err))
        return false;
    part->member = takes_part;
    found = found && wf_streq(out->run.cycle, cycle);
    return (found && wf_cycle_is_seen(part))
           || wf_fail(err, WEFT_E_NOTFOUND, "There is no such run of \"%s\".",
                      cycle);
}

/* --- Stages */

static void write_int(struct wf_json_writer *out, const char *key, int64_t n)
{
    wf_jw_key(out, key);
    wf_jw_int(out, n);
}

/* Of an anonymous stage not even how many are in is told while it is open. */
static void write_counts(struct wf_json_writer *out,
                         const struct wf_stage_row *row,
                         const struct wf_cycle_stage *stage)
{
    write_int(out, "made", row->made);
    write_int(out, "refused", row->refused);
    if (stage && stage->anonymous && !wf_streq(row->state, "closed"))
        return;
    write_int(out, "open", row->open);
    write_int(out, "handed_in", row->handed_in);
    write_int(out, "done", row->done);
    write_int(out, "void", row->void_);
}

static void write_stage(struct wf_turn *turn, const struct wf_cycle *cycle,
                        const struct wf_stage_row *row, bool counts)
{
    const struct wf_cycle_stage *stage = wf_cycle_stage(cycle, row->times.name);
    struct wf_json_writer *out = &turn->out;

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", row->times.name);
    wf_jw_key_text(
        out, "label",
        stage ? wf_words_label(stage->words, turn->call.lang, row->times.name)
              : row->times.name);
    wf_jw_key_text_or_null(out, "form", stage ? stage->form_id : NULL);
    wf_jw_key_text(out, "state", row->state);
    wf_jw_key_time(out, "opens", row->times.opens);
    wf_jw_key_time(out, "due", row->times.due);
    wf_jw_key_time(out, "freeze", row->times.freezes);
    wf_jw_key_time(out, "reveal", row->times.reveals);
    wf_jw_key_time(out, "close", row->times.closes);
    if (counts)
        write_counts(out, row, stage);
    wf_jw_close(out, '}');
}

void wf_cycle_write_stages(struct wf_turn *turn, const struct wf_cycle *cycle,
                           const struct wf_stage_rows *rows, bool counts)
{
    wf_jw_key(&turn->out, "stages");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < rows->n; i++)
        write_stage(turn, cycle, &rows->at[i], counts);
    wf_jw_close(&turn->out, ']');
}

/* --- A run */

static const char *state_of(const struct wf_run *run,
                            const struct wf_stage_rows *rows)
{
    bool closed = rows->n > 0;

    if (!run->gathered)
        return "gathering";
    for (size_t i = 0; i < rows->n; i++) {
        if (wf_streq(rows->at[i].state, "making"))
            return "making";
        closed = closed && wf_streq(rows->at[i].state, "closed");
    }
    return closed ? "closed" : "running";
}

static void write_day(struct wf_json_writer *out, const char *key, int32_t day)
{
    char text[WF_DATE_TEXT];

    wf_date_write(day, text);
    wf_jw_key_text(out, key, text);
}

static bool write_head(struct wf_turn *turn, const struct wf_run *run,
                       const struct wf_stage_rows *rows, weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    const struct wf_person *by = NULL;

    if (run->launched_by
        && !wf_person_find(&turn->call, run->launched_by, &by, err))
        return false;
    wf_jw_key(out, "id");
    wf_jw_id(out, run->id);
    wf_jw_key_text(out, "cycle", run->cycle);
    wf_jw_key_text(out, "period", run->span.period);
    write_day(out, "start", run->span.start);
    write_day(out, "end", run->span.end);
    wf_jw_key_text(out, "state", state_of(run, rows));
    wf_jw_key_text_or_null(out, "audience", run->audience);
    wf_jw_key_time(out, "launched", run->launched);
    wf_jw_key(out, "by");
    wf_person_json(by, out);
    return true;
}

bool wf_cycle_write_run(struct wf_turn *turn, const struct wf_cycle_open *open,
                        weft_error *err)
{
    const struct wf_run *run = &open->run;
    bool counts = open->part.launches;
    struct wf_stage_rows rows;
    int64_t people;

    if (!wf_stage_rows(&turn->call, run->id, counts, &rows, err)
        || !wf_members_count(&turn->call, run->id, &people, err))
        return false;
    wf_jw_open(&turn->out, '{');
    if (!write_head(turn, run, &rows, err))
        return false;
    if (counts)
        write_int(&turn->out, "people", people);
    wf_cycle_write_stages(turn, open->cycle, &rows, counts);
    if (!wf_members_write_mine(&turn->call, run->id, &turn->out, err))
        return false;
    wf_jw_close(&turn->out, '}');
    return true;
}
