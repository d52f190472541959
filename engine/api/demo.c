/* api/demo.c - the sample company that packages are shown with: people and
 * units by import, then what they did (demo_act.c).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/demo.h"

#include <weft/organisation.h>

#include "api/command.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/list.h"
#include "plan/plan.h"

bool wf_demo_use(struct wf_demo *demo, weft_reply *reply, weft_error *err)
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

/* One hash for all: a hundred and twenty would take sixteen seconds. */
static bool set_passwords(struct wf_demo *demo, const char *password,
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
    return wf_demo_use(demo, weft_run(command), err);
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
static bool import(struct wf_demo *demo, const char *what,
                   const weft_file *file, int64_t *added, weft_error *err)
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
    return wf_demo_use(demo, reply, err);
}

/* --- All of it */

static bool read_script(struct wf_demo *demo, const weft_file *file,
                        struct wf_demo_script *out, weft_error *err)
{
    static const struct wf_member members[] = {
        { "password", WF_BODY_TEXT, offsetof(struct wf_demo_script, password),
          false },
        { "acts", WF_BODY_ARRAY, offsetof(struct wf_demo_script, acts), true },
    };
    struct wf_text text = { file->text, file->len };

    return wf_body_read(&demo->findings, members, WF_COUNT(members), text, out,
                        err);
}

static bool play_all(struct wf_demo *demo, const weft_file *files, size_t n,
                     weft_error *err)
{
    struct wf_demo_script *scripts =
        WF_NEW_N(demo->arena, struct wf_demo_script, n);
    size_t n_scripts = 0;

    for (size_t i = 0; i < n; i++) {
        struct wf_demo_script *script = &scripts[n_scripts];

        if (!wf_str_ends(files[i].name, ".json"))
            continue;
        *script = (struct wf_demo_script){ .name = files[i].name };
        if (!read_script(demo, &files[i], script, err)
            || !set_passwords(demo, script->password, err))
            return false;
        n_scripts++;
    }
    return wf_demo_play(demo, scripts, n_scripts, err);
}

/* The lights of all that was done: nobody waits until tomorrow for them. */
static bool look(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return wf_turn_administers(turn, err) && wf_plan_look(&turn->flow, err);
}

bool wf_demo_look(struct wf_demo *demo, weft_error *err)
{
    return wf_demo_use(
        demo, weft_run(wf_command_new(demo->session, WEFT_SCOPE_ADMIN, look)),
        err);
}

/* The small company, and the group around it. */
static bool import_all(struct wf_demo *demo, const weft_file *files, size_t n,
                       int64_t *people, weft_error *err)
{
    static const struct {
        const char *what, *file;
    } tables[] = {
        { "units", "units.csv" },
        { "people", "people.csv" },
        { "units", "group-units.csv" },
        { "people", "group-people.csv" },
    };

    *people = 0;
    for (size_t i = 0; i < WF_COUNT(tables); i++) {
        int64_t added = 0;

        if (!import(demo, tables[i].what, find_file(files, n, tables[i].file),
                    &added, err))
            return false;
        if (wf_streq(tables[i].what, "people"))
            *people += added;
    }
    return true;
}

static bool make(struct wf_demo *demo, const weft_file *files, size_t n,
                 weft_error *err)
{
    int64_t people;
    bool done;

    if (!import_all(demo, files, n, &people, err))
        return false;
    if (people == 0)
        return true;
    wf_demo_clock_begin(demo);
    done = play_all(demo, files, n, err);
    wf_demo_clock_end(demo);
    return done && wf_demo_look(demo, err);
}

weft_reply *weft_init_demo(weft_session *session, const weft_file *files,
                           size_t n)
{
    struct wf_arena *arena = wf_arena_new();
    weft_reply *reply = wf_reply_new(arena);
    weft_error err = wf_error_in(session->asker.lang);
    struct wf_demo demo = { .session = session,
                            .arena = arena,
                            .findings =
                                WF_DIAGS_INIT(arena, session->asker.lang),
                            .findings_text = "[]" };

    if (!make(&demo, files, n, &err))
        wf_reply_fail(reply, &err, demo.findings_text);
    return reply;
}
