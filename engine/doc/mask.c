/* doc/mask.c - the masking of texts, and of documents by the types of their
 * fields.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/mask.h"

#include <ctype.h>

#include "base/hash.h"
#include "base/list.h"
#include "base/text.h"
#include "doc/derive.h"
#include "doc/fields.h"

static const char SQL_PAGE[] =
    "SELECT id FROM document WHERE id > $1 ORDER BY id LIMIT $2";

/* Characters that count and name nobody: no name comes out of them by chance.
 */
static const char *const han[] = {
    "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子",
    "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥",
};

/* --- Texts */

/* The stream of a text: 32 numbers, over and over with a step. */
static struct wf_hash stream_of(const struct wf_mask *mask, const char *text)
{
    struct wf_hasher hasher;

    wf_hasher_init(&hasher);
    wf_hasher_add(&hasher, mask->key, sizeof mask->key);
    wf_hasher_add(&hasher, text, strlen(text));
    return wf_hasher_end(&hasher);
}

static void add_masked(struct wf_buf *out, const char *from, size_t len,
                       uint32_t c, unsigned chance)
{
    if (c < 0x80 && islower((int)c))
        wf_buf_char(out, (char)('a' + chance % 26));
    else if (c < 0x80 && isupper((int)c))
        wf_buf_char(out, (char)('A' + chance % 26));
    else if (c < 0x80 && isdigit((int)c))
        wf_buf_char(out, (char)('0' + chance % 10));
    else if (c < 0x80 || (c >= 0x2000 && c < 0x2070)
             || (c >= 0x3000 && c < 0x3020) || (c >= 0xff00 && c < 0xff10))
        wf_buf_add(out, from, len);
    else if (c >= 0x2e80 && c < 0x30000)
        wf_buf_str(out, han[chance % WF_COUNT(han)]);
    else
        wf_buf_char(out, 'x');
}

const char *wf_mask_text(const struct wf_mask *mask, struct wf_arena *arena,
                         const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_hash stream;
    const char *at = text;

    if (!text)
        return NULL;
    stream = stream_of(mask, text);
    for (unsigned i = 0; *at; i++) {
        const char *from = at;
        uint32_t c = wf_utf8_next(&at);

        add_masked(&out, from, (size_t)(at - from), c,
                   stream.at[i % WF_HASH_LEN] + 7 * (i / WF_HASH_LEN));
    }
    return wf_buf_text(&out);
}

/* --- Documents */

static bool holds_text(const struct wf_field *field)
{
    switch (field->type) {
    case WF_F_TEXT:
    case WF_F_LONGTEXT:
    case WF_F_EMAIL:
    case WF_F_URL:
    case WF_F_PHONE:
    case WF_F_TAGS:
    case WF_F_PROGRESS:
    case WF_F_JSON:
        return true;
    default:
        return false;
    }
}

/* Texts in whatever it is; the names of members too, for hooks write them. */
static struct wf_json *masked(const struct wf_mask *mask,
                              struct wf_arena *arena, struct wf_json *json)
{
    struct wf_json *out;

    if (wf_json_is(json, WF_JSON_TEXT))
        return wf_json_text(arena,
                            wf_mask_text(mask, arena, wf_json_str(json)));
    if (wf_json_is(json, WF_JSON_OBJECT))
        return wf_json_object(arena);
    if (!wf_json_is(json, WF_JSON_ARRAY))
        return json;
    out = wf_json_array(arena);
    for (size_t i = 0; i < wf_json_len(json); i++)
        wf_json_push(arena, out, masked(mask, arena, json->u.array.at[i]));
    return out;
}

/* A text by which documents differ stays one. */
static struct wf_json *told_apart(struct wf_arena *arena,
                                  const struct wf_doc *doc,
                                  const struct wf_field *field,
                                  struct wf_json *value)
{
    for (const struct wf_field **f = doc->form->unique; f && *f; f++)
        if (*f == field && wf_json_is(value, WF_JSON_TEXT))
            return wf_json_text(arena, wf_arena_printf(arena, "%s %lld",
                                                       wf_json_str(value),
                                                       (long long)doc->id));
    return value;
}

static void mask_member(const struct wf_mask *mask, struct wf_arena *arena,
                        const struct wf_doc *doc, const struct wf_field *field,
                        struct wf_json *object)
{
    struct wf_json *value = wf_json_get(object, field->id);

    if (value && holds_text(field))
        wf_json_set(arena, object, field->id,
                    told_apart(arena, doc, field, masked(mask, arena, value)));
}

static void mask_data(const struct wf_mask *mask, struct wf_arena *arena,
                      const struct wf_doc *doc, struct wf_json *data)
{
    for (const struct wf_field *f = doc->form->fields; f && data; f = f->next) {
        struct wf_json *rows = f->columns ? wf_json_get(data, f->id) : NULL;

        mask_member(mask, arena, doc, f, data);
        for (size_t i = 0; i < wf_json_len(rows); i++)
            for (const struct wf_field *c = f->columns; c; c = c->next)
                mask_member(mask, arena, doc, c, rows->u.array.at[i]);
    }
}

/* What was set over a field, and the words why. */
static void mask_overrides(const struct wf_mask *mask, struct wf_arena *arena,
                           const struct wf_doc *doc)
{
    for (const struct wf_field *f = doc->form->fields; f; f = f->next) {
        struct wf_json *one =
            doc->overrides ? wf_json_get(doc->overrides, f->id) : NULL;

        if (!one)
            continue;
        wf_json_set(arena, one, "reason", wf_json_text(arena, "…"));
        if (!holds_text(f))
            continue;
        for (int i = 0; i < 2; i++) {
            const char *member = i ? "value" : "computed";
            struct wf_json *value = wf_json_get(one, member);

            if (value)
                wf_json_set(arena, one, member, masked(mask, arena, value));
        }
    }
}

static bool mask_one(struct wf_call *call, const struct wf_mask *mask, wf_id id,
                     weft_error *err)
{
    int64_t units = *call->units; /* each has the budget of one command */
    struct wf_call own = *call;
    struct wf_doc *doc;

    own.units = &units;
    if (!wf_doc_load(&own, id, &doc, err))
        return false;
    if (!doc)
        return true;
    mask_data(mask, call->arena, doc, doc->data);
    mask_data(mask, call->arena, doc, doc->entered);
    mask_overrides(mask, call->arena, doc);
    return wf_derive(&own, doc, err) && wf_doc_save(&own, doc, err);
}

struct ids {
    wf_id *at;
    size_t n, cap;
};

static bool load_page(struct wf_call *call, wf_id after, int limit,
                      struct ids *ids, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_PAGE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, after);
    wf_stmt_bind_int(&q, 2, limit);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, ids) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

bool wf_mask_documents(struct wf_call *call, const struct wf_mask *mask,
                       int limit, wf_id *last, weft_error *err)
{
    struct ids ids = { 0 };

    if (!load_page(call, *last, limit, &ids, err))
        return false;
    for (size_t i = 0; i < ids.n; i++)
        if (!mask_one(call, mask, ids.at[i], err))
            return false;
    *last = ids.n > 0 ? ids.at[ids.n - 1] : 0;
    return true;
}
