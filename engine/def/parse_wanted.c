/* def/parse_wanted.c - reads <call> and <collect>: steps that ask for
 * documents of another form, and wait for them.
 *
 * Source: docs/definition-language.md, "Asking for other documents".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

static const unsigned who_works = WF_WHO_FOR_WORK;

/* A step of either kind while it is read; both outlive the reading. */
struct asking {
    struct wf_step step;
    struct wf_wanted wanted;
    struct wf_group defaults; /* of a collect: a single group, or for all */
};

/* --- <set field= value=> */

static void read_value(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    struct wf_ref *ref = wf_load_refer(load, WF_REF_EXPR, attr, member);

    (void)arg;
    ref->want = WF_T_ANY; /* link_wanted.c knows the field that takes it */
}

/* clang-format off */
static const struct wf_attr_row put_attrs[] = {
    { "field", wf_read_text, offsetof(struct wf_put, field), true, NULL },
    { "value", read_value,   offsetof(struct wf_put, value), true, NULL },
};
/* clang-format on */

static const struct wf_shape put_shape = { put_attrs, WF_COUNT(put_attrs), NULL,
                                           0, WF_NO_WORDS };

void wf_load_put(struct wf_load *load, const struct wf_elem *elem,
                 struct wf_put **first)
{
    struct wf_put *put = WF_NEW(load->arena, struct wf_put);
    struct wf_put **end = first;
    size_t n = 0;

    put->place = elem->place;
    wf_load_read(load, elem, &put_shape, put);
    for (; *end; end = &(*end)->next, n++)
        if (wf_streq((*end)->field, put->field))
            wf_diag_at(load->diags, wf_place_of(elem, "field"), "duplicate",
                       "\"%s\" is set already, in line %d", put->field,
                       (*end)->place.line);
    if (put->field && wf_load_room(load, elem, n, WF_MAX_FIELDS))
        *end = put;
}

static void parse_put(struct wf_load *load, const struct wf_elem *elem,
                      void *parent)
{
    struct asking *asking = parent;

    wf_load_put(load, elem, &asking->wanted.puts);
}

/* --- Groups */

static void read_weight(struct wf_load *load, const struct wf_attr *attr,
                        void *member, const void *arg)
{
    double *weight = member;

    (void)arg;
    if (wf_load_number(load, attr, weight) && *weight < 0)
        wf_diag_at(load->diags, attr->place, "type", "a weight is at least 0");
}

static const struct wf_range min_range = { 0, WF_MAX_ASKED };

#define AT(member) offsetof(struct wf_group, member)
/* clang-format off */
static const struct wf_attr_row group_attrs[] = {
    { "id",        wf_read_name,  AT(id),        true,  NULL },
    { "label",     wf_read_word,  AT(words),     false, &wf_word_label },
    { "help",      wf_read_word,  AT(words),     false, &wf_word_help },
    { "from",      wf_read_who,   AT(from),      true,  &who_works },
    { "weight",    read_weight,   AT(weight),    false, NULL },
    { "min",       wf_read_count, AT(min),       false, &min_range },
    { "anonymous", wf_read_bool,  AT(anonymous), false, NULL },
};
/* clang-format on */
#undef AT

const struct wf_shape wf_group_shape = { group_attrs, WF_COUNT(group_attrs),
                                         NULL, 0,
                                         offsetof(struct wf_group, words) };

static void parse_group(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct asking *asking = parent;
    struct wf_group *group = WF_NEW(load->arena, struct wf_group);
    struct wf_group **end = &asking->wanted.groups;
    size_t n = 0;

    *group = asking->defaults;
    group->place = elem->place;
    wf_load_read(load, elem, &wf_group_shape, group);
    for (; *end; end = &(*end)->next, n++)
        if (wf_streq((*end)->id, group->id))
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is a group \"%s\" already, in line %d", group->id,
                       (*end)->place.line);
    if (group->id && wf_load_room(load, elem, n, WF_MAX_OPTIONS))
        *end = group;
}

/* --- Both steps */

static void read_share(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    double *share = member;

    (void)arg;
    if (wf_load_number(load, attr, share) && (*share <= 0 || *share > 1))
        wf_diag_at(load->diags, attr->place, "type",
                   "enough=\"%s\" must be a share above 0 and at most 1, such "
                   "as 0.8",
                   attr->value);
}

static const struct wf_choice_row wait_words[] = { { "all", false },
                                                   { "none", true },
                                                   { NULL, 0 } };

static void read_wait(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    unsigned no_wait = false;

    (void)arg;
    wf_read_choice(load, attr, &no_wait, wait_words);
    *(bool *)member = no_wait;
}

void wf_read_floor(struct wf_load *load, const struct wf_attr *attr,
                   void *member, const void *arg)
{
    static const struct wf_range range = { WF_MIN_FLOOR, WF_MAX_ASKED };
    int64_t n;

    (void)arg;
    if (wf_str_to_int(wf_str_of(attr->value), &n) && n < WF_MIN_FLOOR)
        wf_diag_at(load->diags, attr->place, "floor",
                   "floor=\"%s\" would let single answers show through; write "
                   "at least %d",
                   attr->value, WF_MIN_FLOOR);
    else
        wf_read_count(load, attr, member, &range);
}

#define STEP(member) offsetof(struct asking, step.member)
#define WANTED(member) offsetof(struct asking, wanted.member)
#define GROUP(member) offsetof(struct asking, defaults.member)
/* clang-format off */
static const struct wf_attr_row call_attrs[] = {
    { "id",    wf_read_id,    STEP(id),        true,  NULL },
    { "label", wf_read_word,  STEP(words),     false, &wf_word_label },
    { "help",  wf_read_word,  STEP(words),     false, &wf_word_help },
    { "form",  wf_read_text,  WANTED(form),    true,  NULL },
    { "for",   wf_read_who,   WANTED(whom),    true,  &who_works },
    { "each",  wf_read_field, WANTED(each),    false, NULL },
    { "wait",  read_wait,     WANTED(no_wait), false, NULL },
    { "next",  wf_read_step,  WANTED(next),    true,  NULL },
};
static const struct wf_kid_row call_kids[] = { { "set", parse_put } };

static const struct wf_attr_row collect_attrs[] = {
    { "id",        wf_read_name,  STEP(id),         true,  NULL },
    { "label",     wf_read_word,  STEP(words),      false, &wf_word_label },
    { "help",      wf_read_word,  STEP(words),      false, &wf_word_help },
    { "form",      wf_read_text,  WANTED(form),     true,  NULL },
    { "next",      wf_read_step,  WANTED(next),     true,  NULL },
    { "short",     wf_read_step,  WANTED(short_),   false, NULL },
    { "enough",    read_share,    WANTED(enough),   false, NULL },
    { "within",    wf_read_duration, WANTED(within), false, NULL },
    { "floor",     wf_read_floor, WANTED(floor),    false, NULL },
    { "from",      wf_read_who,   GROUP(from),      false, &who_works },
    { "weight",    read_weight,   GROUP(weight),    false, NULL },
    { "min",       wf_read_count, GROUP(min),       false, &min_range },
    { "anonymous", wf_read_bool,  GROUP(anonymous), false, NULL },
};
static const struct wf_kid_row collect_kids[] = {
    { "group", parse_group },
    { "set",   parse_put },
};
/* clang-format on */

const struct wf_shape wf_call_shape = { call_attrs, WF_COUNT(call_attrs),
                                        call_kids, WF_COUNT(call_kids),
                                        STEP(words) };
const struct wf_shape wf_collect_shape = { collect_attrs,
                                           WF_COUNT(collect_attrs),
                                           collect_kids, WF_COUNT(collect_kids),
                                           STEP(words) };

static struct asking *read_asking(struct wf_load *load,
                                  const struct wf_elem *elem,
                                  enum wf_step_kind kind,
                                  const struct wf_shape *shape)
{
    struct asking *asking = WF_NEW(load->arena, struct asking);

    asking->step.kind = kind;
    asking->step.place = elem->place;
    asking->step.wanted = &asking->wanted;
    asking->defaults.weight = NAN;
    asking->wanted.floor = WF_MIN_FLOOR;
    wf_load_read(load, elem, shape, asking);
    wf_load_add_step(load, elem, &asking->step);
    return asking;
}

void wf_parse_call(struct wf_load *load, const struct wf_elem *elem,
                   void *parent)
{
    (void)parent;
    read_asking(load, elem, WF_STEP_CALL, &wf_call_shape);
}

/* A single group may stand on the <collect> itself, and is called like it. */
void wf_parse_collect(struct wf_load *load, const struct wf_elem *elem,
                      void *parent)
{
    struct asking *asking =
        read_asking(load, elem, WF_STEP_COLLECT, &wf_collect_shape);
    struct wf_group *single = &asking->defaults;

    (void)parent;
    if (asking->wanted.groups)
        return;
    single->id = asking->step.id;
    single->words = asking->step.words;
    single->place = elem->place;
    asking->wanted.groups = single;
}
