/* api/report.c - reports and dashboards are asked.
 *
 * Numbers with a floor are worked out on a snapshot like any others, and kept
 * for good by a command before anybody is shown them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/report.h>

#include "api/command.h"
#include "api/session.h"
#include "base/error.h"
#include "report/export.h"
#include "report/floor.h"

struct question {
    const char *id;
    const weft_param *params;
    size_t n;
};

/* --- Parameters */

/* "key[GROUP]" */
static bool read_key(struct wf_arena *arena, const weft_param *param,
                     struct wf_report_ask *out)
{
    size_t len = strlen(param->name);

    if (!wf_str_starts(param->name, "key[") || param->name[len - 1] != ']'
        || out->n_keys == WF_COUNT(out->keys))
        return false;
    out->keys[out->n_keys].group =
        wf_arena_slice(arena, (struct wf_str){ param->name + 4, len - 5 });
    out->keys[out->n_keys++].value = param->value;
    return true;
}

static bool read_limit(const weft_param *param, struct wf_report_ask *out)
{
    int64_t limit;

    if (!wf_str_to_int(wf_str_of(param->value), &limit) || limit < 1
        || limit > 200)
        return false;
    out->limit = (int)limit;
    return true;
}

/* `pages`: whether documents are asked for. */
static bool read_one(struct wf_arena *arena, const weft_param *param,
                     bool pages, struct wf_report_ask *out,
                     enum wf_format *format)
{
    if (wf_streq(param->name, "period"))
        out->period = param->value;
    else if (wf_streq(param->name, "unit"))
        out->unit = param->value;
    else if (format && wf_streq(param->name, "format"))
        return wf_format_of(param->value, format);
    else if (pages && wf_streq(param->name, "cursor"))
        out->cursor = param->value;
    else if (pages && wf_streq(param->name, "limit"))
        return read_limit(param, out);
    else
        return pages && read_key(arena, param, out);
    return true;
}

static bool read_ask(struct wf_arena *arena, const struct question *asked,
                     bool pages, struct wf_report_ask *out,
                     enum wf_format *format, weft_error *err)
{
    *out = (struct wf_report_ask){ .limit = 0 };
    for (size_t i = 0; i < asked->n; i++) {
        bool twice = false;

        for (size_t k = 0; k < i; k++)
            twice =
                twice || wf_streq(asked->params[k].name, asked->params[i].name);
        if (twice || !read_one(arena, &asked->params[i], pages, out, format))
            return wf_fail(err, WEFT_E_MALFORMED,
                           "The parameter \"%s\" is unknown, repeated or has "
                           "a value that cannot be.",
                           asked->params[i].name);
    }
    return true;
}

/* --- Numbers that are to be kept before they are shown */

/* One report and period of them. */
struct unkept {
    const char *id, *period, *numbers;
};

static bool keep(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct unkept *unkept = with;
    const struct wf_report_ask ask = { .period = unkept->period };
    const struct wf_report *report;

    return wf_report_open(&turn->call, unkept->id, &report, err)
           && wf_floor_keep(&turn->call, report, &ask, unkept->numbers, err);
}

/* Works out what is not kept; the body stays empty if nothing is to be. */
static bool work_out(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *asked = with;
    struct wf_report_ask ask;
    const struct wf_report *report;
    enum wf_format format;
    weft_error found = *err;
    bool kept = true;

    if (!read_ask(turn->call.arena, asked, false, &ask, &format, err)
        || !wf_report_open(&turn->call, asked->id, &report, err))
        return false;
    if (!report->floor)
        return true;
    if (!wf_floor_is_kept(&turn->call, report, &ask, &kept, &found))
        return true; /* what follows says why */
    return kept
           || wf_floor_work_out(&turn->call, report, &ask, &turn->body, err);
}

static const char *period_in(const struct question *asked)
{
    for (size_t i = 0; i < asked->n; i++)
        if (wf_streq(asked->params[i].name, "period"))
            return asked->params[i].value;
    return NULL;
}

static void settle(weft_session *session, const struct question *asked)
{
    static const struct wf_asker the_engine = { .system = true };
    weft_reply *reply = wf_question(session, WEFT_SCOPE_READ, work_out, asked);
    weft_command *command;
    struct unkept *unkept;

    if (!weft_reply_error(reply) && reply->len > 0) {
        command = wf_command_as(session->engine, &the_engine, keep);
        unkept = WF_NEW(command->arena, struct unkept);
        unkept->id = wf_arena_str(command->arena, asked->id);
        unkept->period = wf_arena_str(command->arena, period_in(asked));
        unkept->numbers = wf_arena_mem(command->arena, reply->body, reply->len);
        command->with = unkept;
        weft_reply_free(weft_run(command)); /* what failed is said below */
    }
    weft_reply_free(reply);
}

/* --- Questions */

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_report_list(&turn->call, with, &turn->out, err);
}

weft_reply *weft_report_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list, "report");
}

weft_reply *weft_dashboard_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list, "dashboard");
}

static bool write_file(struct wf_turn *turn, const struct wf_report *report,
                       const struct wf_report_ask *ask, enum wf_format format,
                       weft_error *err)
{
    struct wf_table *table;
    const struct wf_table *tables[1];

    if (!wf_report_table(&turn->call, report, ask, &table, err))
        return false;
    tables[0] = table;
    if (format == WF_FORMAT_XLSX)
        return wf_xlsx_write(tables, 1, report->form->package->timezone,
                             &turn->body, err);
    wf_csv_write(table, &turn->body);
    return true;
}

static bool get(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *asked = with;
    enum wf_format format = WF_FORMAT_JSON;
    const struct wf_report *report;
    struct wf_report_ask ask;

    if (!read_ask(turn->call.arena, asked, false, &ask, &format, err)
        || !wf_report_open(&turn->call, asked->id, &report, err))
        return false;
    if (format != WF_FORMAT_JSON)
        return write_file(turn, report, &ask, format, err);
    return wf_report_answer(&turn->call, report, &ask, turn->engine->reports,
                            &turn->out, err);
}

weft_reply *weft_report_get(weft_session *session, const char *id,
                            const weft_param *params, size_t n)
{
    const struct question question = { id, params, n };

    settle(session, &question);
    return wf_question(session, WEFT_SCOPE_READ, get, &question);
}

static bool documents(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *asked = with;
    const struct wf_report *report;
    struct wf_report_ask ask;

    return read_ask(turn->call.arena, asked, true, &ask, NULL, err)
           && wf_report_open(&turn->call, asked->id, &report, err)
           && wf_report_documents(&turn->call, report, &ask, &turn->out, err);
}

weft_reply *weft_report_documents(weft_session *session, const char *id,
                                  const weft_param *params, size_t n)
{
    const struct question question = { id, params, n };

    return wf_question(session, WEFT_SCOPE_READ, documents, &question);
}

/* --- Dashboards */

static bool show(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *asked = with;
    const struct wf_dashboard *board;
    struct wf_report_ask ask;

    return read_ask(turn->call.arena, asked, false, &ask, NULL, err)
           && wf_dashboard_open(&turn->call, asked->id, &board, err)
           && wf_dashboard_answer(&turn->call, board, &ask,
                                  turn->engine->reports, &turn->out, err);
}

/* The ids of its reports with a floor, by blanks. */
static bool floors(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *asked = with;
    const struct wf_dashboard *board;

    if (!wf_dashboard_open(&turn->call, asked->id, &board, err))
        return false;
    for (const struct wf_part *part = board->parts; part; part = part->next) {
        weft_error none = *err;
        const struct wf_report *report;

        if (part->kind == WF_PART_REPORT
            && wf_report_open(&turn->call, part->ref, &report, &none)
            && report->floor)
            wf_buf_printf(&turn->body, "%s ", part->ref);
    }
    return true;
}

weft_reply *weft_dashboard_get(weft_session *session, const char *id,
                               const weft_param *params, size_t n)
{
    const struct question question = { id, params, n };
    weft_reply *reply =
        wf_question(session, WEFT_SCOPE_READ, floors, &question);
    struct wf_str rest = { reply->body, reply->len }, word;

    while (!weft_reply_error(reply) && wf_str_split(&rest, ' ', &word)) {
        struct question one = { wf_arena_slice(reply->arena, word), params, n };

        if (word.len)
            settle(session, &one);
    }
    weft_reply_free(reply);
    return wf_question(session, WEFT_SCOPE_READ, show, &question);
}
