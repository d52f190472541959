/* bench/company.c - a thousand people and a form are put into a store, and
 * documents are made as fast as it takes them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "company.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char UNITS[] = "id,name,parent,head\nall,All,,p0000\n";

/* Ten rows a unit, five lines: what a person would write. */
static const char ORDER[] =
    "{\"form\":\"order\",\"data\":{"
    "\"purpose\":\"Samples and travel for the trade fair in spring\","
    "\"reason\":\"The stand was agreed in October. Samples go there by road,"
    " two of us by train; the printed matter is made on site because freight"
    " would cost more than paper. Last year we did without and lost a day.\","
    "\"lines\":["
#define LINE(what, kind, day, price, pieces)                                   \
    "{\"what\":\"" what "\",\"kind\":\"" kind "\",\"day\":\"2026-11-" day      \
    "\",\"offer\":\"https://suppliers.example.com/offers/2026/11/" day         \
    "/8c1f0e5b9d2a4c37b6e1?view=complete&language=en-GB&currency=EUR"          \
    "&terms=thirty-days-net&delivery=within-fourteen-days\""                   \
    ",\"price\":" price ",\"pieces\":" pieces "}"
    /* clang-format off */
    LINE("Train to the fair and back", "travel", "02", "189.5", "2") ","
    LINE("Nights in the hotel", "travel", "02", "121", "6") ","
    LINE("Samples of the new series", "material", "09", "18.4", "40") ","
    LINE("Printed matter", "material", "16", "0.35", "1500") ","
    LINE("Building and taking down", "service", "23", "640", "1")
    /* clang-format on */
    "]}}";

const char *company_order(size_t *len)
{
    if (len)
        *len = sizeof ORDER - 1;
    return ORDER;
}

int64_t monotonic_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void die(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

const char *company_ok(const weft_reply *reply)
{
    const weft_error *err = weft_reply_error(reply);

    if (err)
        die(err->text, weft_reply_body(reply, NULL));
    return weft_reply_body(reply, NULL);
}

static void run(weft_command *command)
{
    weft_reply *reply = weft_run(command);

    company_ok(reply);
    weft_reply_free(reply);
}

/* --- A new store. */

static weft_file read_file(const char *folder, const char *name)
{
    weft_file file = { .name = name };
    char *text = NULL;
    char path[512];
    FILE *in;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    in = fopen(path, "r");
    if (!in)
        die(path, "cannot be read");
    text = calloc(1, 65536);
    file.len = fread(text, 1, 65536, in);
    file.text = text;
    fclose(in);
    return file;
}

static void deploy(struct company *c, const char *folder)
{
    weft_file files[] = { read_file(folder, "package.xml"),
                          read_file(folder, "order.form.xml") };
    weft_deploy what = { files, 2, NULL, NULL, NULL };

    run(weft_deploy_run(c->system, &what));
    for (size_t i = 0; i < 2; i++) {
        char *text = (char *)(uintptr_t)files[i].text;

        free(text);
    }
}

void company_deploy(struct company *c, const char *name, const char *xml)
{
    weft_file file = { .name = name, .text = xml, .len = strlen(xml) };
    weft_deploy what = { &file, 1, "bench", NULL, NULL };

    run(weft_deploy_run(c->system, &what));
}

/* Ten in a team: p0000 leads p0001 to p0010, these ten people each. */
static void hire(struct company *c)
{
    char *text = NULL;
    size_t len;
    FILE *csv = open_memstream(&text, &len);

    fputs("login,name,unit,manager,roles\n", csv);
    for (int i = 0; i < N_PEOPLE; i++) {
        fprintf(csv, "p%04d,Person %d,all,", i, i);
        if (i > 0)
            fprintf(csv, "p%04d", (i - 1) / 10);
        fprintf(csv, ",%s\n", i == 0 ? "admin" : "");
    }
    fclose(csv);
    run(weft_import(c->system, "units", UNITS, sizeof UNITS - 1, false));
    run(weft_import(c->system, "people", text, len, false));
    free(text);
}

static weft_session *session_of(struct company *c, const char *login)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session;

    if (!weft_session_as(c->engine, login, "en", &session, &err))
        die(login ? login : "system", err.text);
    return session;
}

static bool is_new(struct company *c)
{
    weft_reply *reply = weft_form_list(c->system);
    bool found = strstr(company_ok(reply), "\"order\"") != NULL;

    weft_reply_free(reply);
    return !found;
}

static int64_t clock_of(void *self)
{
    struct company *c = self;
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000
           + atomic_load(&c->ahead_ms);
}

void company_open(struct company *c, const char *path, const char *package)
{
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    char name[512];

    options.create = true;
    options.now_ms = clock_of;
    options.now_self = c;
    snprintf(name, sizeof name, "%s%s",
             strncmp(path, "postgresql:", 11) == 0 ? "" : "sqlite:", path);
    if (!weft_engine_open(name, &options, &c->engine, &err))
        die(path, err.text);
    c->system = session_of(c, NULL);
    if (is_new(c)) {
        hire(c);
        deploy(c, package);
    }
    for (int i = 0; i < N_PEOPLE; i++) {
        snprintf(name, sizeof name, "p%04d", i);
        c->people[i] = session_of(c, name);
    }
}

void company_close(struct company *c)
{
    for (int i = 0; i < N_PEOPLE; i++)
        weft_session_free(c->people[i]);
    weft_session_free(c->system);
    weft_engine_close(c->engine);
}

/* --- A burst of documents. */

struct burst {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    size_t in_flight, n_done;
    int64_t *took_us; /* of each document, in the order of their answers */
};

/* One command in flight. */
struct flight {
    struct burst *burst;
    int64_t since;
};

static void landed(void *self, weft_reply *reply)
{
    struct flight *flight = self;
    struct burst *b = flight->burst;

    company_ok(reply);
    weft_reply_free(reply);
    pthread_mutex_lock(&b->lock);
    b->took_us[b->n_done++] = monotonic_us() - flight->since;
    b->in_flight--;
    pthread_cond_signal(&b->freed);
    pthread_mutex_unlock(&b->lock);
    free(flight);
}

/* Returns once fewer than `n` are in flight. */
static void wait_below(struct burst *b, size_t n)
{
    pthread_mutex_lock(&b->lock);
    while (b->in_flight >= n)
        pthread_cond_wait(&b->freed, &b->lock);
    pthread_mutex_unlock(&b->lock);
}

static void send(struct burst *b, weft_session *who, const char *body)
{
    struct flight *flight = calloc(1, sizeof *flight);

    flight->burst = b;
    flight->since = monotonic_us();
    pthread_mutex_lock(&b->lock);
    b->in_flight++;
    pthread_mutex_unlock(&b->lock);
    weft_submit(weft_document_create(who, body, strlen(body), NULL), landed,
                flight);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

struct burst_figures company_burst(struct company *c, size_t n, size_t at_once)
{
    struct burst b = { .took_us = calloc(n + 1, sizeof *b.took_us) };
    struct burst_figures figures;
    int64_t start = monotonic_us();

    pthread_mutex_init(&b.lock, NULL);
    pthread_cond_init(&b.freed, NULL);
    for (size_t i = 0; i < n; i++) {
        wait_below(&b, at_once);
        send(&b, c->people[i % N_PEOPLE], c->body ? c->body : ORDER);
    }
    wait_below(&b, 1);
    figures.per_second = (double)n * 1e6 / (double)(monotonic_us() - start + 1);
    qsort(b.took_us, n, sizeof *b.took_us, by_size);
    figures.p50_us = b.took_us[n / 2];
    figures.p99_us = b.took_us[n - n / 100 - (n > 0)];
    free(b.took_us);
    pthread_cond_destroy(&b.freed);
    pthread_mutex_destroy(&b.lock);
    return figures;
}
