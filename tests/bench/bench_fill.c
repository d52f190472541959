/* bench/bench_fill.c - a store of so many documents, made through the library.
 *
 *     bench_fill STORE PACKAGE DOCUMENTS
 *
 * Prints what a client of this store needs, a line each: the token of a
 * person, the path of a document of theirs, the body of a new one; then the
 * token of who sees all of them, and the paths of up to 20,000.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "company.h"

enum {
    AT_ONCE = 256,
    SOMEBODY = 42,
    PAGES = 100
};

/* Prints the text that stands behind `key` in the answer. */
static void print(const char *before, weft_reply *reply, const char *key)
{
    const char *at = strstr(company_ok(reply), key);

    if (at) {
        at += strlen(key);
        printf("%s%.*s\n", before, (int)strcspn(at, "\""), at);
    }
    weft_reply_free(reply);
}

/* Prints the paths of a page, and gives the cursor of the next in `next`;
 * false behind the last. */
static bool print_page(weft_session *who, char next[512])
{
    weft_param page[] = { { "limit", "200" }, { "cursor", next } };
    weft_reply *reply = weft_document_list(who, page, *next ? 2 : 1);
    const char *at = company_ok(reply), *cursor = strstr(at, "\"next\":\"");

    while ((at = strstr(at, "{\"id\":\"")) != NULL) {
        at += strlen("{\"id\":\"");
        /* People have ids as well, and no form. */
        if (strncmp(at + strcspn(at, "\""), "\",\"form\"", 8) == 0)
            printf("/api/v1/documents/%.*s\n", (int)strcspn(at, "\""), at);
    }
    *next = '\0';
    if (cursor) {
        cursor += strlen("\"next\":\"");
        snprintf(next, 512, "%.*s", (int)strcspn(cursor, "\""), cursor);
    }
    weft_reply_free(reply);
    return *next;
}

static void print_paths(weft_session *who)
{
    char next[512] = "";

    for (int i = 0; i < PAGES && print_page(who, next); i++)
        ;
}

int main(int argc, char **argv)
{
    static struct company company;
    weft_param mine[] = { { "mine", "true" }, { "limit", "1" } };

    if (argc != 4) {
        fputs("usage: bench_fill STORE PACKAGE DOCUMENTS\n", stderr);
        return 2;
    }
    company_open(&company, argv[1], argv[2]);
    company_burst(&company, strtoul(argv[3], NULL, 10), AT_ONCE);
    print("", weft_run(weft_token_add(company.system, "p0042", 0, 0)),
          "\"token\":\"");
    print("/api/v1/documents/",
          weft_document_list(company.people[SOMEBODY], mine, 2), "\"id\":\"");
    puts(company_order(NULL));
    print("", weft_run(weft_token_add(company.system, "p0000", 0, 0)),
          "\"token\":\"");
    print_paths(company.people[0]);
    company_close(&company);
    return 0;
}
