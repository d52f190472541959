/* api/audit.c - what was done here and by whom, for whoever watches over it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/privacy.h>

#include "api/params.h"
#include "api/turn.h"
#include "base/date.h"
#include "base/error.h"
#include "doc/audit.h"
#include "org/company.h"

enum {
    DAYS_USUAL = 30,
    DAYS_MAX = 366
};

struct question {
    const weft_param *params;
    size_t n;
};

/* Parameters as they were written; NULL: not said. */
struct asked {
    const char *from, *to, *person, *form, *engine, *format;
    struct wf_page page;
};

static const char **member_of(struct asked *asked, const char *name)
{
    const struct {
        const char *name, **member;
    } own[] = {
        { "from", &asked->from },     { "to", &asked->to },
        { "person", &asked->person }, { "form", &asked->form },
        { "engine", &asked->engine }, { "format", &asked->format },
    };

    for (size_t i = 0; i < WF_COUNT(own); i++)
        if (wf_streq(own[i].name, name))
            return own[i].member;
    return NULL;
}

static bool read_params(struct wf_turn *turn, const struct question *question,
                        struct asked *out, weft_error *err)
{
    struct wf_arena *arena = turn->call.arena;
    weft_param *rest = WF_NEW_N(arena, weft_param, question->n);
    struct wf_params params;
    size_t n = 0;

    *out = (struct asked){ .from = NULL };
    for (size_t i = 0; i < question->n; i++) {
        const char **member = member_of(out, question->params[i].name);

        if (member)
            *member = question->params[i].value;
        else
            rest[n++] = question->params[i];
    }
    if (!wf_params_read(arena, rest, n, WF_PARAMS_PAGE, &params, err))
        return false;
    out->page = (struct wf_page){ params.query.cursor, params.query.limit };
    return true;
}

/* --- What is asked for */

static bool read_day(const char *text, int32_t *day, weft_error *err)
{
    return !text || wf_date_parse(wf_str_of(text), day)
           || wf_fail(err, WEFT_E_MALFORMED,
                      "\"%.100s\" is no day; write it as 2026-10-31.", text);
}

/* The days from and to, both included, where the company is. */
static bool read_days(struct wf_turn *turn, const struct asked *asked,
                      struct wf_audit_query *out, weft_error *err)
{
    struct wf_company company;
    int32_t from, to = 0, of_day;

    if (!wf_company_load(&turn->call, &company, err))
        return false;
    (void)wf_zone_to_local(company.timezone, turn->call.now, &to, &of_day);
    if (!read_day(asked->to, &to, err))
        return false;
    from = to - DAYS_USUAL;
    if (!read_day(asked->from, &from, err))
        return false;
    if (to - from > DAYS_MAX)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "At most %d days are told at once.", DAYS_MAX);
    (void)wf_zone_from_local(company.timezone, from, 0, &out->from);
    (void)wf_zone_from_local(company.timezone, to + 1, 0, &out->until);
    return true;
}

static bool read_person(struct wf_turn *turn, const char *named, wf_id *out,
                        weft_error *err)
{
    struct wf_call *call = &turn->call;
    const struct wf_person *person;

    *out = 0;
    if (!named)
        return true;
    if (!wf_person_named(call, wf_json_text(call->arena, named), &person, err))
        return false;
    if (person)
        *out = person->id;
    return person
           || wf_fail(err, WEFT_E_MALFORMED, "There is nobody called \"%s\".",
                      named);
}

static bool read_words(const struct asked *asked, bool *csv, bool *engine,
                       weft_error *err)
{
    *csv = wf_streq(asked->format, "csv");
    *engine = wf_streq(asked->engine, "true");
    if (asked->format && !*csv && !wf_streq(asked->format, "json"))
        return wf_fail(err, WEFT_E_MALFORMED, "The formats are json and csv.");
    return !asked->engine || *engine || wf_streq(asked->engine, "false")
           || wf_fail(err, WEFT_E_MALFORMED,
                      "engine is true or false, not \"%s\".", asked->engine);
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wf_audit_query query = { .from = 0 };
    struct asked asked;
    bool csv;

    if (!wf_turn_watches(turn, &query.records, err)
        || !read_params(turn, with, &asked, err)
        || !read_words(&asked, &csv, &query.engine, err)
        || !read_days(turn, &asked, &query, err)
        || !read_person(turn, asked.person, &query.person, err))
        return false;
    query.form = asked.form && *asked.form ? asked.form : NULL;
    return csv ? wf_audit_csv(&turn->call, &query, &turn->body, err)
               : wf_audit_list(&turn->call, &query, &asked.page, &turn->out,
                               err);
}

weft_reply *weft_audit(weft_session *session, const weft_param *params,
                       size_t n)
{
    const struct question question = { params, n };

    return wf_question(session, WEFT_SCOPE_READ, list, &question);
}
