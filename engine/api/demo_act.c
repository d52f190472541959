/* api/demo_act.c - what the people of the sample company did, each act a
 * command of its own, in its person's name and at its time.
 *
 * Source: <weft/organisation.h>, weft_init_demo().
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <weft/cycle.h>
#include <weft/document.h>
#include <weft/metric.h>

#include "api/command.h"
#include "api/demo.h"
#include "base/error.h"
#include "base/list.h"

enum {
    DAY_MS = 24 * 3600 * 1000,
    EVENING_MS = 10 * 3600 * 1000 /* six o'clock in UTC+8 */
};

/* What an act tells. */
struct deed {
    const char *as;
    const char *after; /* ends that `days` count from, one act each */
    const struct wf_json *days;
    const char *create, *call, *under;
    const char *on, *work, *about; /* a document: by name, or what waits */
    const char *act, *override, *say, *comment, *to;
    const char *launch, *audience; /* the present run of a cycle */
    const char *happen;            /* "due": what waited for its time;
                                    * "look": alerts look */
    const struct wf_json *data, *patch;
    const char *feed, *subject; /* a metric: one value a day, the last of them
                                 * on the day of the act */
    const struct wf_json *values;
};

/* --- Names: the files of one folder share them */

static const char *key_of(const struct wf_demo *demo, const char *name)
{
    const char *slash = strrchr(demo->file, '/');

    return wf_arena_printf(demo->arena, "%.*s/%s",
                           slash ? (int)(slash - demo->file) : 0, demo->file,
                           name);
}

/* 0: nothing is called so. */
static wf_id find_name(const struct wf_demo *demo, const char *name)
{
    const wf_id *id =
        name ? wf_map_find(&demo->names, key_of(demo, name)) : NULL;

    return id ? *id : 0;
}

/* A name is that of whatever was called so last. */
static void remember(struct wf_demo *demo, const char *name, wf_id id)
{
    wf_id *cell;

    if (!name || !id)
        return;
    cell = wf_map_find(&demo->names, key_of(demo, name));
    if (!cell) {
        cell = WF_NEW(demo->arena, wf_id);
        wf_map_add(demo->arena, &demo->names, key_of(demo, name), cell);
    }
    *cell = id;
}

/* The id of the document that is called so, else a day; NULL if neither. */
static const char *meaning_of(const struct wf_demo *demo, const char *name)
{
    wf_id id = find_name(demo, name);
    char text[WF_ID_TEXT];

    if (!id)
        return wf_demo_day(demo, name);
    wf_id_write(id, text);
    return wf_arena_str(demo->arena, text);
}

/* `data` with the ids of documents in place of their names, and with days. */
static struct wf_json *with_ids(const struct wf_demo *demo,
                                const struct wf_json *data)
{
    struct wf_json *out = wf_json_copy(demo->arena, data);
    const char *text = wf_json_str(data);
    const char *meant =
        text && text[0] == '@' ? meaning_of(demo, text + 1) : NULL;

    if (meant)
        return wf_json_text(demo->arena, meant);
    if (wf_json_is(out, WF_JSON_ARRAY))
        for (size_t i = 0; i < out->u.array.n; i++)
            out->u.array.at[i] = with_ids(demo, out->u.array.at[i]);
    if (wf_json_is(out, WF_JSON_OBJECT))
        for (size_t i = 0; i < out->u.object.n; i++)
            out->u.object.at[i].value =
                with_ids(demo, out->u.object.at[i].value);
    return out;
}

/* --- Rows: a patch of an item table names its rows by their place */

/* The document as its person sees it; NULL where they do not. */
static const struct wf_json *look(struct wf_demo *demo, weft_session *session,
                                  wf_id id)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_reply *reply = weft_document_get(session, id);
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *doc = NULL;
    size_t len;
    const char *body = weft_reply_body(reply, &len);

    if (!wf_json_parse(demo->arena, body, len, &limits, &doc, &err))
        doc = NULL;
    weft_reply_free(reply);
    return wf_json_get(doc, "data");
}

/* Gives the rows of `rows` the ids of those that are there. */
static void name_rows(struct wf_demo *demo, struct wf_json *rows,
                      const struct wf_json *there)
{
    if (!wf_json_is(rows, WF_JSON_ARRAY) || !wf_json_is(there, WF_JSON_ARRAY))
        return;
    for (size_t i = 0; i < rows->u.array.n && i < there->u.array.n; i++) {
        struct wf_json *id = wf_json_get(there->u.array.at[i], "id");

        if (id && wf_json_is(rows->u.array.at[i], WF_JSON_OBJECT))
            wf_json_set(demo->arena, rows->u.array.at[i], "id", id);
    }
}

static void name_all_rows(struct wf_demo *demo, struct wf_json *data,
                          const struct wf_json *there)
{
    for (size_t i = 0; i < wf_json_len(data); i++)
        name_rows(demo, data->u.object.at[i].value,
                  wf_json_get(there, data->u.object.at[i].key.at));
}

/* --- Commands */

/* Points at six in the evening (UTC+8), one a day up to the day before. */
static weft_command *feed_of(struct wf_demo *demo, weft_session *session,
                             const struct deed *deed, int64_t now)
{
    struct wf_buf buf = WF_BUF_INIT(demo->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);
    size_t n = wf_json_len(deed->values);
    int64_t evening = now / DAY_MS * DAY_MS - DAY_MS + EVENING_MS;

    wf_jw_open(&w, '[');
    for (size_t i = 0; i < n; i++) {
        wf_jw_open(&w, '{');
        wf_jw_key_text(&w, "subject", deed->subject);
        wf_jw_key_time(&w, "at", evening - (int64_t)(n - 1 - i) * DAY_MS);
        wf_jw_key(&w, "value");
        wf_jw_tree(&w, deed->values->u.array.at[i]);
        wf_jw_close(&w, '}');
    }
    wf_jw_close(&w, ']');
    return weft_metric_feed(session, deed->feed, wf_buf_text(&buf), buf.len);
}

/* `data` NULL: none */
static const char *body_of(struct wf_demo *demo, const struct deed *deed,
                           const char *parent, const struct wf_json *data)
{
    struct wf_buf buf = WF_BUF_INIT(demo->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "form", deed->create);
    wf_jw_key_text(&w, "parent", parent);
    wf_jw_key_text(&w, "text", deed->say);
    wf_jw_key_text(&w, "comment", deed->comment);
    wf_jw_key_text(&w, "to", deed->to);
    if (data) {
        wf_jw_key(&w, "data");
        wf_jw_tree(&w, data);
    }
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

static weft_command *launch(struct wf_demo *demo, weft_session *session,
                            const struct deed *deed)
{
    struct wf_buf buf = WF_BUF_INIT(demo->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);
    const char *body;

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "audience", deed->audience);
    wf_jw_close(&w, '}');
    body = wf_buf_text(&buf);
    return weft_cycle_launch(session, deed->launch, body, strlen(body), NULL);
}

/* {"value","reason"} over a field of the document */
static weft_command * override(struct wf_demo *demo, weft_session *session,
                               const struct deed *deed, wf_id id)
{
    const char *body = wf_json_dump(demo->arena, deed->data);

    return weft_document_override(session, id, deed->override, body,
                                  strlen(body));
}

/* `id`: of the document that it is about, 0 if none */
static weft_command *command_of(struct wf_demo *demo, weft_session *session,
                                const struct deed *deed, wf_id id)
{
    const struct wf_json *told = deed->patch ? deed->patch : deed->data;
    struct wf_json *data = told ? with_ids(demo, told) : NULL;
    char parent[WF_ID_TEXT];
    const char *body;
    size_t len;

    if (deed->launch)
        return launch(demo, session, deed);
    if (deed->override && deed->data)
        return override(demo, session, deed, id);
    if (data && id && !deed->create)
        name_all_rows(demo, data, look(demo, session, id));
    wf_id_write(id, parent);
    body = body_of(demo, deed, deed->create && id ? parent : NULL, data);
    len = strlen(body);
    if (deed->create)
        return weft_document_create(session, body, len, NULL);
    if (deed->act)
        return weft_document_act(session, id, deed->act, body, len, NULL);
    if (deed->patch)
        return weft_document_patch(session, id, body, len, NULL);
    return weft_document_comment(session, id, body, len, NULL);
}

/* The document that a deed is about; 0: none. */
static bool find_document(struct wf_demo *demo, weft_session *session,
                          const struct deed *deed, wf_id *out, weft_error *err)
{
    struct wf_demo_wish wish = { deed->as, deed->work, deed->about };
    const char *name = deed->create ? deed->under : deed->on;

    *out = find_name(demo, name);
    if (!deed->work)
        return true;
    if (!wf_demo_work(demo, session, &wish, out, err))
        return false;
    remember(demo, deed->call, *out);
    return true;
}

static bool do_deed(struct wf_demo *demo, weft_session *session,
                    const struct deed *deed, weft_error *err)
{
    int64_t now = atomic_load(&demo->now);
    weft_reply *reply;
    wf_id id;

    if (!find_document(demo, session, deed, &id, err))
        return false;
    reply = weft_run(deed->feed ? feed_of(demo, session, deed, now)
                                : command_of(demo, session, deed, id));
    if (!deed->work)
        remember(demo, deed->call, weft_reply_id(reply));
    return wf_demo_use(demo, reply, err);
}

static bool do_as_told(struct wf_demo *demo, const struct deed *deed,
                       weft_error *err)
{
    weft_session *session;
    bool done;

    if (!weft_session_as(demo->session->engine, deed->as,
                         demo->session->asker.lang, &session, err))
        return false;
    done = do_deed(demo, session, deed, err);
    weft_session_free(session);
    return done;
}

/* What needs nobody. */
static bool happen(struct wf_demo *demo, const char *what, weft_error *err)
{
    int64_t fired;

    if (wf_streq(what, "look"))
        return wf_demo_look(demo, err);
    return weft_engine_tick(demo->session->engine, atomic_load(&demo->now),
                            &fired, err);
}

static bool read_deed(struct wf_demo *demo, const struct wf_json *act,
                      struct deed *out, weft_error *err)
{
    static const struct wf_member members[] = {
        { "as", WF_BODY_TEXT, offsetof(struct deed, as), false },
        { "after", WF_BODY_TEXT, offsetof(struct deed, after), false },
        { "days", WF_BODY_ANY, offsetof(struct deed, days), false },
        { "create", WF_BODY_TEXT, offsetof(struct deed, create), false },
        { "call", WF_BODY_TEXT, offsetof(struct deed, call), false },
        { "under", WF_BODY_TEXT, offsetof(struct deed, under), false },
        { "on", WF_BODY_TEXT, offsetof(struct deed, on), false },
        { "work", WF_BODY_TEXT, offsetof(struct deed, work), false },
        { "about", WF_BODY_TEXT, offsetof(struct deed, about), false },
        { "act", WF_BODY_TEXT, offsetof(struct deed, act), false },
        { "override", WF_BODY_TEXT, offsetof(struct deed, override), false },
        { "say", WF_BODY_TEXT, offsetof(struct deed, say), false },
        { "comment", WF_BODY_TEXT, offsetof(struct deed, comment), false },
        { "to", WF_BODY_TEXT, offsetof(struct deed, to), false },
        { "data", WF_BODY_OBJECT, offsetof(struct deed, data), false },
        { "patch", WF_BODY_OBJECT, offsetof(struct deed, patch), false },
        { "launch", WF_BODY_TEXT, offsetof(struct deed, launch), false },
        { "audience", WF_BODY_TEXT, offsetof(struct deed, audience), false },
        { "happen", WF_BODY_TEXT, offsetof(struct deed, happen), false },
        { "feed", WF_BODY_TEXT, offsetof(struct deed, feed), false },
        { "subject", WF_BODY_TEXT, offsetof(struct deed, subject), false },
        { "values", WF_BODY_ARRAY, offsetof(struct deed, values), false },
    };

    *out = (struct deed){ .as = NULL };
    if (!wf_body_take(&demo->findings, members, WF_COUNT(members), act, out,
                      err))
        return false;
    if (!out->as && !out->happen)
        return wf_fail(err, WEFT_E_INVALID, "An act needs \"as\": who did it.");
    return true;
}

/* --- All of them, in order of time */

struct planned {
    struct deed deed;
    struct wf_demo_script *script;
    int64_t at;
    size_t place; /* of the act in its script, from 1 */
    size_t order;
};

struct plan {
    struct planned *at;
    size_t n, cap;
};

static int by_time(const void *a, const void *b)
{
    const struct planned *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool failed_at(const struct wf_demo_script *script, size_t place,
                      const weft_error *failure, weft_error *err)
{
    return wf_fail(err, failure->code, "Act %zu of %s: %s", place, script->name,
                   failure->text);
}

/* Once after each of the ends that it names; what would come after today has
 * not happened. */
static bool plan_one(struct wf_demo *demo, struct plan *plan,
                     const struct planned *like, const struct wf_json *act,
                     weft_error *err)
{
    struct planned planned = *like;
    struct wf_str ends, end = { "", 0 };

    if (!read_deed(demo, act, &planned.deed, err))
        return false;
    ends = wf_str_of(planned.deed.after ? planned.deed.after : "");
    do {
        wf_str_split(&ends, ' ', &end);
        if (!wf_demo_when(demo, end, wf_json_num(planned.deed.days, 0),
                          &planned.at, err))
            return false;
        planned.order = plan->n;
        if (planned.at <= demo->today)
            *WF_PUSH(demo->arena, plan) = planned;
    } while (ends.len > 0);
    return true;
}

/* One act, or as many as it has in `each`. */
static bool plan_act(struct wf_demo *demo, struct plan *plan,
                     const struct planned *like, const struct wf_json *act,
                     weft_error *err)
{
    const struct wf_json *each = wf_json_get(act, "each");
    struct wf_json *rest;

    if (!wf_json_is(each, WF_JSON_ARRAY))
        return plan_one(demo, plan, like, act, err);
    rest = wf_json_copy(demo->arena, act);
    wf_json_remove(rest, "each");
    for (size_t i = 0; i < wf_json_len(each); i++)
        if (!plan_one(demo, plan, like,
                      wf_json_merge(demo->arena, rest, each->u.array.at[i]),
                      err))
            return false;
    return true;
}

static bool plan_script(struct wf_demo *demo, struct plan *plan,
                        struct wf_demo_script *script, weft_error *err)
{
    struct planned like = { .script = script };

    for (size_t i = 0; i < wf_json_len(script->acts); i++) {
        weft_error failure = wf_error_in(err->lang);

        like.place = i + 1;
        if (!plan_act(demo, plan, &like, script->acts->u.array.at[i], &failure))
            return failed_at(script, i + 1, &failure, err);
    }
    return true;
}

bool wf_demo_play(struct wf_demo *demo, struct wf_demo_script *scripts,
                  size_t n, weft_error *err)
{
    struct plan plan = { NULL, 0, 0 };

    for (size_t i = 0; i < n; i++)
        if (!plan_script(demo, &plan, &scripts[i], err))
            return false;
    if (plan.n > 0)
        qsort(plan.at, plan.n, sizeof *plan.at, by_time);
    for (size_t i = 0; i < plan.n; i++) {
        const struct planned *next = &plan.at[i];
        weft_error failure = wf_error_in(err->lang);

        demo->file = next->script->name;
        atomic_store(&demo->now, next->at);
        if (next->deed.happen ? !happen(demo, next->deed.happen, &failure)
                              : !do_as_told(demo, &next->deed, &failure))
            return failed_at(next->script, next->place, &failure, err);
    }
    return true;
}
