/* doc/cursor.c - where the next page of a list begins: opaque to clients.
 *
 * A cursor is [list, value, id] as JSON in base64url. It holds nothing secret:
 * whoever changes one only pages from elsewhere through what they may see.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/cursor.h"

#include "base/error.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

enum {
    LIMIT_MAX = 200,
    CURSOR_MAX = 4096
};

static const char *encode(struct wf_arena *arena, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    unsigned bits = 0, n_bits = 0;

    for (; *text; text++) {
        bits = bits << 8 | (unsigned char)*text;
        for (n_bits += 8; n_bits >= 6; n_bits -= 6)
            wf_buf_char(&out, alphabet[bits >> (n_bits - 6) & 63]);
    }
    if (n_bits)
        wf_buf_char(&out, alphabet[bits << (6 - n_bits) & 63]);
    return wf_buf_text(&out);
}

/* NULL where `text` is no base64url. */
static const char *decode(struct wf_arena *arena, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    unsigned bits = 0, n_bits = 0;

    for (; *text; text++) {
        const char *at = strchr(alphabet, *text);

        if (!at)
            return NULL;
        bits = bits << 6 | (unsigned)(at - alphabet);
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            wf_buf_char(&out, (char)(bits >> n_bits & 255));
        }
    }
    return wf_buf_text(&out);
}

static bool parse(struct wf_arena *arena, const char *text,
                  struct wf_cursor *out)
{
    static const struct wf_json_limits limits = { 4, 16 };
    weft_error ignored = WEFT_ERROR_INIT;
    const char *plain = strlen(text) <= CURSOR_MAX ? decode(arena, text) : NULL;
    struct wf_json *json = NULL;
    struct wf_str id;

    if (!plain
        || !wf_json_parse(arena, plain, strlen(plain), &limits, &json, &ignored)
        || !wf_json_is(json, WF_JSON_ARRAY) || wf_json_len(json) != 3
        || !wf_streq(wf_json_str(json->u.array.at[0]), out->list))
        return false;
    out->value = json->u.array.at[1];
    id = wf_str_of(wf_json_str(json->u.array.at[2]));
    return id.at && wf_id_parse(id, &out->id);
}

bool wf_cursor_read(struct wf_arena *arena, const char *text,
                    struct wf_cursor *out, weft_error *err)
{
    if (!text || parse(arena, text, out))
        return true;
    return wf_fail(err, WEFT_E_MALFORMED,
                   "This cursor is none of this list: take `next` of the page "
                   "before, with the same sort.");
}

bool wf_page_read(struct wf_arena *arena, const struct wf_page *page,
                  struct wf_cursor *out, weft_error *err)
{
    if (page->limit < 1 || page->limit > LIMIT_MAX)
        return wf_fail(err, WEFT_E_MALFORMED, "`limit` is 1 to %d, not %d.",
                       LIMIT_MAX, page->limit);
    return wf_cursor_read(arena, page->cursor, out, err);
}

void wf_cursor_write(struct wf_arena *arena, const struct wf_cursor *cursor,
                     struct wf_json_writer *out)
{
    struct wf_buf text = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);

    if (!cursor) {
        wf_jw_key_text_or_null(out, "next", NULL);
        return;
    }
    wf_jw_open(&w, '[');
    wf_jw_text(&w, cursor->list);
    if (cursor->value)
        wf_jw_tree(&w, cursor->value);
    else
        wf_jw_null(&w);
    wf_jw_id(&w, cursor->id);
    wf_jw_close(&w, ']');
    wf_jw_key_text(out, "next", encode(arena, wf_buf_text(&text)));
}
