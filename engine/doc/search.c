/* doc/search.c - full text in lists: words are looked for only in fields that
 * the asker sees.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/search.h"

#include "base/list.h"
#include "base/text.h"
#include "doc/fields.h"
#include "doc/index.h"
#include "doc/listing.h"

/* One search being written. */
struct searching {
    struct wf_call *call;
    const char *tokens;
    struct wf_query *query;
};

static void add_hits(const struct searching *s)
{
    wf_query_add(s->query,
                 WF_SQL("d.id IN (SELECT document FROM search WHERE "));
    wf_search_match(s->call->db, s->query, s->tokens);
    wf_query_add(s->query, WF_SQL(" AND field "));
}

/* Fields that whoever reads the document sees: one look for all of them. */
static void add_open(const struct searching *s, const struct wf_fields *open)
{
    if (open->n == 0) {
        wf_query_add(s->query, WF_SQL("1 = 0"));
        return;
    }
    add_hits(s);
    for (size_t i = 0; i < open->n; i++) {
        wf_query_add(s->query, i == 0 ? WF_SQL("IN (") : WF_SQL(", "));
        wf_query_bind_text(s->query, open->at[i]->path);
    }
    wf_query_add(s->query, WF_SQL("))"));
}

static bool add_closed(const struct searching *s, const struct wf_form *form,
                       const struct wf_field *field, weft_error *err)
{
    const struct wf_ask ask = wf_ask_field(form->id, field->path);

    wf_query_add(s->query, WF_SQL(" OR ("));
    add_hits(s);
    wf_query_add(s->query, WF_SQL("= "));
    wf_query_bind_text(s->query, field->path);
    wf_query_add(s->query, WF_SQL(") AND "));
    if (!wf_ask_add(s->call, &ask, s->query, err))
        return false;
    wf_query_add(s->query, WF_SQL(")"));
    return true;
}

static bool add_form(const struct searching *s, const struct wf_form *form,
                     weft_error *err)
{
    struct wf_fields open = { 0 }, closed = { 0 };

    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f)) {
        const struct wf_ask ask = wf_ask_field(form->id, f->path);
        bool is_open;

        if (!wf_field_has_words(f))
            continue;
        if (!wf_ask_is_open(s->call, &ask, &is_open, err))
            return false;
        *WF_PUSH(s->call->arena, is_open ? &open : &closed) = f;
    }
    wf_query_add(s->query, WF_SQL("(d.form = "));
    wf_query_bind_text(s->query, form->id);
    wf_query_add(s->query, WF_SQL(" AND ("));
    add_open(s, &open);
    for (size_t i = 0; i < closed.n; i++)
        if (!add_closed(s, form, closed.at[i], err))
            return false;
    wf_query_add(s->query, WF_SQL("))"));
    return true;
}

bool wf_search_add(struct wf_call *call, const char *form, const char *search,
                   struct wf_query *query, weft_error *err)
{
    struct wf_buf tokens = WF_BUF_INIT(call->arena);
    struct searching s = { call, NULL, query };
    struct wf_forms forms = { 0 };

    wf_text_tokens(&tokens, search, strlen(search));
    s.tokens = wf_buf_text(&tokens);
    wf_ask_forms(call, form, &forms);
    wf_query_add(query, forms.n ? WF_SQL(" AND (") : WF_SQL(" AND (1 = 0"));
    for (size_t i = 0; i < forms.n; i++) {
        if (i > 0)
            wf_query_add(query, WF_SQL(" OR "));
        if (!add_form(&s, forms.at[i], err))
            return false;
    }
    wf_query_add(query, WF_SQL(")"));
    return true;
}
