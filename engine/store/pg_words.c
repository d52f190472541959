/* store/pg_words.c - the few words of a statement that PostgreSQL wants to read
 * differently.
 *
 * A parameter that is only asked whether it is NULL has no type that the server
 * could find out. And where a row is taken for oneself, one that somebody else
 * is about to take is passed over; that place is marked by a comment, as
 * SQLite, where one transaction writes at a time, has no word for it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

static const char CLAIM[] = "/* claim */";

/* The length of what stands between quotes; 0: `at` is no quote. */
static size_t quoted_len(const char *at)
{
    const char *end;

    if (*at != '\'' && *at != '"')
        return 0;
    end = strchr(at + 1, *at);
    return end ? (size_t)(end + 1 - at) : strlen(at);
}

/* The length of a parameter and its number; 0: `at` is none. */
static size_t param_len(const char *at, int *number)
{
    char *end;

    if (*at != '$' || !isdigit((unsigned char)at[1]))
        return 0;
    *number = (int)strtol(at + 1, &end, 10);
    return (size_t)(end - at);
}

int wf_pg_count_params(const char *sql)
{
    int greatest = 0, number;

    while (*sql) {
        size_t len = quoted_len(sql);

        if (len == 0 && (len = param_len(sql, &number)) > 0)
            greatest = number > greatest ? number : greatest;
        sql += len > 0 ? len : 1;
    }
    return greatest;
}

/* How often each of the `n` parameters stands in `sql`, by number; to be freed.
 */
static int *count_uses(const char *sql, int n)
{
    int *uses = wf_heap_new(((size_t)n + 1) * sizeof *uses), number;

    while (*sql) {
        size_t len = quoted_len(sql);

        if (len == 0 && (len = param_len(sql, &number)) > 0)
            uses[number]++;
        sql += len > 0 ? len : 1;
    }
    return uses;
}

void wf_pg_param_types(const char *sql, int n, Oid *types)
{
    static const Oid text = 25;
    int *uses = count_uses(sql, n);

    for (int i = 0; i < n; i++)
        types[i] = uses[i + 1] > 0 ? 0 : text;
    free(uses);
}

/* `uses`: how often the parameter stands in its statement. */
static void put_param(struct wf_buf *out, const char *at, size_t len,
                      int number, int uses)
{
    bool is_asked = wf_str_starts(at + len, " IS NULL")
                    || wf_str_starts(at + len, " IS NOT NULL");

    if (is_asked && uses == 1)
        wf_buf_printf(out, "CAST($%d AS TEXT)", number);
    else
        wf_buf_add(out, at, len);
}

char *wf_pg_words(const char *sql)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_buf out = WF_BUF_INIT(arena);
    int *uses = count_uses(sql, wf_pg_count_params(sql));
    const char *at = sql;

    while (*at) {
        size_t len = quoted_len(at);
        int number;

        if (len > 0) {
            wf_buf_add(&out, at, len);
        } else if ((len = param_len(at, &number)) > 0) {
            put_param(&out, at, len, number, uses[number]);
        } else if (wf_str_starts(at, CLAIM)) {
            wf_buf_str(&out, "FOR UPDATE SKIP LOCKED");
            len = sizeof CLAIM - 1;
        } else {
            wf_buf_char(&out, *at);
            len = 1;
        }
        at += len;
    }
    free(uses);
    return wf_heap_printf("%s", wf_buf_text(&out));
}
