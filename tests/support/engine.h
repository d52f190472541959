/* support/engine.h - an engine for a test, through the public API: a store in
 * memory, a clock that stands still, a company of four and a form for them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_ENGINE_H
#define SUPPORT_ENGINE_H

#include <weft/weft.h>

#include "base/arena.h"
#include "base/json.h"

struct test_engine {
    weft_engine *engine;
    weft_session *system;
    struct wf_arena *arena; /* of what is read from replies */
    int64_t now;            /* the clock */
};

/* Opens a fresh store: boss, lead (whose manager is boss), ann and bob (whose
 * manager is lead), admin; and the form "note" (title, amount; draft, then
 * lead's approval). A failure fails the test. */
void test_engine_open(struct test_engine *t);

/* The store at `url` as it is, made where there is none. */
void test_engine_open_at(struct test_engine *t, const char *url);
void test_engine_fill(struct test_engine *t);
void test_engine_close(struct test_engine *t);

/* A session of a person. */
weft_session *test_session(struct test_engine *t, const char *login);

/* Deploys one form. */
void test_deploy(struct test_engine *t, const char *name, const char *xml);

/* The body of a reply that went well, or is expected to have failed with
 * `code`; the reply is freed. */
struct wf_json *test_ok(struct test_engine *t, weft_reply *reply);
struct wf_json *test_refused(struct test_engine *t, weft_reply *reply,
                             weft_code code);

/* A new note of `session`, with its title; its id. */
int64_t test_note(struct test_engine *t, weft_session *session,
                  const char *title);

/* Shorthand: the text of a member. */
const char *test_text(const struct wf_json *object, const char *key);

/* The form "note". */
extern const char test_note_xml[];

#endif
