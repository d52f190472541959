/* def/expr_names.c - what the names and dots of an expression mean.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_names.h"

#include "def/expr_functions.h"
#include "def/suggest.h"

/* clang-format off */
static const struct name {
    const char *word;
    enum wf_name name;
    enum wf_type type;
    bool present;
} names[] = {
    { "id",       WF_NAME_ID,       WF_T_TEXT,     true  },
    { "form",     WF_NAME_FORM,     WF_T_TEXT,     true  },
    { "version",  WF_NAME_VERSION,  WF_T_NUMBER,   true  },
    { "step",     WF_NAME_STEP,     WF_T_TEXT,     true  },
    { "state",    WF_NAME_STATE,    WF_T_TEXT,     true  },
    { "level",    WF_NAME_LEVEL,    WF_T_TEXT,     false },
    { "health",   WF_NAME_HEALTH,   WF_T_TEXT,     false },
    { "creator",  WF_NAME_CREATOR,  WF_T_PERSON,   false },
    { "created",  WF_NAME_CREATED,  WF_T_DATETIME, true  },
    { "updated",  WF_NAME_UPDATED,  WF_T_DATETIME, true  },
    { "revealed", WF_NAME_REVEALED, WF_T_BOOLEAN,  true  },
    { "frozen",   WF_NAME_FROZEN,   WF_T_BOOLEAN,  true  },
    { "me",       WF_NAME_ME,       WF_T_PERSON,   false },
    { "approver", WF_NAME_APPROVER, WF_T_PERSON,   false },
    { "settings", WF_NAME_SETTINGS, WF_T_ANY,      false },
    { "doc",      WF_NAME_DOC,      WF_T_ANY,      false },
};

static const struct part {
    const char *word;
    enum wf_person_part part;
    enum wf_type type;
} parts[] = {
    { "login", WF_PERSON_LOGIN, WF_T_TEXT   },
    { "name",  WF_PERSON_NAME,  WF_T_TEXT   },
    { "unit",  WF_PERSON_UNIT,  WF_T_UNIT   },
    { "grade", WF_PERSON_GRADE, WF_T_NUMBER },
    { "title", WF_PERSON_TITLE, WF_T_TEXT   },
};
/* clang-format on */

static const struct name *find_name(const char *word)
{
    for (size_t i = 0; i < WF_COUNT(names); i++)
        if (wf_streq(names[i].word, word))
            return &names[i];
    return NULL;
}

enum wf_name wf_name_of(const char *word)
{
    const struct name *found = find_name(word);

    return found ? found->name : WF_NAME_UNKNOWN;
}

static const struct wf_field *find_column(const struct wf_field *items,
                                          const char *id)
{
    const struct wf_field *at = items ? items->columns : NULL;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

static const struct wf_field *find_field(const struct wf_form *form,
                                         const char *id)
{
    return form ? wf_map_find(&form->paths, id) : NULL;
}

static void offer_fields(struct wf_suggest *suggest,
                         const struct wf_field *fields)
{
    for (; fields; fields = fields->next)
        wf_suggest_offer(suggest, fields->id);
}

/* --- Fields */

static bool is_private(const struct wf_field *field)
{
    return field->hidden_by_default
           || (field->items && field->items->hidden_by_default);
}

/* Gives `node` a field to read; `op` says from where. */
static void become_field(struct wf_linker *l, struct wf_node *node,
                         enum wf_op op, const struct wf_field *field)
{
    const struct wf_field_kind *kind = wf_field_kind(field->type);

    node->op = op;
    node->field = field;
    node->type = kind->type;
    node->of = kind->of;
    node->present = (field->required && !field->formula && !field->sentence)
                    || kind->type == WF_T_LIST || kind->type == WF_T_TABLE;
    if (field->type == WF_F_JSON)
        wf_diag_at(l->diags, wf_link_place(l, node), "type",
                   "`%s` is JSON, which only hooks read.", field->path);
    if (is_private(field) && !l->scope->with_private)
        wf_diag_at(l->diags, wf_link_place(l, node), "private",
                   "`%s` is private: what is not private may not read it.",
                   field->path);
}

static void become_column(struct wf_linker *l, struct wf_node *node,
                          const struct wf_field *field)
{
    become_field(l, node, WF_OP_COLUMN, field);
    if (node->type == WF_T_LIST)
        wf_diag_at(l->diags, wf_link_place(l, node), "type",
                   "Each `%s` is a list, and a column of lists cannot be "
                   "read; name the table and what to work out in each row, as "
                   "in `any(table, contains(list, value))`.",
                   field->path);
    node->of = node->type;
    node->type = WF_T_LIST;
}

static bool link_field(struct wf_linker *l, struct wf_node *node)
{
    const struct wf_field *field = find_field(l->scope->form, node->word);

    if (field)
        become_field(l, node,
                     field->type == WF_F_ITEMS ? WF_OP_TABLE : WF_OP_FIELD,
                     field);
    return field;
}

/* --- Bare names */

static void say_unknown(struct wf_linker *l, const struct wf_node *node)
{
    struct wf_suggest suggest = WF_SUGGEST_INIT(node->word);

    if (l->items)
        offer_fields(&suggest, l->items->columns);
    if (l->scope->form)
        offer_fields(&suggest, l->scope->form->fields);
    for (size_t i = 0; i < WF_COUNT(names); i++)
        wf_suggest_offer(&suggest, names[i].word);
    if (suggest.best)
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "unknown field `%s`; did you mean `%s`?", node->word,
                   suggest.best);
    else if (wf_function_find(node->word))
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "`%s` is a function; write `%s(…)`.", node->word,
                   node->word);
    else
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "unknown field `%s`; a text stands in quotes: '%s'.",
                   node->word, node->word);
}

static void become_any(struct wf_node *node)
{
    node->op = WF_OP_CONST;
    node->type = WF_T_ANY;
    node->n_args = 0;
}

static void link_name(struct wf_linker *l, struct wf_node *node,
                      const struct name *name)
{
    node->op = WF_OP_NAME;
    node->name = name->name;
    node->type = name->type;
    node->present = name->present;
    if (name->name == WF_NAME_SETTINGS || name->name == WF_NAME_DOC)
        wf_diag_at(l->diags, wf_link_place(l, node), "type",
                   "`%s` alone is no value; write `%s.NAME`.", node->word,
                   node->word);
    else if (name->name == WF_NAME_ME && l->scope->stored)
        wf_diag_at(l->diags, wf_link_place(l, node), "stored",
                   "`me` is somebody else at each look: a value that is kept "
                   "may not depend on it.");
    else if (name->name == WF_NAME_APPROVER && !l->scope->approver)
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "`approver` is known only where a chain of approvers is "
                   "climbed.");
}

static void link_document_word(struct wf_linker *l, struct wf_node *node)
{
    const struct name *name = find_name(node->word);

    if (link_field(l, node))
        return;
    if (name) {
        link_name(l, node, name);
        return;
    }
    say_unknown(l, node);
    become_any(node);
}

void wf_link_word(struct wf_linker *l, struct wf_node *node)
{
    const struct wf_field *column = find_column(l->items, node->word);

    if (column)
        become_field(l, node, WF_OP_ROW, column);
    else
        link_document_word(l, node);
}

/* --- Dots */

static void say_unknown_part(struct wf_linker *l, const struct wf_node *node,
                             const struct wf_suggest *suggest)
{
    const char *of = wf_link_text(l, node->args[0]);

    if (suggest->best)
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "`%s` has no `%s`; did you mean `%s`?", of, node->word,
                   suggest->best);
    else
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "`%s` has no `%s`.", of, node->word);
}

static void link_setting(struct wf_linker *l, struct wf_node *node)
{
    struct wf_suggest suggest = WF_SUGGEST_INIT(node->word);
    const struct wf_package *package = l->scope->package;
    const struct wf_setting *found =
        package ? wf_package_setting(package, node->word) : NULL;

    node->op = WF_OP_SETTING;
    node->n_args = 0;
    if (found) {
        node->type = found->type;
        node->present = !wf_json_is_nothing(found->value);
        return;
    }
    if (package)
        for (const struct wf_setting *s = package->settings; s; s = s->next)
            wf_suggest_offer(&suggest, s->id);
    if (suggest.best)
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "unknown setting `%s`; did you mean `%s`?", node->word,
                   suggest.best);
    else
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "unknown setting `%s`; settings stand in package.xml.",
                   node->word);
    become_any(node);
}

/* The group called `id` of a collect's table; NULL: none. */
static const struct wf_group *group_of(const struct wf_field *table,
                                       const char *id)
{
    const struct wf_group *at = table ? table->groups : NULL;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

static void link_column(struct wf_linker *l, struct wf_node *node)
{
    const struct wf_field *items = node->args[0]->field;
    const struct wf_field *column = find_column(items, node->word);
    struct wf_suggest suggest = WF_SUGGEST_INIT(node->word);

    if (column) {
        node->n_args = 0;
        become_column(l, node, column);
        return;
    }
    if (group_of(items, node->word)) {
        wf_diag_at(l->diags, wf_link_place(l, node), "type",
                   "`%s` is a group; write `%s.NAME`, as in `%s.answers`.",
                   wf_link_text(l, node), wf_link_text(l, node),
                   wf_link_text(l, node));
        become_any(node);
        return;
    }
    offer_fields(&suggest, items->columns);
    say_unknown_part(l, node, &suggest);
    become_any(node);
}

static void link_person(struct wf_linker *l, struct wf_node *node)
{
    struct wf_suggest suggest = WF_SUGGEST_INIT(node->word);

    for (size_t i = 0; i < WF_COUNT(parts); i++) {
        if (wf_streq(parts[i].word, node->word)) {
            node->op = WF_OP_PERSON;
            node->part = parts[i].part;
            node->type = parts[i].type;
            return;
        }
        wf_suggest_offer(&suggest, parts[i].word);
    }
    if (suggest.best)
        say_unknown_part(l, node, &suggest);
    else
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "A person has no `%s`; formulas read login, name, unit, "
                   "grade and title.",
                   node->word);
    become_any(node);
}

/* The form that the link `left` leads to; NULL and a finding. */
static const struct wf_form *form_behind(struct wf_linker *l,
                                         const struct wf_node *left)
{
    const struct wf_scope *scope = l->scope;
    const char *id = left->field ? left->field->form : NULL;
    const struct wf_form *form = NULL;

    if (scope->stored) {
        wf_diag_at(l->diags, wf_link_place(l, left), "stored",
                   "A value that is kept may not read through the link `%s`: "
                   "it would not notice changes there. Use a rollup.",
                   wf_link_text(l, left));
        return NULL;
    }
    if (id && scope->find_form)
        form = scope->find_form(scope->self, id);
    if (!form)
        wf_diag_at(l->diags, wf_link_place(l, left), "unknown",
                   "It is not known what `%s` leads to; nothing can be read "
                   "through it here.",
                   wf_link_text(l, left));
    return form;
}

static void link_follow(struct wf_linker *l, struct wf_node *node)
{
    const struct wf_form *form = form_behind(l, node->args[0]);
    const struct wf_field *field = find_field(form, node->word);
    struct wf_suggest suggest = WF_SUGGEST_INIT(node->word);

    if (form && field && field->type != WF_F_ITEMS) {
        become_field(l, node, WF_OP_FOLLOW, field);
        node->present = false;
        return;
    }
    if (field)
        wf_diag_at(l->diags, wf_link_place(l, node), "type",
                   "The table `%s` cannot be read through a link; use a "
                   "rollup.",
                   node->word);
    if (form && !field) {
        offer_fields(&suggest, form->fields);
        say_unknown_part(l, node, &suggest);
    }
    become_any(node);
}

static void link_part(struct wf_linker *l, struct wf_node *node)
{
    const struct wf_node *left = node->args[0];

    if (left->op == WF_OP_TABLE) {
        link_column(l, node);
    } else if (left->type == WF_T_PERSON) {
        link_person(l, node);
    } else if (left->type == WF_T_LINK) {
        link_follow(l, node);
    } else {
        if (!wf_type_is_unknown(left->type))
            wf_diag_at(l->diags, wf_link_place(l, node), "type",
                       "`%s` is %s and has no parts such as `%s`.",
                       wf_link_text(l, left), wf_link_type(l, left->type),
                       node->word);
        become_any(node);
    }
}

/* `doc.x` over the documents of a rollup: a field of the form that takes it. */
static void link_mine(struct wf_linker *l, struct wf_node *node)
{
    const struct wf_form *mine = l->scope->mine;
    const struct wf_field *field = find_field(mine, node->word);
    struct wf_suggest suggest = WF_SUGGEST_INIT(node->word);

    if (field && field->type != WF_F_ITEMS) {
        become_field(l, node, WF_OP_MINE, field);
        node->present = false;
        return;
    }
    if (field) {
        wf_diag_at(l->diags, wf_link_place(l, node), "type",
                   "The table `%s` of the form that takes the rollup cannot be "
                   "read here; name a field outside of tables.",
                   node->word);
    } else {
        offer_fields(&suggest, mine->fields);
        say_unknown_part(l, node, &suggest);
    }
    become_any(node);
}

/* The collect's table whose group `left` names, as in `raters.peers`. */
static const struct wf_field *table_of_group(const struct wf_linker *l,
                                             const struct wf_node *left)
{
    const struct wf_field *table;

    if (left->op != WF_OP_DOT || left->args[0]->op != WF_OP_WORD)
        return NULL;
    table = find_field(l->scope->form, left->args[0]->word);
    return group_of(table, left->word) ? table : NULL;
}

/* `raters.peers.answers`: what one group gave. */
static void link_cell(struct wf_linker *l, struct wf_node *node,
                      const struct wf_field *table)
{
    const struct wf_field *column = find_column(table, node->word);
    struct wf_suggest suggest = WF_SUGGEST_INIT(node->word);

    if (column) {
        node->word = node->args[0]->word;
        node->n_args = 0;
        become_field(l, node, WF_OP_CELL, column);
        node->present = false;
        return;
    }
    offer_fields(&suggest, table->columns);
    say_unknown_part(l, node, &suggest);
    become_any(node);
}

void wf_link_dot(struct wf_linker *l, struct wf_node *node)
{
    struct wf_node *left = node->args[0];
    const char *word = left->op == WF_OP_WORD ? left->word : "";
    const struct wf_field *groups = table_of_group(l, left);

    if (groups) {
        link_cell(l, node, groups);
        return;
    }
    if (wf_streq(word, "settings")) {
        link_setting(l, node);
    } else if (wf_streq(word, "doc")) {
        if (l->scope->mine) {
            link_mine(l, node);
            node->n_args = 0;
            return;
        }
        node->n_args = 0;
        link_document_word(l, node);
    } else {
        wf_link_node(l, left);
        link_part(l, node);
    }
}
