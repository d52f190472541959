/* api/hub.c - the hub of event streams: a thread that, after commits, looks
 * what has happened and tells each stream what its reader may see of it.
 *
 * A stream lags behind a commit by the pause between two looks. What other
 * nodes and programs commit is found by looking now and then. Each look asks in
 * the name of the stream's session, made anew: so a session that has ended ends
 * its streams, and a right that was taken away tells nothing more.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/hub.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <weft/stream.h>

#include "api/session.h"
#include "base/error.h"
#include "base/thread.h"
#include "doc/news.h"

enum {
    PAUSE_MS = 200,       /* between two looks */
    LOOK_MS = 2000,       /* without a commit of our own */
    CHECK_MS = 15 * 1000, /* is the session still there; a sign of life */
    PER_PERSON = 5,
    QUEUE_MAX = 64 * 1024 /* bytes of who does not read */
};

struct weft_stream {
    struct wf_hub *hub;
    weft_session *session; /* never asked with: made anew each time */
    wf_id person;
    weft_stream_wake *wake;
    void *self;
    bool once;

    /* The hub's thread's, once it is in the list. */
    char *mark; /* up to where it has been told; NULL: from now on */
    wf_id told;
    int64_t checked_ms;

    /* Under the hub's lock. */
    char *queue;
    size_t len, cap;
    unsigned n_uses; /* the list's, the hub's thread's */
    bool waiting, ended, closed;
    weft_stream *next;
};

struct wf_hub {
    weft_engine *engine;
    pthread_t thread;
    pthread_mutex_t lock; /* of the rest, and of what streams say */
    pthread_cond_t changed;
    weft_stream *streams;
    size_t n;
    bool running, stopping, refusing, woken;
};

/* --- What waits to be read; under the lock */

static void wake(weft_stream *stream)
{
    if (!stream->waiting || stream->closed)
        return;
    stream->waiting = false;
    stream->wake(stream->self);
}

static void append(weft_stream *stream, const char *text, size_t len)
{
    if (stream->len + len > stream->cap) {
        stream->cap = 2 * (stream->len + len);
        stream->queue = realloc(stream->queue, stream->cap);
        if (!stream->queue)
            wf_oom();
    }
    memcpy(stream->queue + stream->len, text, len);
    stream->len += len;
    wake(stream);
}

static void end(weft_stream *stream, const char *last)
{
    if (stream->ended)
        return;
    append(stream, last, strlen(last));
    stream->ended = true;
    wake(stream);
}

static void release(weft_stream *stream)
{
    if (--stream->n_uses > 0)
        return;
    weft_session_free(stream->session);
    free(stream->mark);
    free(stream->queue);
    free(stream);
}

/* --- Looking */

static int64_t now_ms(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static char *copy_of(const char *text)
{
    char *copy = text ? strdup(text) : NULL;

    if (text && !copy)
        wf_oom();
    return copy;
}

/* A look at the store, in the name of somebody. */
struct look {
    const weft_stream *stream;
    const char *now; /* how far the history has come; lives in the reply */
    wf_id told;
    bool says; /* the body is news */
};

static bool look_now(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct look *look = *(struct look *const *)with;
    struct wf_mark mark = { 0 };

    if (!wf_mark_now(&turn->call, &mark, err)
        || !wf_news_told(&turn->call, &look->told, err))
        return false;
    look->now = wf_mark_write(turn->call.arena, &mark);
    return true;
}

static void write_news(struct wf_turn *turn, const struct wf_news *seen,
                       bool is_work, bool is_told)
{
    struct wf_json_writer *out = &turn->out;

    wf_jw_open(out, '{');
    wf_jw_key(out, "documents");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < seen->n; i++)
        wf_jw_id(out, seen->at[i]);
    wf_jw_close(out, ']');
    wf_jw_key(out, "all");
    wf_jw_bool(out, seen->more);
    wf_jw_key(out, "work");
    wf_jw_bool(out, is_work);
    wf_jw_key(out, "told");
    wf_jw_bool(out, is_told);
    wf_jw_close(out, '}');
}

static bool look_for_news(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    struct look *look = *(struct look *const *)with;
    struct wf_arena *arena = turn->call.arena;
    struct wf_mark since = { 0 }, until = { 0 };
    struct wf_news news = { 0 }, seen = { 0 };
    bool is_work, is_told;

    if (!wf_mark_read(arena, look->stream->mark, &since)
        || !wf_mark_read(arena, look->now, &until)
        || !wf_news_between(&turn->call, &since, &until, &news, err)
        || !wf_news_seen(&turn->call, &news, &seen, err)
        || !wf_news_is_work(&turn->call, &news, &is_work, err)
        || !wf_news_told(&turn->call, &look->told, err))
        return false;
    is_told = look->told != look->stream->told;
    look->says = seen.n || seen.more || is_work || is_told;
    if (look->says)
        write_news(turn, &seen, is_work, is_told);
    return true;
}

/* --- Telling; on the hub's thread */

static void say(weft_stream *stream, const char *kind, const char *data)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    const char *text = wf_arena_printf(arena, "id: %s\nevent: %s\ndata: %s\n\n",
                                       stream->mark, kind, data);

    pthread_mutex_lock(&stream->hub->lock);
    if (stream->len > QUEUE_MAX) { /* whoever does not read asks for all */
        stream->len = 0;
        text = wf_arena_printf(arena,
                               "id: %s\nevent: change\ndata: {\"documents\":"
                               "[],\"all\":true,\"work\":true,\"told\":true}"
                               "\n\n",
                               stream->mark);
    }
    if (!stream->closed)
        append(stream, text, strlen(text));
    pthread_mutex_unlock(&stream->hub->lock);
}

static void say_end(weft_stream *stream)
{
    pthread_mutex_lock(&stream->hub->lock);
    end(stream, "event: end\ndata: {}\n\n");
    pthread_mutex_unlock(&stream->hub->lock);
}

static void say_nothing(weft_stream *stream)
{
    pthread_mutex_lock(&stream->hub->lock);
    if (!stream->closed && stream->len < QUEUE_MAX)
        append(stream, ":\n\n", 3);
    pthread_mutex_unlock(&stream->hub->lock);
}

/* What is new for one stream since it was last told. */
static void tell(weft_stream *stream, const char *now)
{
    struct look look = { .stream = stream, .now = now }, *with = &look;
    weft_session *session = wf_session_again(stream->session);
    weft_reply *reply =
        wf_question(session, WEFT_SCOPE_READ, look_for_news, &with);
    const weft_error *failure = weft_reply_error(reply);
    size_t len;

    if (!failure) {
        free(stream->mark);
        stream->mark = copy_of(now);
        stream->told = look.told;
        if (look.says)
            say(stream, "change", weft_reply_body(reply, &len));
    } else if (failure->code == WEFT_E_SIGNED_OUT
               || failure->code == WEFT_E_DENIED) {
        say_end(stream);
    }
    weft_reply_free(reply);
    weft_session_free(session);
}

static void look_at(weft_stream *stream, const char *now)
{
    int64_t at = now_ms();
    bool is_due = at - stream->checked_ms >= CHECK_MS;

    if (!is_due && !stream->once && wf_streq(stream->mark, now))
        return;
    tell(stream, now);
    if (stream->once) {
        say_end(stream);
    } else if (is_due) {
        stream->checked_ms = at;
        say_nothing(stream);
    }
}

/* The streams of this moment, each kept until it was looked at. */
static size_t take_streams(struct wf_hub *hub, weft_stream ***out)
{
    size_t n = 0;

    pthread_mutex_lock(&hub->lock);
    *out = calloc(hub->n + 1, sizeof **out);
    if (!*out)
        wf_oom();
    for (weft_stream *at = hub->streams; at; at = at->next)
        if (!at->ended) {
            at->n_uses++;
            (*out)[n++] = at;
        }
    pthread_mutex_unlock(&hub->lock);
    return n;
}

static void look_around(struct wf_hub *hub)
{
    static const struct wf_asker system = { .system = true };
    struct look look = { .stream = NULL }, *with = &look;
    weft_reply *reply =
        wf_question_as(hub->engine, &system, 0, look_now, &with);
    weft_stream **streams = NULL;
    size_t n = weft_reply_error(reply) ? 0 : take_streams(hub, &streams);

    for (size_t i = 0; i < n; i++) {
        look_at(streams[i], look.now);
        pthread_mutex_lock(&hub->lock);
        release(streams[i]);
        pthread_mutex_unlock(&hub->lock);
    }
    free(streams);
    weft_reply_free(reply);
}

/* --- The thread */

static void wait_until(struct wf_hub *hub, int64_t ms, bool until_woken)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    while (!hub->stopping && !(until_woken && hub->woken)
           && pthread_cond_timedwait(&hub->changed, &hub->lock, &at) == 0)
        ;
}

static void *run(void *self)
{
    struct wf_hub *hub = self;

    pthread_mutex_lock(&hub->lock);
    while (!hub->stopping) {
        if (hub->n == 0)
            pthread_cond_wait(&hub->changed, &hub->lock);
        else
            wait_until(hub, LOOK_MS, true);
        hub->woken = false;
        if (hub->stopping || hub->n == 0)
            continue;
        pthread_mutex_unlock(&hub->lock);
        look_around(hub);
        pthread_mutex_lock(&hub->lock);
        wait_until(hub, PAUSE_MS, false);
    }
    pthread_mutex_unlock(&hub->lock);
    return NULL;
}

/* --- The hub */

struct wf_hub *wf_hub_new(weft_engine *engine)
{
    struct wf_hub *hub = calloc(1, sizeof *hub);
    pthread_condattr_t monotonic;

    if (!hub)
        wf_oom();
    hub->engine = engine;
    pthread_mutex_init(&hub->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&hub->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return hub;
}

void wf_hub_stop(struct wf_hub *hub)
{
    bool running;

    if (!hub)
        return;
    weft_streams_end(hub->engine);
    pthread_mutex_lock(&hub->lock);
    running = hub->running;
    hub->running = false;
    hub->stopping = true;
    pthread_cond_signal(&hub->changed);
    pthread_mutex_unlock(&hub->lock);
    if (running)
        pthread_join(hub->thread, NULL);
}

void wf_hub_free(struct wf_hub *hub)
{
    if (!hub)
        return;
    wf_hub_stop(hub);
    pthread_cond_destroy(&hub->changed);
    pthread_mutex_destroy(&hub->lock);
    free(hub);
}

void wf_hub_wake(struct wf_hub *hub)
{
    if (!hub)
        return;
    pthread_mutex_lock(&hub->lock);
    if (hub->n > 0 && !hub->woken) {
        hub->woken = true;
        pthread_cond_signal(&hub->changed);
    }
    pthread_mutex_unlock(&hub->lock);
}

/* --- Streams */

static size_t count_of(const struct wf_hub *hub, wf_id person)
{
    size_t n = 0;

    for (const weft_stream *at = hub->streams; at; at = at->next)
        n += at->person == person && !at->ended;
    return n;
}

static bool start(struct wf_hub *hub, weft_error *err)
{
    if (hub->running)
        return true;
    hub->running = wf_thread_start(&hub->thread, run, hub);
    return hub->running
           || wf_fail(err, WEFT_E_BUSY, "This machine starts no more threads.");
}

/* A sign of life to all of somebody's: those whose client has gone find that
 * out, and do not count for whoever comes again. Under the lock. */
static void nudge(struct wf_hub *hub, wf_id person)
{
    for (weft_stream *at = hub->streams; at; at = at->next)
        if (at->person == person && !at->closed && at->len < QUEUE_MAX)
            append(at, ":\n\n", 3);
}

/* Under the lock. */
static bool join(struct wf_hub *hub, weft_stream *stream, weft_error *err)
{
    if (hub->refusing)
        return wf_fail(err, WEFT_E_BUSY,
                       "Weft is shutting down. Try again in a moment.");
    if (count_of(hub, stream->person) >= PER_PERSON) {
        nudge(hub, stream->person);
        return wf_fail(err, WEFT_E_LIMITED,
                       "You have %d streams of events open; close one first.",
                       PER_PERSON);
    }
    if (!start(hub, err))
        return false;
    stream->next = hub->streams;
    hub->streams = stream;
    hub->n++;
    hub->woken = true; /* what happened since `after` */
    pthread_cond_signal(&hub->changed);
    return true;
}

/* Where it begins: at a mark that is one, else now. */
static const char *begin_at(const char *after, const char *now)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_mark mark = { 0 };

    return after && wf_mark_read(arena, after, &mark) && mark.n > 0 ? after
                                                                    : now;
}

static weft_stream *stream_new(const weft_session *session,
                               const weft_listener *listener,
                               const struct look *look)
{
    weft_stream *stream = calloc(1, sizeof *stream);

    if (!stream)
        wf_oom();
    stream->hub = session->engine->hub;
    stream->session = wf_session_again(session);
    stream->person = session->asker.person;
    stream->wake = listener->wake;
    stream->self = listener->self;
    stream->once = listener->once;
    stream->mark = copy_of(begin_at(listener->after, look->now));
    stream->told = look->told;
    stream->checked_ms = now_ms();
    stream->n_uses = 1;
    return stream;
}

weft_stream *weft_stream_open(weft_session *session,
                              const weft_listener *listener, weft_error *err)
{
    struct wf_hub *hub = session->engine->hub;
    struct look look = { .stream = NULL }, *with = &look;
    weft_reply *reply = wf_question(session, WEFT_SCOPE_READ, look_now, &with);
    weft_stream *stream = NULL;
    bool ok;

    if (weft_reply_error(reply)) {
        wf_fail_as(err, weft_reply_error(reply));
        weft_reply_free(reply);
        return NULL;
    }
    stream = stream_new(session, listener, &look);
    weft_reply_free(reply);
    say(stream, "ready", "{}");
    pthread_mutex_lock(&hub->lock);
    ok = join(hub, stream, err);
    if (!ok)
        release(stream);
    pthread_mutex_unlock(&hub->lock);
    return ok ? stream : NULL;
}

void weft_stream_close(weft_stream *stream)
{
    struct wf_hub *hub;

    if (!stream)
        return;
    hub = stream->hub;
    pthread_mutex_lock(&hub->lock);
    for (weft_stream **at = &hub->streams; *at; at = &(*at)->next)
        if (*at == stream) {
            *at = stream->next;
            hub->n--;
            break;
        }
    stream->closed = true;
    release(stream);
    pthread_mutex_unlock(&hub->lock);
}

long weft_stream_read(weft_stream *stream, char *at, size_t len)
{
    struct wf_hub *hub = stream->hub;
    size_t n;
    bool ended;

    pthread_mutex_lock(&hub->lock);
    n = stream->len < len ? stream->len : len;
    if (n > 0) {
        memcpy(at, stream->queue, n);
        memmove(stream->queue, stream->queue + n, stream->len - n);
        stream->len -= n;
    }
    ended = n == 0 && stream->ended;
    stream->waiting = n == 0 && !ended;
    pthread_mutex_unlock(&hub->lock);
    return ended ? -1 : (long)n;
}

void weft_streams_end(weft_engine *engine)
{
    struct wf_hub *hub = engine->hub;

    pthread_mutex_lock(&hub->lock);
    hub->refusing = true;
    for (weft_stream *at = hub->streams; at; at = at->next)
        end(at, "retry: 3000\n\n");
    pthread_mutex_unlock(&hub->lock);
}

size_t weft_streams_count(weft_engine *engine)
{
    struct wf_hub *hub = engine->hub;
    size_t n;

    pthread_mutex_lock(&hub->lock);
    n = hub->n;
    pthread_mutex_unlock(&hub->lock);
    return n;
}
