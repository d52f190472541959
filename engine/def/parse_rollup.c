/* def/parse_rollup.c - <rollup> and <metric-value>, read; link_rollup.c finds
 * what they name.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/kind.h"
#include "def/limits.h"
#include "def/parse.h"

/* clang-format off */
static const struct wf_choice_row fn_words[] = {
    { "sum",      WF_ROLLUP_SUM },      { "avg",    WF_ROLLUP_AVG },
    { "weighted", WF_ROLLUP_WEIGHTED }, { "min",    WF_ROLLUP_MIN },
    { "max",      WF_ROLLUP_MAX },      { "count",  WF_ROLLUP_COUNT },
    { "latest",   WF_ROLLUP_LATEST },   { "share",  WF_ROLLUP_SHARE },
    { "manual",   WF_ROLLUP_MANUAL },   { NULL, 0 },
};
static const struct wf_choice_row absent_words[] = {
    { "drop", WF_ROLLUP_DROP }, { "zero", WF_ROLLUP_ZERO },
    { "block", WF_ROLLUP_BLOCK }, { NULL, 0 },
};
static const struct wf_choice_row state_words[] = {
    { "open", 0 }, { "done", 1 }, { NULL, 0 },
};
/* clang-format on */

/* An expression over the sources, resolved once these are known. */
static void read_over(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    struct wf_ref *ref = wf_load_refer(load, WF_REF_EXPR, attr, member);

    ref->want = *(const enum wf_type *)arg;
    ref->use = WF_USE_STORED;
    ref->rollup = load->rollup;
}

/* One of the words of `arg`, kept as it is written. */
static void read_word(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    const struct wf_choice_row *row = arg;
    unsigned which = 0;

    wf_read_choice(load, attr, &which, arg);
    while (row->word && row->value != which)
        row++;
    *(const char **)member = row->word;
}

static const enum wf_type any = WF_T_ANY, number = WF_T_NUMBER,
                          condition = WF_T_BOOLEAN;

#define AT(member) offsetof(struct wf_rollup, member)
/* clang-format off */
static const struct wf_attr_row rollup_attrs[] = {
    { "field",  wf_read_field,  AT(field),  true,  NULL },
    { "of",     wf_read_text,   AT(of),     false, NULL },
    { "via",    wf_read_text,   AT(via),    false, NULL },
    { "match",  wf_read_words,  AT(match),  false, NULL },
    { "fn",     wf_read_choice, AT(fn),     true,  fn_words },
    { "value",  read_over,      AT(value),  false, &any },
    { "weight", read_over,      AT(weight), false, &number },
    { "absent", wf_read_choice, AT(absent), false, absent_words },
    { "where",  read_over,      AT(where),  false, &condition },
    { "when",   wf_read_when,   AT(when),   false, NULL },
    { "state",  read_word,      AT(state),  false, state_words },
};
static const struct wf_attr_row points_attrs[] = {
    { "field",   wf_read_field, AT(field),   true,  NULL },
    { "metric",  wf_read_id,    AT(metric),  true,  NULL },
    { "subject", wf_read_field, AT(subject), true,  NULL },
    { "over",    wf_read_field, AT(over),    true,  NULL },
    { "fn",      read_word,     AT(points),  false, wf_metric_fns },
    { "when",    wf_read_when,  AT(when),    false, NULL },
};
/* clang-format on */
#undef AT

static const struct wf_shape rollup_shape = { rollup_attrs,
                                              WF_COUNT(rollup_attrs), NULL, 0,
                                              WF_NO_WORDS };
static const struct wf_shape points_shape = { points_attrs,
                                              WF_COUNT(points_attrs), NULL, 0,
                                              WF_NO_WORDS };

/* Both are rollups, and are asked in the order in which they stand. */
static void parse(struct wf_load *load, const struct wf_elem *elem,
                  const struct wf_shape *shape, struct wf_form *form,
                  enum wf_rollup_fn fn)
{
    struct wf_rollup *rollup = WF_NEW(load->arena, struct wf_rollup);
    struct wf_rollup **end = &form->rollups;
    struct wf_rollup_at *at;
    int n = 0;

    rollup->place = elem->place;
    rollup->fn = fn;
    load->rollup = rollup;
    wf_load_read(load, elem, shape, rollup);
    load->rollup = NULL;
    for (; *end; end = &(*end)->next)
        n++;
    if (!wf_load_room(load, elem, (size_t)n, WF_MAX_ROLLUPS))
        return;
    *end = rollup;
    rollup->number = n + 1;
    at = WF_PUSH(load->scratch, &load->rollups);
    at->rollup = rollup;
    at->elem = elem;
}

void wf_parse_rollup(struct wf_load *load, const struct wf_elem *elem,
                     void *parent)
{
    parse(load, elem, &rollup_shape, parent, WF_ROLLUP_SUM);
}

void wf_parse_metric_value(struct wf_load *load, const struct wf_elem *elem,
                           void *parent)
{
    parse(load, elem, &points_shape, parent, WF_ROLLUP_POINTS);
}
