/* bench/bench_migrate.c - running documents move to another version while
 * others go on making new ones.
 *
 *     bench_migrate STORE PACKAGE DOCUMENTS
 *
 * Prints the seconds that it took, how many moved, and the p50 and p99 of the
 * requests in between, in ms.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "company.h"

enum {
    AT_ONCE = 256,
    SEEN_MAX = 200000
};

struct others {
    struct company *company;
    atomic_bool stop;
    int64_t *us;
    size_t n;
};

/* One after the other, as one person does. */
static void *go_on(void *self)
{
    struct others *others = self;
    size_t len;
    const char *body = company_order(&len);

    while (!atomic_load(&others->stop) && others->n < SEEN_MAX) {
        int64_t begin = monotonic_us();
        weft_reply *reply = weft_run(
            weft_document_create(others->company->people[7], body, len, NULL));

        company_ok(reply);
        weft_reply_free(reply);
        others->us[others->n++] = monotonic_us() - begin;
    }
    return NULL;
}

static int by_time(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

    return (one > other) - (one < other);
}

/* The form again, with another label: its next version. */
static void deploy(struct company *company)
{
    weft_reply *reply = weft_form_xml(company->system, "order", 0);
    const char *xml = company_ok(reply);
    const char *at = strstr(xml, "label=\"");
    char *made;
    size_t size;
    FILE *out = open_memstream(&made, &size);
    weft_file file = { .name = "order.form.xml" };
    weft_deploy what = { &file, 1, NULL, NULL, NULL };
    weft_reply *deployed;

    fprintf(out, "%.*slabel=\"Newer %s", (int)(at - xml), xml,
            at + strlen("label=\""));
    fclose(out);
    file.text = made;
    file.len = size;
    deployed = weft_run(weft_deploy_run(company->system, &what));
    company_ok(deployed);
    weft_reply_free(deployed);
    weft_reply_free(reply);
    free(made);
}

/* The number behind `key` in an answer. */
static int64_t number(const char *text, const char *key)
{
    const char *at = strstr(text, key);

    return at ? strtoll(at + strlen(key), NULL, 10) : 0;
}

static int64_t migrate(struct company *company)
{
    static const char body[] = "{\"to\":2}";
    weft_reply *reply = weft_run(
        weft_form_migrate(company->system, "order", body, sizeof body - 1));
    int64_t run = number(company_ok(reply), "\"id\":\""), moved;

    while (strstr(company_ok(reply), "\"state\":\"running\"")) {
        weft_reply_free(reply);
        reply = weft_run(weft_migration_go_on(company->system, "order", run));
    }
    moved = number(company_ok(reply), "\"moved\":");
    weft_reply_free(reply);
    return moved;
}

int main(int argc, char **argv)
{
    static struct company company;
    struct others others = { .company = &company };
    int64_t begin, moved, took;
    pthread_t thread;

    if (argc != 4) {
        fputs("usage: bench_migrate STORE PACKAGE DOCUMENTS\n", stderr);
        return 2;
    }
    company_open(&company, argv[1], argv[2]);
    company_burst(&company, strtoul(argv[3], NULL, 10), AT_ONCE);
    deploy(&company);
    others.us = calloc(SEEN_MAX, sizeof *others.us);
    atomic_init(&others.stop, false);
    pthread_create(&thread, NULL, go_on, &others);
    begin = monotonic_us();
    moved = migrate(&company);
    took = monotonic_us() - begin;
    atomic_store(&others.stop, true);
    pthread_join(thread, NULL);
    qsort(others.us, others.n, sizeof *others.us, by_time);
    printf("%.2f %" PRId64 " %.2f %.2f\n", (double)took / 1e6, moved,
           others.n ? (double)others.us[others.n / 2] / 1e3 : 0,
           others.n ? (double)others.us[others.n * 99 / 100] / 1e3 : 0);
    free(others.us);
    company_close(&company);
    return 0;
}
