/* def/adjust.c - what somebody may change of forms without being able to deploy
 * them: settings of parts, applied within their limits, and then looked for
 * once more in what came of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/adjust_rules.h"

#include <string.h>

#include "base/error.h"
#include "base/messages.h"
#include "base/str.h"
#include "def/deploy.h"

enum {
    CHANGES_MAX = 100,
    VALUE_MAX = 1000,
    KEY_MAX = 63,
    NUMBER_TEXT = 32,
};

/* --- The form while it is changed */

static bool fail_value(const struct wf_adjusting *with, const char *at,
                       const char *message)
{
    wf_diag_field_text(with->findings, WF_SEVERITY_ERROR, at, "adjust",
                       message);
    return false;
}

struct change {
    const struct wf_adjusting *with;
    struct wf_elem *root; /* merged, with the changes so far */
    struct wf_parts parts;
    WF_LIST(struct wf_change) done;
    const char *at; /* "changes[3]" */
    const char *part, *path;
};

static void read_parts(struct change *c)
{
    struct wf_diff_side side = { .root = c->root,
                                 .lang = c->with->form->package->lang };

    c->parts = (struct wf_parts){ 0 };
    wf_parts_read(c->with->arena, &side, &c->parts);
}

/* The way to an element, by numbers: good until the next change. */
static const char *selector(struct wf_arena *arena, const struct wf_elem *elem)
{
    const char *rest = "";

    for (; elem->parent; elem = elem->parent) {
        int n = 1;

        for (const struct wf_elem *at = elem->parent->first; at != elem;
             at = at->next)
            n += wf_streq(at->name, elem->name);
        rest = wf_arena_printf(arena, "%s[%d]%s%s", elem->name, n,
                               rest[0] ? "/" : "", rest);
    }
    return rest;
}

static bool make(struct change *c, struct wf_change change)
{
    size_t n = c->with->findings->n_errors;

    if (wf_change_apply(c->with->arena, c->root, &change, c->with->findings)) {
        *WF_PUSH(c->with->arena, &c->done) = change;
        return true;
    }
    return c->with->findings->n_errors > n ? false
                                           : fail_value(c->with, c->at, "");
}

static const char *place(const struct change *c, const char *name)
{
    return name ? wf_arena_printf(c->with->arena, "%s.%s", c->at, name) : c->at;
}

static bool refuse(const struct change *c, const char *name)
{
    if (name)
        wf_diag_field(c->with->findings, place(c, name), "adjust",
                      "\"%s\" of %s %s is not yours to change", name, c->part,
                      c->path);
    else
        wf_diag_field(c->with->findings, c->at, "adjust",
                      "that is not yours to do with %s %s", c->part, c->path);
    return false;
}

/* A value as text; numbers and truths as the language writes them. */
static bool text_of(const struct change *c, const char *name,
                    const struct wf_json *json, const char **out)
{
    char number[NUMBER_TEXT];

    *out = NULL;
    if (wf_json_is_nothing(json))
        return true;
    if (wf_json_is(json, WF_JSON_NUMBER)) {
        wf_number_write(wf_json_num(json, 0), number);
        *out = wf_arena_str(c->with->arena, number);
    } else if (wf_json_is(json, WF_JSON_TRUE)
               || wf_json_is(json, WF_JSON_FALSE)) {
        *out = wf_json_is_true(json) ? "true" : "false";
    } else {
        *out = wf_json_str(json);
    }
    if (*out && strlen(*out) <= VALUE_MAX)
        return true;
    wf_diag_field(c->with->findings, place(c, name), "type",
                  "a value is a text of at most %d bytes, a number, true or "
                  "false",
                  VALUE_MAX);
    return false;
}

/* --- Each kind of change */

static bool set_one(struct change *c, const struct wf_elem *elem,
                    const char *name, const char *text)
{
    const char *sel = selector(c->with->arena, elem);
    bool there = wf_elem_attr(elem, name) != NULL;

    if (!text && !there)
        return true;
    if (there)
        return make(
            c, (struct wf_change){
                   .op = text ? "replace" : "remove",
                   .sel = wf_arena_printf(c->with->arena, "%s/@%s", sel, name),
                   .xml = text });
    return make(c, (struct wf_change){
                       .op = "add",
                       .sel = sel,
                       .type = wf_arena_printf(c->with->arena, "@%s", name),
                       .xml = text });
}

static bool take_set(struct change *c, const struct wf_part *part,
                     const struct wf_json *set)
{
    bool ok = true;

    for (size_t i = 0; i < wf_json_len(set); i++) {
        const char *name = set->u.object.at[i].key.at;
        const struct wf_may_value *value =
            wf_adjust_value(c->with, c->part, c->path, name);
        const char *at = wf_arena_printf(c->with->arena, "set.%s", name);
        const char *text;

        if (!value)
            ok = refuse(c, at) && ok;
        else if (!text_of(c, at, set->u.object.at[i].value, &text)
                 || !wf_adjust_fits(c->with, value, text, place(c, at))
                 || !set_one(c, part->elem, name, text))
            ok = false;
    }
    return ok;
}

static bool is_key(const char *key)
{
    return wf_str_is_id(key) && strlen(key) <= KEY_MAX;
}

/* The element that is to be added, as XML. */
static const char *written(struct change *c, const char *key,
                           const struct wf_json *add)
{
    struct wf_buf xml = WF_BUF_INIT(c->with->arena);
    bool ok = true;

    wf_buf_printf(&xml, "<%s id=\"%s\"", c->part, key);
    for (size_t i = 0; i < wf_json_len(add); i++) {
        const char *name = add->u.object.at[i].key.at;
        const struct wf_may_value *value =
            wf_adjust_value(c->with, c->part, c->path, name);
        const char *at = wf_arena_printf(c->with->arena, "add.%s", name);
        const char *text;

        if (!value)
            ok = refuse(c, at) && ok;
        else if (!text_of(c, at, add->u.object.at[i].value, &text)
                 || !wf_adjust_fits(c->with, value, text, place(c, at)))
            ok = false;
        else if (text) {
            wf_buf_printf(&xml, " %s=\"", name);
            wf_xml_escape(&xml, text, true);
            wf_buf_char(&xml, '"');
        }
    }
    wf_buf_str(&xml, "/>");
    return ok ? wf_buf_text(&xml) : NULL;
}

/* The part within `path` that stands last, or the one called `key`. */
static const struct wf_part *sibling(const struct change *c, const char *within,
                                     const char *key)
{
    const struct wf_part *found = NULL;

    for (size_t i = 0; i < c->parts.n; i++) {
        const struct wf_part *at = c->parts.at[i];

        if (wf_streq(at->kind, c->part) && at->within
            && wf_streq(at->within->path, within)
            && (!key || wf_streq(at->key, key)))
            found = at;
    }
    return found;
}

/* Puts `xml` before the part called `before`, or behind the last one. */
static bool put(struct change *c, const char *xml, const char *before)
{
    const char *dot = strrchr(c->path, '.');
    const char *within =
        wf_arena_printf(c->with->arena, "%.*s", (int)(dot - c->path), c->path);
    const struct wf_part *beside = sibling(c, within, before);

    if (!beside) {
        wf_diag_field(c->with->findings, c->at, "unknown",
                      "there is no %s to stand beside in \"%s\"", c->part,
                      within);
        return false;
    }
    return make(
        c, (struct wf_change){ .op = "add",
                               .sel = selector(c->with->arena, beside->elem),
                               .pos = before ? "before" : "after",
                               .xml = xml });
}

static bool take_add(struct change *c, const struct wf_part *part,
                     const struct wf_json *add, const char *before)
{
    const char *dot = strrchr(c->path, '.');
    const char *xml;

    if (!dot || !is_key(dot + 1)
        || !wf_adjust_may(c->with, c->part, c->path, WF_ADJUST_ADD))
        return refuse(c, NULL);
    if (part) {
        wf_diag_field(c->with->findings, c->at, "duplicate",
                      "%s %s is there already", c->part, c->path);
        return false;
    }
    xml = written(c, dot + 1, add);
    return xml && put(c, xml, before);
}

static bool take_remove(struct change *c, const struct wf_part *part)
{
    if (!wf_adjust_may(c->with, c->part, c->path, WF_ADJUST_REMOVE))
        return refuse(c, NULL);
    return make(
        c, (struct wf_change){ .op = "remove",
                               .sel = selector(c->with->arena, part->elem) });
}

static bool take_move(struct change *c, const struct wf_part *part,
                      const char *before)
{
    struct wf_buf xml = WF_BUF_INIT(c->with->arena);

    if (!wf_adjust_may(c->with, c->part, c->path, WF_ADJUST_MOVE)
        || !strrchr(c->path, '.'))
        return refuse(c, NULL);
    if (before && wf_streq(before, part->key))
        return true;
    wf_elem_write(&xml, part->elem);
    if (!make(c, (struct wf_change){
                     .op = "remove",
                     .sel = selector(c->with->arena, part->elem) }))
        return false;
    read_parts(c);
    return put(c, wf_buf_text(&xml), before);
}

/* --- All of them */

static bool fail_shape(const struct change *c)
{
    return fail_value(c->with, c->at,
                      wf_message(c->with->findings->lang,
                                 "A change names a \"part\" and its \"path\", "
                                 "and one of \"set\", \"add\", \"remove\" and "
                                 "\"before\"."));
}

static bool take(struct change *c, const struct wf_json *json)
{
    const struct wf_json *set = wf_json_get(json, "set");
    const struct wf_json *add = wf_json_get(json, "add");
    const struct wf_json *before = wf_json_get(json, "before");
    bool remove = wf_json_is_true(wf_json_get(json, "remove"));
    const struct wf_part *part;

    c->part = wf_json_str(wf_json_get(json, "part"));
    c->path = wf_json_str(wf_json_get(json, "path"));
    if (!c->part || !c->path || (set && !wf_json_is(set, WF_JSON_OBJECT))
        || (add && !wf_json_is(add, WF_JSON_OBJECT))
        || (before && !wf_json_is_nothing(before) && !wf_json_str(before))
        || (set != NULL) + (add != NULL) + remove
                   + (before != NULL && !set && !add)
               != 1)
        return fail_shape(c);
    read_parts(c);
    part = wf_adjust_part(&c->parts, c->with->arena, c->part, c->path);
    if (add)
        return take_add(c, part, add, wf_json_str(before));
    if (!part || !part->elem) {
        wf_diag_field(c->with->findings, c->at, "unknown",
                      "there is no %s %s in this form", c->part, c->path);
        return false;
    }
    if (set)
        return take_set(c, part, set);
    return remove ? take_remove(c, part)
                  : take_move(c, part, wf_json_str(before));
}

const char *wf_adjust_apply(const struct wf_adjusting *with,
                            const struct wf_json *changes)
{
    const struct wf_form *form = with->form;
    struct change c = { .with = with, .at = "changes" };
    size_t n = wf_json_len(changes), n_before = with->findings->n_errors;
    struct wf_changes all;

    c.root = wf_xml_parse(with->arena, form->file, form->text,
                          strlen(form->text), with->findings);
    if (!c.root)
        return NULL;
    if (!wf_json_is(changes, WF_JSON_ARRAY) || n == 0 || n > CHANGES_MAX) {
        wf_diag_field(with->findings, "changes", "type",
                      "\"changes\" is a list of 1 to %d changes", CHANGES_MAX);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        c.at = wf_arena_printf(with->arena, "changes[%zu]", i);
        (void)take(&c, changes->u.array.at[i]); /* all mistakes are told */
    }
    if (with->findings->n_errors > n_before)
        return NULL;
    all = (struct wf_changes){ c.done.at, c.done.n };
    return wf_change_text(with->arena, form, with->raw, &all, with->findings);
}
