/* def/clone.c - writes the XML of a clone or an overlay from a base and a list
 * of changes.
 *
 * Source: docs/definition-language.md, "Derive"; docs/http.md, clone.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/deploy.h"
#include "markup/patch.h"

/* Makes operations of the changes. Their places are those of the list: file
 * "changes", line the number of the change. */
struct maker {
    struct wf_arena *arena;
    struct wf_diags *diags;
};

static void set_attr(struct maker *m, struct wf_elem *elem, const char *name,
                     const char *value)
{
    struct wf_attr **end = &elem->attrs;

    if (!value)
        return;
    while (*end && !wf_streq((*end)->name, name))
        end = &(*end)->next;
    if (!*end) {
        *end = WF_NEW(m->arena, struct wf_attr);
        (*end)->name = name;
        (*end)->place = elem->place;
    }
    (*end)->value = value;
}

static struct wf_elem *new_elem(struct maker *m, const char *name,
                                struct wf_place place)
{
    struct wf_elem *elem = WF_NEW(m->arena, struct wf_elem);

    elem->name = name;
    elem->text = "";
    elem->place = place;
    return elem;
}

/* Whether the last part of the selector is an attribute, whose value is plain
 * text: "…/@NAME". */
static bool means_attr(const char *sel)
{
    const char *slash = strrchr(sel, '/');

    return (slash ? slash[1] : sel[0]) == '@';
}

static void fill(struct maker *m, struct wf_elem *op,
                 const struct wf_change *change)
{
    struct wf_elem *fragment;

    if (wf_streq(change->op, "remove") || !change->xml)
        return;
    if (means_attr(change->sel) || change->type) {
        op->text = change->xml;
        return;
    }
    fragment = wf_xml_parse_fragment(m->arena, op->place.file, change->xml,
                                     strlen(change->xml), m->diags);
    if (!fragment)
        return;
    op->first = fragment->first;
    op->last = fragment->last;
    for (struct wf_elem *kid = op->first; kid; kid = kid->next)
        kid->parent = op;
}

static void add_op(struct maker *m, struct wf_elem *root,
                   const struct wf_change *change, int number)
{
    struct wf_place place = { "changes", number, 0 };
    struct wf_elem *op;

    if (!change->sel
        || (!wf_streq(change->op, "add") && !wf_streq(change->op, "replace")
            && !wf_streq(change->op, "remove"))) {
        wf_diag_at(m->diags, place, "type",
                   "a change needs \"sel\", and \"op\" must be add, replace "
                   "or remove");
        return;
    }
    op = new_elem(m, change->op, place);
    set_attr(m, op, "sel", change->sel);
    set_attr(m, op, "pos", change->pos);
    set_attr(m, op, "type", change->type);
    fill(m, op, change);
    wf_elem_append(root, op);
}

static struct wf_elem *operations(struct maker *m,
                                  const struct wf_change *changes, size_t n)
{
    struct wf_place place = { "changes", 0, 0 };
    struct wf_elem *root = new_elem(m, "form", place);

    for (size_t i = 0; i < n; i++)
        add_op(m, root, &changes[i], (int)i + 1);
    return root;
}

/* The hook file of the base is found by its name; the clone is named otherwise
 * and says so. */
static void name_hook(struct maker *m, struct wf_elem *root,
                      const struct wf_form *base)
{
    struct wf_elem *hooks = root->first;

    while (hooks && !wf_elem_is(hooks, "hooks"))
        hooks = hooks->next;
    if (!base->hook)
        return;
    if (!hooks) {
        hooks = new_elem(m, "hooks", root->place);
        hooks->parent = root;
        root->last->next = hooks;
        root->last = hooks;
    }
    set_attr(m, hooks, "src", base->hook_file);
}

static void drop_translations(struct wf_elem *root)
{
    while (root->first && wf_elem_is(root->first, "t"))
        root->first = root->first->next;
}

static void name_attrs(struct maker *m, struct wf_elem *root, const char *id,
                       const char *label)
{
    set_attr(m, root, "id", id);
    set_attr(m, root, "label", label);
    if (label)
        drop_translations(root);
}

static void drop_attr(struct wf_elem *root, const char *name)
{
    struct wf_attr **at = &root->attrs;

    while (*at && !wf_streq((*at)->name, name))
        at = &(*at)->next;
    if (*at)
        *at = (*at)->next;
}

const char *wf_clone_text(struct wf_arena *arena, const struct wf_form *base,
                          const struct wf_clone_options *options,
                          struct wf_diags *diags)
{
    struct maker m = { arena, diags };
    struct wf_buf out = WF_BUF_INIT(arena);
    size_t n_before = diags->n_errors;
    struct wf_elem *ops = operations(&m, options->changes, options->n_changes);
    struct wf_elem *merged =
        wf_xml_parse(arena, base->file, base->text, strlen(base->text), diags);

    if (diags->n_errors > n_before || !merged
        || !wf_patch_apply(arena, merged, ops, diags))
        return NULL;
    if (options->overlay) {
        name_attrs(&m, ops, options->id, options->label);
        set_attr(&m, ops, "from",
                 wf_arena_printf(arena, "%s@%d", base->id, base->version));
        wf_elem_write(&out, ops);
        return wf_buf_text(&out);
    }
    drop_attr(merged, "from");
    drop_attr(merged, "for");
    name_attrs(&m, merged, options->id, options->label);
    name_hook(&m, merged, base);
    wf_elem_write(&out, merged);
    return wf_buf_text(&out);
}

/* --- The same form, changed */

bool wf_change_apply(struct wf_arena *arena, struct wf_elem *root,
                     const struct wf_change *change, struct wf_diags *diags)
{
    struct maker m = { arena, diags };
    size_t n_before = diags->n_errors;
    struct wf_elem *ops = operations(&m, change, 1);

    return diags->n_errors == n_before
           && wf_patch_apply(arena, root, ops, diags);
}

static void append_all(struct wf_elem *root, const struct wf_elem *ops)
{
    for (struct wf_elem *op = ops->first, *next; op; op = next) {
        next = op->next;
        wf_elem_append(root, op);
    }
}

const char *wf_change_text(struct wf_arena *arena, const struct wf_form *form,
                           const char *raw, const struct wf_changes *changes,
                           struct wf_diags *diags)
{
    struct maker m = { arena, diags };
    struct wf_buf out = WF_BUF_INIT(arena);
    size_t n_before = diags->n_errors;
    struct wf_elem *ops = operations(&m, changes->at, changes->n);
    struct wf_elem *root =
        wf_xml_parse(arena, form->file, raw, strlen(raw), diags);

    if (diags->n_errors > n_before || !root)
        return NULL;
    if (form->base)
        append_all(root, ops);
    else if (!wf_patch_apply(arena, root, ops, diags))
        return NULL;
    wf_elem_write(&out, root);
    return wf_buf_text(&out);
}
