/* http/suite.h - the test files of this suite, and how they speak with the
 * server that tests/http/run has started.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_HTTP_SUITE_H
#define TESTS_HTTP_SUITE_H

#include "base/json.h"
#include "support/suite.h"
#include "support/web.h"

/* Each test has a connection of its own, and the last answer on it. */
struct bench {
    int port;
    struct wf_arena *arena;
    struct web web;
    struct web_answer answer;
};
extern struct bench bench;

void bench_setup(void);
void bench_teardown(void);

/* The header by which "maker", "boss", "other" or "admin" signs in; "maker" is
 * led by "boss", "other" by nobody. */
const char *bench_as(const char *who);

/* Asks as `who` (NULL: signed out; a text with a colon is headers as they
 * stand). `body` is JSON or NULL. Returns the status. */
int bench_ask(const char *who, const char *method, const char *path,
              const char *body);

/* The same with headers more: lines that end in CRLF. */
int bench_ask_with(const char *who, const char *headers, const char *method,
                   const char *path, const char *body);

/* The last answer as JSON, and a text in it by the names that lead there
 * ("document.title", "items.0.id"); NULL where there is none. */
const struct wf_json *bench_json(void);
const char *bench_text(const char *path);

/* A header of the last answer, in the arena; "" where it is absent. */
const char *bench_header(const char *name);

/* A new document of maker's, in its first step: its path. */
const char *bench_document(const char *text);

suite_tests_fn document_tests;
suite_tests_fn hostile_tests;
suite_tests_fn page_tests;
suite_tests_fn problem_tests;
suite_tests_fn race_tests;
suite_tests_fn session_tests;
suite_tests_fn try_tests;
suite_tests_fn verb_tests;
suite_tests_fn wire_tests;

/* Makes documents on many connections until the server wants no more, and
 * prints the id of each one that it has acknowledged. */
int load_run(int port);

#endif
