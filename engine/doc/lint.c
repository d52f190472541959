/* doc/lint.c - fields that nobody fills or reads, and things asked twice, found
 * in what documents really hold.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/lint.h"

#include <ctype.h>

#include "base/list.h"
#include "def/diff.h"
#include "doc/covers.h"
#include "doc/fields.h"

static const char SQL_SAMPLE[] = "SELECT data FROM document WHERE form = $1"
                                 " ORDER BY updated DESC LIMIT $2";

/* What is known of one field. */
struct counts {
    const struct wf_field *field;
    int64_t n;      /* documents, of a column rows, that could hold it */
    int64_t filled; /* of them do */
    const struct wf_json *seen[2]; /* values that differ from one another */
    size_t n_seen;
};

struct sample {
    struct wf_call *call;
    const struct wf_form *form;
    struct counts *fields; /* in the order of wf_field_number() */
    size_t n_fields;
    WF_LIST(const struct wf_json *) data;
};

static bool load_sample(struct sample *s, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(s->call->db, SQL_SAMPLE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, s->form->id);
    wf_stmt_bind_int(&q, 2, WF_LINT_DOCUMENTS);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_json *data;

        if (!wf_json_read_stored(s->call->arena, wf_stmt_text(&q, 0), &data,
                                 err))
            return false;
        *WF_PUSH(s->call->arena, &s->data) = data;
    }
    return fetched == WF_FETCH_DONE;
}

/* --- How often each is filled */

static void count_value(struct counts *c, const struct wf_json *value)
{
    c->n++;
    if (wf_json_is_nothing(value))
        return;
    c->filled++;
    for (size_t i = 0; i < c->n_seen; i++)
        if (wf_json_equal(c->seen[i], value))
            return;
    if (c->n_seen < WF_COUNT(c->seen))
        c->seen[c->n_seen++] = value;
}

static void count(struct sample *s, const struct wf_json *data)
{
    for (size_t i = 0; i < s->n_fields; i++) {
        struct counts *c = &s->fields[i];
        const struct wf_json *rows =
            c->field->items ? wf_json_get(data, c->field->items->id) : NULL;

        if (!c->field->items)
            count_value(c, wf_json_get(data, c->field->id));
        for (size_t k = 0; k < wf_json_len(rows); k++)
            count_value(c, wf_json_get(rows->u.array.at[k], c->field->id));
    }
}

/* --- Whether anybody reads it */

static bool has_word(const char *text, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = text ? strstr(text, word) : NULL; at;
         at = strstr(at + 1, word)) {
        bool begins =
            at == text || (!isalnum((unsigned char)at[-1]) && at[-1] != '_');

        if (begins && !isalnum((unsigned char)at[len]) && at[len] != '_')
            return true;
    }
    return false;
}

/* Whom it is asked of, and what it is called, is no reading of it. */
static bool is_reading(const char *name)
{
    static const char *const others[] = { "label",      "help",    "edit",
                                          "fields",     "require", "section",
                                          "placeholder" };

    for (size_t i = 0; i < WF_COUNT(others); i++)
        if (wf_str_starts(name, others[i]))
            return false;
    return true;
}

static bool is_used(struct sample *s, const struct wf_field *field)
{
    struct wf_diff_side side = wf_diff_form(s->call->arena, s->form);
    struct wf_parts parts = { .n = 0 };

    wf_parts_read(s->call->arena, &side, &parts);
    for (size_t i = 0; i < parts.n; i++)
        for (size_t k = 0; k < parts.at[i]->attrs.n; k++) {
            const struct wf_part_attr *attr = &parts.at[i]->attrs.at[k];

            if (is_reading(attr->name) && has_word(attr->value, field->id))
                return true;
        }
    return false;
}

static bool is_shown(const struct wf_form *form, const struct wf_field *field)
{
    for (const struct wf_grant *g = form->access.grants; g; g = g->next)
        if (wf_grant_shows(g, field))
            return true;
    return false;
}

/* --- Findings */

static struct wf_lint *add(struct sample *s, struct wf_lints *out,
                           enum wf_lint_kind kind, const char *path, int64_t n)
{
    struct wf_lint *lint = WF_PUSH(s->call->arena, out);

    *lint = (struct wf_lint){ .kind = kind, .path = path, .n = n };
    return lint;
}

static void judge(struct sample *s, struct wf_lints *out)
{
    for (size_t i = 0; i < s->n_fields; i++) {
        const struct counts *c = &s->fields[i];
        const struct wf_field *f = c->field;

        if (c->n < WF_LINT_LEAST || f->formula || f->rolled)
            continue;
        if (c->filled == 0)
            add(s, out, WF_LINT_UNFILLED, f->path, c->n);
        else if (c->filled >= WF_LINT_LEAST && !is_shown(s->form, f)
                 && !is_used(s, f))
            add(s, out, WF_LINT_UNREAD, f->path, c->filled);
    }
}

/* --- Asked twice */

/* Whose values say enough for being the same not to be by chance. */
static bool may_repeat(const struct counts *c)
{
    switch (c->field->type) {
    case WF_F_BOOLEAN:
    case WF_F_CHOICE:
    case WF_F_RATING:
    case WF_F_ITEMS:
        return false;
    default:
        return !c->field->formula && !c->field->rolled && !c->field->items
               && c->filled >= WF_LINT_LEAST && c->n_seen == WF_COUNT(c->seen);
    }
}

/* In how many documents both are filled; 0 as soon as they differ in one. */
static int64_t n_same(const struct sample *s, const struct wf_field *a,
                      const struct wf_field *b)
{
    int64_t n = 0;

    for (size_t i = 0; i < s->data.n; i++) {
        const struct wf_json *one = wf_json_get(s->data.at[i], a->id);
        const struct wf_json *other = wf_json_get(s->data.at[i], b->id);

        if (wf_json_is_nothing(one) || wf_json_is_nothing(other))
            continue;
        if (!wf_json_equal(one, other))
            return 0;
        n++;
    }
    return n;
}

static void find_twins(struct sample *s, struct wf_lints *out)
{
    for (size_t i = 0; i < s->n_fields; i++)
        for (size_t k = i + 1; may_repeat(&s->fields[i]) && k < s->n_fields;
             k++) {
            const struct wf_field *a = s->fields[i].field;
            const struct wf_field *b = s->fields[k].field;
            int64_t n = 0;

            if (a->type == b->type && may_repeat(&s->fields[k]))
                n = n_same(s, a, b);
            if (n >= WF_LINT_LEAST)
                add(s, out, WF_LINT_TWICE, a->path, n)->other = b->path;
        }
}

bool wf_lint_fields(struct wf_call *call, const struct wf_form *form,
                    struct wf_lints *out, weft_error *err)
{
    struct sample s = { .call = call, .form = form };

    if (!load_sample(&s, err))
        return false;
    s.fields = WF_NEW_N(call->arena, struct counts, form->n_fields);
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        s.fields[s.n_fields++].field = f;
    for (size_t i = 0; i < s.data.n; i++)
        count(&s, s.data.at[i]);
    judge(&s, out);
    find_twins(&s, out);
    return true;
}
