/* def/parse_retention.c - <retention> of a form.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

enum {
    MONTHS = 12,
    MOST = 1200 /* of any unit: a hundred years of months */
};

/* "6y", "18m", "104w", "90d" */
static void read_keep(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    struct wf_retention *rule = member;
    struct wf_str text = wf_str_of(attr->value);
    char unit = text.len > 1 ? text.at[text.len - 1] : '\0';
    int64_t n = 0;

    (void)arg;
    text.len -= text.len > 0;
    if (!unit || !strchr("dwmy", unit) || !wf_str_to_int(text, &n) || n < 1
        || n > MOST) {
        wf_diag_at(load->diags, attr->place, "type",
                   "%s=\"%s\" must be a number from 1 to %d and y, m, w or d: "
                   "6y, 18m, 104w, 90d",
                   attr->name, attr->value, MOST);
        return;
    }
    if (unit == 'y' || unit == 'm')
        rule->months = (int)n * (unit == 'y' ? MONTHS : 1);
    else
        rule->days = (int)n * (unit == 'w' ? 7 : 1);
}

static void read_then(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    static const struct wf_choice_row words[] = { { "reduce", false },
                                                  { "erase", true },
                                                  { NULL, 0 } };
    unsigned erase = false;

    (void)arg;
    wf_read_choice(load, attr, &erase, words);
    *(bool *)member = erase;
}

/* clang-format off */
static const struct wf_attr_row retention_attrs[] = {
    { "keep",   read_keep,    0,                                     true,  NULL },
    { "then",   read_then,    offsetof(struct wf_retention, erase),  false, NULL },
    { "unless", wf_read_when, offsetof(struct wf_retention, unless), false, NULL },
};
/* clang-format on */

static const struct wf_shape retention_shape = { retention_attrs,
                                                 WF_COUNT(retention_attrs),
                                                 NULL, 0, WF_NO_WORDS };

void wf_parse_retention(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_form *form = parent;
    struct wf_retention *rule = WF_NEW(load->arena, struct wf_retention);

    rule->place = elem->place;
    wf_load_read(load, elem, &retention_shape, rule);
    rule->keep = wf_arena_str(load->arena, wf_elem_get(elem, "keep"));
    if (rule->months > 0 || rule->days > 0)
        form->retention = rule;
}
