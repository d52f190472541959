/* org/who_query.c - the second reading: the documents of a person.
 *
 * What does not depend on the document is decided here and now and enters the
 * condition as true or false. The rest compares columns and index rows of the
 * document with subqueries that do not depend on it, so that a store runs each
 * once and may begin with it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "def/form.h"
#include "org/who_words.h"

/* The people or units that `chain` leads back to from call->me. */
static void add_set(struct wf_who_asking *asking,
                    const struct wf_who_chain *chain)
{
    struct wf_query *q = asking->query;

    if (!chain) {
        wf_query_bind_int(q, asking->call->me->id);
        return;
    }
    wf_query_add(q, chain->word->backward);
    add_set(asking, chain->outer);
    wf_query_add(q, WF_SQL(")"));
    if (chain->word->parameters == WF_WHO_LEVELS) {
        wf_query_add(q, WF_SQL(" AND distance BETWEEN "));
        wf_query_bind_int(q, wf_who_distance(chain->word->low, chain->who));
        wf_query_add(q, WF_SQL(" AND "));
        wf_query_bind_int(q, wf_who_distance(chain->word->high, chain->who));
    } else if (chain->word->parameters == WF_WHO_NAME) {
        wf_query_add(q, WF_SQL(" AND g.role = "));
        wf_query_bind_text(q, chain->who->name);
    }
}

static bool add_in_set(struct wf_who_asking *asking, struct wf_sql column,
                       const struct wf_who_chain *chain)
{
    wf_query_add(asking->query, column);
    wf_query_add(asking->query, WF_SQL(" IN ("));
    add_set(asking, chain);
    wf_query_add(asking->query, WF_SQL(")"));
    return true;
}

bool wf_who_ask_owner(struct wf_who_asking *asking, const struct wf_who *who,
                      const struct wf_who_chain *chain, weft_error *err)
{
    (void)who;
    (void)err;
    return add_in_set(asking, WF_SQL("d.subject"), chain);
}

bool wf_who_ask_creator(struct wf_who_asking *asking, const struct wf_who *who,
                        const struct wf_who_chain *chain, weft_error *err)
{
    (void)who;
    (void)err;
    return add_in_set(asking, WF_SQL("d.creator"), chain);
}

bool wf_who_ask_participants(struct wf_who_asking *asking,
                             const struct wf_who *who,
                             const struct wf_who_chain *chain, weft_error *err)
{
    (void)who;
    (void)err;
    wf_query_add(asking->query, WF_SQL("("));
    add_in_set(asking, WF_SQL("d.creator"), chain);
    add_in_set(asking, WF_SQL(" OR d.subject"), chain);
    wf_query_add(asking->query, WF_SQL(" OR d.id IN (SELECT document FROM seat"
                                       " WHERE "));
    add_in_set(asking, WF_SQL("person"), chain);
    wf_query_add(asking->query, WF_SQL("))"));
    return true;
}

/* Person fields are indexed by id, unit fields and names of teams by what
 * they are called. */
bool wf_who_ask_field(struct wf_who_asking *asking, const struct wf_who *who,
                      const struct wf_who_chain *chain, weft_error *err)
{
    struct wf_query *q = asking->query;

    (void)err;
    assert(asking->form && who->field);
    wf_query_add(q, WF_SQL("d.id IN (SELECT document FROM field_index"
                           " WHERE form = "));
    wf_query_bind_text(q, asking->form->id);
    wf_query_add(q, WF_SQL(" AND field = "));
    wf_query_bind_text(q, who->field->path);
    wf_query_add(q, WF_SQL(" AND text IN (SELECT "));
    if (who->kind == WF_WHO_TEAM)
        add_in_set(asking, WF_SQL("team FROM team_member WHERE person"), chain);
    else if (who->kind == WF_WHO_UNIT_FIELD)
        add_in_set(asking, WF_SQL("key FROM unit WHERE id"), chain);
    else
        add_in_set(asking, WF_SQL("CAST(id AS TEXT) FROM person WHERE id"),
                   chain);
    wf_query_add(q, WF_SQL("))"));
    return true;
}

static bool add_word(struct wf_who_asking *asking, const struct wf_who *who,
                     const struct wf_who_chain *chain, weft_error *err)
{
    const struct wf_who_word *word = wf_who_word(who->kind);
    struct wf_who_chain inner = { word, who, chain };

    assert(word); /* operators stand outside of words only */
    return word->ask ? word->ask(asking, who, chain, err)
                     : add_word(asking, who->arg, &inner, err);
}

/* Whoever holds the role everywhere covers every document. */
bool wf_who_ask_role(struct wf_who_asking *asking, const struct wf_who *who,
                     const struct wf_who_chain *chain, weft_error *err)
{
    struct wf_query *q = asking->query;
    struct wf_who_chain role = { wf_who_word(WF_WHO_ROLE), who, chain };
    struct wf_who_chain unit = { wf_who_word(WF_WHO_UNIT_OF), NULL, &role };

    wf_query_add(q, WF_SQL("(EXISTS (SELECT 1 FROM role_grant"
                           " WHERE unit_key = 0 AND role = "));
    wf_query_bind_text(q, who->name);
    add_in_set(asking, WF_SQL(" AND person"), chain);
    wf_query_add(q, WF_SQL(") OR "));
    if (!add_word(asking, who->arg, wf_who_is_unit(who->arg) ? &role : &unit,
                  err))
        return false;
    wf_query_add(q, WF_SQL(")"));
    return true;
}

static void add_constant(struct wf_query *query, bool value)
{
    wf_query_add(query, value ? WF_SQL("1 = 1") : WF_SQL("1 = 0"));
}

static bool add_condition(struct wf_who_asking *asking,
                          const struct wf_who *who, weft_error *err);

/* A comparison with NULL is neither true nor false; `except` takes it, like
 * false, for not among them. */
static bool add_operator(struct wf_who_asking *asking, const struct wf_who *who,
                         weft_error *err)
{
    struct wf_query *q = asking->query;
    bool is_except = who->kind == WF_WHO_EXCEPT;

    wf_query_add(q, WF_SQL("("));
    if (!add_condition(asking, who->left, err))
        return false;
    wf_query_add(q, who->kind == WF_WHO_OR ? WF_SQL(" OR ") : WF_SQL(" AND "));
    if (is_except)
        wf_query_add(q, WF_SQL("CASE WHEN "));
    if (!add_condition(asking, who->right, err))
        return false;
    if (is_except)
        wf_query_add(q, WF_SQL(" THEN 0 ELSE 1 END = 1"));
    wf_query_add(q, WF_SQL(")"));
    return true;
}

static bool add_condition(struct wf_who_asking *asking,
                          const struct wf_who *who, weft_error *err)
{
    const struct wf_who_context nowhere = { .call = asking->call };
    bool among;

    if (!wf_who_needs_document(who)) {
        if (!wf_who_includes(&nowhere, who, asking->call->me->id, &among, err))
            return false;
        add_constant(asking->query, among);
        return true;
    }
    return wf_who_word(who->kind) ? add_word(asking, who, NULL, err)
                                  : add_operator(asking, who, err);
}

bool wf_who_query(struct wf_call *call, const struct wf_who *who,
                  const struct wf_form *form, struct wf_query *query,
                  weft_error *err)
{
    struct wf_who_asking asking = { call, form, query };

    if (!call->me || !call->me->active) {
        add_constant(query, false);
        return true;
    }
    return add_condition(&asking, who, err);
}
