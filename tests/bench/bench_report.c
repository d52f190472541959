/* bench/bench_report.c - a dashboard over many documents: worked out, and from
 * what is kept.
 *
 *     bench_report STORE DOCUMENTS
 *
 * The rows are written by the store itself, as documents made one by one would
 * have left them: so a million takes seconds.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <weft/report.h>

#include "base/buf.h"
#include "base/clock.h"
#include "company.h"
#include "store/db.h"

enum {
    PEOPLE = 2000,
    UNITS = 100,
};

static const char form_xml[] =
    "<form xmlns='urn:weft:1' id='aim' label='Aim' subject='owner'><fields>"
    "<field id='owner' type='person' label='Owner'/>"
    "<field id='period' type='period' unit='quarter' label='Period'/>"
    "<field id='progress' type='progress' label='Progress'/>"
    "<field id='grade' type='choice' label='Grade'><option id='S'/>"
    "<option id='A'/><option id='B'/><option id='C'/></field></fields>"
    "<workflow start='active'><step id='active' label='Active' by='owner'"
    " edit='*'><action id='end' label='End' to='done'/></step>"
    "<end id='done' label='Done'/></workflow>"
    "<access><create by='everyone'/><grant to='owner, above(owner)'"
    " rights='read'/><grant to='role(hr, owner)' rights='read export'/>"
    "</access></form>";
static const char *const parts[] = {
    "<report xmlns='urn:weft:1' id='teams' form='aim' date='period'"
    " over='quarter'><group id='unit' value='unit(owner)' tree='true'/>"
    "<measure id='n' fn='count'/><measure id='mean' fn='avg' value='progress'/>"
    "</report>",
    "<report xmlns='urn:weft:1' id='lights' form='aim'"
    " where=\"step == 'active'\"><group id='light' value=\"health or 'none'\"/>"
    "<measure id='n' fn='count'/></report>",
    "<report xmlns='urn:weft:1' id='grades' form='aim' date='period'"
    " over='quarter'><group id='grade' value='grade'/>"
    "<measure id='n' fn='count'/><measure id='high' fn='share'"
    " value='progress &gt;= 70'/></report>",
    "<dashboard xmlns='urn:weft:1' id='all'><report ref='teams'/>"
    "<report ref='lights'/><report ref='grades'/></dashboard>",
};

static const char SQL_DOCUMENTS[] =
    "INSERT INTO document (id, form, family, version, title, step, state,"
    " subject, creator, period, health, progress, revision, walk, flow,"
    " created, updated, data)"
    " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < $1), p(id, k) AS (SELECT id, ROW_NUMBER() OVER (ORDER BY id)"
    " FROM person)"
    " SELECT $2 + i, 'aim', 'aim', 1, 'Aim ' || i,"
    " CASE WHEN i % 4 = 0 THEN 'done' ELSE 'active' END,"
    " CASE WHEN i % 4 = 0 THEN 'done' ELSE 'open' END, p.id, p.id,"
    " CASE WHEN i % 2 = 0 THEN '2026-Q4' ELSE '2026-Q3' END,"
    " CASE i % 5 WHEN 0 THEN 'red' WHEN 1 THEN 'yellow' ELSE 'green' END,"
    " i % 101, 1, 0, '{}', 1790000000000 + i, 1790000000000 + i,"
    " '{\"owner\":\"' || p.id || '\",\"progress\":' || (i % 101)"
    " || ',\"words\":\"Reach the agreed share of the regional market by the"
    " end of the year, measured as in the year before, with the partners that"
    " were named in spring, and without lowering any price.\"}'"
    " FROM n JOIN p ON p.k = 1 + i % (SELECT COUNT(*) FROM person)";
static const char SQL_ROWS[] =
    "INSERT INTO field_index (document, form, field, row, num, text)"
    " SELECT id, 'aim', 'grade', 0, NULL, substr('SABC', 1 + id % 4, 1)"
    " FROM document WHERE form = 'aim'";

static void die(const char *why)
{
    fprintf(stderr, "%s\n", why);
    exit(1);
}

static weft_reply *good(weft_reply *reply)
{
    company_ok(reply);
    return reply;
}

static void done(weft_command *command)
{
    weft_reply_free(good(weft_run(command)));
}

static int64_t clock_now(void *self)
{
    (void)self;
    return 1791000000000 + monotonic_us() / 1000000; /* October 2026 */
}

static weft_engine *open_engine(const char *url)
{
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    weft_engine *engine;

    options.create = true;
    options.no_jobs = true;
    options.now_ms = clock_now;
    if (!weft_engine_open(url, &options, &engine, &err))
        die(err.text);
    return engine;
}

static weft_session *session_of(weft_engine *engine, const char *login)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session;

    if (!weft_session_as(engine, login, "en", &session, &err))
        die(err.text);
    return session;
}

/* Units in three levels; everybody's manager is the head of their unit. */
static void import_company(weft_session *system)
{
    struct wf_arena *arena = wf_arena_new();
    struct wf_buf units = WF_BUF_INIT(arena), people = WF_BUF_INIT(arena);

    wf_buf_str(&units, "id,name,parent\nu0,Firm,\n");
    for (int i = 1; i < UNITS; i++)
        wf_buf_printf(&units, "u%d,Unit %d,u%d\n", i, i, (i - 1) / 9);
    wf_buf_str(&people, "login,name,unit,manager,roles\n"
                        "chief,Chief,u0,,hr;admin\n");
    for (int i = 0; i < PEOPLE; i++)
        wf_buf_printf(&people, "p%d,P %d,u%d,%s,\n", i, i, i % UNITS,
                      i < 50 ? "chief" : wf_arena_printf(arena, "p%d", i % 50));
    done(weft_import(system, "units", wf_buf_text(&units), units.len, false));
    done(
        weft_import(system, "people", wf_buf_text(&people), people.len, false));
    wf_arena_free(arena);
}

static void deploy(weft_session *system, const char *name, const char *xml)
{
    weft_file file = { name, xml, strlen(xml) };
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
        || !run(db, SQL_ROWS, 0, &err) || !wf_db_commit(db, &err))
        die(err.text);
    wf_store_close(store);
}

/* The time of the processor beside the clock's: others may be at it, too. */
static void ask(weft_session *session, const char *what)
{
    int64_t start = monotonic_us();
    clock_t cpu = clock();
    weft_reply *reply = good(weft_dashboard_get(session, "all", NULL, 0));

    printf("%s %.0f ms (%.0f ms of a processor)\n", what,
           (double)(monotonic_us() - start) / 1000,
           1000.0 * (double)(clock() - cpu) / CLOCKS_PER_SEC);
    weft_reply_free(reply);
}

int main(int argc, char **argv)
{
    int64_t n = argc > 2 ? atoll(argv[2]) : 0;
    weft_engine *engine;
    weft_session *system, *chief, *manager;
    char url[512];
    bool is_new;

    if (n < 1)
        die("usage: bench_report STORE DOCUMENTS");
    snprintf(url, sizeof url, "sqlite:%s", argv[1]);
    is_new = !fopen(argv[1], "r");
    engine = open_engine(url);
    system = session_of(engine, NULL);
    if (is_new) {
        import_company(system);
        deploy(system, "aim.form.xml", form_xml);
        deploy(system, "a.report.xml", parts[0]);
        deploy(system, "b.report.xml", parts[1]);
        deploy(system, "c.report.xml", parts[2]);
        deploy(system, "d.dashboard.xml", parts[3]);
        fill(url, n);
    }
    chief = session_of(engine, "chief");
    manager = session_of(engine, "p1");
    ask(chief, "all: worked out");
    ask(chief, "all: kept");
    ask(manager, "a team: worked out");
    ask(manager, "a team: kept");
    weft_session_free(chief);
    weft_session_free(manager);
    weft_session_free(system);
    weft_engine_close(engine);
    return 0;
}
