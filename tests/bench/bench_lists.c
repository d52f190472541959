/* bench/bench_lists.c - lists by due date of many documents, for who may see
 * few of them, some, and all.
 *
 *     bench_lists STORE DOCUMENTS [plans]
 *
 * Eight clients ask for the first fifty at once. Prints for each reader what a
 * page costs: "NAME p50 MS p95 MS cpu MS", the last of one processor for a
 * page; with `plans` also how SQLite goes about it.
 * The rows are written by the store itself, as documents made one by one would
 * have left them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "company.h"
#include "store/db.h"

enum {
    PEOPLE = 30000,
    UNITS = 300,
    LARGE = 10000, /* people beneath p0 */
    TEAM = 12,     /* directly beneath each lead */
    CLIENTS = 8,
    EACH = 100 /* pages of each client */
};

/* Like a review: what one sees depends on who one is to its subject. */
static const char form_xml[] =
    "<form xmlns='urn:weft:1' id='aim' label='Aim' subject='owner'><fields>"
    "<field id='owner' type='person' label='Owner'/>"
    "<field id='due' type='date' label='Due'/>"
    "<field id='helpers' type='people' label='Helpers'/>"
    "<field id='grade' type='text' label='Grade' private='true'/></fields>"
    "<workflow start='active'><step id='active' label='Active' by='owner'"
    " edit='*'><action id='end' label='End' to='done'/></step>"
    "<end id='done' label='Done'/></workflow>"
    "<access><create by='everyone'/><grant to='owner, creator, helpers'"
    " rights='read'/><grant to='above(owner), dotted(owner)' rights='read'/>"
    "<grant to='role(hr, owner)' rights='read export'/>"
    "<grant to='manager(owner)' rights='read' fields='grade'/>"
    "</access></form>";

/* Open ones are due in no order; three of four have ended. */
static const char SQL_DOCUMENTS[] =
    "INSERT INTO document (id, form, family, version, title, step, state,"
    " subject, creator, due, revision, walk, flow, created, updated, data)"
    " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < $1), p(id, k) AS (SELECT id, ROW_NUMBER() OVER (ORDER BY id)"
    " FROM person)"
    " SELECT $2 + i, 'aim', 'aim', 1, 'Aim ' || i,"
    " CASE WHEN i % 4 = 0 THEN 'active' ELSE 'done' END,"
    " CASE WHEN i % 4 = 0 THEN 'open' ELSE 'done' END, p.id, p.id,"
    " 1790000000000 + (i * 7919 % 100003) * 60000, 1, 0, '{}',"
    " 1790000000000 + i, 1790000000000 + i,"
    " '{\"owner\":\"' || p.id || '\",\"words\":\"Reach the agreed share of"
    " the regional market by the end of the year, measured as before.\"}'"
    " FROM n JOIN p ON p.k = 1 + i * 31 % (SELECT COUNT(*) FROM person)";
static const char SQL_SEATS[] =
    "INSERT INTO seat (id, document, form, step, walk, place, person, source,"
    " state, made, due) SELECT id, id, 'aim', 'active', 0, 1, subject, 'rule',"
    " 'open', created, due FROM document WHERE state = 'open'";
static const char SQL_HELPERS[] =
    "INSERT INTO field_index (document, form, field, row, num, text)"
    " SELECT id, 'aim', 'helpers', 1, NULL, CAST(subject AS TEXT)"
    " FROM document WHERE id % 10 = 0";

static void die(const char *why)
{
    fprintf(stderr, "%s\n", why);
    exit(1);
}

static void done(weft_command *command)
{
    weft_reply *reply = weft_run(command);

    company_ok(reply);
    weft_reply_free(reply);
}

/* --- The store */

static weft_session *session_of(weft_engine *engine, const char *login)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session;

    if (!weft_session_as(engine, login, "en", &session, &err))
        die(err.text);
    return session;
}

/* The lead of somebody: teams of TEAM, whose leads are led by p0 as long as
 * there are no more than LARGE, and by the chief from there on. */
static const char *lead_of(struct wf_arena *arena, int i)
{
    if (i % (TEAM + 1) != 1)
        return wf_arena_printf(arena, "p%d", i - (i - 1) % (TEAM + 1));
    return i <= LARGE ? "p0" : "chief";
}

static void import_company(weft_session *system)
{
    struct wf_arena *arena = wf_arena_new();
    struct wf_buf units = WF_BUF_INIT(arena), people = WF_BUF_INIT(arena);

    wf_buf_str(&units, "id,name,parent\nu0,Firm,\n");
    for (int i = 1; i < UNITS; i++)
        wf_buf_printf(&units, "u%d,Unit %d,u%d\n", i, i, (i - 1) / 9);
    wf_buf_str(&people, "login,name,unit,manager,roles\n"
                        "chief,Chief,u0,,hr;admin\np0,P 0,u0,chief,\n");
    for (int i = 1; i < PEOPLE; i++)
        wf_buf_printf(&people, "p%d,P %d,u%d,%s,\n", i, i, i % UNITS,
                      lead_of(arena, i));
    done(weft_import(system, "units", wf_buf_text(&units), units.len, false));
    done(
        weft_import(system, "people", wf_buf_text(&people), people.len, false));
    wf_arena_free(arena);
}

static void deploy(weft_session *system)
{
    weft_file file = { "aim.form.xml", form_xml, strlen(form_xml) };
    weft_deploy what = { .files = &file, .n_files = 1 };

    done(weft_deploy_run(system, &what));
}

static bool run(struct wf_db *db, const char *sql, int64_t n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, sql, &q, err))
        return false;
    if (n) {
        wf_stmt_bind_int(&q, 1, n);
        wf_stmt_bind_int(&q, 2, (int64_t)1 << 40);
    }
    return wf_stmt_run(&q, err);
}

static void fill(const char *url, int64_t n)
{
    const struct wf_log log = { WF_LOG_ERROR, &wf_clock_real, NULL, NULL };
    const struct wf_store_options options = { .log = &log };
    weft_error err = WEFT_ERROR_INIT;
    struct wf_store *store;
    struct wf_db *db;

    if (!wf_store_open(url, &options, &store, &err))
        die(err.text);
    db = wf_store_writer(store);
    if (!wf_db_begin(db, &err) || !run(db, SQL_DOCUMENTS, n, &err)
        || !run(db, SQL_SEATS, 0, &err) || !run(db, SQL_HELPERS, 0, &err)
        || !wf_db_commit(db, &err))
        die(err.text);
    wf_store_close(store);
}

/* --- Plans: what the engine asks SQLite is asked once more, how. */

static atomic_bool is_showing;
static const char *store_path;

static void show_plan(const char *sql)
{
    sqlite3_stmt *plan = NULL;
    sqlite3 *raw = NULL;
    char *text = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);

    if (sqlite3_open(store_path, &raw) == SQLITE_OK
        && sqlite3_prepare_v2(raw, text, -1, &plan, NULL) == SQLITE_OK)
        while (sqlite3_step(plan) == SQLITE_ROW)
            printf("    %s\n", (const char *)sqlite3_column_text(plan, 3));
    sqlite3_finalize(plan);
    sqlite3_close(raw);
    sqlite3_free(text);
}

static int on_statement(unsigned kind, void *self, void *stmt, void *text)
{
    char *sql;

    (void)kind;
    (void)self;
    (void)text;
    if (!atomic_load(&is_showing))
        return 0;
    sql = sqlite3_expanded_sql(stmt);
    if (sql && strstr(sql, "FROM document d")) {
        atomic_store(&is_showing, false);
        if (getenv("SQL"))
            printf("    %s\n", sql);
        show_plan(sql);
        atomic_store(&is_showing, true);
    }
    sqlite3_free(sql);
    return 0;
}

/* Called by SQLite for each connection that is opened. */
static int watch(sqlite3 *raw, char **why, const void *routines)
{
    (void)why;
    (void)routines;
    return sqlite3_trace_v2(raw, SQLITE_TRACE_STMT, on_statement, NULL);
}

/* --- Asking */

struct client {
    weft_session *who;
    pthread_t thread;
    int64_t us[EACH];
};

static void ask(weft_session *who)
{
    static const weft_param params[] = { { "form", "aim" },
                                         { "sort", "due" },
                                         { "limit", "50" } };
    weft_reply *reply = weft_document_list(who, params, 3);

    company_ok(reply);
    weft_reply_free(reply);
}

static void *ask_all(void *self)
{
    struct client *client = self;

    for (int i = 0; i < EACH; i++) {
        int64_t start = monotonic_us();

        ask(client->who);
        client->us[i] = monotonic_us() - start;
    }
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

    return (one > other) - (one < other);
}

static void measure(weft_engine *engine, const char *name, const char *login,
                    bool plans)
{
    static struct client clients[CLIENTS];
    static int64_t all[CLIENTS * EACH];
    clock_t cpu;

    for (int i = 0; i < CLIENTS; i++)
        clients[i].who = session_of(engine, login);
    atomic_store(&is_showing, plans);
    if (plans)
        ask(clients[0].who);
    atomic_store(&is_showing, false);
    fflush(stdout);
    cpu = clock();
    for (int i = 0; i < CLIENTS; i++)
        pthread_create(&clients[i].thread, NULL, ask_all, &clients[i]);
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
        memcpy(all + i * EACH, clients[i].us, sizeof clients[i].us);
    }
    cpu = clock() - cpu;
    qsort(all, CLIENTS * EACH, sizeof *all, by_size);
    printf("%s p50 %.1f p95 %.1f cpu %.2f\n", name,
           (double)all[CLIENTS * EACH / 2] / 1e3,
           (double)all[CLIENTS * EACH * 95 / 100] / 1e3,
           1e3 * (double)cpu / CLOCKS_PER_SEC / (CLIENTS * EACH));
    for (int i = 0; i < CLIENTS; i++)
        weft_session_free(clients[i].who);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name, *login;
    } readers[] = { { "employee", "p2" },
                    { "lead-of-12", "p1" },
                    { "head-of-10000", "p0" },
                    { "hr", "chief" } };
    int64_t n = argc > 2 ? atoll(argv[2]) : 0;
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    weft_engine *engine;
    weft_session *system;
    char url[512];
    bool is_new;

    if (n < 1)
        die("usage: bench_lists STORE DOCUMENTS [plans]");
    store_path = argv[1];
    snprintf(url, sizeof url, "sqlite:%s", argv[1]);
    is_new = !fopen(argv[1], "r");
    sqlite3_auto_extension((void (*)(void))watch);
    options.create = options.no_jobs = true;
    if (!weft_engine_open(url, &options, &engine, &err))
        die(err.text);
    system = session_of(engine, NULL);
    if (is_new) {
        import_company(system);
        deploy(system);
        fill(url, n);
    }
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (argc < 5 || strcmp(argv[4], readers[i].login) == 0)
            measure(engine, readers[i].name, readers[i].login, argc > 3);
    weft_session_free(system);
    weft_engine_close(engine);
    return 0;
}
