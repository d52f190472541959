/* def/parse_nav.c - the places of a package: where people go for documents of
 * some forms, and how these are shown there, or for the runs of some cycles.
 *
 * Source: docs/definition-language.md, "The package".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

/* clang-format off */
static const struct wf_choice_row views[] = {
    { "list", 1 }, { "board", 2 }, { "tree", 3 }, { NULL, 0 },
};
static const struct wf_choice_row icons[] = {
    { "tree", 1 },  { "board", 2 }, { "list", 3 }, { "heart", 4 },
    { "star", 5 },  { "chart", 6 }, { "clock", 7 }, { "gift", 8 },
    { "book", 9 }, { "documents", 10 }, { "people", 11 }, { NULL, 0 },
};
/* clang-format on */

const char *wf_nav_view(const struct wf_nav *nav)
{
    return nav->view ? views[nav->view - 1].word : NULL;
}

const char *wf_nav_icon(const struct wf_nav *nav)
{
    return nav->icon ? icons[nav->icon - 1].word : NULL;
}

/* clang-format off */
static const struct wf_attr_row nav_attrs[] = {
    { "id",    wf_read_id,    offsetof(struct wf_nav, id),    true,  NULL },
    { "forms", wf_read_words, offsetof(struct wf_nav, forms), false, NULL },
    { "cycles", wf_read_words, offsetof(struct wf_nav, cycles), false, NULL },
    { "view",  wf_read_choice, offsetof(struct wf_nav, view),  false, views },
    { "icon",  wf_read_choice, offsetof(struct wf_nav, icon),  false, icons },
    { "label", wf_read_word,  offsetof(struct wf_nav, words), true,  &wf_word_label },
    { "help",  wf_read_word,  offsetof(struct wf_nav, words), false, &wf_word_help },
};
/* clang-format on */

static const struct wf_shape nav_shape = { nav_attrs, WF_COUNT(nav_attrs), NULL,
                                           0, offsetof(struct wf_nav, words) };

/* At least one of either, not too many of each. */
static void check_shown(struct wf_load *load, const struct wf_nav *nav)
{
    size_t forms = 0, cycles = 0;

    while (nav->forms && nav->forms[forms])
        forms++;
    while (nav->cycles && nav->cycles[cycles])
        cycles++;
    if (forms == 0 && cycles == 0)
        wf_diag_at(load->diags, nav->forms ? nav->forms_place : nav->place,
                   "required", "a place needs at least one form or cycle");
    if (forms > WF_MAX_NAV_FORMS)
        wf_diag_at(load->diags, nav->forms_place, "limit",
                   "a place has at most %d forms", WF_MAX_NAV_FORMS);
    if (cycles > WF_MAX_NAV_FORMS)
        wf_diag_at(load->diags, nav->cycles_place, "limit",
                   "a place has at most %d cycles", WF_MAX_NAV_FORMS);
}

void wf_parse_nav(struct wf_load *load, const struct wf_elem *elem,
                  void *parent)
{
    struct wf_package *package = parent;
    struct wf_nav *nav = WF_NEW(load->arena, struct wf_nav);
    struct wf_nav **end = &package->navs;
    size_t n = 0;

    nav->place = elem->place;
    nav->forms_place = wf_place_of(elem, "forms");
    nav->cycles_place = wf_place_of(elem, "cycles");
    nav->view_place = wf_place_of(elem, "view");
    wf_load_read(load, elem, &nav_shape, nav);
    check_shown(load, nav);
    for (; *end; end = &(*end)->next, n++)
        if (nav->id && wf_streq((*end)->id, nav->id)) {
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "place \"%s\" is there already, in line %d", nav->id,
                       (*end)->place.line);
            return;
        }
    if (nav->id && wf_load_room(load, elem, n, WF_MAX_NAVS))
        *end = nav;
}

/* --- Once all forms are read */

static bool has_view(const struct wf_form *form, const char *kind)
{
    for (const struct wf_view *view = form->views; view; view = view->next)
        if (wf_streq(view->kind, kind))
            return true;
    return wf_streq(kind, "list"); /* every form has one */
}

static void link_form(const struct wf_nav *nav, const char *id, bool first,
                      const struct wf_world *world, struct wf_diags *diags)
{
    const struct wf_form *form = world->form(world->self, id);

    if (!form && world->open)
        wf_diag_warn_at(diags, nav->forms_place, "unknown",
                        "form \"%s\" is not here; it must come with a "
                        "package that this one requires",
                        id);
    else if (!form)
        wf_diag_at(diags, nav->forms_place, "unknown",
                   "there is no form \"%s\"", id);
    else if (nav->view && first && !has_view(form, wf_nav_view(nav)))
        wf_diag_at(diags, nav->view_place, "unknown",
                   "form \"%s\" has no <%s> among its <views>", id,
                   wf_nav_view(nav));
}

static void link_cycle(const struct wf_nav *nav, const char *id,
                       const struct wf_world *world, struct wf_diags *diags)
{
    if (world->other(world->self, "cycle", id))
        return;
    if (world->open)
        wf_diag_warn_at(diags, nav->cycles_place, "unknown",
                        "cycle \"%s\" is not here; it must come with a "
                        "package that this one requires",
                        id);
    else
        wf_diag_at(diags, nav->cycles_place, "unknown",
                   "there is no cycle \"%s\"", id);
}

static void link_nav(const struct wf_nav *nav, const struct wf_world *world,
                     struct wf_diags *diags)
{
    for (size_t i = 0; nav->forms && nav->forms[i]; i++)
        link_form(nav, nav->forms[i], i == 0, world, diags);
    for (size_t i = 0; nav->cycles && nav->cycles[i]; i++)
        link_cycle(nav, nav->cycles[i], world, diags);
}

void wf_link_navs(const struct wf_package *package,
                  const struct wf_world *world, struct wf_diags *diags)
{
    for (const struct wf_nav *nav = package->navs; nav; nav = nav->next)
        link_nav(nav, world, diags);
}
