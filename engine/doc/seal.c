/* doc/seal.c - seals of the history, made and compared.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/seal.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/history.h"
#include "doc/lane.h"

static const char SQL_IS_NEWS[] =
    "SELECT 1 FROM lane l JOIN event e ON e.lane = l.id AND e.seq = l.n"
    " WHERE e.kind <> 'seal' LIMIT 1";
static const char SQL_HEADS[] = "SELECT id, n, head FROM lane ORDER BY id";
static const char SQL_HASH[] =
    "SELECT hash FROM event WHERE lane = $1 AND seq = $2";

static const char MARK[] = "weft-seal ";

static struct wf_hash hash_of(struct wf_stmt *q, int column)
{
    struct wf_hash hash = { { 0 } };
    size_t len;
    const void *at = wf_stmt_blob(q, column, &len);

    if (len == WF_HASH_LEN)
        memcpy(hash.at, at, len);
    return hash;
}

/* --- Making. */

static bool is_news(struct wf_call *call, bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_IS_NEWS, &q, err))
        return false;
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

static bool write_heads(struct wf_call *call, struct wf_buf *text,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_HEADS, &q, err))
        return false;
    wf_buf_str(text, "weft-seal");
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_hash head = hash_of(&q, 2);
        char hash[WF_HASH_TEXT];

        wf_hash_write(&head, hash);
        wf_buf_printf(text, " %lld:%lld:%s", (long long)wf_stmt_int(&q, 0),
                      (long long)wf_stmt_int(&q, 1), hash);
    }
    return got == WF_FETCH_DONE;
}

bool wf_seal_make(struct wf_call *call, bool if_news, const char **out,
                  weft_error *err)
{
    struct wf_buf text = WF_BUF_INIT(call->arena);
    struct wf_event event = { .kind = "seal", .by_system = true };
    bool news;

    *out = NULL;
    if (!is_news(call, &news, err))
        return false;
    if (if_news && !news)
        return true;
    if (!write_heads(call, &text, err))
        return false;
    event.comment = wf_buf_text(&text);
    *out = event.comment;
    return wf_history_add(call, &event, err);
}

/* --- Comparing. */

/* One head of a seal. */
struct head {
    int64_t lane, n;
    struct wf_str hash; /* as text */
};

/* "LANE:N:HASH" at the front of `rest`, cut off; false: something else. */
static bool cut_head(struct wf_str *rest, struct head *out)
{
    size_t n = 0;
    struct wf_str word, part;

    while (n < rest->len && strchr("0123456789abcdef:", rest->at[n]) != NULL)
        n++;
    word = (struct wf_str){ rest->at, n };
    rest->at += n;
    rest->len -= n;
    if (rest->len && *rest->at == ' ') {
        rest->at++;
        rest->len--;
    }
    return wf_str_split(&word, ':', &part) && wf_str_to_int(part, &out->lane)
           && wf_str_split(&word, ':', &part) && wf_str_to_int(part, &out->n)
           && wf_str_split(&word, ':', &out->hash)
           && out->hash.len == WF_HASH_TEXT - 1;
}

static bool check_head(struct wf_call *call, const struct head *head,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    char text[WF_HASH_TEXT] = "";
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_HASH, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, head->lane);
    wf_stmt_bind_int(&q, 2, head->n);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW) {
        struct wf_hash hash = hash_of(&q, 0);

        wf_hash_write(&hash, text);
    }
    if (head->n > 0 && !wf_str_is(head->hash, text))
        wf_diag_field(call->findings,
                      wf_arena_printf(call->arena, "history[%lld]",
                                      (long long)head->lane),
                      "seal",
                      "The history is not the one that was sealed: event "
                      "%lld of lane %lld is missing or another.",
                      (long long)head->n, (long long)head->lane);
    return got != WF_FETCH_ERROR;
}

bool wf_seal_verify(struct wf_call *call, const char *text, size_t len,
                    weft_error *err)
{
    struct wf_str rest = { text, len };
    const char *at;
    size_t n = 0;

    while ((at = memmem(rest.at, rest.len, MARK, strlen(MARK)))) {
        struct head head;

        rest.len -= (size_t)(at - rest.at) + strlen(MARK);
        rest.at = at + strlen(MARK);
        while (cut_head(&rest, &head)) {
            n++;
            if (!check_head(call, &head, err))
                return false;
        }
    }
    return n
           || wf_fail(err, WEFT_E_MALFORMED,
                      "There is no seal in this file: it is a line that "
                      "begins with \"weft-seal\".");
}
