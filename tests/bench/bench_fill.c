/* bench/bench_fill.c - a store of so many documents, made through the library.
 *
 *     bench_fill STORE PACKAGE DOCUMENTS
 *
 * Prints what a client of this store needs, a line each: the token of a
 * person, the path of a document of theirs, the body of a new one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "company.h"

enum {
    AT_ONCE = 256,
    SOMEBODY = 42
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
    company_close(&company);
    return 0;
}
