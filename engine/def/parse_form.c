/* def/parse_form.c - reads <form>: its attributes, rules and hooks; the other
 * parts have files of their own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

static const unsigned who_audience = WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT;

static void read_field_list(struct wf_load *load, const struct wf_attr *attr,
                            void *member, const void *arg)
{
    (void)arg;
    wf_load_refer(load, WF_REF_LIST, attr, member);
}

/* overlay.c has read it. */
static void read_from(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    (void)load, (void)attr, (void)member, (void)arg;
}

/* --- Rules */

static const struct wf_choice_row severities[] = {
    { "error", WF_SEVERITY_ERROR },
    { "warning", WF_SEVERITY_WARNING },
    { NULL, 0 }
};

static void read_on(struct wf_load *load, const struct wf_attr *attr,
                    void *member, const void *arg)
{
    static const struct wf_choice_row words[] = { { "save", 1 },
                                                  { "always", 2 },
                                                  { NULL, 0 } };
    struct wf_rule *rule = member;
    unsigned on = 0;

    (void)arg;
    wf_read_choice(load, attr, &on, words);
    rule->on_save = on >= 1;
    rule->on_always = on == 2;
}

#define AT(member) offsetof(struct wf_rule, member)
/* clang-format off */
static const struct wf_attr_row rule_attrs[] = {
    { "field",    wf_read_field, AT(field),    false, NULL },
    { "when",     wf_read_when,  AT(when),     true,  NULL },
    { "severity", wf_read_choice, AT(severity), false, severities },
    { "on",       read_on,       0,            false, NULL },
    { "message",  wf_read_word,  AT(words),    true,  &wf_word_message },
};
/* clang-format on */

static const struct wf_shape rule_shape = { rule_attrs, WF_COUNT(rule_attrs),
                                            NULL, 0, AT(words) };
#undef AT

static void parse_rule(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    struct wf_form *form = parent;
    struct wf_rule *rule = WF_NEW(load->arena, struct wf_rule);
    struct wf_rule **end = &form->rules;
    size_t n = 0;

    rule->place = elem->place;
    rule->message_place = wf_place_of(elem, "message");
    wf_load_read(load, elem, &rule_shape, rule);
    for (; *end; end = &(*end)->next)
        n++;
    if (wf_load_room(load, elem, n, WF_MAX_RULES))
        *end = rule;
}

static const struct wf_kid_row rules_kids[] = { { "rule", parse_rule } };
static const struct wf_shape rules_shape = { NULL, 0, rules_kids,
                                             WF_COUNT(rules_kids),
                                             WF_NO_WORDS };

static void parse_rules(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    wf_load_read(load, elem, &rules_shape, parent);
}

/* --- Hooks */

static void read_run_as(struct wf_load *load, const struct wf_attr *attr,
                        void *member, const void *arg)
{
    static const struct wf_choice_row words[] = { { "me", false },
                                                  { "system", true },
                                                  { NULL, 0 } };
    unsigned system = false;

    (void)arg;
    wf_read_choice(load, attr, &system, words);
    *(bool *)member = system;
}

/* clang-format off */
static const struct wf_attr_row hooks_attrs[] = {
    { "src",    wf_read_text, offsetof(struct wf_form, hook_file),     false, NULL },
    { "run-as", read_run_as,  offsetof(struct wf_form, run_as_system), false, NULL },
};
/* clang-format on */

static const struct wf_shape hooks_shape = { hooks_attrs, WF_COUNT(hooks_attrs),
                                             NULL, 0, WF_NO_WORDS };

static void parse_hooks(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    wf_load_read(load, elem, &hooks_shape, parent);
}

/* --- The form */

#define AT(member) offsetof(struct wf_form, member)
/* clang-format off */
static const struct wf_attr_row form_attrs[] = {
    { "id",       wf_read_id,      AT(id),       true,  NULL },
    { "label",    wf_read_word,    AT(words),    false, &wf_word_label },
    { "help",     wf_read_word,    AT(words),    false, &wf_word_help },
    { "from",     read_from,       0,            false, NULL },
    { "for",      wf_read_who,     AT(audience), false, &who_audience },
    { "subject",  wf_read_field,   AT(subject),  false, NULL },
    { "parent",   wf_read_field,   AT(parent),   false, NULL },
    { "smart",    wf_read_bool,    AT(smart),    false, NULL },
    { "score",    wf_read_field,   AT(score),    false, NULL },
    { "due",      wf_read_field,   AT(due),      false, NULL },
    { "progress", wf_read_field,   AT(progress), false, NULL },
    { "period",   wf_read_field,   AT(period),   false, NULL },
    { "unique",   read_field_list, AT(unique),   false, NULL },
    { "title",    wf_read_word,    AT(words),    false, &wf_word_title },
};
static const struct wf_kid_row form_kids[] = {
    { "fields",   wf_parse_fields },
    { "rules",    parse_rules },
    { "workflow", wf_parse_workflow },
    { "access",   wf_parse_access },
    { "views",    wf_parse_views },
    { "retention", wf_parse_retention },
    { "hooks",    parse_hooks },
};
/* clang-format on */

static const struct wf_shape form_shape = { form_attrs, WF_COUNT(form_attrs),
                                            form_kids, WF_COUNT(form_kids),
                                            AT(words) };
#undef AT

/* Each part stands once; fields and a workflow must be there. */
static void check_parts(struct wf_load *load, const struct wf_elem *root)
{
    for (size_t i = 0; i < WF_COUNT(form_kids); i++) {
        const struct wf_elem *first = NULL;

        for (const struct wf_elem *at = root->first; at; at = at->next) {
            if (!wf_elem_is(at, form_kids[i].name))
                continue;
            if (first)
                wf_diag_at(load->diags, at->place, "duplicate",
                           "there is a <%s> already, in line %d", at->name,
                           first->place.line);
            else
                first = at;
        }
        if (!first
            && (form_kids[i].read == wf_parse_fields
                || form_kids[i].read == wf_parse_workflow))
            wf_diag_at(load->diags, root->place, "required",
                       "a form needs <%s>", form_kids[i].name);
    }
}

/* A title is a word like others, and a template besides. There are two
 * languages: what is translated is into the other one. */
static void parse_titles(struct wf_load *load, const struct wf_elem *root)
{
    const struct wf_attr *title = wf_elem_attr(root, "title");

    if (title)
        wf_load_refer(load, WF_REF_TEMPLATE, title, &load->form->title);
    for (const struct wf_elem *at = root->first; at; at = at->next) {
        title = wf_elem_is(at, "t") ? wf_elem_attr(at, "title") : NULL;
        if (!title)
            continue;
        if (wf_streq(wf_elem_get(at, "xml:lang"), load->lang))
            wf_load_refer(load, WF_REF_TEMPLATE, title,
                          WF_NEW(load->scratch, struct wf_template *));
        else
            wf_load_refer(load, WF_REF_TEMPLATE, title,
                          &load->form->title_other);
    }
}

void wf_parse_form(struct wf_load *load, const struct wf_elem *root)
{
    load->root = root;
    load->fields_end = &load->form->fields;
    wf_load_read(load, root, &form_shape, load->form);
    parse_titles(load, root);
    check_parts(load, root);
}
