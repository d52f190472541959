/* bench/bench_fill.c - a store of so many documents, made through the library.
 *
 *     bench_fill STORE PACKAGE DOCUMENTS
 *
 * Prints the token of a person and the id of one of their documents, for who
 * drives a server on this store.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "company.h"

enum {
    AT_ONCE = 256,
    SOMEBODY = 42
};

static void print(weft_reply *reply)
{
    puts(company_ok(reply));
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
    print(weft_run(weft_token_add(company.system, "p0042", 0, 0)));
    print(weft_document_list(company.people[SOMEBODY], mine, 2));
    company_close(&company);
    return 0;
}
