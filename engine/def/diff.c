/* def/diff.c - what differs in meaning between two texts of a definition:
 * their parts, matched by what names them, and of those the attributes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/diff.h"

#include <string.h>

#include "base/str.h"
#include "def/deploy.h"

struct diff {
    struct wf_arena *arena;
    struct wf_json_writer *w;
    int lang; /* of the labels */
    struct wf_parts from, to;
};

static struct wf_part *find(const struct wf_parts *parts,
                            const struct wf_part *like, struct wf_arena *arena)
{
    return wf_map_find(&parts->names,
                       wf_arena_printf(arena, "%s %s", like->kind, like->path));
}

/* --- Values as JSON */

static bool is_words(const char *name)
{
    static const char *const words[] = { "label",   "help", "message",
                                         "title",   "unit", "placeholder",
                                         "content", "body", "default",
                                         "pattern" };

    for (size_t i = 0; i < WF_COUNT(words); i++)
        if (wf_str_starts(name, words[i]))
            return true;
    return false;
}

static void put_value(struct diff *d, const struct wf_part_attr *attr)
{
    char *end;
    double number;

    if (!attr) {
        wf_jw_null(d->w);
        return;
    }
    number = wf_number_parse(attr->same, &end);
    if (is_words(attr->name))
        wf_jw_text(d->w, attr->value);
    else if (wf_streq(attr->same, "true") || wf_streq(attr->same, "false"))
        wf_jw_bool(d->w, wf_streq(attr->same, "true"));
    else if (end != attr->same && !*end)
        wf_jw_number(d->w, number);
    else
        wf_jw_text(d->w, attr->value);
}

/* A part whole: its attributes, and the parts within it by kind. */
static void put_part(struct diff *d, const struct wf_part *part)
{
    if (!part) {
        wf_jw_null(d->w);
        return;
    }
    wf_jw_open(d->w, '{');
    for (size_t i = 0; i < part->attrs.n; i++) {
        wf_jw_key(d->w, part->attrs.at[i].name);
        put_value(d, &part->attrs.at[i]);
    }
    wf_jw_close(d->w, '}');
}

/* --- Rows */

static void open_row(struct diff *d, const struct wf_diff_change *change)
{
    const struct wf_part *part = change->part;

    wf_jw_open(d->w, '{');
    wf_jw_key_text(d->w, "definition",
                   (d->to.n ? &d->to : &d->from)->at[0]->path);
    wf_jw_key_text(d->w, "kind", part->kind);
    wf_jw_key_text(d->w, "path", part->path);
    wf_jw_key_text(d->w, "label", part->label[d->lang]);
    wf_jw_key_text(d->w, "change", change->change);
    wf_jw_key_text(d->w, "attribute", change->attribute);
}

static void close_row(struct diff *d, const struct wf_diff_change *change)
{
    wf_jw_key(d->w, "text");
    wf_jw_open(d->w, '{');
    for (int i = 0; i < WF_DIFF_LANGS; i++)
        wf_jw_key_text(d->w, wf_diff_langs[i],
                       wf_diff_sentence(d->arena, change, i));
    wf_jw_close(d->w, '}');
    wf_jw_close(d->w, '}');
}

static void say_whole(struct diff *d, const struct wf_part *from,
                      const struct wf_part *to)
{
    const struct wf_diff_change change = { .part = to ? to : from,
                                           .change =
                                               from ? "removed" : "added" };

    open_row(d, &change);
    wf_jw_key(d->w, "from");
    put_part(d, from);
    wf_jw_key(d->w, "to");
    put_part(d, to);
    close_row(d, &change);
}

static void say_attr(struct diff *d, const struct wf_part *part,
                     const struct wf_part_attr *from,
                     const struct wf_part_attr *to)
{
    const struct wf_diff_change change = { .part = part,
                                           .change = "changed",
                                           .attribute =
                                               to ? to->name : from->name,
                                           .from = from ? from->value : NULL,
                                           .to = to ? to->value : NULL };

    open_row(d, &change);
    wf_jw_key(d->w, "from");
    put_value(d, from);
    wf_jw_key(d->w, "to");
    put_value(d, to);
    close_row(d, &change);
}

static void say_renamed(struct diff *d, const struct wf_part *from,
                        const struct wf_part *to)
{
    const struct wf_diff_change change = {
        .part = to, .change = "renamed", .from = from->path, .to = to->path
    };

    open_row(d, &change);
    wf_jw_key_text(d->w, "from", from->path);
    wf_jw_key_text(d->w, "to", to->path);
    close_row(d, &change);
}

/* --- Attributes of a part that is there on both sides */

static bool same_attr(const struct wf_part_attr *a,
                      const struct wf_part_attr *b)
{
    return a && b && wf_streq(a->same, b->same);
}

static void compare_attrs(struct diff *d, const struct wf_part *from,
                          const struct wf_part *to)
{
    for (size_t i = 0; i < to->attrs.n; i++) {
        const struct wf_part_attr *attr = &to->attrs.at[i];
        const struct wf_part_attr *old = wf_part_attr(from, attr->name);

        if (!same_attr(old, attr))
            say_attr(d, to, old, attr);
    }
    for (size_t i = 0; i < from->attrs.n; i++)
        if (!wf_part_attr(to, from->attrs.at[i].name))
            say_attr(d, to, &from->attrs.at[i], NULL);
}

/* --- The same part under another name */

static size_t n_within(const struct wf_parts *parts, const struct wf_part *part)
{
    size_t n = 0;

    for (size_t i = 0; i < parts->n; i++)
        n += parts->at[i]->within == part;
    return n;
}

/* What says nothing of itself could be anything. */
static bool is_renamed(struct diff *d, const struct wf_part *from,
                       const struct wf_part *to)
{
    if (from->twin || !wf_streq(from->kind, to->kind) || from->attrs.n < 1
        || from->attrs.n != to->attrs.n
        || !wf_streq(from->within ? from->within->path : NULL,
                     to->within && to->within->twin ? to->within->twin->path
                                                    : NULL)
        || n_within(&d->from, from) != n_within(&d->to, to))
        return false;
    for (size_t i = 0; i < to->attrs.n; i++)
        if (!same_attr(wf_part_attr(from, to->attrs.at[i].name),
                       &to->attrs.at[i]))
            return false;
    return true;
}

static bool match_renamed(struct diff *d, struct wf_part *to)
{
    for (size_t i = 0; i < d->from.n; i++) {
        struct wf_part *from = d->from.at[i];

        if (!is_renamed(d, from, to))
            continue;
        from->twin = to;
        to->twin = from;
        say_renamed(d, from, to);
        return true;
    }
    return false;
}

/* --- Order */

/* The keys of the parts of one kind within `within`, both sides having them,
 * of the side whose parts these are. */
static void put_keys(struct diff *d, const struct wf_parts *parts,
                     const struct wf_part *like, struct wf_buf *text)
{
    wf_jw_open(d->w, '[');
    for (size_t i = 0; i < parts->n; i++) {
        const struct wf_part *at = parts->at[i];

        if (at->within != like->within || !at->twin
            || !wf_streq(at->kind, like->kind))
            continue;
        wf_jw_text(d->w, at->key);
        wf_buf_printf(text, "%s%s", text->len ? ", " : "", at->key);
    }
    wf_jw_close(d->w, ']');
}

/* The next part after number `*i` that is ordered with `like`, on both sides;
 * NULL at the end. */
static const struct wf_part *next_of(const struct wf_parts *parts,
                                     const struct wf_part *like, size_t *i)
{
    while (*i < parts->n) {
        const struct wf_part *at = parts->at[(*i)++];

        if (at->within == like->within && at->twin
            && wf_streq(at->kind, like->kind))
            return at;
    }
    return NULL;
}

static bool is_reordered(struct diff *d, const struct wf_part *from,
                         const struct wf_part *to)
{
    const struct wf_part *a, *b;
    size_t i = 0, j = 0;

    do {
        a = next_of(&d->from, from, &i);
        b = next_of(&d->to, to, &j);
        if (a && b && a->twin != b)
            return true;
    } while (a && b);
    return false;
}

/* Said once, at the first of them. */
static void compare_order(struct diff *d, const struct wf_part *to)
{
    const struct wf_part *from = to->twin;
    struct wf_diff_change change = { .part = to->within,
                                     .change = "reordered",
                                     .attribute = to->kind };
    struct wf_buf old = WF_BUF_INIT(d->arena), new = WF_BUF_INIT(d->arena);
    size_t first = 0;

    if (!from || !to->ordered || !to->within || to->within->twin != from->within
        || next_of(&d->to, to, &first) != to || !is_reordered(d, from, to))
        return;
    open_row(d, &change);
    wf_jw_key(d->w, "from");
    put_keys(d, &d->from, from, &old);
    wf_jw_key(d->w, "to");
    put_keys(d, &d->to, to, &new);
    change.from = wf_buf_text(&old);
    change.to = wf_buf_text(&new);
    close_row(d, &change);
}

/* --- All */

static void match(struct diff *d)
{
    for (size_t i = 0; i < d->to.n; i++) {
        struct wf_part *to = d->to.at[i];
        struct wf_part *from = find(&d->from, to, d->arena);

        if (!to->within && d->from.n > 0)
            from = d->from.at[0]; /* the definitions themselves */
        if (!from || from->twin)
            continue;
        to->twin = from;
        from->twin = to;
    }
}

static int index_of(const char *lang)
{
    int n = WF_DIFF_LANGS - 1;

    while (n > 0 && !wf_streq(wf_diff_langs[n], lang))
        n--;
    return n;
}

void wf_diff_rows(const struct wf_diff_side *from,
                  const struct wf_diff_side *to, const char *lang,
                  struct wf_json_writer *out)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct diff d = { .arena = arena, .w = out, .lang = index_of(lang) };

    wf_parts_read(arena, from, &d.from);
    wf_parts_read(arena, to, &d.to);
    match(&d);
    for (size_t i = 0; i < d.to.n; i++) {
        struct wf_part *part = d.to.at[i];
        bool known = part->twin || match_renamed(&d, part);

        if (known)
            compare_attrs(&d, part->twin, part);
        else if (!part->within || part->within->twin)
            say_whole(&d, NULL, part); /* with all that is within it */
    }
    for (size_t i = 0; i < d.to.n; i++)
        compare_order(&d, d.to.at[i]);
    for (size_t i = 0; i < d.from.n; i++) {
        const struct wf_part *part = d.from.at[i];

        if (!part->twin && (!part->within || part->within->twin))
            say_whole(&d, part, NULL);
    }
}

void wf_form_diff(const struct wf_form *from, const struct wf_form *to,
                  const char *lang, struct wf_json_writer *out)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diff_side old = wf_diff_form(arena, from);
    struct wf_diff_side new = wf_diff_form(arena, to);

    wf_jw_open(out, '[');
    wf_diff_rows(&old, &new, lang, out);
    wf_jw_close(out, ']');
}
