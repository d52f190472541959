/* def/overlay.c - an overlay says what differs from its base; here the two
 * become one tree.
 *
 * Parts that the overlay brings keep their places in its own text.
 * Source: docs/definition-language.md, "Derive"; RFC 5261.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/form_load.h"
#include "def/parse.h"
#include "markup/patch.h"

bool wf_overlay_base(struct wf_load *load, const struct wf_elem *root,
                     const char **id, int *version)
{
    const struct wf_attr *from = wf_elem_attr(root, "from");
    struct wf_str rest, name;
    int64_t n = 0;

    if (!from)
        return false;
    rest = wf_str_of(from->value);
    if (!wf_str_split(&rest, '@', &name) || !wf_str_to_int(rest, &n) || n < 1
        || n > INT32_MAX) {
        wf_diag_at(load->diags, from->place, "type",
                   "from=\"%s\" must name a form and its version, such as "
                   "request@3",
                   from->value);
        return false;
    }
    *id = wf_arena_slice(load->arena, name);
    *version = (int)n;
    return true;
}

/* --- The root: what the overlay says of itself wins */

static void set_attr(struct wf_arena *arena, struct wf_elem *elem,
                     const struct wf_attr *from)
{
    struct wf_attr **end = &elem->attrs;

    while (*end && !wf_streq((*end)->name, from->name))
        end = &(*end)->next;
    if (!*end)
        *end = WF_NEW(arena, struct wf_attr);
    (*end)->name = from->name;
    (*end)->value = from->value;
    (*end)->place = from->place;
}

static void drop_attr(struct wf_elem *elem, const char *name)
{
    struct wf_attr **at = &elem->attrs;

    while (*at && !wf_streq((*at)->name, name))
        at = &(*at)->next;
    if (*at)
        *at = (*at)->next;
}

/* The label is another one: the base's translations of it would be wrong. */
static void drop_translations(struct wf_elem *elem)
{
    struct wf_elem **at = &elem->first;

    elem->last = NULL;
    while (*at) {
        if (wf_elem_is(*at, "t")) {
            *at = (*at)->next;
        } else {
            elem->last = *at;
            at = &(*at)->next;
        }
    }
}

static void take_translations(struct wf_arena *arena, struct wf_elem *merged,
                              const struct wf_elem *overlay)
{
    struct wf_elem **at = &merged->first;

    for (const struct wf_elem *kid = overlay->first; kid; kid = kid->next) {
        struct wf_elem *copy;

        if (!wf_elem_is(kid, "t"))
            continue;
        copy = wf_elem_copy(arena, kid);
        copy->parent = merged;
        copy->next = *at;
        if (!merged->last)
            merged->last = copy;
        *at = copy;
        at = &copy->next;
    }
}

static void check_parts(struct wf_load *load, const struct wf_elem *overlay)
{
    for (const struct wf_elem *at = overlay->first; at; at = at->next)
        if (!wf_elem_is(at, "add") && !wf_elem_is(at, "replace")
            && !wf_elem_is(at, "remove") && !wf_elem_is(at, "t"))
            wf_diag_at(load->diags, at->place, "unknown",
                       "<%s> cannot stand here: an overlay says only what "
                       "differs, in <add>, <replace> and <remove>",
                       at->name);
}

struct wf_elem *wf_overlay_merge(struct wf_load *load,
                                 const struct wf_elem *overlay,
                                 const struct wf_form *base)
{
    struct wf_elem *merged =
        wf_xml_parse(load->scratch, wf_arena_str(load->arena, base->file),
                     base->text, strlen(base->text), load->diags);

    check_parts(load, overlay);
    if (!merged || !wf_patch_apply(load->scratch, merged, overlay, load->diags))
        return NULL;
    drop_attr(merged, "from");
    drop_attr(merged, "for");
    if (wf_elem_attr(overlay, "label"))
        drop_translations(merged);
    for (const struct wf_attr *at = overlay->attrs; at; at = at->next)
        set_attr(load->scratch, merged, at);
    take_translations(load->scratch, merged, overlay);
    merged->place = overlay->place;
    return merged;
}
