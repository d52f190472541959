/* def/diff.c - what differs in meaning between two versions of a form: their
 * models compared part by part, and their access.
 *
 * Parts are matched by what names them (a field by its path, a rule by its
 * message), the second of a name with the second.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/deploy.h"
#include "def/parse.h"

struct diff {
    struct wf_arena *arena;
    struct wf_json_writer *w;
};

/* A list of parts in a model, and the lists within its parts. */
struct list {
    const char *member; /* of the model */
    const char *what;   /* one of them */
    const char *key;    /* names it */
    const struct list *inner;
    size_t n_inner;
};

/* clang-format off */
static const struct list columns[] = {
    { "columns", "field", "path", NULL, 0 },
};
static const struct list step_parts[] = {
    { "actions", "action", "id", NULL, 0 },
    { "levels",  "level",  "id", NULL, 0 },
};
static const struct list lists[] = {
    { "sections", "section", "id",      NULL,       0 },
    { "fields",   "field",   "path",    columns,    WF_COUNT(columns) },
    { "rules",    "rule",    "message", NULL,       0 },
    { "steps",    "step",    "id",      step_parts, WF_COUNT(step_parts) },
    { "grants",   "grant",   "to",      NULL,       0 },
    { "hides",    "hide",    "from",    NULL,       0 },
    { "views",    "view",    "view",    NULL,       0 },
};
/* clang-format on */

/* --- Access is no part of the model for browsers */

static struct wf_json *who_json(struct diff *d, const struct wf_who *who)
{
    struct wf_buf text = WF_BUF_INIT(d->arena);

    if (!who)
        return wf_json_null(d->arena);
    wf_who_write(&text, who);
    return wf_json_text(d->arena, wf_buf_text(&text));
}

static struct wf_json *set_json(struct diff *d, const struct wf_field_set *set)
{
    struct wf_json *list = wf_json_array(d->arena);

    if (set->all)
        return wf_json_text(d->arena, "*");
    for (size_t i = 0; i < set->n; i++)
        wf_json_push(d->arena, list, wf_json_text(d->arena, set->at[i]->path));
    return list;
}

static struct wf_json *when_json(struct diff *d, const struct wf_expr *when)
{
    return when ? wf_json_text(d->arena, wf_expr_text(when))
                : wf_json_null(d->arena);
}

static struct wf_json *rights_json(struct diff *d, unsigned rights)
{
    struct wf_json *list = wf_json_array(d->arena);

    for (unsigned right = 1; right <= WF_RIGHT_ADMINISTER; right <<= 1)
        if (rights & right)
            wf_json_push(d->arena, list,
                         wf_json_text(d->arena, wf_right_word(right)));
    return list;
}

static void set_access(struct diff *d, struct wf_json *model,
                       const struct wf_access *access)
{
    struct wf_json *grants = wf_json_array(d->arena);
    struct wf_json *hides = wf_json_array(d->arena);

    for (const struct wf_grant *at = access->grants; at; at = at->next) {
        struct wf_json *one = wf_json_object(d->arena);

        wf_json_set(d->arena, one, "to", who_json(d, at->to));
        wf_json_set(d->arena, one, "rights", rights_json(d, at->rights));
        wf_json_set(d->arena, one, "fields", set_json(d, &at->fields));
        wf_json_set(d->arena, one, "when", when_json(d, at->when));
        wf_json_push(d->arena, grants, one);
    }
    for (const struct wf_hide *at = access->hides; at; at = at->next) {
        struct wf_json *one = wf_json_object(d->arena);

        wf_json_set(d->arena, one, "from", who_json(d, at->from));
        wf_json_set(d->arena, one, "fields", set_json(d, &at->fields));
        wf_json_set(d->arena, one, "when", when_json(d, at->when));
        wf_json_push(d->arena, hides, one);
    }
    wf_json_set(d->arena, model, "create", who_json(d, access->create));
    wf_json_set(d->arena, model, "grants", grants);
    wf_json_set(d->arena, model, "hides", hides);
}

/* The model as a tree, with access, without what every version has anew. */
static struct wf_json *model_of(struct diff *d, const struct wf_form *form,
                                const char *lang)
{
    struct wf_buf text = WF_BUF_INIT(d->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);
    struct wf_json_limits limits = { 1000, 10000000 }; /* our own */
    struct wf_json *model = wf_json_object(d->arena);
    weft_error err = WEFT_ERROR_INIT;

    wf_form_json(form, lang, &w);
    if (wf_json_parse(d->arena, wf_buf_text(&text), text.len, &limits, &model,
                      &err))
        set_access(d, model, &form->access);
    (void)wf_json_remove(model, "version");
    (void)wf_json_remove(model, "formulas");
    return model;
}

/* --- Comparing */

static void say(struct diff *d, const char *what, const char *id,
                const struct wf_json *from, const struct wf_json *to)
{
    const char *change = !from ? "added" : !to ? "removed" : "changed";

    wf_jw_open(d->w, '{');
    wf_jw_key_text(d->w, "what", what);
    wf_jw_key_text(d->w, "id", id);
    wf_jw_key_text(d->w, "change", change);
    wf_jw_key(d->w, "from");
    if (from)
        wf_jw_tree(d->w, from);
    else
        wf_jw_null(d->w);
    wf_jw_key(d->w, "to");
    if (to)
        wf_jw_tree(d->w, to);
    else
        wf_jw_null(d->w);
    wf_jw_close(d->w, '}');
}

/* The part named as number `i` of `parts` is, so often named before it. */
static struct wf_json *twin_of(const struct wf_json *parts, size_t i,
                               const struct wf_json *others, const char *key)
{
    const struct wf_json *name = wf_json_get(parts->u.array.at[i], key);
    size_t n_before = 0;

    for (size_t j = 0; j < i; j++)
        if (wf_json_equal(wf_json_get(parts->u.array.at[j], key), name))
            n_before++;
    for (size_t j = 0; j < wf_json_len(others); j++)
        if (wf_json_equal(wf_json_get(others->u.array.at[j], key), name)
            && n_before-- == 0)
            return others->u.array.at[j];
    return NULL;
}

/* A part by itself, without the lists that are compared of their own. */
static struct wf_json *alone(struct diff *d, const struct wf_json *part,
                             const struct list *list)
{
    struct wf_json *copy = part ? wf_json_copy(d->arena, part) : NULL;

    for (size_t i = 0; copy && i < list->n_inner; i++)
        (void)wf_json_remove(copy, list->inner[i].member);
    return copy;
}

static void diff_list(struct diff *d, const struct list *list,
                      const char *within, const struct wf_json *from,
                      const struct wf_json *to);

static void diff_part(struct diff *d, const struct list *list,
                      const char *within, const struct wf_json *from,
                      const struct wf_json *to)
{
    const char *name = wf_json_str(wf_json_get(to ? to : from, list->key));
    const char *id =
        within ? wf_arena_printf(d->arena, "%s.%s", within, name) : name;
    const struct wf_json *one = alone(d, from, list);
    const struct wf_json *other = alone(d, to, list);

    if (!one || !other || !wf_json_equal(one, other))
        say(d, list->what, id, one, other);
    for (size_t i = 0; i < list->n_inner; i++) {
        const char *member = list->inner[i].member;
        bool paths = wf_streq(list->inner[i].key, "path");

        diff_list(d, &list->inner[i], paths ? NULL : id,
                  from ? wf_json_get(from, member) : NULL,
                  to ? wf_json_get(to, member) : NULL);
    }
}

static void diff_list(struct diff *d, const struct list *list,
                      const char *within, const struct wf_json *from,
                      const struct wf_json *to)
{
    for (size_t i = 0; i < wf_json_len(to); i++)
        diff_part(d, list, within, twin_of(to, i, from, list->key),
                  to->u.array.at[i]);
    for (size_t i = 0; i < wf_json_len(from); i++)
        if (!twin_of(from, i, to, list->key))
            diff_part(d, list, within, from->u.array.at[i], NULL);
}

static bool is_list(const char *member)
{
    for (size_t i = 0; i < WF_COUNT(lists); i++)
        if (wf_streq(lists[i].member, member))
            return true;
    return false;
}

/* What the form says of itself: label, subject, start … */
static void diff_members(struct diff *d, const struct wf_json *from,
                         const struct wf_json *to)
{
    for (size_t i = 0; i < to->u.object.n; i++) {
        const struct wf_json_member *at = &to->u.object.at[i];
        const struct wf_json *other = wf_json_get(from, at->key.at);

        if (!is_list(at->key.at)
            && (!other || !wf_json_equal(other, at->value)))
            say(d, "form", at->key.at, other, at->value);
    }
    for (size_t i = 0; i < from->u.object.n; i++) {
        const struct wf_json_member *at = &from->u.object.at[i];

        if (!is_list(at->key.at) && !wf_json_get(to, at->key.at))
            say(d, "form", at->key.at, at->value, NULL);
    }
}

void wf_form_diff(const struct wf_form *from, const struct wf_form *to,
                  const char *lang, struct wf_json_writer *out)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct diff d = { arena, out };
    const struct wf_json *old = model_of(&d, from, lang);
    const struct wf_json *new = model_of(&d, to, lang);

    wf_jw_open(out, '[');
    diff_members(&d, old, new);
    for (size_t i = 0; i < WF_COUNT(lists); i++)
        diff_list(&d, &lists[i], NULL, wf_json_get(old, lists[i].member),
                  wf_json_get(new, lists[i].member));
    wf_jw_close(out, ']');
}
