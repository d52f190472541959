/* store/notify.h - short messages from who changes the store to whoever
 * listens, in whichever process.
 *
 * A message is told when the transaction that says it has committed, and never
 * if it has not; those of one transaction in their order. On PostgreSQL all
 * nodes hear it (NOTIFY); on SQLite those who listen in the same process, as
 * there is one server. A message can get lost with a connection: listeners are
 * then told so, and what must not be missed is looked for from time to time as
 * well. So a message says that there is something to look at, not what.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_NOTIFY_H
#define WF_STORE_NOTIFY_H

#include "store/db.h"

enum {
    WF_NOTICE_MAX = 2000, /* bytes of a channel and its payload */
    WF_NOTICES_MAX = 64   /* of one transaction; then all is to be looked at */
};

/* Says `payload` on `channel`, a constant word, inside a transaction: undone
 * with its savepoint. Said twice, it is told once. Never fails: what is too
 * long, or too much, becomes a payload of NULL. */
void wf_notify(struct wf_db *db, const char *channel, const char *payload);

/* Hears a message; a payload of NULL: some may have been missed. Runs on a
 * thread of the store, which it may not hold up: it may not use the store, nor
 * listen or stop listening. */
typedef void wf_heard_fn(void *self, const char *payload);

struct wf_listener;

/* Listens on `channel`, borrowed, until wf_listen_end(), after which `heard` is
 * not running and not called any more; NULL is allowed. All end before the
 * store is closed. */
WF_MUST_CHECK bool wf_listen_begin(struct wf_store *store, const char *channel,
                                   wf_heard_fn *heard, void *self,
                                   struct wf_listener **out, weft_error *err);
void wf_listen_end(struct wf_listener *listener);

#endif
