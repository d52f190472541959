/* fault/suite.h - the attacks on a whole engine.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef FAULT_SUITE_H
#define FAULT_SUITE_H

#include <stdbool.h>
#include <stdint.h>

#include <check.h>

#include "support/engine.h"

TCase *access_tests(void);
TCase *again_tests(void);
TCase *database_tests(void);
TCase *definition_tests(void);
TCase *kill_tests(void);
TCase *nodes_tests(void);
TCase *json_tests(void);
TCase *power_tests(void);
TCase *disk_tests(void);
TCase *race_tests(void);
TCase *run_tests(void);
TCase *script_tests(void);

/* --- support.c */

/* Whether the large numbers are asked for: WEFT_LONG. */
bool fault_is_long(void);

/* Chance that can be had again: the same seed, the same numbers. `n` > 0;
 * the answer is below it. */
uint32_t fault_random(uint64_t *seed, uint32_t n);

/* Commands with printf-made bodies. `key`, the Idempotency-Key, may be NULL. */
weft_reply *fault_create(weft_session *session, const char *key,
                         const char *format, ...)
    __attribute__((format(printf, 3, 4)));
weft_reply *fault_patch(weft_session *session, int64_t id, const char *if_match,
                        const char *format, ...)
    __attribute__((format(printf, 4, 5)));
weft_reply *fault_act(weft_session *session, int64_t id, const char *action,
                      const char *key);

/* How many documents of `form` the reader of `session` has in lists. */
int64_t fault_count(struct test_engine *t, weft_session *session,
                    const char *form);

/* How many events of `kind` are in the history of a document. */
int fault_events(struct test_engine *t, int64_t id, const char *kind);

/* The store has no finding; else the test fails with them. */
void fault_verify(struct test_engine *t);

#endif
