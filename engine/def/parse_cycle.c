/* def/parse_cycle.c - reads *.cycle.xml: its rhythm, its audience, its stages,
 * what is calibrated.
 *
 * Source: docs/definition-language.md, "Cycles".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/cycle.h"
#include "def/limits.h"
#include "def/parse.h"

enum {
    WEEKS_MAX = 52,
    PERCENT = 100
};

static const unsigned who_takes_part = WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT;

/* --- The rhythm */

static void read_every(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    struct wf_cycle *cycle = member;
    struct wf_str rest = wf_str_of(attr->value), part;
    int64_t n = 0;

    (void)arg;
    cycle->unit = wf_period_unit_of(attr->value);
    cycle->every = 1;
    if (cycle->unit)
        return;
    if (wf_str_split(&rest, ' ', &part) && wf_str_to_int(part, &n) && n > 1
        && n <= WEEKS_MAX && wf_str_is(rest, "weeks")) {
        cycle->unit = WF_PERIOD_WEEK;
        cycle->every = (int)n;
        return;
    }
    wf_diag_at(load->diags, attr->place, "type",
               "every=\"%s\" is no rhythm: write week, month, quarter, half or "
               "year, or 2 weeks (up to %d) with from=\"a day\"",
               attr->value, WEEKS_MAX);
}

static void read_from(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    struct wf_cycle *cycle = member;

    (void)arg;
    cycle->has_from = wf_date_parse(wf_str_of(attr->value), &cycle->from);
    if (!cycle->has_from)
        wf_diag_at(load->diags, attr->place, "type",
                   "\"%s\" is not a day; write it as 2026-10-31", attr->value);
}

/* One of two words into a bool. */
static void read_either(struct wf_load *load, const struct wf_attr *attr,
                        void *member, const void *arg)
{
    unsigned which = 0;

    wf_read_choice(load, attr, &which, arg);
    *(bool *)member = which;
}

static const struct wf_choice_row launch_words[] = { { "hand", false },
                                                     { "auto", true },
                                                     { NULL, 0 } };
static const struct wf_choice_row joiner_words[] = { { "add", false },
                                                     { "skip", true },
                                                     { NULL, 0 } };
static const struct wf_choice_row leaver_words[] = { { "close", false },
                                                     { "keep", true },
                                                     { NULL, 0 } };
static const struct wf_choice_row each_words[] = { { "person", false },
                                                   { "unit", true },
                                                   { NULL, 0 } };
static const struct wf_choice_row group_words[] = { { "unit", false },
                                                    { "all", true },
                                                    { NULL, 0 } };

/* --- <audience> */

/* clang-format off */
static const struct wf_attr_row audience_attrs[] = {
    { "who", wf_read_who, offsetof(struct wf_cycle, audience), true, &who_takes_part },
};
/* clang-format on */
static const struct wf_shape audience_shape = { audience_attrs,
                                                WF_COUNT(audience_attrs), NULL,
                                                0, WF_NO_WORDS };

static void parse_audience(struct wf_load *load, const struct wf_elem *elem,
                           void *parent)
{
    for (const struct wf_elem *at = elem->parent->first; at != elem;
         at = at->next)
        if (wf_elem_is(at, elem->name)) {
            wf_diag_at(load->diags, elem->place, "duplicate",
                       "there is a <%s> already, in line %d; join the people "
                       "by a comma",
                       elem->name, at->place.line);
            return;
        }
    wf_load_read(load, elem, &audience_shape, parent);
}

/* --- <stage> */

static void parse_set(struct wf_load *load, const struct wf_elem *elem,
                      void *parent)
{
    struct wf_cycle_stage *stage = parent;

    wf_load_put(load, elem, &stage->puts);
}

#define AT(member) offsetof(struct wf_cycle_stage, member)
/* clang-format off */
static const struct wf_attr_row stage_attrs[] = {
    { "id",        wf_read_id,       AT(id),        true,  NULL },
    { "label",     wf_read_word,     AT(words),     false, &wf_word_label },
    { "help",      wf_read_word,     AT(words),     false, &wf_word_help },
    { "form",      wf_read_text,     AT(form_id),   true,  NULL },
    { "who",       wf_read_who,      AT(who),       false, &who_takes_part },
    { "each",      read_either,      AT(by_unit),   false, each_words },
    { "opens",     wf_read_moment,   AT(opens),     false, NULL },
    { "due",       wf_read_moment,   AT(due),       false, NULL },
    { "remind",    wf_read_duration, AT(remind),    false, NULL },
    { "freeze",    wf_read_moment,   AT(freezes),   false, NULL },
    { "reveal",    wf_read_moment,   AT(reveals),   false, NULL },
    { "close",     wf_read_moment,   AT(closes),    false, NULL },
    { "anonymous", wf_read_bool,     AT(anonymous), false, NULL },
    { "floor",     wf_read_floor,    AT(floor),     false, NULL },
};
static const struct wf_kid_row stage_kids[] = { { "set", parse_set } };
/* clang-format on */
static const struct wf_shape stage_shape = { stage_attrs, WF_COUNT(stage_attrs),
                                             stage_kids, WF_COUNT(stage_kids),
                                             AT(words) };
#undef AT

static void parse_stage(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_cycle *cycle = parent;
    struct wf_cycle_stage *stage = WF_NEW(load->arena, struct wf_cycle_stage);
    struct wf_cycle_stage **end = &cycle->stages;
    size_t n = 0;

    stage->place = elem->place;
    stage->floor = WF_MIN_FLOOR;
    wf_load_read(load, elem, &stage_shape, stage);
    for (; *end; end = &(*end)->next, n++)
        if (wf_streq((*end)->id, stage->id))
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is a stage \"%s\" already, in line %d", stage->id,
                       (*end)->place.line);
    if (wf_load_room(load, elem, n, WF_MAX_STEPS))
        *end = stage;
}

/* --- <calibrate> */

/* "A:10-25" or "A:20". */
static bool read_share(struct wf_load *load, struct wf_str part,
                       struct wf_share *out)
{
    struct wf_str value, least;

    if (!wf_str_split(&part, ':', &value) || value.len == 0
        || !wf_str_split(&part, '-', &least)
        || !wf_str_to_int(least, &out->least))
        return false;
    out->value = wf_arena_slice(load->arena, value);
    out->most = out->least;
    return (part.len == 0 || wf_str_to_int(part, &out->most)) && out->least >= 0
           && out->most <= PERCENT && out->least <= out->most;
}

static void read_shares(struct wf_load *load, const struct wf_attr *attr,
                        void *member, const void *arg)
{
    struct wf_share **end = member;
    struct wf_str rest = wf_str_of(attr->value), part;
    int64_t least = 0, most = 0;

    (void)arg;
    while (wf_str_split(&rest, ' ', &part)) {
        struct wf_share *share;

        if (part.len == 0)
            continue;
        share = WF_NEW(load->arena, struct wf_share);
        if (!read_share(load, part, share)) {
            wf_diag_at(load->diags, attr->place, "type",
                       "\"%s\" is no share: write a value and how many in a "
                       "hundred have it, such as A:10-25",
                       wf_arena_slice(load->scratch, part));
            return;
        }
        least += share->least;
        most += share->most;
        *end = share;
        end = &share->next;
    }
    if (least > PERCENT || most < PERCENT)
        wf_diag_at(load->diags, attr->place, "total",
                   "these shares can never be met: together they are at least "
                   "%d and at most %d in a hundred",
                   (int)least, (int)most);
}

#define AT(member) offsetof(struct wf_calibrate, member)
/* clang-format off */
static const struct wf_attr_row calibrate_attrs[] = {
    { "id",     wf_read_id,     AT(id),      false, NULL },
    { "label",  wf_read_word,   AT(words),   false, &wf_word_label },
    { "help",   wf_read_word,   AT(words),   false, &wf_word_help },
    { "form",   wf_read_text,   AT(form_id), true,  NULL },
    { "field",  wf_read_text,   AT(field),   true,  NULL },
    { "group",  read_either,    AT(all),     false, group_words },
    { "shares", read_shares,    AT(shares),  false, NULL },
    { "by",     wf_read_who,    AT(by),      true,  &who_takes_part },
    { "opens",  wf_read_moment, AT(opens),   false, NULL },
    { "due",    wf_read_moment, AT(due),     false, NULL },
};
/* clang-format on */
static const struct wf_shape calibrate_shape = { calibrate_attrs,
                                                 WF_COUNT(calibrate_attrs),
                                                 NULL, 0, AT(words) };
#undef AT

static void parse_calibrate(struct wf_load *load, const struct wf_elem *elem,
                            void *parent)
{
    struct wf_cycle *cycle = parent;
    struct wf_calibrate *calibrate = WF_NEW(load->arena, struct wf_calibrate);
    struct wf_calibrate **end = &cycle->calibrates;
    size_t n = 0;

    calibrate->place = elem->place;
    wf_load_read(load, elem, &calibrate_shape, calibrate);
    if (!calibrate->id)
        calibrate->id = wf_arena_printf(
            load->arena, "%s-%s", calibrate->form_id ? calibrate->form_id : "",
            calibrate->field ? calibrate->field : "");
    for (; *end; end = &(*end)->next, n++)
        if (wf_streq((*end)->id, calibrate->id))
            wf_diag_at(load->diags, elem->place, "duplicate",
                       "there is a calibration \"%s\" already, in line %d",
                       calibrate->id, (*end)->place.line);
    if (wf_load_room(load, elem, n, WF_MAX_VIEWS))
        *end = calibrate;
}

/* --- The cycle */

#define AT(member) offsetof(struct wf_cycle, member)
/* clang-format off */
static const struct wf_attr_row cycle_attrs[] = {
    { "id",      wf_read_id,   AT(head.id),       true,  NULL },
    { "label",   wf_read_word, AT(head.words),    false, &wf_word_label },
    { "help",    wf_read_word, AT(head.words),    false, &wf_word_help },
    { "every",   read_every,   0,                 true,  NULL },
    { "from",    read_from,    0,                 false, NULL },
    { "launch",  read_either,  AT(by_clock),      false, launch_words },
    { "joiners", read_either,  AT(skips_joiners), false, joiner_words },
    { "leavers", read_either,  AT(keeps_leavers), false, leaver_words },
};
static const struct wf_kid_row cycle_kids[] = {
    { "audience",  parse_audience },
    { "stage",     parse_stage },
    { "calibrate", parse_calibrate },
    { "hooks",     wf_parse_hooks },
};
/* clang-format on */
static const struct wf_shape cycle_shape = { cycle_attrs, WF_COUNT(cycle_attrs),
                                             cycle_kids, WF_COUNT(cycle_kids),
                                             AT(head.words) };
#undef AT

static struct wf_field *add_field(struct wf_load *load, struct wf_form *form,
                                  const char *id, enum wf_field_type type)
{
    struct wf_field *field = WF_NEW(load->arena, struct wf_field);
    struct wf_field **end = &form->fields;

    field->id = field->path = id;
    field->type = type;
    field->digits = -1;
    while (*end)
        end = &(*end)->next;
    *end = field;
    (void)wf_map_add(load->arena, &form->paths, field->path, field);
    form->n_fields++;
    return field;
}

/* What a person of a run is, for formulas and hooks. */
static struct wf_form *form_of(struct wf_load *load,
                               const struct wf_cycle *cycle)
{
    struct wf_form *form = WF_NEW(load->arena, struct wf_form);
    struct wf_field *period;

    form->arena = load->arena;
    form->package = cycle->head.package;
    form->version = cycle->head.version;
    form->file = cycle->head.file;
    form->text = "";
    form->subject = add_field(load, form, "owner", WF_F_PERSON);
    period = add_field(load, form, "period", WF_F_PERIOD);
    form->period = period;
    (void)add_field(load, form, "unit", WF_F_UNIT);
    form->hook_file = cycle->head.hook_file;
    form->hook = cycle->head.hook;
    load->form = form;
    return form;
}

static void check_rhythm(struct wf_load *load, const struct wf_elem *root,
                         const struct wf_cycle *cycle)
{
    if (cycle->every > 1 && !wf_elem_attr(root, "from"))
        wf_diag_at(load->diags, wf_place_of(root, "every"), "required",
                   "every=\"%d weeks\" needs from=\"…\": the day on which the "
                   "first of them begins",
                   cycle->every);
}

static bool has_kid(const struct wf_elem *root, const char *name)
{
    const struct wf_elem *at = root->first;

    while (at && !wf_elem_is(at, name))
        at = at->next;
    return at;
}

static void parse(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head)
{
    struct wf_cycle *cycle = (struct wf_cycle *)(void *)head;
    struct wf_form *form = form_of(load, cycle);
    struct wf_field *period = wf_map_find(&form->paths, "period");

    cycle->form = form;
    cycle->every = 1;
    wf_load_read(load, root, &cycle_shape, cycle);
    period->period = cycle->unit;
    form->id = form->family = head->id ? head->id : "";
    form->words = head->words;
    check_rhythm(load, root, cycle);
    if (!has_kid(root, "audience"))
        wf_diag_at(load->diags, root->place, "required",
                   "a cycle says who takes part: write <audience who=\"…\"/>");
    if (!cycle->stages)
        wf_diag_at(load->diags, root->place, "required",
                   "a cycle without a <stage> asks for nothing");
}

static const char *const hooks[] = { "on_launch", NULL };

const struct wf_kind wf_kind_cycle = { "cycle", sizeof(struct wf_cycle),
                                       parse,   wf_link_cycle,
                                       hooks,   wf_cycle_uses };
