/* weft/call.h - how every question and every command is asked and answered.
 *
 * A *question* (weft_document_get …) reads, at once, on the calling thread, and
 * returns its reply. A *command* (weft_document_create …) is prepared by a
 * function that returns a weft_command, checked as far as needs no lock, and
 * then run: weft_run() waits for the commit, weft_submit() calls back after it.
 * Either way there is exactly one reply, and it is never NULL.
 *
 *     weft_reply *r = weft_run(weft_document_create(s, body, len, NULL));
 *     if (weft_reply_error(r)) …
 *     weft_reply_free(r);
 *
 * Replies are JSON text in the shapes of docs/http.md.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_CALL_H
#define WEFT_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <weft/error.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct weft_reply weft_reply;
typedef struct weft_command weft_command;

/* Optional parts of a command; NULL members are absent. */
typedef struct weft_how {
    const char *if_match;        /* the ETag that was read */
    const char *idempotency_key; /* same person, key and request: once */
} weft_how;

/* NULL if it went well; else what went wrong. Then the body is the JSON array
 * of findings ([{"field","code","message"}] or diagnostics), maybe "[]". */
WEFT_API const weft_error *weft_reply_error(const weft_reply *reply);

/* The JSON (or for a few questions, XML) of the answer; "" for none. */
WEFT_API const char *weft_reply_body(const weft_reply *reply, size_t *len);

/* The entity tag of a document, without quotes; NULL where there is none. */
WEFT_API const char *weft_reply_etag(const weft_reply *reply);

/* The document that was made, for a Location; 0 where none was. */
WEFT_API int64_t weft_reply_id(const weft_reply *reply);

/* True if this is the kept answer of an earlier command with the same key. */
WEFT_API bool weft_reply_is_repeat(const weft_reply *reply);

WEFT_API void weft_reply_free(weft_reply *reply);

/* Makes `command` one that is done once: the same person, `key` and `request`
 * (whatever bytes make it the same request) get the kept answer again for 48
 * hours, and nothing is done. Without a key, and for answers that are a secret
 * and are not kept, nothing changes. Returns `command`. */
WEFT_API weft_command *weft_command_once(weft_command *command, const char *key,
                                         const void *request, size_t len);

/* Runs `command` and waits for its commit. Takes the command. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_run(weft_command *command);

/* Runs it and calls `done` with the reply, which is then the callee's: after
 * the commit, on a thread of the engine, where it may not block. A command
 * that failed its first checks or met a full queue is answered before
 * weft_submit() returns. Takes the command. */
typedef void weft_done(void *self, weft_reply *reply);
WEFT_API void weft_submit(weft_command *command, weft_done *done, void *self);

#ifdef __cplusplus
}
#endif

#endif
