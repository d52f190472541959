/* api/scenario_host.c - what the script of a scenario may call: the commands
 * and questions of the public API in the name of a person, and the clock.
 *
 * The functions are flat and give back what happened, {"value"} or {"kind",
 * "text","findings"}: scripts/scenario/prelude.lua makes objects and errors of
 * them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/assistant.h>
#include <weft/cycle.h>
#include <weft/delegation.h>
#include <weft/metric.h>
#include <weft/report.h>

#include "api/reply.h"
#include "api/scenario.h"
#include "api/turn.h"
#include "base/error.h"
#include "base/id.h"
#include "base/list.h"
#include "flow/errand.h"

enum {
    RUN_PARAMS = 8 /* of a question about a run */
};

/* A call on its way. */
struct errand {
    struct wf_world *world;
    struct wf_arena *arena;
    const struct wf_json *args;
    struct wf_json **result;
};

static const struct wf_json *arg(const struct errand *errand, size_t i)
{
    return i < wf_json_len(errand->args) ? errand->args->u.array.at[i] : NULL;
}

/* The id of a document; 0, which none has, for what is no id. */
static int64_t id_arg(const struct errand *errand, size_t i)
{
    const char *text = wf_json_str(arg(errand, i));
    wf_id id = 0;

    return text && wf_id_parse(wf_str_of(text), &id) ? id : 0;
}

/* --- What happened */

static bool tell_failure(const struct errand *errand, const weft_error *failure,
                         struct wf_json *findings)
{
    struct wf_json *result = wf_json_object(errand->arena);

    wf_json_set(errand->arena, result, "kind",
                wf_json_text(errand->arena, weft_code_name(failure->code)));
    wf_json_set(errand->arena, result, "text",
                wf_json_text(errand->arena, failure->text));
    if (findings)
        wf_json_set(errand->arena, result, "findings", findings);
    *errand->result = result;
    return true;
}

static bool tell_value(const struct errand *errand, struct wf_json *value)
{
    *errand->result = wf_json_object(errand->arena);
    if (value)
        wf_json_set(errand->arena, *errand->result, "value", value);
    return true;
}

/* Gives `reply`, which is freed, to the script. */
static bool tell(const struct errand *errand, weft_reply *reply,
                 weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    const weft_error *failure = weft_reply_error(reply);
    struct wf_json *body = NULL;
    size_t len;
    const char *text = weft_reply_body(reply, &len);
    bool ok = len == 0
              || wf_json_parse(errand->arena, text, len, &limits, &body, err);

    if (ok)
        ok = failure ? tell_failure(errand, failure, body)
                     : tell_value(errand, body);
    weft_reply_free(reply);
    return ok;
}

/* --- In whose name */

static void end_session(weft_session **session)
{
    weft_session_free(*session);
}

/* A session for the login that is the first argument; nil is the system. False
 * was told to the script. */
static bool begin(const struct errand *errand, weft_session **out)
{
    weft_error failure = wf_error_in(errand->world->play->lang);

    if (weft_session_as(errand->world->engine, wf_json_str(arg(errand, 0)),
                        errand->world->play->speaks, out, &failure))
        return true;
    tell_failure(errand, &failure, NULL);
    return false;
}

/* --- Commands: login, document, body; what becomes due by it is done */

typedef weft_command *order_fn(weft_session *session, int64_t id,
                               const struct errand *errand, const char *body,
                               size_t len);

static bool command(const struct errand *errand, order_fn *order,
                    weft_error *err)
{
    weft_session *session WF_CLEANUP(end_session) = NULL;
    const char *body = wf_json_dump(errand->arena, arg(errand, 2));
    int64_t id = id_arg(errand, 1);
    weft_reply *reply;

    if (!begin(errand, &session))
        return true;
    reply = weft_run(order(session, id, errand, body, strlen(body)));
    if (!weft_reply_error(reply) && (id || weft_reply_id(reply)))
        errand->world->last = id ? id : weft_reply_id(reply);
    return tell(errand, reply, err) && wf_world_settle(errand->world, err);
}

static weft_command *order_create(weft_session *session, int64_t id,
                                  const struct errand *errand, const char *body,
                                  size_t len)
{
    (void)id;
    (void)errand;
    return weft_document_create(session, body, len, NULL);
}

static weft_command *order_patch(weft_session *session, int64_t id,
                                 const struct errand *errand, const char *body,
                                 size_t len)
{
    (void)errand;
    return weft_document_patch(session, id, body, len, NULL);
}

static weft_command *order_act(weft_session *session, int64_t id,
                               const struct errand *errand, const char *body,
                               size_t len)
{
    const char *action = wf_json_str(arg(errand, 3));

    return weft_document_act(session, id, action ? action : "", body, len,
                             NULL);
}

static weft_command *order_comment(weft_session *session, int64_t id,
                                   const struct errand *errand,
                                   const char *body, size_t len)
{
    (void)errand;
    return weft_document_comment(session, id, body, len, NULL);
}

static weft_command *order_delegate(weft_session *session, int64_t id,
                                    const struct errand *errand,
                                    const char *body, size_t len)
{
    (void)id;
    (void)errand;
    return weft_delegation_add(session, body, len, NULL);
}

static weft_command *order_undelegate(weft_session *session, int64_t id,
                                      const struct errand *errand,
                                      const char *body, size_t len)
{
    (void)id;
    (void)body;
    (void)len;
    return weft_delegation_end(session, id_arg(errand, 3));
}

static weft_command *order_handover(weft_session *session, int64_t id,
                                    const struct errand *errand,
                                    const char *body, size_t len)
{
    const char *person = wf_json_str(arg(errand, 3));

    (void)id;
    return weft_handover(session, person ? person : "", body, len, NULL);
}

static weft_command *order_points(weft_session *session, int64_t id,
                                  const struct errand *errand, const char *body,
                                  size_t len)
{
    const char *metric = wf_json_str(arg(errand, 3));

    (void)id;
    return weft_metric_feed(session, metric ? metric : "", body, len);
}

static weft_command *order_launch(weft_session *session, int64_t id,
                                  const struct errand *errand, const char *body,
                                  size_t len)
{
    const char *cycle = wf_json_str(arg(errand, 3));

    (void)id;
    return weft_cycle_launch(session, cycle ? cycle : "", body, len, NULL);
}

static weft_command *order_reveal(weft_session *session, int64_t id,
                                  const struct errand *errand, const char *body,
                                  size_t len)
{
    const weft_cycle_ref run = { wf_json_str(arg(errand, 3)), id };

    return weft_cycle_reveal(session, &run, body, len);
}

static weft_command *order_remind(weft_session *session, int64_t id,
                                  const struct errand *errand, const char *body,
                                  size_t len)
{
    const weft_cycle_ref run = { wf_json_str(arg(errand, 3)), id };

    return weft_cycle_remind(session, &run, body, len);
}

static weft_command *order_override(weft_session *session, int64_t id,
                                    const struct errand *errand,
                                    const char *body, size_t len)
{
    const char *field = wf_json_str(arg(errand, 3));

    return weft_document_override(session, id, field ? field : "", body, len);
}

/* --- Questions: login, document, then the parameters of a list */

typedef weft_reply *question_fn(weft_session *session, int64_t id,
                                const weft_param *params, size_t n);

struct params {
    weft_param *at;
    size_t n, cap;
};

static struct params params_arg(const struct errand *errand, size_t place)
{
    const struct wf_json *pairs = arg(errand, place);
    struct params out = { NULL, 0, 0 };

    for (size_t i = 0;
         wf_json_is(pairs, WF_JSON_OBJECT) && i < wf_json_len(pairs); i++) {
        const char *value = wf_json_str(pairs->u.object.at[i].value);

        if (value)
            *WF_PUSH(errand->arena, &out) =
                (weft_param){ pairs->u.object.at[i].key.at, value };
    }
    return out;
}

static bool question(const struct errand *errand, question_fn *ask,
                     weft_error *err)
{
    weft_session *session WF_CLEANUP(end_session) = NULL;
    struct params params = params_arg(errand, 2);

    if (!begin(errand, &session))
        return true;
    return tell(errand, ask(session, id_arg(errand, 1), params.at, params.n),
                err);
}

static weft_reply *ask_document(weft_session *session, int64_t id,
                                const weft_param *params, size_t n)
{
    (void)params;
    (void)n;
    return weft_document_get(session, id);
}

static weft_reply *ask_chain(weft_session *session, int64_t id,
                             const weft_param *params, size_t n)
{
    (void)params;
    (void)n;
    return weft_document_chain(session, id);
}

static weft_reply *ask_documents(weft_session *session, int64_t id,
                                 const weft_param *params, size_t n)
{
    (void)id;
    return weft_document_list(session, params, n);
}

static weft_reply *ask_work(weft_session *session, int64_t id,
                            const weft_param *params, size_t n)
{
    (void)id;
    return weft_work_list(session, params, n);
}

static weft_reply *ask_messages(weft_session *session, int64_t id,
                                const weft_param *params, size_t n)
{
    (void)id;
    return weft_notification_list(session, params, n);
}

static weft_reply *ask_series(weft_session *session, int64_t id,
                              const weft_param *params, size_t n)
{
    weft_series series = { .metric = "" };
    const struct {
        const char *name;
        const char **slot;
    } slots[] = {
        { "metric", &series.metric }, { "subject", &series.subject },
        { "from", &series.from },     { "to", &series.to },
        { "step", &series.step },     { "fn", &series.fn },
    };

    (void)id;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < WF_COUNT(slots); k++)
            if (wf_streq(params[i].name, slots[k].name))
                *slots[k].slot = params[i].value;
    return weft_metric_series(session, &series);
}

/* What a document has asked for anonymously. No list shows it, not even to the
 * system; who plays a scenario may know that it is there. */
static bool veiled(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_errands_veiled(&turn->flow, *(const int64_t *)with, &turn->out,
                             err);
}

static weft_reply *ask_veiled(weft_session *session, int64_t id,
                              const weft_param *params, size_t n)
{
    (void)params;
    (void)n;
    return wf_question(session, WEFT_SCOPE_READ, veiled, &id);
}

/* --- The assistant */

static weft_reply *ask_bot(weft_session *session, int64_t id,
                           const weft_param *params, size_t n)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_json *body = wf_json_object(arena);
    const char *text;

    (void)id;
    for (size_t i = 0; i < n; i++)
        wf_json_set(arena, body, params[i].name,
                    wf_json_text(arena, params[i].value));
    text = wf_json_dump(arena, body);
    return weft_bot_ask(session, text, strlen(text));
}

static weft_command *order_confirm(weft_session *session, int64_t id,
                                   const struct errand *errand,
                                   const char *body, size_t len)
{
    (void)id;
    (void)errand;
    return weft_bot_do(session, body, len);
}

/* --- Reports: login, nil, parameters, report */

static bool report(const struct errand *errand, weft_error *err)
{
    weft_session *session WF_CLEANUP(end_session) = NULL;
    struct params params = params_arg(errand, 2);
    const char *id = wf_json_str(arg(errand, 3));

    if (!begin(errand, &session))
        return true;
    return tell(errand,
                weft_report_get(session, id ? id : "", params.at, params.n),
                err);
}

/* Of a run: its cycle is the parameter "cycle", which is taken out. */
static weft_cycle_ref run_of(int64_t id, const weft_param *params, size_t n,
                             weft_param *rest, size_t *n_rest)
{
    weft_cycle_ref run = { "", id };

    *n_rest = 0;
    for (size_t i = 0; i < n; i++) {
        if (wf_streq(params[i].name, "cycle"))
            run.cycle = params[i].value;
        else if (*n_rest < RUN_PARAMS)
            rest[(*n_rest)++] = params[i];
    }
    return run;
}

static weft_reply *ask_run(weft_session *session, int64_t id,
                           const weft_param *params, size_t n)
{
    weft_param rest[RUN_PARAMS];
    size_t n_rest;
    const weft_cycle_ref run = run_of(id, params, n, rest, &n_rest);

    return weft_cycle_run(session, &run);
}

static weft_reply *ask_members(weft_session *session, int64_t id,
                               const weft_param *params, size_t n)
{
    weft_param rest[RUN_PARAMS];
    size_t n_rest;
    const weft_cycle_ref run = run_of(id, params, n, rest, &n_rest);

    return weft_cycle_members(session, &run, rest, n_rest);
}

static weft_reply *ask_calibration(weft_session *session, int64_t id,
                                   const weft_param *params, size_t n)
{
    weft_param rest[RUN_PARAMS];
    size_t n_rest;
    const weft_cycle_ref run = run_of(id, params, n, rest, &n_rest);

    return weft_cycle_calibration(session, &run, rest, n_rest);
}

static weft_reply *ask_cycle(weft_session *session, int64_t id,
                             const weft_param *params, size_t n)
{
    weft_param rest[RUN_PARAMS];
    size_t n_rest;
    const weft_cycle_ref run = run_of(id, params, n, rest, &n_rest);

    return weft_cycle_get(session, run.cycle);
}

/* --- The clock */

typedef bool clock_fn(struct wf_world *world, const char *text,
                      weft_error *err);

static bool turn_clock(const struct errand *errand, clock_fn *turn)
{
    struct wf_world *world = errand->world;
    weft_error failure = wf_error_in(world->play->lang);

    if (turn && !turn(world, wf_json_str(arg(errand, 0)), &failure))
        return tell_failure(errand, &failure, NULL);
    return tell_value(
        errand,
        wf_json_text(errand->arena, wf_world_time(world, errand->arena,
                                                  atomic_load(&world->now))));
}

/* --- The table. Each row has one of the three. */

struct duty {
    const char *name;
    order_fn *order;
    question_fn *ask;
    clock_fn *turn;
};

static const struct duty duties[] = {
    { "create", order_create, NULL, NULL },
    { "patch", order_patch, NULL, NULL },
    { "act", order_act, NULL, NULL },
    { "comment", order_comment, NULL, NULL },
    { "delegate_all", order_delegate, NULL, NULL },
    { "delegate_end", order_undelegate, NULL, NULL },
    { "handover", order_handover, NULL, NULL },
    { "launch", order_launch, NULL, NULL },
    { "reveal", order_reveal, NULL, NULL },
    { "remind", order_remind, NULL, NULL },
    { "override", order_override, NULL, NULL },
    { "cycle", NULL, ask_cycle, NULL },
    { "run", NULL, ask_run, NULL },
    { "members", NULL, ask_members, NULL },
    { "calibration", NULL, ask_calibration, NULL },
    { "document", NULL, ask_document, NULL },
    { "chain", NULL, ask_chain, NULL },
    { "documents", NULL, ask_documents, NULL },
    { "history", NULL, weft_document_history, NULL },
    { "children", NULL, weft_document_children, NULL },
    { "veiled", NULL, ask_veiled, NULL },
    { "work", NULL, ask_work, NULL },
    { "messages", NULL, ask_messages, NULL },
    { "points", order_points, NULL, NULL },
    { "series", NULL, ask_series, NULL },
    { "ask", NULL, ask_bot, NULL },
    { "confirm", order_confirm, NULL, NULL },
    { "advance", NULL, NULL, wf_world_advance },
    { "at", NULL, NULL, wf_world_move_to },
    { "now", NULL, NULL, NULL },
};

static bool call(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    const struct errand errand = { self, arena, args, result };
    const struct duty *duty = duties;

    if (wf_streq(host->name, "report"))
        return report(&errand, err);
    while (!wf_streq(duty->name, host->name))
        duty++;
    if (duty->order)
        return command(&errand, duty->order, err);
    if (duty->ask)
        return question(&errand, duty->ask, err);
    return turn_clock(&errand, duty->turn);
}

/* clang-format off */
const struct wf_host wf_scenario_hosts[] = {
    { "create", call, 1000, "create(login, nil, body)",
      "a new document" },
    { "patch", call, 1000, "patch(login, id, body)",
      "other values" },
    { "act", call, 1000, "act(login, id, body, action)",
      "an action or verb" },
    { "comment", call, 1000, "comment(login, id, body)",
      "a comment" },
    { "delegate_all", call, 1000, "delegate_all(login, nil, body)",
      "somebody stands in for somebody" },
    { "delegate_end", call, 1000, "delegate_end(login, nil, nil, id)",
      "nobody does any more" },
    { "handover", call, 1000, "handover(login, nil, body, leaver)",
      "everything of a leaver goes to another" },
    { "launch", call, 1000, "launch(login, nil, body, cycle)",
      "a run of a cycle" },
    { "reveal", call, 1000, "reveal(login, run, body, cycle)",
      "results are revealed" },
    { "remind", call, 1000, "remind(login, run, body, cycle)",
      "whoever is late is told" },
    { "override", call, 1000, "override(login, id, body, field)",
      "a value set over a document's own" },
    { "cycle", call, 1000, "cycle(login, nil, params)",
      "a cycle with its runs" },
    { "run", call, 1000, "run(login, id, params)",
      "how far a run has come" },
    { "members", call, 1000, "members(login, id, params)",
      "who takes part in a run" },
    { "calibration", call, 1000, "calibration(login, id, params)",
      "the values of a run" },
    { "document", call, 1000, "document(login, id)",
      "a document as somebody sees it" },
    { "chain", call, 1000, "chain(login, id)",
      "who was asked, is asked and will be asked" },
    { "documents", call, 1000, "documents(login, nil, params)",
      "a list of documents" },
    { "history", call, 1000, "history(login, id, params)",
      "what happened to a document" },
    { "children", call, 1000, "children(login, id, params)",
      "the documents that hang under one" },
    { "veiled", call, 1000, "veiled(login, id)",
      "what a document has asked for anonymously" },
    { "work", call, 1000, "work(login, nil, params)",
      "what waits for somebody" },
    { "messages", call, 1000, "messages(login, nil, params)",
      "what somebody was told" },
    { "report", call, 1000, "report(login, nil, params, id)",
      "the numbers of a report as somebody sees them" },
    { "points", call, 1000, "points(login, nil, rows, metric)",
      "points of a metric" },
    { "series", call, 1000, "series(login, nil, params)",
      "the points of a subject" },
    { "ask", call, 1000, "ask(login, nil, params)",
      "what the assistant says" },
    { "confirm", call, 1000, "confirm(login, nil, body)",
      "what it has offered is done" },
    { "advance", call, 1000, "advance(duration)",
      "moves the clock on" },
    { "at", call, 1000, "at(time)",
      "moves the clock to a time" },
    { "now", call, 10, "now()",
      "the time" },
};
/* clang-format on */

const size_t wf_scenario_n_hosts = WF_COUNT(wf_scenario_hosts);
