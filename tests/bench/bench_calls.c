/* bench/bench_calls.c - the library alone, without a server: creates with 32
 * in flight, and reads, lists and previews on one thread.
 *
 *     bench_calls STORE PACKAGE [CREATES [READS]]
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "company.h"

enum {
    AT_ONCE = 32
};

static int64_t some_document(weft_session *session)
{
    weft_param mine[] = { { "mine", "true" }, { "limit", "1" } };
    weft_reply *reply = weft_document_list(session, mine, 2);
    const char *id = strstr(company_ok(reply), "\"id\":\"");
    int64_t found = id ? atoll(id + 6) : 0;

    weft_reply_free(reply);
    return found;
}

static void read_documents(weft_session *session, int n)
{
    int64_t id = some_document(session);
    int64_t start = monotonic_us();

    for (int i = 0; i < n; i++) {
        weft_reply *reply = weft_document_get(session, id);

        company_ok(reply);
        weft_reply_free(reply);
    }
    printf("get %.1f us\n", (double)(monotonic_us() - start) / n);
}

static void list_documents(weft_session *session, int n)
{
    weft_param mine[] = { { "mine", "true" }, { "limit", "50" } };
    int64_t start = monotonic_us();

    for (int i = 0; i < n; i++) {
        weft_reply *reply = weft_document_list(session, mine, 2);

        company_ok(reply);
        weft_reply_free(reply);
    }
    printf("list %.1f us\n", (double)(monotonic_us() - start) / n);
}

/* Whom such a document would ask, and what a form in hand derives. */
static void preview_documents(weft_session *session, int n)
{
    const char *data = strstr(company_order(NULL), "\"data\"");
    char body[4096];
    size_t len = (size_t)snprintf(body, sizeof body, "{%s", data);
    int64_t start = monotonic_us();

    for (int i = 0; i < n; i++) {
        weft_reply *reply = weft_form_simulate(session, "order", body, len);

        company_ok(reply);
        weft_reply_free(reply);
    }
    printf("simulate %.1f us\n", (double)(monotonic_us() - start) / n);
    start = monotonic_us();
    for (int i = 0; i < n; i++) {
        weft_reply *reply = weft_form_evaluate(session, "order", body, len);

        company_ok(reply);
        weft_reply_free(reply);
    }
    printf("evaluate %.1f us\n", (double)(monotonic_us() - start) / n);
}

int main(int argc, char **argv)
{
    static struct company company;
    int n_creates = argc > 3 ? atoi(argv[3]) : 10000;
    int n_reads = argc > 4 ? atoi(argv[4]) : 10000;

    if (argc < 3) {
        fputs("usage: bench_calls STORE PACKAGE [CREATES [READS]]\n", stderr);
        return 2;
    }
    company_open(&company, argv[1], argv[2]);
    if (n_creates > 0) {
        struct burst_figures f =
            company_burst(&company, (size_t)n_creates, AT_ONCE);

        printf("create %.0f/s p50 %.2f ms p99 %.2f ms\n", f.per_second,
               (double)f.p50_us / 1000, (double)f.p99_us / 1000);
    }
    if (n_reads > 0) {
        read_documents(company.people[N_PEOPLE / 2], n_reads);
        list_documents(company.people[N_PEOPLE / 2], n_reads / 10 + 1);
        preview_documents(company.people[N_PEOPLE / 2], n_reads / 10 + 1);
    }
    company_close(&company);
    return 0;
}
