/* doc/covers.c - which fields a rule of a form's access speaks of.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/covers.h"

struct search {
    const struct wf_hide *hide;
    bool found;
};

/* Formulas have no circles, so this ends. */
static void look(void *self, const struct wf_field *field)
{
    struct search *search = self;

    if (!search->found)
        search->found = wf_hide_covers(search->hide, field);
}

bool wf_hide_covers(const struct wf_hide *hide, const struct wf_field *field)
{
    struct search search = { hide, wf_field_set_has(&hide->fields, field) };

    if (!search.found && field->formula)
        wf_expr_uses(field->formula, look, &search);
    return search.found;
}

bool wf_grant_shows(const struct wf_grant *grant, const struct wf_field *field)
{
    if (!grant->fields_said)
        return !field->hidden_by_default;
    if (wf_field_set_has(&grant->fields, field))
        return true;
    for (const struct wf_field *c = field->columns; c; c = c->next)
        if (wf_field_set_has(&grant->fields, c))
            return true;
    return false;
}

bool wf_copy_shows(const struct wf_form *form, const struct wf_field *field)
{
    if (field->hidden_by_default)
        return false;
    for (const struct wf_hide *h = form->access.hides; h; h = h->next)
        if (wf_hide_covers(h, field))
            return false;
    return true;
}

bool wf_copy_shows_all(const struct wf_form *form,
                       const struct wf_field *const *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!wf_copy_shows(form, fields[i]))
            return false;
    return true;
}

bool wf_field_is_open(const struct wf_form *form, const struct wf_field *field)
{
    for (const struct wf_grant *g = form->access.grants; g; g = g->next)
        if (!wf_grant_shows(g, field))
            return false;
    return wf_copy_shows(form, field);
}
