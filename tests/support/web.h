/* support/web.h - a small HTTP client for tests, which also sends what no
 * honest client would. What must not happen ends the process.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_WEB_H
#define SUPPORT_WEB_H

#include <stdbool.h>
#include <stddef.h>

/* One connection; `data` is what has been read of answers. */
struct web {
    int fd;
    char *data;
    size_t len, cap, used;
};

#define WEB_INIT                                                               \
    {                                                                          \
        -1, NULL, 0, 0, 0                                                      \
    }

/* Head and body with a zero behind them, until the next call. */
struct web_answer {
    int status;
    const char *head, *body;
    size_t len;
};

struct web_request {
    const char *method, *path;
    const char *headers; /* lines that end in CRLF; NULL: none */
    const char *type;    /* of the body; NULL: JSON */
    const char *body;    /* NULL: none */
    size_t len;          /* 0: up to its zero */
};

/* To 127.0.0.1, where somebody must listen. */
void web_open(struct web *web, int port);
void web_close(struct web *web);

/* How long a silence counts as the end: ten seconds, where not told. */
void web_be_patient(struct web *web, int ms);

/* False where the other side has closed. */
bool web_send(struct web *web, const char *data, size_t len);

/* Tells the other side that nothing more comes. */
void web_finish(struct web *web);

/* The next answer; false where the connection ends before one is whole, or
 * where what comes is none. `no_body` for an answer to HEAD. */
bool web_read(struct web *web, bool no_body, struct web_answer *out);

/* True once the other side has closed and nothing is left to read. */
bool web_is_closed(struct web *web);

/* Sends a whole request and reads its answer, which must come. */
void web_ask(struct web *web, const struct web_request *request,
             struct web_answer *out);

/* The value of a header in `value`; false where it is absent. */
bool web_header(const struct web_answer *answer, const char *name, char *value,
                size_t size);

#endif
