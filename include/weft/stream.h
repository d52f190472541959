/* weft/stream.h - what happens, told to an open page while it happens, as
 * server-sent events.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_STREAM_H
#define WEFT_STREAM_H

#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct weft_stream weft_stream;

/* There is something to read, or the stream has ended: called once after a
 * weft_stream_read() that gave nothing. On any thread; may not block, and may
 * not call the stream. */
typedef void weft_stream_wake(void *self);

/* Who listens. */
typedef struct weft_listener {
    const char *after; /* id of the last event that was heard; NULL: none yet */
    bool once;         /* what there is by now, and that is all */
    weft_stream_wake *wake;
    void *self;
} weft_listener;

/* A stream of the events that the person of `session` may see, for as long as
 * the session lasts. Events are text/event-stream:
 *   ready   the stream begins; its id is where
 *   change  {"documents":[ids],"all":bool,"work":bool,"told":bool}: documents
 *           that changed and that they see, or that too many did; whether their
 *           inbox may have changed, and whether there is a new notification
 *   end     the session has ended
 * Errors: those of the session; WEFT_E_LIMITED five are open; WEFT_E_BUSY the
 * engine drains. */
WEFT_API WEFT_MUST_CHECK weft_stream *weft_stream_open(
    weft_session *session, const weft_listener *listener, weft_error *err);
WEFT_API void weft_stream_close(weft_stream *stream);

/* Copies what there is, at most `len` bytes. 0: nothing now. -1: it has
 * ended, and all of it was read. */
WEFT_API long weft_stream_read(weft_stream *stream, char *at, size_t len);

/* Ends all streams, and refuses new ones: before the engine drains. */
WEFT_API void weft_streams_end(weft_engine *engine);

/* How many are open. */
WEFT_API size_t weft_streams_count(weft_engine *engine);

#ifdef __cplusplus
}
#endif

#endif
