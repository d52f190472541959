/* api/demo.c - the sample company that packages are shown with: people and
 * units by import, and what they did as commands of their own, each at its
 * time.
 *
 * A file of acts is {"password"?, "acts": [ACT…]}, in order of time. An ACT
 * has `as` (a login), `days` (before now, 20.5 is twelve hours less than 21),
 * and one of: `create` (a form; with `data`, `under`, and `call`, a name for
 * the document), or `on` (such a name) with `act` (with `data`, `comment`,
 * `to`), `patch` (data) or `say` (a comment). In `data` the text "@NAME" is
 * the document so called.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/organisation.h>

#include "api/command.h"
#include "api/session.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/list.h"

enum {
    DAY_MS = 24 * 3600 * 1000
};

/* What is done so far. */
struct demo {
    weft_session *session;
    struct wf_arena *arena;
    struct wf_diags findings; /* mistakes in the files */
    struct wf_map names;      /* of documents, to their ids */
    const char *findings_text;
};

/* One file of acts. */
struct script {
    const char *password;
    const struct wf_json *acts;
};

/* One act. */
struct deed {
    const char *as;
    const struct wf_json *days;
    const char *create, *call, *under;
    const char *on, *act, *say, *comment, *to;
    const struct wf_json *data, *patch;
};

static bool ends_well(struct demo *demo, weft_reply *reply, weft_error *err)
{
    const weft_error *failure = weft_reply_error(reply);

    if (failure) {
        wf_fail_as(err, failure);
        demo->findings_text =
            wf_arena_str(demo->arena, weft_reply_body(reply, NULL));
    }
    weft_reply_free(reply);
    return !failure;
}

/* --- People */

/* The people of the file that have no password yet get one. */
struct password_order {
    const char *hash;
};

static const char SQL_PEOPLE[] =
    "SELECT id FROM person WHERE password IS NULL AND active = 1 ORDER BY id";

static bool load_people(struct wf_turn *turn, struct wf_who_list *out,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(turn->call.db, SQL_PEOPLE, &q, err))
        return false;
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(turn->call.arena, out) = wf_stmt_int(&q, 0);
    return fetch == WF_FETCH_DONE;
}

static bool give_passwords(struct wf_turn *turn, const void *with,
                           weft_error *err)
{
    const struct password_order *order = with;
    struct wf_who_list people = { NULL, 0, 0 };

    if (!wf_turn_administers(turn, err) || !load_people(turn, &people, err))
        return false;
    for (size_t i = 0; i < people.n; i++)
        if (!wf_password_save_hash(&turn->call, people.at[i], order->hash, err))
            return false;
    return true;
}

/* One hash for all: thirty would take four seconds. */
static bool set_passwords(struct demo *demo, const char *password,
                          weft_error *err)
{
    weft_command *command;
    struct password_order *order;
    char hash[WF_PASSWORD_TEXT];

    if (!password)
        return true;
    if (!wf_password_hash(password, strlen(password), hash, err))
        return false;
    command = wf_command_new(demo->session, WEFT_SCOPE_ADMIN, give_passwords);
    order = WF_NEW(command->arena, struct password_order);
    order->hash = wf_arena_str(command->arena, hash);
    command->with = order;
    return ends_well(demo, weft_run(command), err);
}

static const weft_file *find_file(const weft_file *files, size_t n,
                                  const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (wf_streq(files[i].name, name))
            return &files[i];
    return NULL;
}

/* `*added` more people; none where the company is there already. */
static bool import(struct demo *demo, const char *what, const weft_file *file,
                   int64_t *added, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *result;
    weft_reply *reply;
    size_t len;

    if (!file)
        return true;
    reply = weft_run(
        weft_import(demo->session, what, file->text, file->len, false));
    if (!weft_reply_error(reply)) {
        const char *body = weft_reply_body(reply, &len);

        if (!wf_json_parse(demo->arena, body, len, &limits, &result, err)
            || !wf_json_to_int(wf_json_get(result, "added"), added))
            *added = 0;
    }
    return ends_well(demo, reply, err);
}

/* --- Acts */

/* `data` with the ids of documents in place of their names. */
static struct wf_json *with_ids(const struct demo *demo,
                                const struct wf_json *data)
{
    struct wf_json *out = wf_json_copy(demo->arena, data);
    const char *text = wf_json_str(data);
    const char *id =
        text && text[0] == '@' ? wf_map_find(&demo->names, text + 1) : NULL;

    if (id)
        return wf_json_text(demo->arena, id);
    if (wf_json_is(out, WF_JSON_ARRAY))
        for (size_t i = 0; i < out->u.array.n; i++)
            out->u.array.at[i] = with_ids(demo, out->u.array.at[i]);
    if (wf_json_is(out, WF_JSON_OBJECT))
        for (size_t i = 0; i < out->u.object.n; i++)
            out->u.object.at[i].value =
                with_ids(demo, out->u.object.at[i].value);
    return out;
}

static const char *body_of(struct demo *demo, const struct deed *deed,
                           const char *parent)
{
    struct wf_buf buf = WF_BUF_INIT(demo->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);
    const struct wf_json *data = deed->patch ? deed->patch : deed->data;

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "form", deed->create);
    wf_jw_key_text(&w, "parent", parent);
    wf_jw_key_text(&w, "text", deed->say);
    wf_jw_key_text(&w, "comment", deed->comment);
    wf_jw_key_text(&w, "to", deed->to);
    if (data) {
        wf_jw_key(&w, "data");
        wf_jw_tree(&w, with_ids(demo, data));
    }
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

static weft_command *command_of(struct demo *demo, weft_session *session,
                                const struct deed *deed)
{
    const char *name = deed->create ? deed->under : deed->on;
    const char *known = name ? wf_map_find(&demo->names, name) : NULL;
    const char *body = body_of(demo, deed, deed->create ? known : NULL);
    size_t len = strlen(body);
    wf_id id = 0;

    if (deed->create)
        return weft_document_create(session, body, len, NULL);
    if (known)
        wf_id_parse(wf_str_of(known), &id);
    if (deed->act)
        return weft_document_act(session, id, deed->act, body, len, NULL);
    if (deed->patch)
        return weft_document_patch(session, id, body, len, NULL);
    return weft_document_comment(session, id, body, len, NULL);
}

static void remember(struct demo *demo, const char *name, wf_id id)
{
    char text[WF_ID_TEXT];

    if (!name || !id)
        return;
    wf_id_write(id, text);
    wf_map_add(demo->arena, &demo->names, name,
               wf_arena_str(demo->arena, text));
}

static bool do_deed(struct demo *demo, const struct deed *deed, weft_error *err)
{
    weft_engine *engine = demo->session->engine;
    double days = wf_json_num(deed->days, 0);
    weft_session *session;
    weft_command *command;
    weft_reply *reply;

    if (!weft_session_as(engine, deed->as, demo->session->asker.lang, &session,
                         err))
        return false;
    command = command_of(demo, session, deed);
    command->now = wf_clock_now(&engine->clock) - (int64_t)(days * DAY_MS);
    reply = weft_run(command);
    weft_session_free(session);
    remember(demo, deed->call, weft_reply_id(reply));
    return ends_well(demo, reply, err);
}

static bool play(struct demo *demo, const struct script *script,
                 weft_error *err)
{
    static const struct wf_member members[] = {
        { "as", WF_BODY_TEXT, offsetof(struct deed, as), true },
        { "days", WF_BODY_ANY, offsetof(struct deed, days), false },
        { "create", WF_BODY_TEXT, offsetof(struct deed, create), false },
        { "call", WF_BODY_TEXT, offsetof(struct deed, call), false },
        { "under", WF_BODY_TEXT, offsetof(struct deed, under), false },
        { "on", WF_BODY_TEXT, offsetof(struct deed, on), false },
        { "act", WF_BODY_TEXT, offsetof(struct deed, act), false },
        { "say", WF_BODY_TEXT, offsetof(struct deed, say), false },
        { "comment", WF_BODY_TEXT, offsetof(struct deed, comment), false },
        { "to", WF_BODY_TEXT, offsetof(struct deed, to), false },
        { "data", WF_BODY_OBJECT, offsetof(struct deed, data), false },
        { "patch", WF_BODY_OBJECT, offsetof(struct deed, patch), false },
    };

    for (size_t i = 0; i < wf_json_len(script->acts); i++) {
        struct deed deed = { .as = NULL };
        weft_error failure = wf_error_in(err->lang);

        if (!wf_body_take(&demo->findings, members, WF_COUNT(members),
                          script->acts->u.array.at[i], &deed, &failure)
            || !do_deed(demo, &deed, &failure))
            return wf_fail(err, failure.code, "Act %zu of the demo: %s", i + 1,
                           failure.text);
    }
    return true;
}

/* --- All of it */

static bool read_script(struct demo *demo, const weft_file *file,
                        struct script *out, weft_error *err)
{
    static const struct wf_member members[] = {
        { "password", WF_BODY_TEXT, offsetof(struct script, password), false },
        { "acts", WF_BODY_ARRAY, offsetof(struct script, acts), true },
    };
    struct wf_text text = { file->text, file->len };

    return wf_body_read(&demo->findings, members, WF_COUNT(members), text, out,
                        err);
}

static bool play_all(struct demo *demo, const weft_file *files, size_t n,
                     weft_error *err)
{
    for (size_t i = 0; i < n; i++) {
        struct script script = { NULL, NULL };

        if (!wf_str_ends(files[i].name, ".json"))
            continue;
        if (!read_script(demo, &files[i], &script, err)
            || !set_passwords(demo, script.password, err)
            || !play(demo, &script, err))
            return false;
    }
    return true;
}

static bool make(struct demo *demo, const weft_file *files, size_t n,
                 weft_error *err)
{
    int64_t units = 0, people = 0;

    return import(demo, "units", find_file(files, n, "units.csv"), &units, err)
           && import(demo, "people", find_file(files, n, "people.csv"), &people,
                     err)
           && (people == 0 || play_all(demo, files, n, err));
}

weft_reply *weft_init_demo(weft_session *session, const weft_file *files,
                           size_t n)
{
    struct wf_arena *arena = wf_arena_new();
    weft_reply *reply = wf_reply_new(arena);
    weft_error err = wf_error_in(session->asker.lang);
    struct demo demo = { .session = session,
                         .arena = arena,
                         .findings = WF_DIAGS_INIT(arena, session->asker.lang),
                         .findings_text = "[]" };

    if (!make(&demo, files, n, &err))
        wf_reply_fail(reply, &err, demo.findings_text);
    return reply;
}
