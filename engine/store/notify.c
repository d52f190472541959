/* store/notify.c - who listens, and what a transaction has to say to them.
 *
 * What is said waits in the connection until the commit. A driver that has
 * listeners elsewhere sends it on inside the transaction, and a thread waits
 * for what comes back, its own messages too; else it is told in place, once
 * the commit is done.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/notify.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/error.h"
#include "base/str.h"
#include "base/thread.h"
#include "store/driver.h"

enum {
    PAUSE_MS = 500 /* before a connection that was lost is made anew */
};

struct wf_listener {
    struct wf_hub *hub;
    const char *channel;
    wf_heard_fn *heard;
    void *self;
    struct wf_listener *next;
};

struct wf_hub {
    struct wf_store *store;
    pthread_mutex_t lock; /* of the listeners; held while they hear */
    struct wf_listener *first;
    pthread_t thread; /* of a driver that hears from elsewhere */
    bool has_thread;
    int stop_fd; /* readable once the store closes */
};

/* --- Saying. A notice is "channel\npayload", or "channel" alone. */

static bool is_said(const struct wf_db *db, const char *text)
{
    for (size_t i = 0; i < db->n_notices; i++)
        if (wf_streq(db->notices[i], text))
            return true;
    return false;
}

static void add(struct wf_db *db, const char *channel, const char *payload)
{
    char text[WF_NOTICE_MAX + 2];

    if (payload)
        snprintf(text, sizeof text, "%s\n%s", channel, payload);
    else
        snprintf(text, sizeof text, "%s", channel);
    if (!is_said(db, text))
        db->notices[db->n_notices++] = wf_heap_printf("%s", text);
}

/* The last place is for that there would have been more. */
void wf_notify(struct wf_db *db, const char *channel, const char *payload)
{
    bool fits = strlen(channel) + strlen(payload) <= WF_NOTICE_MAX;

    if (!db->notices)
        db->notices = wf_heap_new(WF_NOTICES_MAX * sizeof *db->notices);
    if (db->n_notices + 1 < WF_NOTICES_MAX)
        add(db, channel, fits ? payload : NULL);
    else if (db->n_notices < WF_NOTICES_MAX)
        add(db, WF_ANY_CHANNEL, NULL);
}

void wf_notices_drop(struct wf_db *db, size_t kept)
{
    while (db->n_notices > kept)
        free(db->notices[--db->n_notices]);
}

bool wf_notices_send(struct wf_db *db, weft_error *err)
{
    for (size_t i = 0; db->driver->tell && i < db->n_notices; i++)
        if (!db->driver->tell(db, db->notices[i], err))
            return false;
    return true;
}

void wf_notices_told(struct wf_db *db)
{
    for (size_t i = 0; !db->driver->tell && i < db->n_notices; i++)
        wf_hub_hear(db->store->hub, db->notices[i]);
    wf_notices_drop(db, 0);
}

/* --- Hearing. */

void wf_hub_hear(struct wf_hub *hub, const char *notice)
{
    const char *end = strchr(notice, '\n');
    struct wf_str channel = { notice,
                              end ? (size_t)(end - notice) : strlen(notice) };

    pthread_mutex_lock(&hub->lock);
    for (struct wf_listener *l = hub->first; l; l = l->next) {
        if (wf_streq(notice, WF_ANY_CHANNEL) || wf_str_is(channel, l->channel))
            l->heard(l->self, end ? end + 1 : NULL);
    }
    pthread_mutex_unlock(&hub->lock);
}

static bool is_stopping(struct wf_hub *hub, int ms)
{
    struct pollfd fd = { hub->stop_fd, POLLIN, 0 };

    return poll(&fd, 1, ms) > 0;
}

/* Whatever was said before the connection was there has been missed. */
static void *hear_all(void *self)
{
    struct wf_hub *hub = self;
    struct wf_db *db = NULL;
    weft_error err;

    while (!is_stopping(hub, 0)) {
        err = (weft_error)WEFT_ERROR_INIT;
        if (wf_db_open(hub->store, true, &db, &err)
            && db->driver->listen(db, &err)) {
            wf_hub_hear(hub, WF_ANY_CHANNEL);
            db->driver->hear(db, hub->stop_fd);
        }
        wf_db_close(db);
        db = NULL;
        if (is_stopping(hub, PAUSE_MS))
            break;
    }
    return NULL;
}

/* --- The hub. */

void wf_hub_open(struct wf_store *store)
{
    struct wf_hub *hub = wf_heap_new(sizeof *hub);

    hub->store = store;
    hub->stop_fd = -1;
    pthread_mutex_init(&hub->lock, NULL);
    store->hub = hub;
}

void wf_hub_close(struct wf_hub *hub)
{
    uint64_t one = 1;

    if (!hub)
        return;
    if (hub->has_thread
        && write(hub->stop_fd, &one, sizeof one) == (ssize_t)sizeof one)
        pthread_join(hub->thread, NULL);
    if (hub->stop_fd >= 0)
        close(hub->stop_fd);
    pthread_mutex_destroy(&hub->lock);
    free(hub);
}

/* Under the lock: with the first listener. */
static bool start_thread(struct wf_hub *hub)
{
    if (!hub->store->driver->listen || hub->has_thread)
        return true;
    if (hub->stop_fd < 0)
        hub->stop_fd = eventfd(0, EFD_CLOEXEC);
    hub->has_thread =
        hub->stop_fd >= 0 && wf_thread_start(&hub->thread, hear_all, hub);
    return hub->has_thread;
}

bool wf_listen_begin(struct wf_store *store, const char *channel,
                     wf_heard_fn *heard, void *self, struct wf_listener **out,
                     weft_error *err)
{
    struct wf_hub *hub = store->hub;
    struct wf_listener *listener;
    bool started;

    pthread_mutex_lock(&hub->lock);
    started = start_thread(hub);
    if (started) {
        listener = wf_heap_new(sizeof *listener);
        *listener =
            (struct wf_listener){ hub, channel, heard, self, hub->first };
        hub->first = listener;
        *out = listener;
    }
    pthread_mutex_unlock(&hub->lock);
    return started
           || wf_fail(err, WEFT_E_BUSY, "This machine starts no more threads.");
}

void wf_listen_end(struct wf_listener *listener)
{
    struct wf_listener **at;
    struct wf_hub *hub;

    if (!listener)
        return;
    hub = listener->hub;
    pthread_mutex_lock(&hub->lock);
    for (at = &hub->first; *at != listener; at = &(*at)->next)
        ;
    *at = listener->next;
    pthread_mutex_unlock(&hub->lock);
    free(listener);
}
