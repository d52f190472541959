/* bench/bench_timers.c - many timers come due at one moment while people go on
 * with their work.
 *
 *     bench_timers STORE PACKAGE TIMERS
 *
 * Prints the seconds until all had fired, the p99 of requests before and
 * meanwhile, in ms, and how many commands a transaction had then. People ask at
 * their own pace, whatever the answers take.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "company.h"

enum {
    AT_ONCE = 256,
    CLIENTS = 8,
    EACH_US = 40000, /* 25 requests a second each: one new, one list in turn */
    QUIET_US = 20000000,
    SEEN_MAX = 100000,
    DAY_S = 86400
};

static const char form[] =
    "<form xmlns=\"urn:weft:1\" id=\"pause\" label=\"Pause\"><fields>"
    "<field id=\"at\" type=\"datetime\" label=\"At\"/></fields>"
    "<workflow start=\"pause\">"
    "<wait id=\"pause\" label=\"Pause\" until=\"at\" next=\"done\"/>"
    "<end id=\"done\" label=\"Done\"/></workflow><access>"
    "<create by=\"everyone\"/><grant to=\"everyone\" rights=\"read\"/></access>"
    "</form>";

/* What one client has seen. */
struct client {
    struct company *company;
    weft_session *who;
    atomic_bool *stop;
    pthread_t thread;
    int64_t *us;
    size_t n;
};

static weft_reply *ask(const struct client *client)
{
    static const weft_param mine[] = { { "form", "order" },
                                       { "mine", "true" } };
    size_t len;
    const char *body = company_order(&len);

    if (client->n % 2)
        return weft_document_list(client->who, mine, 2);
    return weft_run(weft_document_create(client->who, body, len, NULL));
}

static void sleep_until(int64_t us)
{
    struct timespec at = { us / 1000000, us % 1000000 * 1000 };

    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
}

/* What was late because the answer before was counts as waiting. */
static void *go_on(void *self)
{
    struct client *client = self;
    int64_t due = monotonic_us();

    while (!atomic_load(client->stop) && client->n < SEEN_MAX) {
        weft_reply *reply;

        due += EACH_US;
        sleep_until(due);
        reply = ask(client);
        company_ok(reply);
        weft_reply_free(reply);
        client->us[client->n++] = monotonic_us() - due;
    }
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

    return (one > other) - (one < other);
}

static double p99_ms(const struct client clients[CLIENTS])
{
    int64_t *all = calloc((size_t)CLIENTS * SEEN_MAX, sizeof *all);
    size_t n = 0;
    double p99;

    for (size_t i = 0; i < CLIENTS; i++) {
        memcpy(all + n, clients[i].us, clients[i].n * sizeof *all);
        n += clients[i].n;
    }
    qsort(all, n, sizeof *all, by_size);
    p99 = n ? (double)all[n * 99 / 100] / 1e3 : 0;
    free(all);
    return p99;
}

/* While people go on, `wait` is called. Their p99. */
static double among_people(struct company *company,
                           void (*wait)(struct company *))
{
    struct client clients[CLIENTS];
    atomic_bool stop;
    double p99;

    atomic_init(&stop, false);
    for (size_t i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){ .company = company,
                                      .who = company->people[i + 1],
                                      .stop = &stop };
        clients[i].us = calloc(SEEN_MAX, sizeof *clients[i].us);
        pthread_create(&clients[i].thread, NULL, go_on, &clients[i]);
    }
    wait(company);
    atomic_store(&stop, true);
    for (size_t i = 0; i < CLIENTS; i++)
        pthread_join(clients[i].thread, NULL);
    p99 = p99_ms(clients);
    for (size_t i = 0; i < CLIENTS; i++)
        free(clients[i].us);
    return p99;
}

static void quietly(struct company *company)
{
    (void)company;
    sleep_until(monotonic_us() + QUIET_US);
}

static bool any_waits(struct company *company)
{
    static const weft_param open[] = { { "form", "pause" },
                                       { "state", "open" },
                                       { "limit", "1" } };
    weft_reply *reply = weft_document_list(company->system, open, 3);
    bool any = !strstr(company_ok(reply), "\"items\":[]");

    weft_reply_free(reply);
    return any;
}

static double took_s, at_once;

/* Makes `n` documents that wait until so many seconds from now. */
static void make(struct company *company, size_t n, int seconds)
{
    time_t at = time(NULL) + atomic_load(&company->ahead_ms) / 1000 + seconds;
    char when[40], body[120];
    struct tm tm;

    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&at, &tm));
    snprintf(body, sizeof body, "{\"form\":\"pause\",\"data\":{\"at\":\"%s\"}}",
             when);
    company->body = body;
    company_burst(company, n, AT_ONCE);
    company->body = NULL;
}

/* A day has gone by. The scheduler would see it within ten seconds; one more
 * timer, due at once, wakes it. */
static void until_all_have_fired(struct company *company)
{
    int64_t begin = monotonic_us();
    weft_stats before, after;

    weft_engine_stats(company->engine, &before);
    atomic_store(&company->ahead_ms, (int64_t)DAY_S * 1000 + 1000);
    make(company, 1, 1);
    while (any_waits(company))
        sleep_until(monotonic_us() + 20000);
    took_s = (double)(monotonic_us() - begin) / 1e6;
    weft_engine_stats(company->engine, &after);
    at_once = (double)(after.commands - before.commands)
              / (double)(after.batches - before.batches);
}

int main(int argc, char **argv)
{
    static struct company company;
    double quiet, busy;

    if (argc != 4) {
        fputs("usage: bench_timers STORE PACKAGE TIMERS\n", stderr);
        return 2;
    }
    company_open(&company, argv[1], argv[2]);
    company_deploy(&company, "pause.form.xml", form);
    make(&company, strtoul(argv[3], NULL, 10), DAY_S);
    quiet = among_people(&company, quietly);
    busy = among_people(&company, until_all_have_fired);
    printf("%.2f %.2f %.2f %.1f\n", took_s, quiet, busy, at_once);
    company_close(&company);
    return 0;
}
