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

/* " FROM …": the people or units that `chain` leads back to from call->me. */
static void add_source(struct wf_who_asking *asking,
                       const struct wf_who_chain *chain);

static void add_set(struct wf_who_asking *asking,
                    const struct wf_who_chain *chain)
{
    struct wf_query *q = asking->query;

    if (!chain) {
        wf_query_bind_int(q, asking->call->me->id);
        return;
    }
    wf_query_add(q, WF_SQL("SELECT "));
    wf_query_add(q, chain->word->gives);
    add_source(asking, chain);
}

static void add_source(struct wf_who_asking *asking,
                       const struct wf_who_chain *chain)
{
    struct wf_query *q = asking->query;

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

static void add_in_set(struct wf_who_asking *asking, struct wf_sql column,
                       const struct wf_who_chain *chain)
{
    struct wf_query *q = asking->query;

    if (chain && asking->way == WF_WHO_BY_ROW) {
        wf_query_add(q, WF_SQL("EXISTS (SELECT 1"));
        add_source(asking, chain);
        wf_query_add(q, WF_SQL(" AND "));
        wf_query_add(q, chain->word->gives);
        wf_query_add(q, WF_SQL(" = "));
        wf_query_add(q, column);
    } else {
        wf_query_add(q, column);
        wf_query_add(q, WF_SQL(" IN ("));
        add_set(asking, chain);
    }
    wf_query_add(q, WF_SQL(")"));
}

/* --- What finds documents */

/* From each of the people on to their documents, one by one, so that whoever
 * wants only some of them has to wait for no more. */
static void find_by(struct wf_who_asking *asking, struct wf_sql column,
                    const struct wf_who_chain *chain)
{
    struct wf_query *q = asking->query;

    wf_query_add(q, WF_SQL(" UNION ALL SELECT f.id FROM "));
    if (chain) {
        wf_query_add(q, WF_SQL("(SELECT "));
        wf_query_add(q, chain->word->gives);
        wf_query_add(q, WF_SQL(" AS one"));
        add_source(asking, chain);
        wf_query_add(q, WF_SQL(") w CROSS JOIN "));
    }
    wf_query_add(q, WF_SQL("document f WHERE "));
    wf_query_add(q, column);
    wf_query_add(q, WF_SQL(" = "));
    if (chain)
        wf_query_add(q, WF_SQL("w.one"));
    else
        wf_query_bind_int(q, asking->call->me->id);
}

/* --- The words of a document */

bool wf_who_ask_owner(struct wf_who_asking *asking, const struct wf_who *who,
                      const struct wf_who_chain *chain, weft_error *err)
{
    (void)who;
    (void)err;
    if (asking->finds)
        find_by(asking, WF_SQL("f.subject"), chain);
    else
        add_in_set(asking, WF_SQL("d.subject"), chain);
    return true;
}

bool wf_who_ask_creator(struct wf_who_asking *asking, const struct wf_who *who,
                        const struct wf_who_chain *chain, weft_error *err)
{
    (void)who;
    (void)err;
    if (asking->finds)
        find_by(asking, WF_SQL("f.creator"), chain);
    else
        add_in_set(asking, WF_SQL("d.creator"), chain);
    return true;
}

/* Whoever was ever asked. */
static void add_seats(struct wf_who_asking *asking,
                      const struct wf_who_chain *chain)
{
    struct wf_query *q = asking->query;

    if (asking->finds)
        wf_query_add(q, WF_SQL(" UNION ALL SELECT s.document FROM seat s"
                               " WHERE "));
    else if (asking->way == WF_WHO_BY_ROW)
        wf_query_add(q, WF_SQL("EXISTS (SELECT 1 FROM seat s WHERE"
                               " s.document = d.id AND "));
    else
        wf_query_add(q, WF_SQL("d.id IN (SELECT s.document FROM seat s"
                               " WHERE "));
    add_in_set(asking, WF_SQL("s.person"), chain);
}

bool wf_who_ask_participants(struct wf_who_asking *asking,
                             const struct wf_who *who,
                             const struct wf_who_chain *chain, weft_error *err)
{
    (void)who;
    (void)err;
    if (asking->finds) {
        find_by(asking, WF_SQL("f.creator"), chain);
        find_by(asking, WF_SQL("f.subject"), chain);
        add_seats(asking, chain);
        return true;
    }
    wf_query_add(asking->query, WF_SQL("("));
    add_in_set(asking, WF_SQL("d.creator"), chain);
    wf_query_add(asking->query, WF_SQL(" OR "));
    add_in_set(asking, WF_SQL("d.subject"), chain);
    wf_query_add(asking->query, WF_SQL(" OR "));
    add_seats(asking, chain);
    wf_query_add(asking->query, WF_SQL("))"));
    return true;
}

/* Person fields are indexed by id, unit fields and names of teams by what
 * they are called. */
static void add_field_texts(struct wf_who_asking *asking,
                            const struct wf_who *who,
                            const struct wf_who_chain *chain)
{
    struct wf_query *q = asking->query;
    enum wf_who_way way = asking->way;

    wf_query_add(q, WF_SQL("i.form = "));
    wf_query_bind_text(q, asking->form->id);
    wf_query_add(q, WF_SQL(" AND i.field = "));
    wf_query_bind_text(q, who->field->path);
    wf_query_add(q, WF_SQL(" AND i.text IN (SELECT "));
    asking->way = WF_WHO_BY_SETS; /* what is called so, from its people on */
    if (who->kind == WF_WHO_TEAM)
        add_in_set(asking, WF_SQL("team FROM team_member WHERE person"), chain);
    else if (who->kind == WF_WHO_UNIT_FIELD)
        add_in_set(asking, WF_SQL("key FROM unit WHERE id"), chain);
    else
        add_in_set(asking, WF_SQL("CAST(id AS TEXT) FROM person WHERE id"),
                   chain);
    asking->way = way;
    wf_query_add(q, WF_SQL(")"));
}

bool wf_who_ask_field(struct wf_who_asking *asking, const struct wf_who *who,
                      const struct wf_who_chain *chain, weft_error *err)
{
    struct wf_query *q = asking->query;

    (void)err;
    assert(asking->form && who->field);
    if (asking->finds) {
        wf_query_add(q, WF_SQL(" UNION ALL SELECT i.document"
                               " FROM field_index i WHERE "));
        add_field_texts(asking, who, chain);
        return true;
    }
    wf_query_add(q, asking->way == WF_WHO_BY_ROW
                        ? WF_SQL("EXISTS (SELECT 1 FROM field_index i WHERE"
                                 " i.document = d.id AND ")
                        : WF_SQL("d.id IN (SELECT i.document FROM field_index i"
                                 " WHERE "));
    add_field_texts(asking, who, chain);
    wf_query_add(q, WF_SQL(")"));
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

    if (asking->finds)
        return add_word(asking, who->arg,
                        wf_who_is_unit(who->arg) ? &role : &unit, err);
    wf_query_add(q, WF_SQL("(EXISTS (SELECT 1 FROM role_grant r"
                           " WHERE r.unit_key = 0 AND r.role = "));
    wf_query_bind_text(q, who->name);
    wf_query_add(q, WF_SQL(" AND r.person IN ("));
    add_set(asking, chain);
    wf_query_add(q, WF_SQL(")) OR "));
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
                  const struct wf_form *form, enum wf_who_way way,
                  struct wf_query *query, weft_error *err)
{
    struct wf_who_asking asking = { call, form, way, false, query };

    if (!call->me || !call->me->active) {
        add_constant(query, false);
        return true;
    }
    return add_condition(&asking, who, err);
}

/* --- Where they are */

/* Whether a role in `who` covers every document, because somebody whom it leads
 * back to holds it everywhere. Of whom that is is asked here only if it is
 * call->me: else it might. */
static bool is_everywhere(struct wf_call *call, const struct wf_who *who,
                          bool outermost, bool *out, weft_error *err)
{
    *out = false;
    if (!who || who->kind != WF_WHO_ROLE || !who->arg)
        return true;
    *out = !outermost;
    return *out
           || wf_role_held(call, call->me->id, who->name, WF_EVERYWHERE, out,
                           err);
}

static bool find_word(struct wf_who_asking *asking, const struct wf_who *who,
                      enum wf_who_reach *reach, weft_error *err)
{
    bool all = false;

    for (const struct wf_who *at = who; at && !all; at = at->arg)
        if (!is_everywhere(asking->call, at, at == who, &all, err))
            return false;
    if (all)
        *reach = WF_WHO_REACHES_ALL;
    return all || add_word(asking, who, NULL, err);
}

static bool find_any(struct wf_who_asking *asking, const struct wf_who *who,
                     enum wf_who_reach *reach, weft_error *err);

/* All of both are among those of either. */
static bool find_both(struct wf_who_asking *asking, const struct wf_who *who,
                      enum wf_who_reach *reach, weft_error *err)
{
    struct wf_query_mark before = wf_query_mark(asking->query);

    if (!find_any(asking, who->left, reach, err))
        return false;
    if (*reach != WF_WHO_REACHES_ALL)
        return true;
    *reach = WF_WHO_REACHES_SOME;
    wf_query_back(asking->query, before);
    return find_any(asking, who->right, reach, err);
}

static bool find_any(struct wf_who_asking *asking, const struct wf_who *who,
                     enum wf_who_reach *reach, weft_error *err)
{
    const struct wf_who_context nowhere = { .call = asking->call };
    bool among;

    if (!wf_who_needs_document(who)) {
        if (!wf_who_includes(&nowhere, who, asking->call->me->id, &among, err))
            return false;
        if (among)
            *reach = WF_WHO_REACHES_ALL;
        return true;
    }
    if (wf_who_word(who->kind))
        return find_word(asking, who, reach, err);
    if (who->kind == WF_WHO_EXCEPT)
        return find_any(asking, who->left, reach, err);
    if (who->kind == WF_WHO_AND)
        return find_both(asking, who, reach, err);
    return find_any(asking, who->left, reach, err)
           && (*reach == WF_WHO_REACHES_ALL
               || find_any(asking, who->right, reach, err));
}

bool wf_who_find(struct wf_call *call, const struct wf_who *who,
                 const struct wf_form *form, struct wf_query *query,
                 enum wf_who_reach *reach, weft_error *err)
{
    struct wf_who_asking asking = { call, form, WF_WHO_BY_SETS, true, query };

    *reach = WF_WHO_REACHES_SOME;
    if (!call->me || !call->me->active)
        return true;
    return find_any(&asking, who, reach, err);
}
