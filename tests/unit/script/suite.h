/* unit/script/suite.h - the test files of this layer, and what they share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_SCRIPT_SUITE_H
#define UNIT_SCRIPT_SUITE_H

#include "support/suite.h"

#include "script/script.h"

suite_tests_fn attack_tests;
suite_tests_fn check_tests;
suite_tests_fn chunk_tests;
suite_tests_fn pattern_tests;
suite_tests_fn sandbox_tests;
suite_tests_fn script_tests;
suite_tests_fn value_tests;

/* An arena, a script with the budget of a command, and the last error; made
 * anew for each test by the fixture. */
struct bench {
    struct wf_arena *arena;
    struct wf_budget limits; /* of each new script */
    struct wf_budget budget; /* what is left of them */
    struct wf_script_options options;
    struct wf_script *script;
    weft_error err;
};
extern struct bench bench;

void bench_setup(void);
void bench_teardown(void);

/* A new script with bench.options in place of the one that is there. */
void bench_renew(void);

/* Loads `text` under `name`; fails the test if that fails. */
void bench_load(const char *name, const char *text);

/* Loads `text` as the file "t" of a new script and calls its function f with
 * `args` (JSON, an array). The result as JSON, "nil" for none, or the text of
 * the error. */
const char *bench_call(const char *text, const char *args);

/* The same for a file that is only `return EXPRESSION`. */
const char *bench_value(const char *expression);

/* bench_call() of a function of these statements, which must end by an error
 * that names `reason`, within a second of CPU time. */
void bench_stops(const char *statements, const char *reason);

#endif
