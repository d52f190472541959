/* api/people.c - the organisation, looked at and imported.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/organisation.h>

#include "api/command.h"
#include "api/params.h"
#include "base/date.h"
#include "base/error.h"
#include "doc/history.h"
#include "flow/leaver.h"
#include "org/import.h"
#include "org/past.h"

struct asked {
    const weft_param *params;
    size_t n;
    const char *id;
};

/* --- Looking */

static bool list_people(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_params params;
    struct wf_people_query query;

    if (!wf_params_read(turn->call.arena, asked->params, asked->n,
                        WF_PARAMS_PAGE | WF_PARAMS_PEOPLE, &params, err))
        return false;
    query = (struct wf_people_query){ params.query.search, params.query.unit,
                                      params.query.cursor, params.query.limit };
    return wf_people_list(&turn->call, &query, &turn->out, err);
}

weft_reply *weft_people_list(weft_session *session, const weft_param *params,
                             size_t n)
{
    struct asked asked = { .params = params, .n = n };

    return wf_question(session, WEFT_SCOPE_READ, list_people, &asked);
}

static void write_person(struct wf_json_writer *out,
                         const struct wf_person *person,
                         const struct wf_person *manager)
{
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", person->id);
    wf_jw_key_text(out, "login", person->login);
    wf_jw_key_text(out, "name", person->name);
    wf_jw_key_text_or_null(out, "unit", person->unit_key);
    wf_jw_key_text_or_null(out, "title", person->title);
    wf_jw_key(out, "manager");
    wf_person_json(manager, out);
    wf_jw_key(out, "active");
    wf_jw_bool(out, person->active);
    wf_jw_close(out, '}');
}

static bool find_person(struct wf_turn *turn, const char *id,
                        const struct wf_person **out, weft_error *err)
{
    if (!wf_person_named(&turn->call, wf_json_text(turn->call.arena, id), out,
                         err))
        return false;
    return *out
           || wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                      id);
}

static bool get_person(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    const struct wf_person *person, *manager = NULL;

    if (!find_person(turn, asked->id, &person, err))
        return false;
    if (person->manager
        && !wf_person_find(&turn->call, person->manager, &manager, err))
        return false;
    write_person(&turn->out, person, manager);
    return true;
}

weft_reply *weft_person_get(weft_session *session, const char *id)
{
    struct asked asked = { .id = id };

    return wf_question(session, WEFT_SCOPE_READ, get_person, &asked);
}

/* --- On a day. */

static bool check_day(const char *day, weft_error *err)
{
    int32_t number;

    return wf_date_parse(wf_str_of(day), &number)
           || wf_fail(err, WEFT_E_MALFORMED,
                      "\"%s\" is no day. Write it as 2026-10-12.", day);
}

struct day_asked {
    const char *id, *day;
};

static bool get_person_on(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    const struct day_asked *asked = with;
    const struct wf_person *person;

    return check_day(asked->day, err)
           && find_person(turn, asked->id, &person, err)
           && wf_person_on(&turn->call, person, asked->day, &turn->out, err);
}

weft_reply *weft_person_on(weft_session *session, const char *id,
                           const char *day)
{
    struct day_asked asked = { id, day };

    return wf_question(session, WEFT_SCOPE_READ, get_person_on, &asked);
}

static bool list_lines(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_lines_query query = { .day = NULL };
    struct wf_params params;

    if (!wf_params_read(turn->call.arena, asked->params, asked->n,
                        WF_PARAMS_PAGE | WF_PARAMS_LINES, &params, err)
        || (params.on && !check_day(params.on, err))
        || !find_person(turn, asked->id, &query.person, err))
        return false;
    query.day = params.on;
    query.below = params.below;
    query.cursor = params.query.cursor;
    query.limit = params.query.limit;
    return wf_person_lines(&turn->call, &query, &turn->out, err);
}

weft_reply *weft_person_lines(weft_session *session, const char *id,
                              const weft_param *params, size_t n)
{
    struct asked asked = { params, n, id };

    return wf_question(session, WEFT_SCOPE_READ, list_lines, &asked);
}

static bool list_units(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return wf_units_list(&turn->call, &turn->out, err);
}

weft_reply *weft_unit_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list_units, NULL);
}

static bool list_roles(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return wf_roles_list(&turn->call, &turn->out, err);
}

weft_reply *weft_role_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list_roles, NULL);
}

/* --- Importing */

typedef bool import_fn(struct wf_call *call, const char *csv, size_t len,
                       bool check, struct wf_import_result *out,
                       weft_error *err);

static const struct kind {
    const char *name;
    import_fn *run;
} kinds[] = {
    { "people", wf_import_people },
    { "units", wf_import_units },
    { "history", wf_import_history },
};

struct order {
    const struct kind *kind;
    const char *csv;
    size_t len;
    bool check;
};

static bool record(struct wf_turn *turn, const struct order *order,
                   weft_error *err)
{
    struct wf_event event = { .kind = "import", .comment = order->kind->name };

    return order->check || wf_history_add(&turn->call, &event, err);
}

static void write_count(struct wf_json_writer *out, const char *key, int64_t n)
{
    wf_jw_key(out, key);
    wf_jw_int(out, n);
}

static bool import(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct order *order = with;
    struct wf_import_result result;

    if (!wf_turn_administers(turn, err)
        || !order->kind->run(&turn->call, order->csv, order->len, order->check,
                             &result, err)
        || !record(turn, order, err)
        || (!order->check && !wf_leavers_settle(&turn->flow, err)))
        return false;
    wf_jw_open(&turn->out, '{');
    write_count(&turn->out, "rows", result.n_rows);
    write_count(&turn->out, "added", result.n_added);
    write_count(&turn->out, "changed", result.n_changed);
    write_count(&turn->out, "same", result.n_same);
    write_count(&turn->out, "left", result.n_left);
    if (result.differences) {
        wf_jw_key(&turn->out, "differences");
        wf_jw_tree(&turn->out, result.differences);
    }
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_command *weft_import(weft_session *session, const char *what,
                          const char *csv, size_t len, bool check)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, import);
    struct order *order = WF_NEW(command->arena, struct order);

    order->csv = wf_arena_mem(command->arena, csv, len);
    order->len = len;
    order->check = check;
    for (size_t i = 0; i < WF_COUNT(kinds); i++)
        if (wf_streq(kinds[i].name, what))
            order->kind = &kinds[i];
    if (!order->kind && wf_command_is_sound(command))
        wf_fail(&command->err, WEFT_E_MALFORMED,
                "Only people, units and history can be imported, not \"%s\".",
                what);
    command->with = order;
    return command;
}
