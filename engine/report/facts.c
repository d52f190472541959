/* report/facts.c - facts as columns of one query.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/facts.h"

#include <string.h>

#include "base/date.h"

/* --- Taking them out of an expression */

static bool same_fact(const struct wf_fact *a, const struct wf_fact *b)
{
    struct wf_fact left, right;

    if (a->kind != b->kind || a->name != b->name || a->field != b->field
        || a->part != b->part || !wf_streq(a->word, b->word)
        || !a->of != !b->of)
        return false;
    if (!a->of)
        return true;
    return wf_fact_of(a->of, &left) && wf_fact_of(b->of, &right)
           && same_fact(&left, &right);
}

static struct wf_fact_column *column_of(struct wf_facts *facts,
                                        const struct wf_fact *fact)
{
    struct wf_arena *arena = facts->call->arena;
    struct wf_fact_column *column;

    for (size_t i = 0; i < facts->columns.n; i++)
        if (same_fact(&facts->columns.at[i]->fact, fact))
            return facts->columns.at[i];
    column = WF_NEW(arena, struct wf_fact_column);
    column->fact = *fact;
    *WF_PUSH(arena, &facts->columns) = column;
    return column;
}

static struct wf_node *copy(struct wf_facts *facts, const struct wf_node *node)
{
    struct wf_arena *arena = facts->call->arena;
    struct wf_node *made = WF_NEW(arena, struct wf_node);
    struct wf_fact fact;

    *made = *node;
    if (wf_fact_of(node, &fact)) {
        made->op = WF_OP_CONST;
        made->n_args = 0;
        *WF_PUSH(arena, &column_of(facts, &fact)->nodes) = made;
        return made;
    }
    made->args = WF_NEW_N(arena, struct wf_node *, node->n_args);
    for (size_t i = 0; i < node->n_args; i++)
        made->args[i] = copy(facts, node->args[i]);
    return made;
}

struct wf_expr *wf_facts_take(struct wf_facts *facts,
                              const struct wf_expr *expr)
{
    struct wf_expr *made = WF_NEW(facts->call->arena, struct wf_expr);

    *made = *expr;
    made->root = copy(facts, expr->root);
    return made;
}

struct wf_fact_column *wf_facts_field(struct wf_facts *facts,
                                      const struct wf_field *field)
{
    const struct wf_fact fact = { .kind = WF_FACT_FIELD,
                                  .type = wf_field_kind(field->type)->type,
                                  .field = field };

    return column_of(facts, &fact);
}

struct wf_fact_column *wf_facts_name(struct wf_facts *facts, enum wf_name name)
{
    const struct wf_fact fact = {
        .kind = WF_FACT_NAME,
        .type = name == WF_NAME_CREATOR ? WF_T_PERSON : WF_T_TEXT,
        .name = name,
    };

    return column_of(facts, &fact);
}

void wf_fields_join(struct wf_arena *arena, struct wf_fields *fields,
                    const struct wf_field *field)
{
    for (size_t i = 0; i < fields->n; i++)
        if (fields->at[i] == field)
            return;
    *WF_PUSH(arena, fields) = field;
}

void wf_facts_fields(const struct wf_facts *facts, struct wf_fields *out)
{
    for (size_t i = 0; i < facts->columns.n; i++) {
        const struct wf_fact *fact = &facts->columns.at[i]->fact;
        struct wf_fact of;

        if (fact->field)
            wf_fields_join(facts->call->arena, out, fact->field);
        if (fact->of && wf_fact_of(fact->of, &of) && of.field)
            wf_fields_join(facts->call->arena, out, of.field);
    }
}

/* --- SQL */

static bool is_number(enum wf_type type)
{
    return type == WF_T_NUMBER || type == WF_T_BOOLEAN;
}

/* The worst level that was lit then ("red" sorts before "yellow"); what no
 * alert looks at, and never did, has none. A document has few episodes, a kind
 * has all: the index of the latter is kept out of it. */
static void add_health_then(struct wf_query *query)
{
    wf_query_add(query,
                 WF_SQL("coalesce((SELECT MIN(e.colour) FROM alert_episode e"
                        " WHERE e.document = d.id AND e.kind || '' = 'alert'"
                        " AND e.begun <= p.until AND (e.ended IS NULL OR"
                        " e.ended > p.until)), CASE WHEN d.state = 'open' AND"
                        " d.health IS NULL THEN NULL ELSE 'green' END)"));
}

static void add_name(const struct wf_facts *facts, enum wf_name name,
                     struct wf_query *query)
{
    switch (name) {
    case WF_NAME_FORM:
        wf_query_add(query, WF_SQL("d.form"));
        break;
    case WF_NAME_VERSION:
        wf_query_add(query, WF_SQL("d.version"));
        break;
    case WF_NAME_STEP:
        wf_query_add(query, WF_SQL("d.step"));
        break;
    case WF_NAME_STATE:
        wf_query_add(query, WF_SQL("d.state"));
        break;
    case WF_NAME_LEVEL:
        wf_query_add(query, WF_SQL("d.level"));
        break;
    case WF_NAME_HEALTH:
        if (facts->then)
            add_health_then(query);
        else
            wf_query_add(query, WF_SQL("d.health"));
        break;
    case WF_NAME_CREATOR:
        wf_query_add(query, WF_SQL("d.creator"));
        break;
    case WF_NAME_UPDATED:
        wf_query_add(query, WF_SQL("d.updated"));
        break;
    default:
        wf_query_add(query, WF_SQL("d.created"));
    }
}

/* Its only index row. */
static void add_row(enum wf_type type, const struct wf_field *field,
                    struct wf_query *query)
{
    wf_query_add(query, is_number(type)
                            ? WF_SQL("(SELECT num FROM field_index WHERE")
                            : WF_SQL("(SELECT text FROM field_index WHERE"));
    wf_query_add(query, WF_SQL(" document = d.id AND row = 0 AND field = "));
    wf_query_bind_text(query, field->path);
    wf_query_add(query, WF_SQL(")"));
}

static void add_field(const struct wf_facts *facts, enum wf_type type,
                      const struct wf_field *field, struct wf_query *query)
{
    const struct wf_form *form = facts->form;

    if (field == form->subject)
        wf_query_add(query, WF_SQL("d.subject"));
    else if (field == form->period)
        wf_query_add(query, WF_SQL("d.period"));
    else if (field == form->progress)
        wf_query_add(query, WF_SQL("d.progress"));
    else if (field == form->score && is_number(type))
        wf_query_add(query, WF_SQL("d.score"));
    else if (type == WF_T_PERSON) {
        wf_query_add(query, WF_SQL("CAST("));
        add_row(type, field, query);
        wf_query_add(query, WF_SQL(" AS BIGINT)"));
    } else
        add_row(type, field, query);
}

static void add_part(const struct wf_facts *facts, const struct wf_fact *fact,
                     struct wf_query *query)
{
    static const struct wf_sql parts[] = {
        [WF_PERSON_LOGIN] = { "(SELECT login FROM person WHERE id = " },
        [WF_PERSON_NAME] = { "(SELECT name FROM person WHERE id = " },
        [WF_PERSON_UNIT] = { "(SELECT unit FROM person WHERE id = " },
        [WF_PERSON_GRADE] = { "(SELECT grade FROM person WHERE id = " },
        [WF_PERSON_TITLE] = { "(SELECT title FROM person WHERE id = " },
        [WF_PERSON_MANAGER] = { "(SELECT manager FROM person WHERE id = " },
    };
    struct wf_fact of;

    if (!wf_fact_of(fact->of, &of))
        return;
    wf_query_add(query, parts[fact->part]);
    wf_fact_add(facts, &of, query);
    wf_query_add(query, WF_SQL(")"));
}

static void add_has(const struct wf_fact *fact, struct wf_query *query)
{
    wf_query_add(query, WF_SQL("CASE WHEN EXISTS (SELECT 1 FROM field_index"
                               " WHERE document = d.id AND field = "));
    wf_query_bind_text(query, fact->field->path);
    wf_query_add(query, WF_SQL(" AND text = "));
    wf_query_bind_text(query, fact->word);
    wf_query_add(query, WF_SQL(") THEN 1 ELSE 0 END"));
}

void wf_fact_add(const struct wf_facts *facts, const struct wf_fact *fact,
                 struct wf_query *query)
{
    switch (fact->kind) {
    case WF_FACT_NAME:
        add_name(facts, fact->name, query);
        break;
    case WF_FACT_FIELD:
        add_field(facts, fact->type, fact->field, query);
        break;
    case WF_FACT_PERSON:
        add_part(facts, fact, query);
        break;
    case WF_FACT_HAS:
        add_has(fact, query);
        break;
    }
}

void wf_facts_add(const struct wf_facts *facts, struct wf_query *query)
{
    for (size_t i = 0; i < facts->columns.n; i++) {
        wf_fact_add(facts, &facts->columns.at[i]->fact, query);
        wf_query_add(query, WF_SQL(", "));
    }
}

/* --- Values */

static struct wf_value text_value(struct wf_arena *arena, enum wf_type type,
                                  const char *text)
{
    return text ? wf_value_text(arena, type, text) : wf_value_nil;
}

static struct wf_value time_value(struct wf_arena *arena, int64_t ms)
{
    char text[WF_TIME_TEXT];

    wf_time_write(ms, text);
    return wf_value_text(arena, WF_T_DATETIME, text);
}

static struct wf_value person_value(struct wf_arena *arena, wf_id id)
{
    char text[WF_ID_TEXT];

    wf_id_write(id, text);
    return wf_value_text(arena, WF_T_PERSON, text);
}

static bool is_unit_part(const struct wf_fact *fact)
{
    return fact->kind == WF_FACT_PERSON && fact->part == WF_PERSON_UNIT;
}

static struct wf_value unit_value(const struct wf_facts *facts,
                                  struct wf_arena *arena, wf_id id)
{
    const struct wf_unit_node *unit = wf_idmap_find(&facts->units->ids, id);

    return text_value(arena, WF_T_UNIT, unit ? unit->key : NULL);
}

static struct wf_value read_value(const struct wf_facts *facts,
                                  const struct wf_fact *fact,
                                  struct wf_stmt *row, int at,
                                  struct wf_arena *arena)
{
    if (wf_stmt_is_null(row, at))
        return wf_value_nil;
    if (is_unit_part(fact))
        return unit_value(facts, arena, wf_stmt_int(row, at));
    if (fact->kind == WF_FACT_NAME && fact->name == WF_NAME_VERSION)
        return wf_value_number((double)wf_stmt_int(row, at));
    if (fact->kind == WF_FACT_HAS)
        return wf_value_boolean(wf_stmt_int(row, at) == 1);
    switch (fact->type) {
    case WF_T_NUMBER:
        return wf_value_number(wf_stmt_real(row, at));
    case WF_T_BOOLEAN:
        return wf_value_boolean(wf_stmt_real(row, at) > 0);
    case WF_T_PERSON:
        return person_value(arena, wf_stmt_int(row, at));
    case WF_T_DATETIME:
        if (fact->kind == WF_FACT_NAME)
            return time_value(arena, wf_stmt_int(row, at));
        break;
    default:
        break;
    }
    return text_value(arena, fact->type, wf_stmt_text(row, at));
}

void wf_facts_read(struct wf_facts *facts, struct wf_stmt *row,
                   struct wf_arena *arena)
{
    for (size_t i = 0; i < facts->columns.n; i++) {
        struct wf_fact_column *column = facts->columns.at[i];

        column->value = read_value(facts, &column->fact, row, (int)i, arena);
        for (size_t k = 0; k < column->nodes.n; k++)
            column->nodes.at[k]->value = column->value;
    }
}
