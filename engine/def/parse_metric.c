/* def/parse_metric.c - reads *.metric.xml: what is measured of whom, and the
 * thresholds that are watched.
 *
 * Source: docs/definition-language.md, "Metrics".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/expr_tree.h"
#include "def/kind.h"
#include "def/limits.h"
#include "def/metric.h"
#include "def/parse.h"

/* clang-format off */
const struct wf_choice_row wf_metric_fns[] = {
    { "avg",   WF_METRIC_AVG },   { "sum",  WF_METRIC_SUM },
    { "min",   WF_METRIC_MIN },   { "max",  WF_METRIC_MAX },
    { "count", WF_METRIC_COUNT }, { "last", WF_METRIC_LAST },
    { NULL, 0 },
};
static const struct wf_choice_row metric_spans[] = {
    { "hour", WF_SPAN_HOUR }, { "day",   WF_SPAN_DAY },
    { "week", WF_SPAN_WEEK }, { "month", WF_SPAN_MONTH },
    { NULL, 0 },
};
const struct wf_choice_row wf_level_colours[] = {
    { "yellow", WF_COLOUR_YELLOW }, { "red", WF_COLOUR_RED }, { NULL, 0 },
};
static const struct wf_choice_row of_whom[] = {
    { "person", WF_METRIC_PERSON }, { "unit", WF_METRIC_UNIT }, { NULL, 0 },
};
/* clang-format on */

static const struct wf_range digits_range = { 0, WF_MAX_DIGITS };
static const unsigned for_work = WF_WHO_FOR_WORK;
static const unsigned for_access = WF_WHO_FOR_ACCESS;
static const unsigned of_nobody = WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT;

const char *wf_colour_name(enum wf_colour colour)
{
    static const char *const names[] = { NULL, "green", "yellow", "red" };

    return names[colour];
}

static bool named(const struct wf_choice_row *rows, const char *name,
                  unsigned *out)
{
    while (rows->word && !wf_streq(rows->word, name))
        rows++;
    if (rows->word)
        *out = rows->value;
    return rows->word;
}

const char *wf_metric_fn_name(enum wf_metric_fn fn)
{
    const struct wf_choice_row *row = wf_metric_fns;

    while (row->word && row->value != (unsigned)fn)
        row++;
    return row->word;
}

bool wf_metric_fn_named(const char *name, enum wf_metric_fn *out)
{
    unsigned value = 0;
    bool found = named(wf_metric_fns, name, &value);

    if (found)
        *out = (enum wf_metric_fn)value;
    return found;
}

bool wf_metric_span_named(const char *name, enum wf_metric_span *out)
{
    unsigned value = 0;
    bool found = named(metric_spans, name, &value);

    if (found)
        *out = (enum wf_metric_span)value;
    return found;
}

/* --- A point as a document */

static struct wf_field *add_field(struct wf_load *load, struct wf_form *form,
                                  const char *id, enum wf_field_type type,
                                  struct wf_place place)
{
    struct wf_field *field = WF_NEW(load->arena, struct wf_field);
    struct wf_field **end = &form->fields;

    field->id = field->path = id;
    field->type = type;
    field->place = place;
    field->digits = -1;
    field->required = true;
    while (*end)
        end = &(*end)->next;
    *end = field;
    (void)wf_map_add(load->arena, &form->paths, id, field);
    form->n_fields++;
    return field;
}

static void make_form(struct wf_load *load, const struct wf_elem *root,
                      struct wf_metric *metric)
{
    struct wf_form *form = WF_NEW(load->arena, struct wf_form);

    form->id = form->family = metric->head.id ? metric->head.id : "";
    form->package = load->package;
    form->words = metric->head.words;
    form->arena = load->arena;
    form->file = metric->head.file;
    metric->subject = add_field(
        load, form, "subject",
        metric->of == WF_METRIC_UNIT ? WF_F_UNIT : WF_F_PERSON, root->place);
    metric->value = add_field(load, form, "value", WF_F_NUMBER, root->place);
    form->subject = metric->of == WF_METRIC_UNIT ? NULL : metric->subject;
    metric->form = form;
}

/* --- Levels */

/* hold="12": so many in a row; hold="2h": for so long. */
static void read_hold(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    struct wf_metric_level *level = member;
    int64_t n;

    (void)arg;
    if (wf_str_to_int(wf_str_of(attr->value), &n) && n >= 1 && n <= WF_MAX_HOLD)
        level->hold = (int)n;
    else if (!wf_duration_parse(wf_str_of(attr->value), &level->hold_for)
             || level->hold_for.unit == WF_DURATION_WORKING_DAYS)
        wf_diag_at(load->diags, attr->place, "type",
                   "hold=\"%s\" is neither so many points in a row (1 to %d) "
                   "nor a duration such as 30min, 4h or 2d",
                   attr->value, WF_MAX_HOLD);
}

static void read_days(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    wf_read_duration(load, attr, member, arg);
    if (((struct wf_duration *)member)->unit == WF_DURATION_WORKING_DAYS)
        wf_diag_at(load->diags, attr->place, "type",
                   "%s=\"%s\" counts no working days here; write d", attr->name,
                   attr->value);
}

#define AT(member) offsetof(struct wf_metric_level, member)
/* clang-format off */
static const struct wf_attr_row level_attrs[] = {
    { "id",      wf_read_id,     AT(id),      true,  NULL },
    { "label",   wf_read_word,   AT(words),   false, &wf_word_label },
    { "message", wf_read_word,   AT(words),   false, &wf_word_message },
    { "colour",  wf_read_choice, AT(colour),  true,  wf_level_colours },
    { "over",    wf_read_choice, AT(over),    false, metric_spans },
    { "fn",      wf_read_choice, AT(fn),      false, wf_metric_fns },
    { "when",    wf_read_when,   AT(when),    true,  NULL },
    { "hold",    read_hold,      0,           false, NULL },
    { "tell",    wf_read_who,    AT(tell),    false, &for_work },
    { "history", read_days,      AT(history), false, NULL },
};
/* clang-format on */

static const struct wf_shape level_shape = { level_attrs, WF_COUNT(level_attrs),
                                             NULL, 0, AT(words) };
#undef AT

static void check_level(struct wf_load *load, const struct wf_elem *elem,
                        const struct wf_metric *metric,
                        const struct wf_metric_level *level)
{
    for (const struct wf_metric_level *at = metric->levels; at; at = at->next)
        if (wf_streq(at->id, level->id))
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is a level \"%s\" already, in line %d", level->id,
                       at->place.line);
    if (wf_elem_attr(elem, "fn") && !wf_elem_attr(elem, "over"))
        wf_diag_at(load->diags, wf_place_of(elem, "fn"), "required",
                   "fn=\"…\" gathers the points of a span; write "
                   "over=\"day\", or leave it out to look at each point");
}

static void parse_level(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_metric *metric = parent;
    struct wf_metric_level *level = WF_NEW(load->arena, struct wf_metric_level);
    struct wf_metric_level **end = &metric->levels;
    size_t n = 0;

    level->place = elem->place;
    level->hold = 1;
    wf_load_read(load, elem, &level_shape, level);
    if (!level->id)
        level->id = "";
    check_level(load, elem, metric, level);
    for (; *end; end = &(*end)->next)
        n++;
    if (wf_load_room(load, elem, n, WF_MAX_LIGHTS))
        *end = level;
}

/* --- The metric */

#define AT(member) offsetof(struct wf_metric, member)
/* clang-format off */
static const struct wf_attr_row metric_attrs[] = {
    { "id",     wf_read_id,     AT(head.id),    true,  NULL },
    { "label",  wf_read_word,   AT(head.words), false, &wf_word_label },
    { "help",   wf_read_word,   AT(head.words), false, &wf_word_help },
    { "unit",   wf_read_word,   AT(head.words), false, &wf_word_unit },
    { "of",     wf_read_choice, AT(of),         false, of_whom },
    { "fn",     wf_read_choice, AT(fn),         false, wf_metric_fns },
    { "digits", wf_read_count,  AT(digits),     false, &digits_range },
    { "read",   wf_read_who,    AT(read),       false, &for_access },
    { "feed",   wf_read_who,    AT(feed),       false, &of_nobody },
};
static const struct wf_kid_row metric_kids[] = {
    { "level", parse_level },
    { "hooks", wf_parse_hooks },
};
/* clang-format on */

static const struct wf_shape metric_shape = {
    metric_attrs, WF_COUNT(metric_attrs), metric_kids, WF_COUNT(metric_kids),
    AT(head.words)
};
#undef AT

static void parse(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head)
{
    struct wf_metric *metric = (struct wf_metric *)(void *)head;

    metric->digits = -1;
    wf_load_read(load, root, &metric_shape, metric);
    make_form(load, root, metric);
}

/* How far back the avg(n) and sd(n) of a condition look. */
static int looks_back(const struct wf_node *node)
{
    int days = 0;

    if (node->op == WF_OP_CALL && node->over == WF_OVER_DAYS)
        return (int)node->args[0]->value.u.number;
    for (size_t i = 0; i < node->n_args; i++) {
        int of = looks_back(node->args[i]);

        days = of > days ? of : days;
    }
    return days;
}

static void link(struct wf_load *load, const struct wf_elem *root,
                 struct wf_head *head)
{
    struct wf_metric *metric = (struct wf_metric *)(void *)head;

    (void)root;
    load->series = true;
    wf_link_refs(load, metric->form);
    metric->own = wf_who_parse(load->arena, metric->subject->place,
                               metric->of == WF_METRIC_UNIT
                                   ? "members(subject), above(head(subject))"
                                   : "subject, above(subject)",
                               metric->form, WF_WHO_FOR_ACCESS, load->diags);
    for (struct wf_metric_level *at = metric->levels; at; at = at->next) {
        at->says = wf_kind_says(load, at->place, at->words);
        if (at->when)
            at->looks_back = looks_back(at->when->root);
    }
}

static const char *const hooks[] = { "on_point", "on_alert", NULL };

const struct wf_kind wf_kind_metric = { "metric", sizeof(struct wf_metric),
                                        parse,    link,
                                        hooks,    NULL };
