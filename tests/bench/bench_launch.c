/* bench/bench_launch.c - a quarterly cycle is launched for a hundred thousand
 * people, piece by piece, while somebody else works beside it.
 *
 *     bench_launch STORE [PEOPLE]
 *
 * Prints the seconds until everybody has their document, and the median and
 * longest wait of a new document meanwhile, in ms.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <weft/cycle.h>

#include "company.h"

enum {
    BESIDE = 100000, /* waits that are kept */
    PAUSE_MS = 20
};

static const char package[] =
    "<package xmlns='urn:weft:1' id='quarter' lang='en'/>";
static const char sheet[] =
    "<form xmlns='urn:weft:1' id='sheet' label='Sheet' subject='owner'"
    " unique='owner period' title='{owner.name} {period}'><fields>"
    "<field id='owner' type='person' label='Owner' default='me'"
    " required='true' index='true'/>"
    "<field id='period' type='period' unit='quarter' label='Period'"
    " default='this' required='true' index='true'/>"
    "<items id='goals' label='Goals' max='8'>"
    "<field id='title' type='text' label='Goal' required='true'/>"
    "<field id='weight' type='percent' label='Weight' total='100'/>"
    "<field id='score' type='number' label='Score'/></items>"
    "<field id='total' type='number' label='Total' digits='1' index='true'"
    " formula=\"weighted(goals.score, goals.weight, 'zero')\"/></fields>"
    "<workflow start='draft'><step id='draft' label='Draft' by='owner'"
    " edit='*'><action id='hand-in' label='Hand in' to='done'/></step>"
    "<end id='done' label='Done'/></workflow>"
    "<access><create by='everyone'/><grant to='owner, above(owner)'"
    " rights='read comment'/></access></form>";
static const char cycle[] =
    "<cycle xmlns='urn:weft:1' id='review' label='Review' every='quarter'>"
    "<audience who='everyone'/>"
    "<stage id='set' label='Set' form='sheet' opens='start'"
    " due='end - 7d' remind='7d' close='end'/></cycle>";

static void done(weft_reply *reply)
{
    company_ok(reply);
    weft_reply_free(reply);
}

static weft_session *session_of(weft_engine *engine, const char *login)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session;

    if (!weft_session_as(engine, login, "en", &session, &err)) {
        fprintf(stderr, "bench_launch: %s\n", err.text);
        exit(1);
    }
    return session;
}

/* Ten in a team, as in company.c. */
static void hire(weft_session *system, int n)
{
    char *text = NULL;
    size_t len;
    FILE *csv = open_memstream(&text, &len);

    fputs("login,name,manager,roles\n", csv);
    for (int i = 0; i < n; i++) {
        fprintf(csv, "p%d,Person %d,", i, i);
        if (i > 0)
            fprintf(csv, "p%d", (i - 1) / 10);
        fprintf(csv, ",%s\n", i == 0 ? "admin" : "");
    }
    fclose(csv);
    done(weft_run(weft_import(system, "people", text, len, false)));
    free(text);
}

static void deploy(weft_session *system)
{
    weft_file files[] = { { "package.xml", package, strlen(package) },
                          { "sheet.form.xml", sheet, strlen(sheet) },
                          { "review.cycle.xml", cycle, strlen(cycle) } };
    weft_deploy what = { files, 3, NULL, NULL, NULL };

    done(weft_run(weft_deploy_run(system, &what)));
}

/* --- Somebody who works beside it */

struct beside {
    weft_session *who;
    atomic_bool over;
    size_t n;
    int64_t us[BESIDE];
};

static void *work(void *self)
{
    static const char body[] =
        "{\"form\":\"sheet\",\"data\":{\"period\":\"%d-Q%d\"}}";
    static const struct timespec pause = { 0, PAUSE_MS * 1000000L };
    struct beside *b = self;

    while (!atomic_load(&b->over) && b->n < BESIDE) {
        char text[100];
        int64_t since = monotonic_us();

        snprintf(text, sizeof text, body, 2100 + (int)(b->n / 4),
                 1 + (int)(b->n % 4));
        done(weft_run(weft_document_create(b->who, text, strlen(text), NULL)));
        b->us[b->n++] = monotonic_us() - since;
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* Whether the stage has made all of them. */
static bool is_made(weft_session *root, int n)
{
    weft_reply *reply = weft_cycle_get(root, "review");
    char wanted[40];
    bool made;

    snprintf(wanted, sizeof wanted, "\"made\":%d,", n);
    made = strstr(company_ok(reply), wanted) != NULL;

    weft_reply_free(reply);
    return made;
}

static double launch(weft_session *root, int n)
{
    static const struct timespec pause = { 0, 500000000 };
    int64_t start = monotonic_us();

    done(weft_run(weft_cycle_launch(root, "review", "{}", 2, NULL)));
    while (!is_made(root, n))
        nanosleep(&pause, NULL);
    return (double)(monotonic_us() - start) / 1e6;
}

int main(int argc, char **argv)
{
    static struct beside beside;
    int n = argc > 2 ? atoi(argv[2]) : 100000;
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    weft_engine *engine;
    weft_session *system, *root;
    pthread_t thread;
    char url[512];
    double took;

    if (argc < 2 || n < 2) {
        fprintf(stderr, "usage: bench_launch STORE [PEOPLE]\n");
        return 2;
    }
    options.create = true;
    snprintf(url, sizeof url, "sqlite:%s", argv[1]);
    if (!weft_engine_open(url, &options, &engine, &err)) {
        fprintf(stderr, "%s: %s\n", argv[1], err.text);
        return 1;
    }
    system = session_of(engine, NULL);
    deploy(system);
    hire(system, n);
    root = session_of(engine, "p0");
    beside.who = session_of(engine, "p1");
    pthread_create(&thread, NULL, work, &beside);
    took = launch(root, n);
    atomic_store(&beside.over, true);
    pthread_join(thread, NULL);
    qsort(beside.us, beside.n, sizeof beside.us[0], by_size);
    printf("launched for %d people in %.1f s; beside it a new document %.1f ms,"
           " %.1f ms at most\n",
           n, took, (double)beside.us[beside.n / 2] / 1e3,
           (double)beside.us[beside.n - 1] / 1e3);
    weft_session_free(beside.who);
    weft_session_free(root);
    weft_session_free(system);
    weft_engine_close(engine);
    return 0;
}
