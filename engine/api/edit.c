/* api/edit.c - people and units changed by hand: at once, or on a day to come.
 *
 * What is planned is tried first and taken back, so that what cannot be is
 * told now. On its day a timer does it; what has become impossible by then
 * stays in the list with its problem.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/organisation.h>

#include "api/command.h"
#include "api/planned.h"
#include "base/error.h"
#include "doc/history.h"
#include "flow/leaver.h"
#include "org/company.h"
#include "org/difference.h"
#include "org/edit.h"
#include "org/planned.h"

static const char TIMER[] = "organisation";

/* One kind of change. run: makes it, `*key` becomes the key after it. */
struct kind {
    const char *name, *of; /* of: whose history it is */
    bool is_new;
    bool (*run)(struct wf_call *call, const char **key,
                const struct wf_json *with, weft_error *err);
    wf_record_fn *record;
};

struct order {
    const struct kind *kind;
    const char *key; /* NULL: of a new one */
    struct wf_json *with;
    const char *on; /* NULL: now */
};

/* --- The kinds. */

static bool run_person(struct wf_call *call, const char **key,
                       const struct wf_json *with, weft_error *err)
{
    const struct wf_person *person;
    wf_id id;

    if (!wf_person_edit(call, *key, with, &id, err)
        || !wf_person_find(call, id, &person, err))
        return false;
    *key = person->login;
    return true;
}

static bool run_unit(struct wf_call *call, const char **key,
                     const struct wf_json *with, weft_error *err)
{
    if (!wf_unit_edit(call, *key, with, err))
        return false;
    if (!*key)
        *key = wf_json_str(wf_json_get(with, "id"));
    return true;
}

static bool run_move(struct wf_call *call, const char **key,
                     const struct wf_json *with, weft_error *err)
{
    const struct wf_unit_move move = {
        *key, wf_json_str(wf_json_get(with, "parent")),
        wf_json_str(wf_json_get(with, "manager"))
    };

    for (size_t i = 0; i < wf_json_len(with); i++)
        if (!wf_streq(with->u.object.at[i].key.at, "parent")
            && !wf_streq(with->u.object.at[i].key.at, "manager"))
            wf_diag_field(call->findings, with->u.object.at[i].key.at,
                          "unknown", "There is no such member here.");
    if (!wf_json_get(with, "parent"))
        wf_diag_field(call->findings, "parent", "required",
                      "The %s is missing.", "parent");
    return (!call->findings->n_errors || wf_body_misfits(err))
           && wf_unit_move(call, &move, err);
}

static const struct kind new_person = { "person", "person", true, run_person,
                                        wf_person_record };
static const struct kind new_unit = { "unit", "unit", true, run_unit,
                                      wf_unit_record };
static const struct kind kinds[] = {
    { "person", "person", false, run_person, wf_person_record },
    { "unit", "unit", false, run_unit, wf_unit_record },
    { "move", "unit", false, run_move, wf_unit_record },
};

static const struct kind *kind_of(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(kinds); i++)
        if (wf_streq(kinds[i].name, name))
            return &kinds[i];
    return NULL;
}

/* --- Who or what it is. */

static bool find_person(struct wf_turn *turn, struct order *order,
                        wf_id *target, weft_error *err)
{
    const struct wf_person *person;

    if (!wf_person_named(&turn->call,
                         wf_json_text(turn->call.arena, order->key), &person,
                         err))
        return false;
    if (!person)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                       order->key);
    order->key = person->login;
    *target = person->id;
    return true;
}

static bool find_target(struct wf_turn *turn, struct order *order,
                        wf_id *target, weft_error *err)
{
    struct wf_unit unit;
    bool found;

    if (wf_streq(order->kind->of, "person"))
        return find_person(turn, order, target, err);
    if (!wf_unit_find(&turn->call, order->key, &unit, &found, err))
        return false;
    *target = found ? unit.id : 0;
    return found
           || wf_fail(err, WEFT_E_NOTFOUND, "There is no unit \"%s\".",
                      order->key);
}

/* --- At once. */

static bool record_event(struct wf_call *call, const struct order *order,
                         const wf_differences *differences,
                         const struct wf_json *told, weft_error *err)
{
    struct wf_event event = { .kind = order->kind->of,
                              .comment = differences->at[0].key,
                              .changes =
                                  wf_json_get(told->u.array.at[0], "changes") };

    return wf_history_add(call, &event, err);
}

/* Makes the change; `*after` is the record that came out. */
static bool make(struct wf_call *call, const struct order *order,
                 struct wf_json **after, weft_error *err)
{
    wf_record_fn *record = order->kind->record;
    const struct wf_json *told;
    struct wf_json *before = NULL;
    wf_differences list = { 0 };
    const char *key = order->key;

    if ((key && !record(call, key, &before, err))
        || !order->kind->run(call, &key, order->with, err)
        || !wf_difference_add(call, &list, record, 0, key, err))
        return false;
    list.at[0].before = before;
    *after = list.at[0].after;
    told = wf_differences_between(call, &list);
    return record_event(call, order, &list, told, err);
}

/* --- On a day to come. */

static void set_timer(struct wf_timer *timer, const struct wf_planned *planned,
                      char key[WF_ID_TEXT])
{
    wf_id_write(planned->id, key);
    *timer =
        (struct wf_timer){ .kind = TIMER, .key = key, .due = planned->due };
}

/* Tries the change and takes it back. */
static bool try_out(struct wf_call *call, const struct order *order,
                    weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    const char *key = order->key;
    bool done;

    if (!wf_save_begin(call->db, &save, err))
        return false;
    done = order->kind->run(call, &key, order->with, err);
    wf_people_forget(call->people);
    return done;
}

static bool plan(struct wf_turn *turn, const struct order *order, wf_id target,
                 weft_error *err)
{
    struct wf_planned planned = { .kind = order->kind->name,
                                  .change = order->with };
    char key[WF_ID_TEXT];
    struct wf_timer timer;

    snprintf(planned.day, sizeof planned.day, "%s", order->on);
    if (!try_out(&turn->call, order, err)
        || !wf_planned_add(&turn->call, &planned, target, err))
        return false;
    set_timer(&timer, &planned, key);
    if (!wf_timer_set(&turn->flow, &timer, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "planned");
    wf_jw_open(&turn->out, '{');
    wf_jw_key_id_or_null(&turn->out, "id", planned.id);
    wf_jw_key_text(&turn->out, "on", planned.day);
    wf_jw_close(&turn->out, '}');
    wf_jw_close(&turn->out, '}');
    return true;
}

/* Whether `on` is a day to come. */
static bool is_later(struct wf_turn *turn, const struct order *order, bool *out,
                     weft_error *err)
{
    char today[WF_DATE_TEXT];
    int32_t day;

    *out = false;
    if (!order->on)
        return true;
    if (!wf_company_today(&turn->call, today, err))
        return false;
    *out = strcmp(order->on, today) > 0;
    if (!wf_date_parse(wf_str_of(order->on), &day)
        || strcmp(order->on, today) < 0 || (*out && order->kind->is_new)) {
        wf_diag_field(turn->call.findings, "on", "range",
                      "This is today or a day to come, such as 2026-10-12, of "
                      "somebody who is there already.");
        return wf_body_misfits(err);
    }
    return true;
}

static bool edit(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct order order = *(const struct order *)with;
    struct wf_json *after;
    wf_id target = 0;
    bool later;

    if (!wf_turn_administers(turn, err) || !is_later(turn, &order, &later, err)
        || (!order.kind->is_new && !find_target(turn, &order, &target, err)))
        return false;
    if (later)
        return plan(turn, &order, target, err);
    if (!make(&turn->call, &order, &after, err)
        || !wf_leavers_settle(&turn->flow, err))
        return false;
    wf_jw_tree(&turn->out, after);
    return true;
}

static bool fire(struct wf_flow *flow, const struct wf_timer *timer,
                 weft_error *err)
{
    struct wf_call *call = flow->call;
    weft_error problem = wf_error_in("en");
    struct wf_planned *planned = NULL;
    struct order order;
    struct wf_json *after;
    wf_id id = 0;

    wf_id_parse(wf_str_of(timer->key), &id);
    if (!wf_planned_find(call, id, &planned, err))
        return false;
    if (!planned)
        return true;
    order =
        (struct order){ .kind = kind_of(planned->kind),
                        .key = planned->key,
                        .with = wf_json_copy(call->arena, planned->change) };
    if (make(call, &order, &after, &problem))
        return wf_planned_remove(call, id, err) && wf_leavers_settle(flow, err);
    if (problem.code != WEFT_E_INVALID && problem.code != WEFT_E_NOTFOUND)
        return wf_fail_as(err, &problem);
    return wf_planned_failed(
        call, id,
        call->findings->n ? call->findings->at[0].message : problem.text, err);
}

const struct wf_timer_kind wf_api_timers[] = { { TIMER, fire },
                                               { NULL, NULL } };

/* --- The calls. */

static weft_command *edit_new(weft_session *session, const struct kind *kind,
                              const char *key, struct wf_text text)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, edit);
    struct order *order = WF_NEW(command->arena, struct order);

    command->with = order;
    order->kind = kind;
    order->key = wf_arena_str(command->arena, key);
    if (!wf_command_is_sound(command)
        || !wf_json_parse(command->arena, text.at ? text.at : "", text.len,
                          &limits, &order->with, &command->err))
        return command;
    if (!wf_json_is(order->with, WF_JSON_OBJECT)) {
        wf_fail(&command->err, WEFT_E_MALFORMED,
                "The body is to be an object.");
        return command;
    }
    order->on = wf_json_str(wf_json_get(order->with, "on"));
    if (order->on)
        wf_json_remove(order->with, "on");
    return command;
}

weft_command *weft_person_add(weft_session *session, const char *body,
                              size_t len)
{
    return edit_new(session, &new_person, NULL, (struct wf_text){ body, len });
}

weft_command *weft_person_edit(weft_session *session, const char *id,
                               const char *body, size_t len)
{
    return edit_new(session, kind_of("person"), id,
                    (struct wf_text){ body, len });
}

weft_command *weft_unit_add(weft_session *session, const char *body, size_t len)
{
    return edit_new(session, &new_unit, NULL, (struct wf_text){ body, len });
}

weft_command *weft_unit_edit(weft_session *session, const char *id,
                             const char *body, size_t len)
{
    return edit_new(session, kind_of("unit"), id,
                    (struct wf_text){ body, len });
}

weft_command *weft_unit_move(weft_session *session, const char *id,
                             const char *body, size_t len)
{
    return edit_new(session, kind_of("move"), id,
                    (struct wf_text){ body, len });
}

/* --- What waits. */

static bool list_planned(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    (void)with;
    return wf_turn_administers(turn, err)
           && wf_planned_list(&turn->call, &turn->out, err);
}

weft_reply *weft_planned_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_ADMIN, list_planned, NULL);
}

static bool cancel(struct wf_turn *turn, const void *with, weft_error *err)
{
    wf_id id = *(const wf_id *)with;
    struct wf_planned *planned;
    char key[WF_ID_TEXT];

    if (!wf_turn_administers(turn, err)
        || !wf_planned_find(&turn->call, id, &planned, err))
        return false;
    if (!planned)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no such change.");
    wf_id_write(id, key);
    return wf_timer_cancel(&turn->flow, TIMER, key, err)
           && wf_planned_remove(&turn->call, id, err);
}

weft_command *weft_planned_cancel(weft_session *session, int64_t id)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, cancel);
    wf_id *with = WF_NEW(command->arena, wf_id);

    *with = id;
    command->with = with;
    return command;
}

/* --- Records. */

struct asked {
    const char *key;
    const struct kind *kind;
};

static bool get_record(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct order order = { .kind = asked->kind, .key = asked->key };
    struct wf_json *record;
    wf_id target;

    if (!wf_turn_administers(turn, err)
        || !find_target(turn, &order, &target, err)
        || !asked->kind->record(&turn->call, order.key, &record, err))
        return false;
    wf_jw_tree(&turn->out, record);
    return true;
}

weft_reply *weft_person_record(weft_session *session, const char *id)
{
    struct asked asked = { id, kind_of("person") };

    return wf_question(session, WEFT_SCOPE_ADMIN, get_record, &asked);
}

weft_reply *weft_unit_record(weft_session *session, const char *id)
{
    struct asked asked = { id, kind_of("unit") };

    return wf_question(session, WEFT_SCOPE_ADMIN, get_record, &asked);
}
