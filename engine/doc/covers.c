/* doc/covers.c - what a hide takes away: the fields that it names, and those
 * that are computed of them, for a result tells of its parts.
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
