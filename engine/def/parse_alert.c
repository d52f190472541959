/* def/parse_alert.c - reads *.alert.xml: which documents are watched, when, and
 * the levels of their lights.
 *
 * Source: docs/definition-language.md, "Alerts".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"
#include "base/messages.h"
#include "base/str.h"
#include "def/alert.h"
#include "def/kind.h"
#include "def/limits.h"
#include "def/parse.h"

enum {
    EIGHT = 8 * 60 /* when it looks unless it says so */
};

static const unsigned for_work = WF_WHO_FOR_WORK;

/* --- Attributes */

/* check="daily 08:00" */
static void read_check(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    struct wf_str rest = wf_str_of(attr->value), part;

    (void)arg;
    if (wf_str_split(&rest, ' ', &part) && wf_str_is(part, "daily")
        && wf_clock_parse(rest, member))
        return;
    wf_diag_at(load->diags, attr->place, "type",
               "check=\"%s\" says no time; write daily and the time of day, "
               "such as \"daily 08:00\"",
               attr->value);
}

/* --- Levels */

#define AT(member) offsetof(struct wf_alert_level, member)
/* clang-format off */
static const struct wf_attr_row level_attrs[] = {
    { "id",      wf_read_id,     AT(id),     true,  NULL },
    { "label",   wf_read_word,   AT(words),  false, &wf_word_label },
    { "message", wf_read_word,   AT(words),  false, &wf_word_message },
    { "colour",  wf_read_choice, AT(colour), true,  wf_level_colours },
    { "when",    wf_read_when,   AT(when),   true,  NULL },
    { "tell",    wf_read_who,    AT(tell),   false, &for_work },
};
/* clang-format on */

static const struct wf_shape level_shape = { level_attrs, WF_COUNT(level_attrs),
                                             NULL, 0, AT(words) };
#undef AT

static void parse_level(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_alert *alert = parent;
    struct wf_alert_level *level = WF_NEW(load->arena, struct wf_alert_level);
    struct wf_alert_level **end = &alert->levels;
    size_t n = 0;

    level->place = elem->place;
    wf_load_read(load, elem, &level_shape, level);
    if (!level->id)
        level->id = "";
    for (; *end; end = &(*end)->next, n++)
        if (wf_streq((*end)->id, level->id))
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is a level \"%s\" already, in line %d", level->id,
                       (*end)->place.line);
    if (wf_load_room(load, elem, n, WF_MAX_LIGHTS))
        *end = level;
}

/* --- The alert */

#define AT(member) offsetof(struct wf_alert, member)
/* clang-format off */
static const struct wf_attr_row alert_attrs[] = {
    { "id",    wf_read_id,   AT(head.id),    true,  NULL },
    { "label", wf_read_word, AT(head.words), false, &wf_word_label },
    { "help",  wf_read_word, AT(head.words), false, &wf_word_help },
    { "form",  wf_read_id,   AT(form_id),    true,  NULL },
    { "step",  wf_read_step, AT(step),       false, NULL },
    { "check", read_check,   AT(at),         false, NULL },
};
static const struct wf_kid_row alert_kids[] = {
    { "level", parse_level },
    { "hooks", wf_parse_hooks },
};
/* clang-format on */

static const struct wf_shape alert_shape = { alert_attrs, WF_COUNT(alert_attrs),
                                             alert_kids, WF_COUNT(alert_kids),
                                             AT(head.words) };
#undef AT

static void parse(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head)
{
    struct wf_alert *alert = (struct wf_alert *)(void *)head;

    alert->at = EIGHT;
    wf_load_read(load, root, &alert_shape, alert);
    if (!alert->form_id)
        alert->form_id = "";
    if (!alert->levels)
        wf_diag_at(load->diags, root->place, "required",
                   "an alert without <level> watches nothing");
}

/* --- What can be known of a document without reading it whole */

struct judging {
    struct wf_load *load;
    const struct wf_alert_level *level;
    WF_LIST(const struct wf_field *) fields;
};

/* Each field once. */
static void keep_field(struct judging *judging, const struct wf_field *field)
{
    for (size_t i = 0; i < judging->fields.n; i++)
        if (judging->fields.at[i] == field)
            return;
    *WF_PUSH(judging->load->arena, &judging->fields) = field;
}

static void judge_field(void *self, const struct wf_field *field)
{
    struct judging *judging = self;

    if (field->items || field->type == WF_F_ITEMS)
        wf_diag_at(judging->load->diags, judging->level->place, "type",
                   "level \"%s\" reads the table \"%s\"; an alert reads fields "
                   "outside of tables: give the form a formula for it",
                   judging->level->id,
                   field->items ? field->items->id : field->id);
    else if (wf_field_kind(field->type)->type == WF_T_LIST)
        wf_diag_at(judging->load->diags, judging->level->place, "type",
                   "level \"%s\" reads the list \"%s\"; an alert reads single "
                   "values: give the form a formula for it",
                   judging->level->id, field->id);
    else
        keep_field(judging, field);
}

static void link(struct wf_load *load, const struct wf_elem *root,
                 struct wf_head *head)
{
    struct wf_alert *alert = (struct wf_alert *)(void *)head;
    struct judging judging = { .load = load };

    alert->form = load->world->form(load->world->self, alert->form_id);
    if (!alert->form && root)
        wf_load_no_form(load, wf_place_of(root, "form"), alert->form_id);
    if (!alert->form)
        return;
    wf_link_refs(load, alert->form);
    for (struct wf_alert_level *at = alert->levels; at; at = at->next) {
        alert->n_levels++;
        at->says = wf_kind_says(load, at->place, at->words);
        judging.level = at;
        if (!at->when)
            continue;
        wf_expr_uses(at->when, judge_field, &judging);
        at->course = wf_expr_course(at->when);
    }
    alert->fields = judging.fields.at;
    alert->n_fields = judging.fields.n;
}

/* --- What it asks by */

static void uses(const struct wf_head *head, wf_kind_see_fn *see, void *self)
{
    const struct wf_alert *alert = (const struct wf_alert *)(const void *)head;

    for (size_t i = 0; i < alert->n_fields; i++)
        see(self, alert->form, alert->fields[i]);
}

static const char *const hooks[] = { "on_alert", NULL };

const struct wf_kind wf_kind_alert = { "alert", sizeof(struct wf_alert),
                                       parse,   link,
                                       hooks,   uses };
