/* store/pg_listen.c - messages between the nodes on one PostgreSQL: NOTIFY and
 * LISTEN, on one channel for each store.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <poll.h>
#include <stdlib.h>

#include "base/error.h"
#include "store/notify.h"

enum {
    LOOK_MS = 5000 /* between two looks whether the connection is alive */
};

/* Channels are the database's, and a store is one schema of it. */
#define CHANNEL "'weft_' || md5(current_setting('search_path'))"

static const char SQL_TELL[] = "SELECT pg_notify(" CHANNEL ", $1)";
static const char SQL_CHANNEL[] = "SELECT " CHANNEL;

bool wf_pg_tell(struct wf_db *db, const char *notice, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_TELL, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, notice);
    return wf_pg_send(db, q.slot->raw, err);
}

bool wf_pg_listen(struct wf_db *db, weft_error *err)
{
    struct wf_pg *pg = db->raw;
    PGresult *name = NULL;
    char *sql;
    bool done;

    if (!wf_pg_plain(db, SQL_CHANNEL, &name, err))
        return false;
    sql = wf_heap_printf("LISTEN %s", PQgetvalue(name, 0, 0));
    PQclear(name);
    done = wf_pg_plain(db, sql, NULL, err)
           && (PQexitPipelineMode(pg->conn) || wf_pg_lose(db, err));
    free(sql);
    return done;
}

/* An empty query tells whether there is still somebody: a connection that
 * nobody writes to does not notice that its other end is gone. */
static bool is_there(struct wf_pg *pg)
{
    PGresult *result = PQexec(pg->conn, "");
    bool there = PQresultStatus(result) == PGRES_EMPTY_QUERY;

    PQclear(result);
    return there;
}

static void take_all(struct wf_db *db)
{
    struct wf_pg *pg = db->raw;
    PGnotify *notice;

    while ((notice = PQnotifies(pg->conn)) != NULL) {
        wf_hub_hear(db->store->hub, notice->extra);
        PQfreemem(notice);
    }
}

void wf_pg_hear(struct wf_db *db, int stop_fd)
{
    struct wf_pg *pg = db->raw;
    struct pollfd fds[] = { { stop_fd, POLLIN, 0 },
                            { PQsocket(pg->conn), POLLIN, 0 } };
    bool there = true;

    take_all(db);
    while (there && !(fds[0].revents & POLLIN)) {
        there = poll(fds, WF_COUNT(fds), LOOK_MS) == 0
                    ? is_there(pg)
                    : PQconsumeInput(pg->conn) != 0;
        take_all(db);
    }
}
