/* doc/etag.c - the entity tag of a document as one reader sees it.
 *
 * A counter of edits would tell of changes in fields that the reader does not
 * see; so the tag is made of what is seen, and of nothing else. Derived values
 * are left out of its first part: a rollup or a light that changes beneath an
 * open draft does not make the draft stale.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/hash.h"
#include "doc/fields.h"
#include "doc/view.h"

enum {
    PART_LEN = 16
};

static void write_part(struct wf_hash hash, char text[PART_LEN + 1])
{
    char all[WF_HASH_TEXT];

    wf_hash_write(&hash, all);
    memcpy(text, all, PART_LEN);
    text[PART_LEN] = '\0';
}

static void add_text(struct wf_hasher *hasher, const char *text)
{
    wf_hasher_add_int(hasher, text ? 1 : 0);
    if (text)
        wf_hasher_add_text(hasher, text, strlen(text));
}

/* `text` is written over each time. */
static void add_value(struct wf_hasher *hasher, const struct wf_field *field,
                      const struct wf_json *json, struct wf_buf *text)
{
    if (!json)
        return;
    text->len = 0;
    wf_json_write_canonical(text, json);
    add_text(hasher, field->path);
    add_text(hasher, wf_buf_text(text));
}

/* What the reader sees of edits and steps. */
static void write_edit_part(const struct wf_doc *doc,
                            const struct wf_rights *rights,
                            char text[PART_LEN + 1])
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_buf value = WF_BUF_INIT(arena);
    struct wf_hasher hasher;

    wf_hasher_init(&hasher);
    wf_hasher_add_int(&hasher, doc->id);
    wf_hasher_add_int(&hasher, doc->walk);
    wf_hasher_add_int(&hasher, (int64_t)doc->state);
    add_text(&hasher, doc->step->id);
    add_text(&hasher, doc->level);
    for (const struct wf_field *f = wf_field_after(doc->form, NULL); f;
         f = wf_field_after(doc->form, f)) {
        const struct wf_json *rows =
            f->items ? wf_json_get(doc->data, f->items->id) : NULL;

        if (f->formula || f->columns || !wf_rights_see(rights, doc->form, f))
            continue;
        if (!f->items)
            add_value(&hasher, f, wf_json_get(doc->data, f->id), &value);
        wf_hasher_add_int(&hasher, (int64_t)wf_json_len(rows));
        for (size_t i = 0; i < wf_json_len(rows); i++)
            add_value(&hasher, f, wf_json_get(rows->u.array.at[i], f->id),
                      &value);
    }
    write_part(wf_hasher_end(&hasher), text);
}

void wf_etag_write(const struct wf_doc *doc, const struct wf_rights *rights,
                   const char *body, size_t len, char text[WF_ETAG_TEXT])
{
    char edit[PART_LEN + 1], whole[PART_LEN + 1];

    write_edit_part(doc, rights, edit);
    write_part(wf_hash_of(body, len), whole);
    snprintf(text, WF_ETAG_TEXT, "%s-%s", edit, whole);
}

/* If-Match may list several tags, in quotes, with W/ before them, or be "*". */
bool wf_etag_matches_edit(const char *if_match, const struct wf_doc *doc,
                          const struct wf_rights *rights)
{
    struct wf_str rest = wf_str_of(if_match), tag;
    char edit[PART_LEN + 1];

    write_edit_part(doc, rights, edit);
    while (wf_str_split(&rest, ',', &tag)) {
        tag = wf_str_trim(tag);
        if (wf_str_is(tag, "*"))
            return true;
        if (tag.len > 2 && !memcmp(tag.at, "W/", 2)) {
            tag.at += 2;
            tag.len -= 2;
        }
        if (tag.len && *tag.at == '"') {
            tag.at++;
            tag.len--;
        }
        if (tag.len > PART_LEN && !memcmp(tag.at, edit, PART_LEN)
            && tag.at[PART_LEN] == '-')
            return true;
    }
    return false;
}
