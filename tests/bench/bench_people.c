/* bench/bench_people.c - a large company: imported, and asked for by the words
 * for people.
 *
 *     bench_people STORE PEOPLE
 *
 * Prints the seconds of the import, then of each word the microseconds that it
 * takes of a processor, on average over people from everywhere: "import S",
 * "WORD US".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "company.h"
#include "org/who.h"

enum {
    UNITS = 3000,
    BELOW = 9,    /* people beneath each, and units */
    ASKED = 2000, /* people that each word is asked of */
    PARTNERS = 100
};

static const char *const words[] = {
    "manager(owner)",
    "managers(owner, 5)",
    "head(unit(owner))",
    "heads(unit(owner))",
    "role(hr, owner)",
    "reports(owner)",
    "peers(owner)",
    "manager(manager(owner)), role(hr, owner) except owner",
};

static void die(const char *why)
{
    fprintf(stderr, "%s\n", why);
    exit(1);
}

/* --- Importing */

static void import(weft_session *system, const char *what,
                   const struct wf_buf *csv)
{
    weft_reply *reply =
        weft_run(weft_import(system, what, wf_buf_text(csv), csv->len, false));

    company_ok(reply);
    weft_reply_free(reply);
}

static void add_person(struct wf_buf *out, int i)
{
    wf_buf_printf(out, "p%d,Person %d,p%d@example.com,u%d,", i, i, i,
                  i % UNITS);
    if (i > 0)
        wf_buf_printf(out, "p%d", (i - 1) / BELOW);
    wf_buf_printf(out, ",%d,Title %d,", i % 10, i % 50);
    if (i < PARTNERS)
        wf_buf_printf(out, "hr@u%d", i);
    wf_buf_char(out, '\n');
}

/* Everybody comes twice: only then are those there who head units. */
static double import_all(weft_session *system, int n)
{
    struct wf_arena *arena = wf_arena_new();
    struct wf_buf units = WF_BUF_INIT(arena), people = WF_BUF_INIT(arena),
                  heads = WF_BUF_INIT(arena);
    int64_t start;
    double seconds;

    wf_buf_str(&units, "id,name,parent\nu0,Firm,\n");
    wf_buf_str(&heads, "id,name,parent,head\nu0,Firm,,p0\n");
    for (int i = 1; i < UNITS; i++) {
        int above = (i - 1) / BELOW;

        wf_buf_printf(&units, "u%d,Unit %d,u%d\n", i, i, above);
        wf_buf_printf(&heads, "u%d,Unit %d,u%d,p%d\n", i, i, above, i);
    }
    wf_buf_str(&people, "login,name,email,unit,manager,grade,title,roles\n");
    for (int i = 0; i < n; i++)
        add_person(&people, i);
    import(system, "units", &units);
    start = monotonic_us();
    import(system, "people", &people);
    seconds = (double)(monotonic_us() - start) / 1e6;
    import(system, "units", &heads);
    wf_arena_free(arena);
    return seconds;
}

/* --- Asking */

/* How many people `who` is of somebody; each question finds out all anew. */
static size_t ask(struct wf_db *db, const struct wf_who *who, wf_id owner)
{
    struct wf_arena *arena = wf_arena_new();
    int64_t units = 1000000;
    struct wf_call call = {
        .arena = arena, .db = db, .lang = "en", .units = &units
    };
    struct wf_who_doc doc = { .subject = owner, .creator = owner };
    struct wf_who_context context = { .call = &call, .doc = &doc };
    struct wf_who_list list = { NULL, 0, 0 };
    weft_error err = WEFT_ERROR_INIT;
    size_t n;

    call.people = wf_people_new(arena, NULL);
    if (!wf_who_people(&context, who, &list, &err))
        die(err.text);
    n = list.n;
    wf_arena_free(arena);
    return n;
}

static size_t load_people(struct wf_db *db, wf_id *out)
{
    static const char SQL[] = "SELECT id FROM person WHERE id % 149 = 0"
                              " ORDER BY id LIMIT $1";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;
    size_t n = 0;

    if (!wf_stmt_begin(db, SQL, &q, &err))
        die(err.text);
    wf_stmt_bind_int(&q, 1, ASKED);
    while (wf_stmt_step(&q, &err) == WF_FETCH_ROW)
        out[n++] = wf_stmt_int(&q, 0);
    return n;
}

static void ask_each(struct wf_db *db, const char *word)
{
    static wf_id people[ASKED];
    struct wf_arena *arena = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_place place = { .line = 1, .column = 1 };
    const struct wf_who *who =
        wf_who_parse(arena, place, word, NULL, WF_WHO_FOR_WORK, &diags);
    size_t n = load_people(db, people), found = 0;
    clock_t cpu;

    if (!who || n == 0)
        die(word);
    for (size_t i = 0; i < n; i++)
        found += ask(db, who, people[i]);
    cpu = clock();
    for (size_t i = 0; i < n; i++)
        found += ask(db, who, people[i]);
    cpu = clock() - cpu;
    if (found == 0)
        die("nobody is found");
    printf("%.1f %s\n", 1e6 * (double)cpu / CLOCKS_PER_SEC / (double)n, word);
    wf_arena_free(arena);
}

int main(int argc, char **argv)
{
    const struct wf_log log = { WF_LOG_ERROR, &wf_clock_real, NULL, NULL };
    const struct wf_store_options store_options = { .log = &log };
    struct wf_reader reader = WF_READER_INIT;
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_store *store;
    weft_session *system;
    weft_engine *engine;
    char url[512];

    if (argc != 3)
        die("usage: bench_people STORE PEOPLE");
    snprintf(url, sizeof url, "sqlite:%s", argv[1]);
    options.create = options.no_jobs = true;
    if (!weft_engine_open(url, &options, &engine, &err)
        || !weft_session_as(engine, NULL, "en", &system, &err))
        die(err.text);
    printf("import %.1f\n", import_all(system, atoi(argv[2])));
    weft_session_free(system);
    weft_engine_close(engine);
    if (!wf_store_open(url, &store_options, &store, &err)
        || !wf_reader_begin(store, 0, &reader, &err))
        die(err.text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ask_each(reader.db, words[i]);
    wf_reader_end(&reader);
    wf_store_close(store);
    return 0;
}
