/* bench/bench_limit.c - a server of three routes on a store that the engine
 * filled: POST /api/v1/documents, GET /api/v1/documents/ID, GET
 * /api/v1/documents
 *
 *     bench_limit STORE PORT (0: any)
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "limit.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    N_DAEMONS = 2,
    ROUTE_LEN = 18 /* "/api/v1/documents/" */
};

/* One daemon is one epoll thread, with a read connection of its own. */
struct daemon {
    struct MHD_Daemon *mhd;
    struct writer *writer;
    sqlite3_stmt *document, *list;
    long long subject;
};

static enum MHD_Result answer(struct MHD_Connection *c, unsigned status,
                              char *text, size_t len)
{
    struct MHD_Response *r =
        MHD_create_response_from_buffer(len, text, MHD_RESPMEM_MUST_FREE);
    enum MHD_Result ok;

    MHD_add_response_header(r, "Content-Type", "application/json");
    ok = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return ok;
}

static enum MHD_Result get(struct daemon *d, struct MHD_Connection *c,
                           const char *url)
{
    size_t len;
    char *text = strlen(url) > ROUTE_LEN
                     ? read_document(d->document, atoll(url + ROUTE_LEN), &len)
                     : read_list(d->list, d->subject, &len);

    return answer(c, len ? 200 : 404, text, len);
}

static void take_body(struct request *r, const char *data, size_t len)
{
    if (r->len + len + 1 > r->cap) {
        r->cap = (r->len + len + 1) * 2;
        r->body = realloc(r->body, r->cap);
    }
    memcpy(r->body + r->len, data, len);
    r->len += len;
}

/* The body is parsed and its data written out once, as the engine must. */
static enum MHD_Result submit(struct daemon *d, struct request *r)
{
    json_t *json = json_loadb(r->body, r->len, 0, NULL);

    r->data = json_dumps(json_object_get(json, "data"), JSON_COMPACT);
    json_decref(json);
    if (!r->data)
        return answer(r->connection, 400, strdup("{}"), 2);
    MHD_suspend_connection(r->connection);
    writer_submit(d->writer, r);
    return MHD_YES;
}

static enum MHD_Result created(struct request *r)
{
    size_t size = strlen(r->data) + 64;
    char *text = malloc(size);
    int len =
        snprintf(text, size, "{\"id\":\"%lld\",\"data\":%s}", r->id, r->data);

    return answer(r->connection, r->failed ? 503 : 201, text, (size_t)len);
}

/* lint: parameters, because libmicrohttpd calls it. */
static enum MHD_Result handle(void *self, struct MHD_Connection *c,
                              const char *url, const char *method,
                              const char *version, const char *data,
                              size_t *len, void **state)
{
    struct request *r = *state;

    (void)version;
    if (!r) {
        *state = r = calloc(1, sizeof *r);
        r->connection = c;
        return MHD_YES;
    }
    if (*len) {
        take_body(r, data, *len);
        *len = 0;
        return MHD_YES;
    }
    if (r->done)
        return created(r);
    return strcmp(method, "POST") == 0 ? submit(self, r) : get(self, c, url);
}

static void completed(void *self, struct MHD_Connection *c, void **state,
                      enum MHD_RequestTerminationCode why)
{
    struct request *r = *state;

    (void)self;
    (void)c;
    (void)why;
    if (!r)
        return;
    free(r->data);
    free(r->body);
    free(r);
    *state = NULL;
}

static void start(struct daemon *d, const char *path, struct writer *writer)
{
    sqlite3 *db = limit_open(path, true);
    sqlite3_stmt *first =
        limit_prepare(db, "SELECT subject FROM document ORDER BY id LIMIT 1");

    d->writer = writer;
    d->document = limit_prepare(db, SQL_DOCUMENT);
    d->list = limit_prepare(db, SQL_LIST);
    if (sqlite3_step(first) == SQLITE_ROW)
        d->subject = sqlite3_column_int64(first, 0);
    sqlite3_finalize(first);
    d->mhd = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC
            | MHD_USE_NO_LISTEN_SOCKET,
        0, NULL, NULL, handle, d, MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
        MHD_OPTION_CONNECTION_LIMIT, 1024U, MHD_OPTION_END);
}

static int listen_on(int port)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t len = sizeof at;
    int one = 1;

    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 512)) {
        perror("listen");
        exit(1);
    }
    getsockname(fd, (struct sockaddr *)&at, &len);
    printf("http://127.0.0.1:%d\n", ntohs(at.sin_port));
    fflush(stdout);
    return fd;
}

int main(int argc, char **argv)
{
    struct daemon daemons[N_DAEMONS] = { { 0 } };
    struct writer *writer;
    int fd, one = 1;

    if (argc != 3) {
        fputs("usage: bench_limit STORE PORT\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    writer = writer_start(argv[1]);
    for (int i = 0; i < N_DAEMONS; i++)
        start(&daemons[i], argv[1], writer);
    fd = listen_on(atoi(argv[2]));
    for (unsigned n = 0;; n++) {
        struct sockaddr_in from;
        socklen_t len = sizeof from;
        int client = accept4(fd, (struct sockaddr *)&from, &len,
                             SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (client < 0)
            continue;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (MHD_add_connection(daemons[n % N_DAEMONS].mhd, client,
                               (struct sockaddr *)&from, len)
            != MHD_YES)
            close(client);
    }
}
