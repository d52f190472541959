/* bench/bench_lights.c - the look of an alert over many documents, the day
 * after, and points of a metric.
 *
 *     bench_lights STORE DOCUMENTS [POINTS]
 *
 * One document is made by the engine; the others are its rows over and over,
 * for the sake of time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>
#include <weft/metric.h>

#include "company.h"

enum {
    DAY_MS = 24 * 60 * 60 * 1000,
    BATCH = 10000
};

static const char form_xml[] =
    "<form xmlns='urn:weft:1' id='aim' label='Aim' title='{name}'><fields>"
    "<field id='name' type='text'/>"
    "<field id='start' type='date'/><field id='due' type='date'/>"
    "<field id='progress' type='progress'/></fields>"
    "<workflow start='open'><step id='open' by='creator' edit='*'>"
    "<action id='end' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='everyone'/><grant to='everyone' rights='read'/>"
    "</access></form>";
static const char alert_xml[] =
    "<alert xmlns='urn:weft:1' id='health' form='aim' check='daily 08:00'>"
    "<level id='far' colour='red'"
    " when='behind(progress or 0, start, due) &gt; 30'/>"
    "<level id='late' colour='yellow' when='behind(progress or 0, start, due)"
    " &gt; 15 or (today() &gt; due and stale(days(due, today())))'/>"
    "<level id='still' colour='yellow'"
    " when='(progress or 0) &lt; 100 and stale(14, progress)'/></alert>";
static const char metric_xml[] =
    "<metric xmlns='urn:weft:1' id='yield'>"
    "<level id='low' colour='red' when='value &lt; 10' hold='3'/>"
    "<level id='odd' colour='red' over='day' fn='avg'"
    " when='value &lt; avg(28) - 3 * sd(28)'/></metric>";

/* 2026-10-12 01:00 UTC */
static int64_t now = INT64_C(1791766800000);

static int64_t clock_now(void *self)
{
    (void)self;
    return now;
}

struct bench {
    const char *path;
    weft_engine *engine;
    weft_session *system;
};

static void open_store(struct bench *b)
{
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    char url[512];

    options.create = true;
    options.no_jobs = true;
    options.now_ms = clock_now;
    snprintf(url, sizeof url, "sqlite:%s", b->path);
    if (!weft_engine_open(url, &options, &b->engine, &err)
        || !weft_session_as(b->engine, NULL, "en", &b->system, &err)) {
        fprintf(stderr, "%s: %s\n", b->path, err.text);
        exit(1);
    }
}

static void close_store(struct bench *b)
{
    weft_session_free(b->system);
    weft_engine_close(b->engine);
}

static void done(weft_command *command)
{
    weft_reply *reply = weft_run(command);

    company_ok(reply);
    weft_reply_free(reply);
}

static double cpu_s; /* of the last tick */

static double tick(struct bench *b)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired, start = monotonic_us();
    clock_t cpu = clock();

    if (!weft_engine_tick(b->engine, now, &fired, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    cpu_s = (double)(clock() - cpu) / CLOCKS_PER_SEC;
    return (double)(monotonic_us() - start) / 1e6;
}

/* Of a hundred documents one is behind, the others begin and end day by day. */
static const char CLONE[] =
    "CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL"
    " SELECT i + 1 FROM c WHERE i < %zu) SELECT i FROM c;"
    "INSERT INTO document SELECT d.id + n.i AS id, form, family, version, "
    "title,"
    " step, level, state, subject, creator, parent, period, health, progress,"
    " score, due, revision, walk, flow, NULL AS uniq, created, updated, data,"
    " %s FROM n, document d WHERE d.id = %" PRId64 ";";

static void run_sql(sqlite3 *db, const char *sql)
{
    char *problem = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK) {
        fprintf(stderr, "%s\n%s\n", problem, sql);
        exit(1);
    }
}

static int64_t the_one(sqlite3 *db, char *rest, size_t size)
{
    sqlite3_stmt *q = NULL;
    int64_t id;

    (void)sqlite3_prepare_v2(db, "SELECT MAX(id) FROM document", -1, &q, NULL);
    sqlite3_step(q);
    id = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    /* the columns that migrations have added behind `data`, in their order */
    (void)sqlite3_prepare_v2(db,
                             "SELECT group_concat(name, ', ') FROM (SELECT name"
                             " FROM pragma_table_info('document') WHERE cid >"
                             " (SELECT cid FROM pragma_table_info('document')"
                             " WHERE name = 'data') ORDER BY cid)",
                             -1, &q, NULL);
    sqlite3_step(q);
    snprintf(rest, size, "%s", (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    return id;
}

static void multiply(const struct bench *b, size_t n)
{
    sqlite3 *db = NULL;
    char sql[4096], rest[1024];
    int64_t id;

    (void)sqlite3_open(b->path, &db);
    id = the_one(db, rest, sizeof rest);
    run_sql(db, "BEGIN");
    snprintf(sql, sizeof sql, CLONE, n - 1, rest, id);
    run_sql(db, sql);
    snprintf(
        sql, sizeof sql,
        "INSERT INTO watch (alert, document, due) SELECT 'health',"
        " %" PRId64 " + i, 0 FROM n;"
        "INSERT INTO field_index (document, form, field, row, num, text,"
        " changed) SELECT %" PRId64 " + i, 'aim', 'start', 0, NULL,"
        " date('2026-07-01', '+' || (i %% 90) || ' days'), %" PRId64 " FROM n;"
        "INSERT INTO field_index (document, form, field, row, num, text,"
        " changed) SELECT %" PRId64 " + i, 'aim', 'due', 0, NULL,"
        " date('2026-11-01', '+' || (i %% 90) || ' days'), %" PRId64 " FROM n;"
        "INSERT INTO field_index (document, form, field, row, num, text,"
        " changed) SELECT %" PRId64 " + i, 'aim', 'progress', 0,"
        " CASE i %% 100 WHEN 0 THEN 1 ELSE 95 END, NULL, %" PRId64 " FROM n;",
        id, id, now, id, now, id, now);
    run_sql(db, sql);
    run_sql(db, "COMMIT");
    sqlite3_close(db);
}

/* --- Points: of a hundred people, a minute apart. */

static double feed(struct bench *b, size_t batch, double *longest)
{
    size_t size = (size_t)BATCH * 100, len = 0;
    char *body = malloc(size);
    int64_t start;
    double took;

    body[len++] = '[';
    for (size_t i = 0; i < BATCH; i++) {
        int64_t minute = (int64_t)(batch * BATCH + i) / 100;

        len += (size_t)snprintf(body + len, size - len,
                                "%s{\"subject\":\"p%zu\",\"at\":\"2026-09-%02d"
                                "T%02d:%02d:00Z\",\"value\":%zu}",
                                i ? "," : "", i % 100, (int)(1 + minute / 1440),
                                (int)(minute / 60 % 24), (int)(minute % 60),
                                90 + i % 9);
    }
    body[len++] = ']';
    start = monotonic_us();
    done(weft_metric_feed(b->system, "yield", body, len));
    took = (double)(monotonic_us() - start) / 1e6;
    free(body);
    *longest = took > *longest ? took : *longest;
    return took;
}

static void make_people(struct bench *b)
{
    char csv[8192];
    size_t len = (size_t)snprintf(csv, sizeof csv,
                                  "login,name,roles\nroot,Root,admin\n");

    for (int i = 0; i < 100; i++)
        len +=
            (size_t)snprintf(csv + len, sizeof csv - len, "p%d,P%d,\n", i, i);
    done(weft_import(b->system, "people", csv, len, false));
}

int main(int argc, char **argv)
{
    static const char one[] =
        "{\"form\":\"aim\",\"data\":{\"name\":\"one\",\"start\":\"2026-10-01\","
        "\"due\":\"2026-12-31\",\"progress\":10}}";
    struct bench b = { .path = argc > 1 ? argv[1] : NULL };
    size_t n = argc > 2 ? (size_t)atoi(argv[2]) : 0;
    size_t n_points = argc > 3 ? (size_t)atoi(argv[3]) : 200000;
    weft_file files[] = {
        { "aim.form.xml", form_xml, sizeof form_xml - 1 },
        { "health.alert.xml", alert_xml, sizeof alert_xml - 1 },
        { "yield.metric.xml", metric_xml, sizeof metric_xml - 1 },
    };
    weft_deploy what = { .files = files, .n_files = 3 };
    double points = 0, longest = 0, all;

    if (n < 2) {
        fprintf(stderr, "usage: bench_lights STORE DOCUMENTS [POINTS]\n");
        return 2;
    }
    remove(b.path);
    open_store(&b);
    make_people(&b);
    done(weft_deploy_run(b.system, &what));
    done(weft_document_create(b.system, one, sizeof one - 1, NULL));
    (void)tick(&b);
    close_store(&b);
    multiply(&b, n);
    open_store(&b);
    now += DAY_MS;
    all = tick(&b);
    printf("all %zu documents looked at: %.2f s (%.2f s of CPU)\n", n, all,
           cpu_s);
    for (int i = 0; i < 3; i++) {
        now += DAY_MS;
        printf("a day later: %.2f s\n", tick(&b));
    }
    for (size_t i = 0; i < n_points / BATCH; i++)
        points += feed(&b, i, &longest);
    printf("points: %.0f a second, %d in %.3f s at most\n",
           (double)n_points / points, BATCH, longest);
    close_store(&b);
    return 0;
}
