/* bench/company.h - the people, the form and the documents that all the
 * benchmarks work on, through the public API.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_COMPANY_H
#define BENCH_COMPANY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <weft/weft.h>

enum {
    N_PEOPLE = 1000 /* p0000 to p0999 */
};

/* An open store with a session for each of its people. */
struct company {
    weft_engine *engine;
    weft_session *system;
    weft_session *people[N_PEOPLE];
    const char *body; /* of the documents of a burst; NULL: company_order() */
    atomic_llong ahead_ms; /* its clock is ahead of the machine's */
};

/* Opens the store at `path`; one that is new gets people and the form, from
 * the folder `package`. Ends the process on failure. */
void company_open(struct company *company, const char *path,
                  const char *package);
void company_close(struct company *company);

/* A new document's body: 2 KB, five rows. `len` may be NULL. */
const char *company_order(size_t *len);

/* What `burst` saw. */
struct burst_figures {
    double per_second;
    int64_t p50_us, p99_us;
};

/* Makes `n` documents, by all people in turn, with `at_once` commands in
 * flight. */
struct burst_figures company_burst(struct company *company, size_t n,
                                   size_t at_once);

/* Puts one more form, a whole file, into the package "bench". */
void company_deploy(struct company *company, const char *name, const char *xml);

/* The body of `reply`, which went well; ends the process if it did not. */
const char *company_ok(const weft_reply *reply);

int64_t monotonic_us(void);

#endif
