/* markup/patch.c - adds, replaces and removes nodes of an element tree.
 *
 * Source: RFC 5261, without text nodes, namespaces and free XPath.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "markup/patch.h"

#include <string.h>

#include "base/error.h"
#include "markup/selector.h"

/* One operation on its way: `op` means `target`. */
struct patch {
    struct wf_arena *arena;
    const struct wf_elem *op;
    struct wf_selected target;
    struct wf_diags *diags;
};

/* --- The tree */

/* Puts `elem` before `before`, a child of `parent`; last if that is NULL. */
static void insert(struct wf_elem *parent, struct wf_elem *before,
                   struct wf_elem *elem)
{
    struct wf_elem **link = &parent->first;

    if (!before) {
        wf_elem_append(parent, elem);
        return;
    }
    while (*link != before)
        link = &(*link)->next;
    elem->parent = parent;
    elem->next = before;
    *link = elem;
}

static void unlink_elem(struct wf_elem *elem)
{
    struct wf_elem *parent = elem->parent;
    struct wf_elem *previous = NULL;

    for (struct wf_elem *kid = parent->first; kid != elem; kid = kid->next)
        previous = kid;
    if (previous)
        previous->next = elem->next;
    else
        parent->first = elem->next;
    if (parent->last == elem)
        parent->last = previous;
}

static void unlink_attr(struct wf_elem *elem, const struct wf_attr *attr)
{
    struct wf_attr **link = &elem->attrs;

    while (*link != attr)
        link = &(*link)->next;
    *link = attr->next;
}

static int depth_of(const struct wf_elem *elem)
{
    int depth = 0;

    for (; elem; elem = elem->parent)
        depth++;
    return depth;
}

static int height_of(const struct wf_elem *elem)
{
    int height = 0;

    for (const struct wf_elem *kid = elem->first; kid; kid = kid->next) {
        int kid_height = height_of(kid);
        height = kid_height > height ? kid_height : height;
    }
    return height + 1;
}

/* --- The operations */

static bool fits(const struct patch *patch, const struct wf_elem *parent,
                 weft_error *err)
{
    for (const struct wf_elem *kid = patch->op->first; kid; kid = kid->next) {
        if (depth_of(parent) + height_of(kid) > WF_XML_DEPTH)
            return wf_fail(err, WEFT_E_INVALID,
                           "elements are nested more than %d deep",
                           WF_XML_DEPTH);
    }
    return true;
}

/* Puts copies of the operation's children before `before` in `parent`. */
static bool insert_all(const struct patch *patch, struct wf_elem *parent,
                       struct wf_elem *before, weft_error *err)
{
    if (!patch->op->first)
        return wf_fail(err, WEFT_E_INVALID,
                       "<%s> holds no element to put there", patch->op->name);
    if (!fits(patch, parent, err))
        return false;
    for (const struct wf_elem *kid = patch->op->first; kid; kid = kid->next)
        insert(parent, before, wf_elem_copy(patch->arena, kid));
    return true;
}

static bool add_attr(const struct patch *patch, const char *type,
                     weft_error *err)
{
    struct wf_attr **link = &patch->target.elem->attrs;
    int n = 0;

    if (type[0] != '@' || !wf_selector_is_name(type + 1))
        return wf_fail(err, WEFT_E_INVALID,
                       "type=\"%.60s\": write @ and a name", type);
    for (; *link; link = &(*link)->next, n++) {
        if (wf_streq((*link)->name, type + 1))
            return wf_fail(err, WEFT_E_INVALID,
                           "%.60s is there already: use <replace>", type);
    }
    if (n >= WF_XML_ATTRS)
        return wf_fail(err, WEFT_E_INVALID,
                       "this tag has more than %d attributes", WF_XML_ATTRS);
    *link = WF_NEW(patch->arena, struct wf_attr);
    (*link)->name = wf_arena_str(patch->arena, type + 1);
    (*link)->value = wf_arena_str(patch->arena, patch->op->text);
    (*link)->place = patch->op->place;
    return true;
}

static bool apply_add(const struct patch *patch, weft_error *err)
{
    struct wf_elem *elem = patch->target.elem;
    const char *type = wf_elem_get(patch->op, "type");
    const char *pos = wf_elem_get(patch->op, "pos");

    if (patch->target.attr)
        return wf_fail(err, WEFT_E_INVALID,
                       "<add> needs the path of an element");
    if (type)
        return add_attr(patch, type, err);
    if (!pos)
        return insert_all(patch, elem, NULL, err);
    if (wf_streq(pos, "prepend"))
        return insert_all(patch, elem, elem->first, err);
    if (!wf_streq(pos, "before") && !wf_streq(pos, "after"))
        return wf_fail(err, WEFT_E_INVALID,
                       "pos=\"%.60s\": write before, after or prepend", pos);
    if (!elem->parent)
        return wf_fail(err, WEFT_E_INVALID,
                       "nothing can stand beside the first element");
    return insert_all(patch, elem->parent,
                      wf_streq(pos, "before") ? elem : elem->next, err);
}

static bool apply_replace(const struct patch *patch, weft_error *err)
{
    struct wf_elem *elem = patch->target.elem;

    if (patch->target.attr) {
        patch->target.attr->value = wf_arena_str(patch->arena, patch->op->text);
        patch->target.attr->place = patch->op->place;
        return true;
    }
    if (!elem->parent)
        return wf_fail(err, WEFT_E_INVALID,
                       "the first element cannot be replaced");
    if (!patch->op->first || patch->op->first->next)
        return wf_fail(err, WEFT_E_INVALID,
                       "<replace> must hold exactly one element");
    if (!insert_all(patch, elem->parent, elem, err))
        return false;
    unlink_elem(elem);
    return true;
}

static bool apply_remove(const struct patch *patch, weft_error *err)
{
    if (patch->target.attr)
        unlink_attr(patch->target.elem, patch->target.attr);
    else if (!patch->target.elem->parent)
        return wf_fail(err, WEFT_E_INVALID,
                       "the first element cannot be removed");
    else
        unlink_elem(patch->target.elem);
    return true;
}

/* clang-format off */
static const struct operation {
    const char *name;
    bool (*apply)(const struct patch *patch, weft_error *err);
} operations[] = {
    { "add",     apply_add     },
    { "replace", apply_replace },
    { "remove",  apply_remove  },
};
/* clang-format on */

static bool apply(struct patch *patch, struct wf_elem *root,
                  const struct operation *operation)
{
    const struct wf_attr *sel = wf_elem_attr(patch->op, "sel");
    weft_error err = WEFT_ERROR_INIT;

    if (!sel) {
        wf_diag_at(patch->diags, patch->op->place, "patch",
                   "<%s> needs sel=, the path of what it changes",
                   patch->op->name);
        return false;
    }
    if (!wf_selector_find(root, sel->value, sel->place, &patch->target,
                          patch->diags))
        return false;
    strncat(err.lang, patch->diags->lang, sizeof err.lang - 1);
    if (operation->apply(patch, &err))
        return true;
    wf_diag_at(patch->diags, patch->op->place, "patch", "%s", err.text);
    return false;
}

bool wf_patch_apply(struct wf_arena *arena, struct wf_elem *root,
                    const struct wf_elem *ops, struct wf_diags *diags)
{
    bool ok = true;
    int n = 0;

    for (const struct wf_elem *op = ops->first; op; op = op->next) {
        struct patch patch = { arena, op, { NULL, NULL }, diags };
        if (++n > WF_PATCH_OPS) {
            wf_diag_at(diags, op->place, "patch",
                       "there are more than %d operations", WF_PATCH_OPS);
            return false;
        }
        for (size_t i = 0; i < WF_COUNT(operations); i++) {
            if (wf_elem_is(op, operations[i].name))
                ok = apply(&patch, root, &operations[i]) && ok;
        }
    }
    return ok;
}
