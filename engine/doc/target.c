/* doc/target.c - what lists can be filtered and sorted by: columns of the
 * document, and fields that have index rows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/target.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/covers.h"

static const struct wf_field *subject_of(const struct wf_form *form)
{
    return form->subject;
}

static const struct wf_field *progress_of(const struct wf_form *form)
{
    return form->progress;
}

static const struct wf_field *score_of(const struct wf_form *form)
{
    return form->score;
}

static const struct wf_field *due_of(const struct wf_form *form)
{
    return form->due;
}

static const struct wf_field *period_of(const struct wf_form *form)
{
    return form->period;
}

static const struct wf_field *parent_of(const struct wf_form *form)
{
    return form->parent;
}

/* clang-format off */
static const struct wf_column columns[] = {
    { "form",     WF_TARGET_TEXT,   { "d.form" },     { "d.form" },
      true,  false, NULL },
    { "step",     WF_TARGET_TEXT,   { "d.step" },     { "d.step" },
      true,  false, NULL },
    { "state",    WF_TARGET_TEXT,   { "d.state" },    { "d.state" },
      true,  false, NULL },
    { "subject",  WF_TARGET_PERSON, { "d.subject" },  { "s.pinyin" },
      false, false, subject_of },
    { "creator",  WF_TARGET_PERSON, { "d.creator" },  { "c.pinyin" },
      false, false, NULL },
    /* how bad it is: what nobody watches, green, yellow, red */
    { "health",   WF_TARGET_TEXT,   { "d.health" },
      { "CASE d.health WHEN 'green' THEN '1' WHEN 'yellow' THEN '2'"
        " WHEN 'red' THEN '3' END" },
      false, false, NULL },
    { "progress", WF_TARGET_NUMBER, { "d.progress" }, { "d.progress" },
      false, false, progress_of },
    { "score",    WF_TARGET_NUMBER, { "d.score" },    { "d.score" },
      false, false, score_of },
    { "created",  WF_TARGET_TIME,   { "d.created" },  { "d.created" },
      true,  false, NULL },
    { "updated",  WF_TARGET_TIME,   { "d.updated" },  { "d.updated" },
      true,  false, NULL },
    { "due",      WF_TARGET_TIME,   { "d.due" },      { "d.due" },
      false, true,  due_of },
    { "period",   WF_TARGET_PERIOD, { "d.period" },   { "d.period" },
      false, false, period_of },
    { "parent",   WF_TARGET_TEXT,   { "d.parent" },   { "d.parent" },
      false, false, parent_of },
};
/* clang-format on */

const struct wf_column *wf_column_named(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(columns); i++)
        if (wf_streq(columns[i].name, name))
            return &columns[i];
    return NULL;
}

static bool fields_of_column(const void *self, struct wf_arena *arena,
                             const struct wf_form *version,
                             struct wf_fields *out)
{
    const struct wf_column *column = self;
    const struct wf_field *field =
        column->field ? column->field(version) : NULL;

    if (field)
        *WF_PUSH(arena, out) = field;
    return true;
}

struct wf_ask wf_column_ask(const struct wf_column *column, const char *form)
{
    return (struct wf_ask){ .form = form,
                            .fields = fields_of_column,
                            .self = column };
}

/* Whether there is a document on which call->me sees it. */
static bool is_seen_anywhere(struct wf_call *call, const struct wf_ask *ask,
                             bool *out, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    wf_query_add(&query, WF_SQL("SELECT 1 FROM document d WHERE "));
    if (!wf_ask_add(call, ask, &query, err))
        return false;
    wf_query_add(&query, WF_SQL(" LIMIT 1"));
    if (!wf_query_begin(call->db, &query, &q, err))
        return false;
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

/* Whether some grant shows the field and nothing hides it from anybody. */
static bool is_public(const struct wf_form *form, const struct wf_field *field)
{
    bool shown = false;

    for (const struct wf_hide *h = form->access.hides; h; h = h->next)
        if (wf_hide_covers(h, field))
            return false;
    for (const struct wf_grant *g = form->access.grants; g; g = g->next)
        shown |= wf_grant_shows(g, field);
    return shown && !field->hidden_by_default;
}

/* Whether call->me may know of the field: it is public in a form that they may
 * use, or they see it somewhere. */
static bool may_know(struct wf_call *call, const struct wf_form *form,
                     const struct wf_field *field, const struct wf_ask *ask,
                     bool *out, weft_error *err)
{
    *out = false;
    if (is_public(form, field) && !wf_access_may_see_form(call, form, out, err))
        return false;
    return *out || is_seen_anywhere(call, ask, out, err);
}

static enum wf_target_kind kind_of(const struct wf_field *field)
{
    const struct wf_field_kind *kind = wf_field_kind(field->type);
    enum wf_type type = kind->type == WF_T_LIST ? kind->of : kind->type;

    switch (type) {
    case WF_T_NUMBER:
    case WF_T_BOOLEAN:
        return WF_TARGET_NUMBER;
    case WF_T_PERSON:
        return WF_TARGET_PERSON;
    case WF_T_DATE:
    case WF_T_DATETIME:
        return WF_TARGET_DAY;
    case WF_T_PERIOD:
        return WF_TARGET_PERIOD;
    default:
        return WF_TARGET_TEXT;
    }
}

static bool find_field(struct wf_call *call, const char *form, const char *name,
                       struct wf_target *out, weft_error *err)
{
    const struct wf_form *live =
        form ? wf_registry_form(call->registry, form) : NULL;
    const struct wf_field *field = live ? wf_form_field(live, name) : NULL;
    bool seen = false;

    if (!field || !field->index)
        return true;
    out->ask = wf_ask_field(form, field->path);
    if (!may_know(call, live, field, &out->ask, &seen, err))
        return false;
    if (!seen)
        return true;
    out->field = field;
    out->kind = kind_of(field);
    out->many = field->items || wf_field_kind(field->type)->type == WF_T_LIST;
    return true;
}

bool wf_target_find(struct wf_call *call, const char *form, const char *name,
                    struct wf_target *out, weft_error *err)
{
    *out = (struct wf_target){ .column = wf_column_named(name) };
    if (out->column) {
        out->kind = out->column->kind;
        out->ask = wf_column_ask(out->column, form);
    } else if (!find_field(call, form, name, out, err)) {
        return false;
    }
    if (!out->column && !out->field)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "Lists are not filtered or sorted by %s: take a field "
                       "of the form with index=\"true\", or form, step, state, "
                       "subject, creator, health, progress, score, created, "
                       "updated, due.",
                       name);
    return wf_ask_is_open(call, &out->ask, &out->open, err);
}
