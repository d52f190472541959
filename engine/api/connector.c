/* api/connector.c - connectors at work: claimed, fetched, made into points or
 * documents, and what became of it written down.
 *
 * A row is the same document again by its key, and a point by its subject and
 * time: so what is fetched twice changes nothing, and nothing has to be known
 * of how far an earlier time has come.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/connector.h"

#include <weft/connector.h>
#include <weft/document.h>
#include <weft/metric.h>

#include "api/command.h"
#include "api/session.h"
#include "base/error.h"
#include "base/messages.h"
#include "connect/outgoing.h"
#include "org/channel.h"
#include "plan/connector.h"

static const struct wf_asker the_engine = { .system = true };

/* One that is run. The snapshot of definitions is held while it is. */
struct pull {
    weft_engine *engine;
    struct wf_arena *arena;
    const char *id;
    int64_t now;
    const struct wf_registry *registry;
    const struct wf_connector *connector;
    struct wf_channel channel; /* with its secrets */
    bool mine;
    struct wf_connector_end end;
    size_t n_made, n_changed;
};

static void end_registry(struct pull *pull)
{
    wf_registry_release(&pull->registry);
}

static bool fail_unknown(const char *id, weft_error *err)
{
    return wf_fail(err, WEFT_E_NOTFOUND, "There is no connector \"%s\".", id);
}

static const struct wf_connector *find(struct wf_call *call, const char *id)
{
    return (const struct wf_connector *)(const void *)wf_registry_find(
        call->registry, "connector", id);
}

/* --- Commands of its own */

static bool claim(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct pull *pull = *(struct pull *const *)with;
    const struct wf_connector *connector = find(&turn->call, pull->id);

    pull->mine = false;
    return !connector
           || wf_connector_claim(&turn->call, connector, &pull->mine, err);
}

static bool note(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct pull *pull = *(struct pull *const *)with;
    const struct wf_connector *connector = find(&turn->call, pull->id);
    bool mine;

    /* One that an administrator runs may never have been claimed. */
    return !connector
           || ((pull->mine
                || wf_connector_claim(&turn->call, connector, &mine, err))
               && wf_connector_note(&turn->call, connector, &pull->end, err));
}

static bool do_part(struct pull *pull, wf_answer_fn *part, weft_error *err)
{
    weft_command *command = wf_command_as(pull->engine, &the_engine, part);
    struct pull **with = WF_NEW(command->arena, struct pull *);
    const weft_error *failure;
    weft_reply *reply;
    bool ok;

    *with = pull;
    command->with = with;
    command->now = pull->now;
    wf_command_patient(command);
    reply = weft_run(command);
    failure = weft_reply_error(reply);
    ok = !failure || wf_fail_as(err, failure);
    weft_reply_free(reply);
    return ok;
}

/* --- Fetching */

/* The channel in the arena of the reply, which the caller keeps. */
static bool look_up(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct pull *pull = *(struct pull *const *)with;
    struct wf_call *call = &turn->call;

    if (!wf_registry_acquire(pull->engine->definitions, call->db,
                             &pull->registry, err))
        return false;
    pull->connector =
        (const struct wf_connector *)(const void *)wf_registry_find(
            pull->registry, "connector", pull->id);
    if (!pull->connector)
        return fail_unknown(pull->id, err);
    if (!wf_channel_find(call, pull->connector->channel, &pull->channel, err))
        return false;
    if (!pull->channel.on || !wf_streq(pull->channel.kind, "source"))
        return wf_fail(err, WEFT_E_NOTFOUND,
                       "There is no channel \"%s\" of the kind \"source\".",
                       pull->connector->channel);
    return true;
}

static bool fetch(struct pull *pull, struct wf_incoming *in, weft_error *err)
{
    const char *url = wf_json_str(wf_json_get(pull->channel.config, "url"));
    const char *bearer =
        wf_json_str(wf_json_get(pull->channel.secrets, "bearer"));
    const char *path = pull->connector->path ? pull->connector->path : "";
    const char *headers[] = { NULL, NULL };
    struct wf_outgoing what = {
        .shown = url,
        .headers = bearer ? headers : NULL,
        .inside = wf_json_is_true(wf_json_get(pull->channel.config, "inside")),
    };

    if (bearer)
        headers[0] =
            wf_arena_printf(pull->arena, "Authorization: Bearer %s", bearer);
    what.url = wf_arena_printf(pull->arena, "%s%s", url, path);
    if (!wf_outgoing_ask(pull->arena, &what, in, err))
        return false;
    return (in->status >= 200 && in->status < 300)
           || wf_fail(err, WEFT_E_BUSY, "The other end answers with %ld.",
                      in->status);
}

/* --- Points */

/* The first of what was found wrong, else what the failure says. */
static bool fail_found(struct pull *pull, const weft_reply *reply,
                       weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    const weft_error *failure = weft_reply_error(reply);
    weft_error broken = WEFT_ERROR_INIT;
    const char *field = NULL, *message = NULL, *body;
    struct wf_json *found;
    size_t len;

    body = weft_reply_body(reply, &len);
    if (wf_json_parse(pull->arena, body, len, &limits, &found, &broken)
        && wf_json_len(found) > 0) {
        field = wf_json_str(wf_json_get(found->u.array.at[0], "field"));
        message = wf_json_str(wf_json_get(found->u.array.at[0], "message"));
    }
    if (!field || !message)
        return wf_fail_as(err, failure);
    if (!*field)
        return wf_fail(err, failure->code, "%s", message);
    return wf_fail(err, failure->code, "%s",
                   wf_arena_printf(pull->arena, "%s: %s", field, message));
}

/* Takes the reply. */
static bool use(struct pull *pull, weft_reply *reply, weft_error *err)
{
    bool ok = !weft_reply_error(reply) || fail_found(pull, reply, err);

    weft_reply_free(reply);
    return ok;
}

static bool feed(struct pull *pull, weft_session *session,
                 const struct wf_json *rows, weft_error *err)
{
    const char *body = wf_json_dump(pull->arena, rows);

    if (!use(pull,
             weft_run(weft_metric_feed(session, pull->connector->metric, body,
                                       strlen(body))),
             err))
        return false;
    pull->n_changed = wf_json_len(rows);
    return true;
}

/* --- Documents */

/* The document of a row; id 0: there is none. */
struct found {
    wf_id id;
    bool open;
};

static bool find_document(struct pull *pull, weft_session *session,
                          const struct wf_json *key, struct found *out,
                          weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    const char *value = wf_json_str(key);
    const weft_param params[] = {
        { "form", pull->connector->form_id },
        { wf_arena_printf(pull->arena, "filter[%s]", pull->connector->key),
          value ? value : wf_json_dump(pull->arena, key) },
        { "limit", "1" },
    };
    weft_reply *reply = weft_document_list(session, params, WF_COUNT(params));
    struct wf_json *list = NULL;
    const struct wf_json *items, *item;
    const char *body, *id;
    size_t len;

    *out = (struct found){ 0, false };
    body = weft_reply_body(reply, &len);
    if (!weft_reply_error(reply)
        && wf_json_parse(pull->arena, body, len, &limits, &list, err)) {
        items = wf_json_get(list, "items");
        item = wf_json_len(items) > 0 ? items->u.array.at[0] : NULL;
        id = wf_json_str(wf_json_get(item, "id"));
        if (id)
            (void)wf_id_parse(wf_str_of(id), &out->id);
        out->open = wf_streq(wf_json_str(wf_json_get(item, "state")), "open");
    }
    return use(pull, reply, err);
}

static const char *body_of(struct pull *pull, const struct wf_json *row,
                           bool is_new)
{
    struct wf_buf body = WF_BUF_INIT(pull->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);

    wf_jw_open(&w, '{');
    if (is_new) {
        wf_jw_key_text(&w, "form", pull->connector->form_id);
        wf_jw_key_text(&w, "action", pull->connector->act);
    }
    wf_jw_key(&w, "data");
    wf_jw_tree(&w, row);
    wf_jw_close(&w, '}');
    return wf_buf_text(&body);
}

static bool make(struct pull *pull, weft_session *session,
                 const struct wf_json *row, weft_error *err)
{
    const char *body = body_of(pull, row, true);

    if (!use(pull,
             weft_run(weft_document_create(session, body, strlen(body), NULL)),
             err))
        return false;
    pull->n_made++;
    return true;
}

static const char *etag_of(struct pull *pull, weft_session *session, wf_id id)
{
    weft_reply *reply = weft_document_get(session, id);
    const char *etag = weft_reply_etag(reply);

    etag = etag ? wf_arena_str(pull->arena, etag) : NULL;
    weft_reply_free(reply);
    return etag;
}

static bool change(struct pull *pull, weft_session *session, wf_id id,
                   const struct wf_json *row, weft_error *err)
{
    const char *body = body_of(pull, row, false);
    const char *before = etag_of(pull, session, id);

    if (!use(pull,
             weft_run(
                 weft_document_patch(session, id, body, strlen(body), NULL)),
             err))
        return false;
    pull->n_changed += !wf_streq(before, etag_of(pull, session, id));
    return true;
}

static bool keep_row(struct pull *pull, weft_session *session,
                     const struct wf_json *row, weft_error *err)
{
    const struct wf_json *key = wf_json_get(row, pull->connector->key);
    struct found found;

    if (!key)
        return wf_fail(err, WEFT_E_INVALID, "A row has no \"%s\".",
                       pull->connector->key);
    if (!find_document(pull, session, key, &found, err))
        return false;
    if (!found.id)
        return make(pull, session, row, err);
    return !found.open || change(pull, session, found.id, row, err);
}

/* A row that cannot be kept holds up no other; the first one is told of. */
static bool keep_rows(struct pull *pull, weft_session *session,
                      const struct wf_json *rows, weft_error *err)
{
    size_t n_refused = 0, n = wf_json_len(rows);

    for (size_t i = 0; i < n; i++) {
        weft_error own = wf_error_in(err->lang);

        if (keep_row(pull, session, rows->u.array.at[i], &own))
            continue;
        if (n_refused++ == 0)
            pull->end.problem =
                wf_arena_printf(pull->arena, "[%zu] %s", i + 1, own.text);
    }
    pull->end.partly = n_refused < n;
    return true;
}

/* --- One, from its beginning to its end */

static bool run(struct pull *pull, weft_error *err)
{
    struct pull *const at = pull;
    weft_reply *looked =
        wf_question_as(pull->engine, &the_engine, 0, look_up, &at);
    const weft_error *failure = weft_reply_error(looked);
    weft_session *session = NULL;
    struct wf_incoming in;
    struct wf_json *rows;
    bool ok;

    ok = (!failure || wf_fail_as(err, failure)) && fetch(pull, &in, err)
         && wf_connector_rows(pull->arena, pull->connector, in.body, &rows, err)
         && weft_session_as(pull->engine, NULL, "en", &session, err)
         && (pull->connector->metric ? feed(pull, session, rows, err)
                                     : keep_rows(pull, session, rows, err));
    if (ok)
        pull->end.n_rows = (int64_t)wf_json_len(rows);
    weft_session_free(session);
    weft_reply_free(looked);
    return ok;
}

/* What fails is written down, and is no failure of whoever runs it. */
static bool run_and_note(struct pull *pull, weft_error *err)
{
    weft_error own = wf_error_in("en");

    if (!run(pull, &own)) {
        pull->end.problem = wf_arena_str(pull->arena, own.text);
        pull->end.partly = false;
    }
    if (pull->end.problem)
        wf_log(&pull->engine->log, WF_LOG_WARN, "connector", "%s: %s", pull->id,
               pull->end.problem);
    return do_part(pull, note, err);
}

/* --- Rounds */

struct look {
    const char *id;
    int64_t due;
    struct wf_arena *arena;
};

static bool look(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct look *look = *(struct look *const *)with;
    struct wf_connector_state *all;
    size_t n;

    if (!wf_connectors_load(&turn->call, &all, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        int64_t due = all[i].due ? all[i].due : turn->call.now;

        if (look->id && due >= look->due)
            continue;
        look->due = due;
        look->id = wf_arena_str(look->arena, all[i].connector->head.id);
    }
    return true;
}

static bool look_around(weft_engine *engine, struct look *out, weft_error *err)
{
    weft_reply *reply = wf_question_as(engine, &the_engine, 0, look, &out);
    const weft_error *failure = weft_reply_error(reply);
    bool ok = !failure || wf_fail_as(err, failure);

    weft_reply_free(reply);
    return ok;
}

bool wf_connectors_next(weft_engine *engine, int64_t *due, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct look look = { .arena = arena };

    *due = 0;
    if (engine->is_alone)
        return true;
    if (!look_around(engine, &look, err))
        return false;
    *due = look.due;
    return true;
}

bool wf_connectors_fire(weft_engine *engine, int64_t to, bool *any,
                        int64_t *fired, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct look look = { .arena = arena };
    struct pull pull WF_CLEANUP(end_registry) = { .engine = engine,
                                                  .arena = arena };
    int64_t now = wf_clock_now(&engine->clock);

    if (engine->is_alone)
        return true;
    if (!look_around(engine, &look, err))
        return false;
    if (!look.id || look.due > to)
        return true;
    pull.id = look.id;
    pull.now = look.due > now ? look.due : now;
    if (!do_part(&pull, claim, err))
        return false;
    *any = true; /* the next one may be due as well */
    if (!pull.mine)
        return true;
    ++*fired;
    return run_and_note(&pull, err);
}

/* --- For administrators */

static bool administers(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return wf_turn_administers(turn, err);
}

weft_reply *weft_connector_run(weft_session *session, const char *id)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    weft_reply *reply =
        wf_question(session, WEFT_SCOPE_ADMIN, administers, NULL);
    struct pull pull WF_CLEANUP(end_registry) = { .engine = session->engine,
                                                  .arena = arena };
    struct wf_buf text = WF_BUF_INIT(reply->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);
    weft_error err = wf_error_in(session->asker.lang);

    if (weft_reply_error(reply))
        return reply;
    pull.id = wf_arena_str(arena, id);
    pull.now = wf_clock_now(&session->engine->clock);
    if (!run_and_note(&pull, &err)
        || (!pull.connector && !fail_unknown(id, &err))) {
        wf_reply_fail(reply, &err, "[]");
        return reply;
    }
    wf_jw_open(&w, '{');
    wf_jw_key(&w, "rows");
    wf_jw_int(&w, pull.end.n_rows);
    wf_jw_key(&w, "made");
    wf_jw_int(&w, (int64_t)pull.n_made);
    wf_jw_key(&w, "changed");
    wf_jw_int(&w, (int64_t)pull.n_changed);
    wf_jw_key_text_or_null(&w, "problem", pull.end.problem);
    wf_jw_close(&w, '}');
    reply->body = wf_buf_text(&text);
    reply->len = text.len;
    return reply;
}

static void write_state(struct wf_turn *turn,
                        const struct wf_connector_state *state)
{
    const struct wf_connector *connector = state->connector;
    struct wf_json_writer *out = &turn->out;

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", connector->head.id);
    wf_jw_key_text(out, "label",
                   wf_words_label(connector->head.words, turn->call.lang,
                                  connector->head.id));
    wf_jw_key_text(out, "channel", connector->channel);
    wf_jw_key_text_or_null(out, "metric", connector->metric);
    wf_jw_key_text_or_null(out, "form", connector->form_id);
    wf_jw_key_time(out, "due", state->due);
    wf_jw_key_time(out, "fetched", state->fetched);
    wf_jw_key(out, "rows");
    wf_jw_int(out, state->n_rows);
    wf_jw_key(out, "failures");
    wf_jw_int(out, state->failures);
    wf_jw_key_text_or_null(out, "problem", state->problem);
    wf_jw_close(out, '}');
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wf_connector_state *all;
    size_t n;

    (void)with;
    if (!wf_turn_administers(turn, err)
        || !wf_connectors_load(&turn->call, &all, &n, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < n; i++)
        write_state(turn, &all[i]);
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_connector_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_ADMIN, list, NULL);
}
