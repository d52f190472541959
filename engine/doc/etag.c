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
#include "doc/doc_lane.h"
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

static void add_tree(struct wf_hasher *hasher, const struct wf_json *json);

static void add_members(struct wf_hasher *hasher, const struct wf_json *object)
{
    wf_hasher_add_int(hasher, (int64_t)object->u.object.n);
    for (size_t i = 0; i < object->u.object.n; i++) {
        const struct wf_json_member *member = &object->u.object.at[i];

        wf_hasher_add_text(hasher, member->key.at, member->key.len);
        add_tree(hasher, member->value);
    }
}

static void add_tree(struct wf_hasher *hasher, const struct wf_json *json)
{
    char number[32];

    wf_hasher_add_int(hasher, (int64_t)json->type);
    switch (json->type) {
    case WF_JSON_NUMBER:
        wf_number_write(json->u.number, number);
        wf_hasher_add_text(hasher, number, strlen(number));
        break;
    case WF_JSON_TEXT:
        wf_hasher_add_text(hasher, json->u.text.at, json->u.text.len);
        break;
    case WF_JSON_ARRAY:
        wf_hasher_add_int(hasher, (int64_t)json->u.array.n);
        for (size_t i = 0; i < json->u.array.n; i++)
            add_tree(hasher, json->u.array.at[i]);
        break;
    case WF_JSON_OBJECT:
        add_members(hasher, json);
        break;
    default:
        break;
    }
}

static void add_value(struct wf_hasher *hasher, const struct wf_field *field,
                      const struct wf_json *json)
{
    if (!json)
        return;
    add_text(hasher, field->path);
    add_tree(hasher, json);
}

/* An act in one lane changes what is to be done in it, and nothing else of the
 * document. */
static void add_lanes(struct wf_hasher *hasher, const struct wf_doc *doc)
{
    const struct wf_doc_lane *lane = NULL;

    while ((lane = wf_lane_next(doc, lane))) {
        struct wf_spot spot = wf_lane_spot(doc, lane);

        add_text(hasher, spot.step->id);
        add_text(hasher, spot.level);
        wf_hasher_add_int(hasher, spot.walk);
    }
}

/* What the reader sees of edits and steps. */
static void write_edit_part(const struct wf_doc *doc,
                            const struct wf_rights *rights,
                            char text[PART_LEN + 1])
{
    struct wf_hasher hasher;

    wf_hasher_init(&hasher);
    wf_hasher_add_int(&hasher, doc->id);
    wf_hasher_add_int(&hasher, doc->form->version); /* what it is read by */
    wf_hasher_add_int(&hasher, doc->walk);
    wf_hasher_add_int(&hasher, (int64_t)doc->state);
    add_text(&hasher, doc->step->id);
    add_text(&hasher, doc->level);
    add_lanes(&hasher, doc);
    for (const struct wf_field *f = wf_field_after(doc->form, NULL); f;
         f = wf_field_after(doc->form, f)) {
        const struct wf_json *rows =
            f->items ? wf_json_get(doc->data, f->items->id) : NULL;

        if (wf_field_is_derived(f) || f->columns
            || !wf_rights_see(rights, doc->form, f))
            continue;
        if (f->rolled && doc->entered)
            add_value(&hasher, f, wf_json_get(doc->entered, f->id));
        else if (!f->items && !f->rolled)
            add_value(&hasher, f, wf_json_get(doc->data, f->id));
        wf_hasher_add_int(&hasher, (int64_t)wf_json_len(rows));
        for (size_t i = 0; i < wf_json_len(rows); i++)
            add_value(&hasher, f, wf_json_get(rows->u.array.at[i], f->id));
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
