/* def/parse_adjust.c - <adjust>, <may> and <value> of a package.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/messages.h"
#include "base/str.h"
#include "def/adjust.h"
#include "def/limits.h"
#include "def/parse.h"

enum {
    MAYS_MAX = 50,
    VALUES_MAX = 20,
    PARTS_MAX = 100,
};

static const unsigned who_adjusts = WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT;
static const struct wf_range parts_range = { 1, PARTS_MAX };

/* What decides who sees or does what, and what runs, is deployed. */
static const char *const parts[] = { WF_MESSAGE("field"), WF_MESSAGE("step"),
                                     WF_MESSAGE("level"), WF_MESSAGE("option"),
                                     WF_MESSAGE("point"), WF_MESSAGE("group") };
/* Those of them that stand within another and may come and go. */
static const char *const within[] = { "level", "option", "point", "group" };

static bool is_among(const char *word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (wf_streq(word, words[i]))
            return true;
    return false;
}

/* --- Values */

static void read_bound(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    struct wf_may_bound *bound = member;

    (void)arg;
    bound->given = wf_load_number(load, attr, &bound->at);
}

/* "a; b; c" */
static void read_one_of(struct wf_load *load, const struct wf_attr *attr,
                        void *member, const void *arg)
{
    WF_LIST(const char *) list = { 0 };
    struct wf_str rest = wf_str_of(attr->value), part;

    (void)arg;
    while (wf_str_split(&rest, ';', &part))
        if (wf_str_trim(part).len > 0)
            *WF_PUSH(load->arena, &list) =
                wf_arena_slice(load->arena, wf_str_trim(part));
    *WF_PUSH(load->arena, &list) = NULL;
    *(const char ***)member = list.at;
}

static void read_pattern(struct wf_load *load, const struct wf_attr *attr,
                         void *member, const void *arg)
{
    struct wf_may_value *value = member;
    weft_error err = WEFT_ERROR_INIT;

    (void)arg;
    value->pattern_text = wf_arena_str(load->arena, attr->value);
    memcpy(err.lang, load->diags->lang, strlen(load->diags->lang) + 1);
    if (!wf_pattern_compile(load->arena, value->pattern_text, &value->pattern,
                            &err))
        wf_diag_at(load->diags, attr->place, "pattern", "%s", err.text);
}

/* An attribute that names the part, or joins it to something else, is not
 * among those that can be set. */
static void read_of(struct wf_load *load, const struct wf_attr *attr,
                    void *member, const void *arg)
{
    static const char *const fixed[] = { "id",   "from",    "for",   "src",
                                         "type", "private", "run-as" };

    wf_read_text(load, attr, member, arg);
    if (is_among(attr->value, fixed, WF_COUNT(fixed))
        || strchr(attr->value, ':') || attr->value[0] == '\0')
        wf_diag_at(load->diags, attr->place, "adjust",
                   "\"%s\" cannot be left to somebody who may not deploy",
                   attr->value);
}

/* clang-format off */
static const struct wf_attr_row value_attrs[] = {
    { "of",      read_of,      offsetof(struct wf_may_value, of),     true,  NULL },
    { "min",     read_bound,   offsetof(struct wf_may_value, min),    false, NULL },
    { "max",     read_bound,   offsetof(struct wf_may_value, max),    false, NULL },
    { "sum",     read_bound,   offsetof(struct wf_may_value, sum),    false, NULL },
    { "one-of",  read_one_of,  offsetof(struct wf_may_value, one_of), false, NULL },
    { "pattern", read_pattern, 0,                                     false, NULL },
};
/* clang-format on */

static const struct wf_shape value_shape = { value_attrs, WF_COUNT(value_attrs),
                                             NULL, 0, WF_NO_WORDS };

static void parse_value(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_may *may = parent;
    struct wf_may_value *value = WF_NEW(load->arena, struct wf_may_value);
    struct wf_may_value **end = &may->values;
    size_t n = 0;

    value->place = elem->place;
    wf_load_read(load, elem, &value_shape, value);
    for (; *end; end = &(*end)->next, n++)
        if (wf_streq((*end)->of, value->of)) {
            wf_diag_at(load->diags, elem->place, "duplicate",
                       "there is a <value> of \"%s\" already, in line %d",
                       value->of, (*end)->place.line);
            return;
        }
    if (value->of && wf_load_room(load, elem, n, VALUES_MAX))
        *end = value;
}

/* --- Parts */

/* clang-format off */
static const struct wf_attr_row may_attrs[] = {
    { "part",   wf_read_text,  offsetof(struct wf_may, part),   true,  NULL },
    { "path",   wf_read_text,  offsetof(struct wf_may, path),   true,  NULL },
    { "add",    wf_read_bool,  offsetof(struct wf_may, add),    false, NULL },
    { "remove", wf_read_bool,  offsetof(struct wf_may, remove), false, NULL },
    { "move",   wf_read_bool,  offsetof(struct wf_may, move),   false, NULL },
    { "min",    wf_read_count, offsetof(struct wf_may, min),    false, &parts_range },
    { "max",    wf_read_count, offsetof(struct wf_may, max),    false, &parts_range },
};
static const struct wf_kid_row may_kids[] = { { "value", parse_value } };
/* clang-format on */

static const struct wf_shape may_shape = { may_attrs, WF_COUNT(may_attrs),
                                           may_kids, WF_COUNT(may_kids),
                                           WF_NO_WORDS };

static void check_may(struct wf_load *load, const struct wf_elem *elem,
                      const struct wf_may *may)
{
    bool counts =
        may->add || may->remove || may->move || may->min > 0 || may->max > 0;

    if (may->part && !is_among(may->part, parts, WF_COUNT(parts)))
        wf_diag_at(load->diags, wf_place_of(elem, "part"), "adjust",
                   "a part that may be adjusted is a field, step, level, "
                   "option, point or group, not \"%s\"",
                   may->part);
    else if (counts && may->part && may->path
             && (!is_among(may->part, within, WF_COUNT(within))
                 || !wf_str_ends(may->path, ".*")))
        wf_diag_at(load->diags, wf_place_of(elem, "path"), "adjust",
                   "only levels, options, points and groups come, go and are "
                   "counted, and their path is that of what they stand in, "
                   "then \".*\"");
    if (may->min > 0 && may->max > 0 && may->min > may->max)
        wf_diag_at(load->diags, wf_place_of(elem, "min"), "range",
                   "min is more than max");
}

static void parse_may(struct wf_load *load, const struct wf_elem *elem,
                      void *parent)
{
    struct wf_adjust *rule = parent;
    struct wf_may *may = WF_NEW(load->arena, struct wf_may);
    struct wf_may **end = &rule->mays;
    size_t n = 0;

    may->place = elem->place;
    wf_load_read(load, elem, &may_shape, may);
    check_may(load, elem, may);
    for (; *end; end = &(*end)->next)
        n++;
    if (may->part && may->path && wf_load_room(load, elem, n, MAYS_MAX))
        *end = may;
}

/* --- The rule */

/* clang-format off */
static const struct wf_attr_row adjust_attrs[] = {
    { "id",    wf_read_id,    offsetof(struct wf_adjust, id),    true,  NULL },
    { "forms", wf_read_words, offsetof(struct wf_adjust, forms), true,  NULL },
    { "by",    wf_read_deploy_by, offsetof(struct wf_adjust, by), true, &who_adjusts },
    { "label", wf_read_word,  offsetof(struct wf_adjust, words), false, &wf_word_label },
    { "help",  wf_read_word,  offsetof(struct wf_adjust, words), false, &wf_word_help },
};
static const struct wf_kid_row adjust_kids[] = { { "may", parse_may } };
/* clang-format on */

static const struct wf_shape adjust_shape = {
    adjust_attrs, WF_COUNT(adjust_attrs), adjust_kids, WF_COUNT(adjust_kids),
    offsetof(struct wf_adjust, words)
};

void wf_parse_adjust(struct wf_load *load, const struct wf_elem *elem,
                     void *parent)
{
    struct wf_package *package = parent;
    struct wf_adjust *rule = WF_NEW(load->arena, struct wf_adjust);
    struct wf_adjust **end = &package->adjusts;
    size_t n = 0;

    rule->place = elem->place;
    rule->forms_place = wf_place_of(elem, "forms");
    wf_load_read(load, elem, &adjust_shape, rule);
    for (; *end; end = &(*end)->next, n++)
        if (rule->id && wf_streq((*end)->id, rule->id)) {
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "<adjust> \"%s\" is there already, in line %d", rule->id,
                       (*end)->place.line);
            return;
        }
    if (rule->id && rule->by && rule->forms
        && wf_load_room(load, elem, n, WF_MAX_SETTINGS))
        *end = rule;
}
