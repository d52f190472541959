/* api/fork.c - a copy of a store that tests may have: nobody's name, no text
 * that somebody wrote, nothing that opens a door.
 *
 * A backup is masked beside its place and then copied table by table, so that
 * no page of the copy has ever held what was masked. The statements here write
 * tables of many layers: the copy is nobody's but ours.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <weft/engine.h>

#include "api/command.h"
#include "api/engine.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/text.h"
#include "doc/mask.h"

enum {
    PAGE = 100
};

static const struct wf_asker the_engine = { .system = true };

/* What opens a door, and what was said outside of fields. The chain of the
 * history covers digests: its payloads go, and it holds. */
static const char *const statements[] = {
    "DELETE FROM session",
    "DELETE FROM token",
    "DELETE FROM idempotency",
    "DELETE FROM identity",
    "DELETE FROM way_taken",
    "DELETE FROM provider",
    "DELETE FROM job WHERE kind = 'send'",
    "DELETE FROM wish",
    "DELETE FROM chat_account",
    "DELETE FROM heard",
    "DELETE FROM pending",
    "DELETE FROM channel_state",
    "DELETE FROM channel",
    "DELETE FROM planned",
    "DELETE FROM timer WHERE kind = 'organisation'",
    "DELETE FROM past WHERE what = 'title'",
    "DELETE FROM report_shown",
    "UPDATE unit SET head_login = NULL",
    "UPDATE team SET external = NULL",
    "UPDATE comment SET text = '…'",
    "UPDATE notification SET text = '…'",
    "UPDATE event SET payload = NULL, salt = NULL",
    "UPDATE job SET problem = NULL",
    "UPDATE timer SET problem = NULL",
    "UPDATE migration SET reason = NULL",
    "UPDATE migration_refused SET reason = '…'",
    "UPDATE made_once SET key = 'fork ' || document || ' '"
    " || lower(hex(randomblob(8)))",
    "DELETE FROM file_part",
    "INSERT INTO file_part (file, n, data) SELECT id, 0, CAST('…' AS BLOB)"
    " FROM file",
};

static const char SQL_FILES[] =
    "UPDATE file SET name = 'file', size = $1, hash = $2"
    " WHERE hash IS NOT NULL";
static const char SQL_PEOPLE[] =
    "SELECT id, login, name, email, title FROM person ORDER BY id";
static const char SQL_PERSON[] =
    "UPDATE person SET login = $2, name = $3, pinyin = $4, initials = $5,"
    " email = $6, title = $7, attributes = '{}', password = NULL,"
    " external = NULL WHERE id = $1";
static const char SQL_JOBS[] = "SELECT id, payload FROM job";
static const char SQL_JOB[] = "UPDATE job SET payload = $2 WHERE id = $1";

/* What all commands of one masking share. */
struct forking {
    struct wf_mask mask;
    wf_id last; /* document */
};

static bool run(struct wf_call *call, const char *sql, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    return wf_stmt_begin(call->db, sql, &q, err) && wf_stmt_run(&q, err);
}

/* --- People */

struct person {
    wf_id id;
    const char *login, *name, *email, *title;
};
struct people {
    struct person *at;
    size_t n, cap;
};

static bool load_people(struct wf_call *call, struct people *people,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_PEOPLE, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, people) = (struct person){
            wf_stmt_int(&q, 0), wf_stmt_str(&q, 1, call->arena),
            wf_stmt_str(&q, 2, call->arena), wf_stmt_str(&q, 3, call->arena),
            wf_stmt_str(&q, 4, call->arena)
        };
    return got == WF_FETCH_DONE;
}

/* The administrator of every store keeps the login that every store has. */
static const char *masked_login(struct wf_arena *arena,
                                const struct person *person, size_t n)
{
    return wf_streq(person->login, "admin")
               ? person->login
               : wf_arena_printf(arena, "person%zu", n);
}

static bool mask_person(struct wf_call *call, const struct wf_mask *mask,
                        const struct person *person, size_t n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = call->arena;
    const char *name = wf_arena_printf(arena, "Person %zu", n);
    const char *login = masked_login(arena, person, n);

    if (!wf_stmt_begin(call->db, SQL_PERSON, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, person->id);
    wf_stmt_bind_text(&q, 2, login);
    wf_stmt_bind_text(&q, 3, name);
    wf_stmt_bind_text(&q, 4, wf_text_pinyin(arena, name));
    wf_stmt_bind_text(&q, 5, wf_text_initials(arena, name));
    wf_stmt_bind_text(&q, 6,
                      person->email
                          ? wf_arena_printf(arena, "%s@example.invalid", login)
                          : NULL);
    wf_stmt_bind_text(&q, 7, wf_mask_text(mask, arena, person->title));
    return wf_stmt_run(&q, err);
}

/* --- Pilots: whom a run is for may be said by login */

struct run_row {
    wf_id id;
    const char *audience;
};
struct runs {
    struct run_row *at;
    size_t n, cap;
};

static bool load_runs(struct wf_call *call, struct runs *runs, weft_error *err)
{
    static const char SQL[] =
        "SELECT id, audience FROM cycle_run WHERE audience IS NOT NULL";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, runs) =
            (struct run_row){ wf_stmt_int(&q, 0),
                              wf_stmt_str(&q, 1, call->arena) };
    return got == WF_FETCH_DONE;
}

/* The new login of who had the one that begins at `text` and is `len` long;
 * whoever is not there is called nobody. */
static const char *login_now(struct wf_arena *arena,
                             const struct people *people, const char *text,
                             size_t len)
{
    for (size_t i = 0; i < people->n; i++)
        if (strlen(people->at[i].login) == len
            && strncmp(people->at[i].login, text, len) == 0)
            return masked_login(arena, &people->at[i], i + 1);
    return "nobody";
}

static const char *mask_audience(struct wf_arena *arena,
                                 const struct people *people, const char *text)
{
    static const char WORD[] = "person(";
    struct wf_buf out = WF_BUF_INIT(arena);
    const char *at;

    while ((at = strstr(text, WORD))) {
        size_t len;

        at += sizeof WORD - 1;
        at += strspn(at, " ");
        len = strcspn(at, " )");
        wf_buf_add(&out, text, (size_t)(at - text));
        wf_buf_str(&out, login_now(arena, people, at, len));
        text = at + len;
    }
    wf_buf_str(&out, text);
    return wf_buf_text(&out);
}

static bool mask_runs(struct wf_call *call, const struct people *people,
                      weft_error *err)
{
    static const char SQL[] =
        "UPDATE cycle_run SET audience = $2 WHERE id = $1";
    struct runs runs = { 0 };

    if (!load_runs(call, &runs, err))
        return false;
    for (size_t i = 0; i < runs.n; i++) {
        struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

        if (!wf_stmt_begin(call->db, SQL, &q, err))
            return false;
        wf_stmt_bind_id(&q, 1, runs.at[i].id);
        wf_stmt_bind_text(
            &q, 2, mask_audience(call->arena, people, runs.at[i].audience));
        if (!wf_stmt_run(&q, err))
            return false;
    }
    return true;
}

/* First all to logins that nobody has, for a new one may be an old one. */
static bool mask_people(struct wf_call *call, const struct wf_mask *mask,
                        weft_error *err)
{
    static const char SQL_ASIDE[] =
        "UPDATE person SET login = 'aside ' || id WHERE login <> 'admin'";
    struct people people = { 0 };

    if (!load_people(call, &people, err) || !run(call, SQL_ASIDE, err))
        return false;
    for (size_t i = 0; i < people.n; i++)
        if (!mask_person(call, mask, &people.at[i], i + 1, err))
            return false;
    return mask_runs(call, &people, err);
}

/* --- Jobs: what an act said goes along with them */

struct job {
    wf_id id;
    const char *payload;
};
struct jobs {
    struct job *at;
    size_t n, cap;
};

static bool load_jobs(struct wf_call *call, struct jobs *jobs, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_JOBS, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, jobs) =
            (struct job){ wf_stmt_int(&q, 0), wf_stmt_str(&q, 1, call->arena) };
    return got == WF_FETCH_DONE;
}

static bool mask_job(struct wf_call *call, const struct job *job,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_json *payload;

    if (!wf_json_read_stored(call->arena, job->payload, &payload, err))
        return false;
    wf_json_set(call->arena, payload, "comment", wf_json_null(call->arena));
    if (!wf_stmt_begin(call->db, SQL_JOB, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, job->id);
    wf_stmt_bind_text(&q, 2, wf_json_dump(call->arena, payload));
    return wf_stmt_run(&q, err);
}

static bool mask_jobs(struct wf_call *call, weft_error *err)
{
    struct jobs jobs = { 0 };

    if (!load_jobs(call, &jobs, err))
        return false;
    for (size_t i = 0; i < jobs.n; i++)
        if (!mask_job(call, &jobs.at[i], err))
            return false;
    return true;
}

static bool mask_files(struct wf_call *call, weft_error *err)
{
    static const char CONTENT[] = "…";
    struct wf_hash hash = wf_hash_of(CONTENT, sizeof CONTENT - 1);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FILES, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, sizeof CONTENT - 1);
    wf_stmt_bind_blob(&q, 2, hash.at, sizeof hash.at);
    return wf_stmt_run(&q, err);
}

/* --- The commands */

static bool mask_rest(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct forking *forking = *(struct forking *const *)with;
    struct wf_call *call = &turn->call;

    for (size_t i = 0; i < WF_COUNT(statements); i++)
        if (!run(call, statements[i], err))
            return false;
    return mask_files(call, err) && mask_jobs(call, err)
           && mask_people(call, &forking->mask, err);
}

static bool mask_page(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct forking *forking = *(struct forking *const *)with;

    return wf_mask_documents(&turn->call, &forking->mask, PAGE, &forking->last,
                             err);
}

static bool take(weft_engine *engine, wf_answer_fn *part,
                 struct forking *forking, weft_error *err)
{
    weft_command *command = wf_command_as(engine, &the_engine, part);
    struct forking **with = WF_NEW(command->arena, struct forking *);
    const weft_error *failure;
    weft_reply *reply;

    *with = forking;
    command->with = with;
    reply = weft_run(command);
    failure = weft_reply_error(reply);
    if (failure)
        wf_fail_as(err, failure);
    weft_reply_free(reply);
    return !failure;
}

/* People first: titles of documents hold their names. */
static bool mask_all(weft_engine *engine, weft_error *err)
{
    struct forking forking = { .last = 0 };

    wf_random(forking.mask.key, sizeof forking.mask.key);
    if (!take(engine, mask_rest, &forking, err))
        return false;
    do {
        if (!take(engine, mask_page, &forking, err))
            return false;
    } while (forking.last);
    return true;
}

/* --- The copy */

static bool mask_at(const char *url, weft_error *err)
{
    weft_options options = WEFT_OPTIONS_INIT;
    weft_engine *engine;
    bool masked;

    options.no_jobs = true;
    if (!weft_engine_open(url, &options, &engine, err))
        return false;
    masked = mask_all(engine, err);
    weft_engine_close(engine);
    return masked;
}

static void told(void *self, const char *table, int64_t n_rows,
                 const char *hash)
{
    (void)self;
    (void)table;
    (void)n_rows;
    (void)hash;
}

static void remove_store(struct wf_arena *arena, const char *path)
{
    static const char *const endings[] = { "", "-wal", "-shm", ".key" };

    for (size_t i = 0; i < WF_COUNT(endings); i++)
        unlink(wf_arena_printf(arena, "%s%s", path, endings[i]));
}

bool weft_engine_fork(weft_engine *engine, const char *path, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    const char *beside = wf_arena_printf(arena, "%s.unmasked", path);
    const char *from = wf_arena_printf(arena, "sqlite:%s", beside);
    const char *to = wf_arena_printf(arena, "sqlite:%s", path);
    bool done;

    if (access(path, F_OK) == 0)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "There is a file at %s already: it is kept.", path);
    if (!weft_engine_backup(engine, beside, err))
        return false;
    done = mask_at(from, err) && weft_copy(from, to, told, NULL, err);
    remove_store(arena, beside);
    if (!done)
        remove_store(arena, path);
    return done;
}
