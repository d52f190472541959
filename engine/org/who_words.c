/* org/who_words.c - the table of words, and what each stands for.
 *
 * Whom a statement gives is not asked whether they are active: the last step
 * does that for all words alike. Where many come out, and most that are not
 * active would be among them, the statement leaves them out itself, both ways.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/who_words.h"

#include "base/error.h"
#include "base/list.h"
#include "def/form.h"

/* --- Relations between people. A line to a dotted manager that still holds
 * has no end. */

static const char SQL_UP[] =
    "SELECT above FROM person_above"
    " WHERE person = $1 AND distance BETWEEN $2 AND $3 ORDER BY distance";
static const char SQL_IS_UP[] =
    "SELECT 1 FROM person_above"
    " WHERE person = $1 AND above = $2 AND distance BETWEEN $3 AND $4";

static const char SQL_DOWN[] =
    "SELECT a.person FROM person_above a JOIN person p ON p.id = a.person"
    " WHERE a.above = $1 AND a.distance BETWEEN $2 AND $3"
    " ORDER BY a.distance, p.login";
static const char SQL_IS_DOWN[] =
    "SELECT 1 FROM person_above"
    " WHERE above = $1 AND person = $2 AND distance BETWEEN $3 AND $4";

static const char SQL_DOTTED[] =
    "SELECT l.above FROM line l JOIN person p ON p.id = l.above"
    " WHERE l.person = $1 AND l.kind = 'dotted' AND l.until = '9999-12-31'"
    " ORDER BY p.login";
static const char SQL_IS_DOTTED[] =
    "SELECT 1 FROM line"
    " WHERE person = $1 AND kind = 'dotted' AND above = $2"
    " AND until = '9999-12-31'";

static const char SQL_PEERS[] =
    "SELECT b.id FROM person a"
    " JOIN person b ON b.manager = a.manager AND b.id <> a.id"
    " WHERE a.id = $1 ORDER BY b.login";
static const char SQL_IS_PEER[] =
    "SELECT 1 FROM person a"
    " JOIN person b ON b.manager = a.manager AND b.id <> a.id"
    " WHERE a.id = $1 AND b.id = $2";

/* --- Relations with units. A role that is held everywhere covers every unit,
 * and those who have none. */

static const char SQL_UNIT[] =
    "SELECT unit FROM person WHERE id = $1 AND unit IS NOT NULL";
static const char SQL_IS_UNIT[] =
    "SELECT 1 FROM person WHERE id = $1 AND unit = $2";

static const char SQL_HEAD[] =
    "SELECT head FROM unit WHERE id = $1 AND head IS NOT NULL";
static const char SQL_IS_HEAD[] =
    "SELECT 1 FROM unit WHERE id = $1 AND head = $2";

static const char SQL_HEADS[] =
    "SELECT DISTINCT p.id, p.login FROM unit_above a"
    " JOIN unit u ON u.id = a.unit JOIN person p ON p.id = u.head"
    " WHERE a.above = $1 ORDER BY p.login";
static const char SQL_IS_ONE_HEAD[] =
    "SELECT 1 FROM unit u JOIN unit_above a ON a.unit = u.id"
    " WHERE a.above = $1 AND u.head = $2";

static const char SQL_MEMBERS[] =
    "SELECT p.id FROM unit_above a JOIN person p ON p.unit = a.unit"
    " WHERE a.above = $1 AND p.active = 1 ORDER BY p.login";
static const char SQL_IS_MEMBER[] =
    "SELECT 1 FROM person p JOIN unit_above a ON a.unit = p.unit"
    " WHERE a.above = $1 AND p.id = $2 AND p.active = 1";

static const char SQL_COVERS[] =
    "SELECT DISTINCT p.id, p.login FROM role_grant g"
    " JOIN person p ON p.id = g.person WHERE g.role = $2 AND (g.unit_key = 0"
    " OR g.unit_key IN (SELECT above FROM unit_above WHERE unit = $1))"
    " ORDER BY p.login";

/* --- Words that stand for themselves. */

static const char SQL_EVERYONE[] =
    "SELECT id FROM person WHERE active = 1 AND service = 0 ORDER BY login";
static const char SQL_IN_TEAM[] =
    "SELECT t.person FROM team_member t JOIN person p ON p.id = t.person"
    " WHERE t.team = $1 ORDER BY p.login";
static const char SQL_SEATS[] =
    "SELECT DISTINCT person FROM seat WHERE document = $1 ORDER BY person";
static const char SQL_ROLE[] =
    "SELECT DISTINCT p.id, p.login FROM role_grant g"
    " JOIN person p ON p.id = g.person WHERE g.role = $1 ORDER BY p.login";

/* Adds the ids that `q`, whose parameters are bound, gives. */
static bool collect(struct wf_call *call, struct wf_stmt *q,
                    struct wf_idset *out, weft_error *err)
{
    enum wf_fetch step;

    while ((step = wf_stmt_step(q, err)) == WF_FETCH_ROW)
        wf_idset_add(call->arena, out, wf_stmt_int(q, 0));
    return step == WF_FETCH_DONE;
}

static bool collect_named(struct wf_call *call, const char *sql,
                          const char *name, struct wf_idset *out,
                          weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, name);
    return collect(call, &q, out, err);
}

/* --- Fields. */

typedef WF_LIST(const char *) texts;

static void add_texts(struct wf_arena *arena, const struct wf_json *json,
                      texts *out)
{
    if (wf_json_str(json))
        *WF_PUSH(arena, out) = wf_json_str(json);
    if (!wf_json_is(json, WF_JSON_ARRAY))
        return;
    for (size_t i = 0; i < json->u.array.n; i++)
        if (wf_json_str(json->u.array.at[i]))
            *WF_PUSH(arena, out) = wf_json_str(json->u.array.at[i]);
}

/* The texts that the document has in `field`; of a column, in all rows. */
static texts field_texts(const struct wf_who_context *context,
                         const struct wf_field *field)
{
    struct wf_arena *arena = context->call->arena;
    const struct wf_json *rows;
    texts found = { 0 };

    if (!context->doc || !context->doc->data)
        return found;
    if (!field->items) {
        add_texts(arena, wf_json_get(context->doc->data, field->id), &found);
        return found;
    }
    rows = wf_json_get(context->doc->data, field->items->id);
    for (size_t i = 0; wf_json_is(rows, WF_JSON_ARRAY) && i < rows->u.array.n;
         i++)
        if (wf_json_is(rows->u.array.at[i], WF_JSON_OBJECT))
            add_texts(arena, wf_json_get(rows->u.array.at[i], field->id),
                      &found);
    return found;
}

static bool start_field(const struct wf_who_context *context,
                        const struct wf_who *who, struct wf_idset *out,
                        weft_error *err)
{
    texts ids = field_texts(context, who->field);
    wf_id id;

    (void)err;
    for (size_t i = 0; i < ids.n; i++)
        if (wf_id_parse(wf_str_of(ids.at[i]), &id))
            wf_idset_add(context->call->arena, out, id);
    return true;
}

static bool start_team(const struct wf_who_context *context,
                       const struct wf_who *who, struct wf_idset *out,
                       weft_error *err)
{
    texts teams = { 0 };

    if (who->field)
        teams = field_texts(context, who->field);
    else
        *WF_PUSH(context->call->arena, &teams) = who->name;
    for (size_t i = 0; i < teams.n; i++)
        if (!collect_named(context->call, SQL_IN_TEAM, teams.at[i], out, err))
            return false;
    return true;
}

static bool add_unit(struct wf_call *call, const char *key,
                     struct wf_idset *out, weft_error *err)
{
    struct wf_unit unit;
    bool found;

    if (!wf_unit_find(call, key, &unit, &found, err))
        return false;
    if (found)
        wf_idset_add(call->arena, out, unit.id);
    return true;
}

static bool start_unit_field(const struct wf_who_context *context,
                             const struct wf_who *who, struct wf_idset *out,
                             weft_error *err)
{
    texts keys = field_texts(context, who->field);

    for (size_t i = 0; i < keys.n; i++)
        if (!add_unit(context->call, keys.at[i], out, err))
            return false;
    return true;
}

static bool start_unit_key(const struct wf_who_context *context,
                           const struct wf_who *who, struct wf_idset *out,
                           weft_error *err)
{
    return add_unit(context->call, who->name, out, err);
}

/* --- People. */

static bool start_owner(const struct wf_who_context *context,
                        const struct wf_who *who, struct wf_idset *out,
                        weft_error *err)
{
    (void)who;
    (void)err;
    if (context->doc)
        wf_idset_add(context->call->arena, out, context->doc->subject);
    return true;
}

static bool start_creator(const struct wf_who_context *context,
                          const struct wf_who *who, struct wf_idset *out,
                          weft_error *err)
{
    (void)who;
    (void)err;
    if (context->doc)
        wf_idset_add(context->call->arena, out, context->doc->creator);
    return true;
}

static bool start_me(const struct wf_who_context *context,
                     const struct wf_who *who, struct wf_idset *out,
                     weft_error *err)
{
    (void)who;
    (void)err;
    if (context->call->me)
        wf_idset_add(context->call->arena, out, context->call->me->id);
    return true;
}

static bool start_participants(const struct wf_who_context *context,
                               const struct wf_who *who, struct wf_idset *out,
                               weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_call *call = context->call;

    if (!start_creator(context, who, out, err)
        || !start_owner(context, who, out, err))
        return false;
    if (!context->doc || !context->doc->id)
        return true;
    if (!wf_stmt_begin(call->db, SQL_SEATS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, context->doc->id);
    return collect(call, &q, out, err);
}

static bool start_person(const struct wf_who_context *context,
                         const struct wf_who *who, struct wf_idset *out,
                         weft_error *err)
{
    struct wf_call *call = context->call;
    const struct wf_person *person;

    if (!wf_person_named(call, wf_json_text(call->arena, who->name), &person,
                         err))
        return false;
    wf_idset_add(call->arena, out, person ? person->id : 0);
    return true;
}

static bool start_everyone(const struct wf_who_context *context,
                           const struct wf_who *who, struct wf_idset *out,
                           weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    (void)who;
    return wf_stmt_begin(context->call->db, SQL_EVERYONE, &q, err)
           && collect(context->call, &q, out, err);
}

/* Only active people are asked about; programs are none. */
static bool includes_everyone(const struct wf_who_context *context,
                              const struct wf_who *who, wf_id person, bool *out,
                              weft_error *err)
{
    const struct wf_person *found;

    (void)who;
    if (!wf_person_find(context->call, person, &found, err))
        return false;
    *out = found && !found->service;
    return true;
}

/* --- Roles. */

static bool collect_covering(struct wf_call *call, const char *role, wf_id unit,
                             struct wf_idset *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_COVERS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, unit);
    wf_stmt_bind_text(&q, 2, role);
    return collect(call, &q, out, err);
}

/* The units that role(R, X) is about. */
static bool scope_units(const struct wf_who_context *context,
                        const struct wf_who *scope, struct wf_idset *out,
                        weft_error *err)
{
    struct wf_who unit = { .kind = WF_WHO_UNIT_OF, .arg = scope };

    return wf_who_evaluate(context, wf_who_is_unit(scope) ? scope : &unit, out,
                           err);
}

static bool start_role(const struct wf_who_context *context,
                       const struct wf_who *who, struct wf_idset *out,
                       weft_error *err)
{
    struct wf_call *call = context->call;
    struct wf_idset units = { 0 };

    if (!who->arg)
        return collect_named(call, SQL_ROLE, who->name, out, err);
    if (!scope_units(context, who->arg, &units, err))
        return false;
    if (!units.n)
        return collect_covering(call, who->name, 0, out, err);
    for (size_t i = 0; i < units.n; i++)
        if (!collect_covering(call, who->name, units.at[i], out, err))
            return false;
    return true;
}

/* Most people hold no role at all, which is told without looking where. */
static bool includes_role(const struct wf_who_context *context,
                          const struct wf_who *who, wf_id person, bool *out,
                          weft_error *err)
{
    struct wf_idset holders = { 0 };

    if (!wf_role_held(context->call, person, who->name, 0, out, err))
        return false;
    if (!who->arg || !*out)
        return true;
    if (!start_role(context, who, &holders, err))
        return false;
    *out = wf_idset_has(&holders, person);
    return true;
}

/* --- Hook functions. */

static bool add_named(struct wf_call *call, const char *function,
                      const struct wf_json *json, struct wf_idset *out,
                      weft_error *err)
{
    const struct wf_person *person;

    if (!wf_person_named(call, json, &person, err))
        return false;
    if (!person)
        return wf_fail(err, WEFT_E_SCRIPT,
                       "%s() named somebody who is not known. It returns "
                       "logins or ids.",
                       function);
    wf_idset_add(call->arena, out, person->id);
    return true;
}

static bool refuse_lua(const struct wf_who *who, weft_error *err)
{
    return wf_fail(err, WEFT_E_INVALID,
                   "lua(%s) gives work; it cannot be asked here.", who->name);
}

static bool ask_lua(struct wf_who_asking *asking, const struct wf_who *who,
                    const struct wf_who_chain *chain, weft_error *err)
{
    (void)asking;
    (void)chain;
    return refuse_lua(who, err);
}

static bool start_lua(const struct wf_who_context *context,
                      const struct wf_who *who, struct wf_idset *out,
                      weft_error *err)
{
    struct wf_call *call = context->call;
    struct wf_json *named = NULL;

    if (!context->lua)
        return refuse_lua(who, err);
    if (!context->lua(context->self, who->name, &named, err))
        return false;
    if (wf_json_is_nothing(named))
        return true;
    if (!wf_json_is(named, WF_JSON_ARRAY))
        return add_named(call, who->name, named, out, err);
    for (size_t i = 0; i < named->u.array.n; i++)
        if (!add_named(call, who->name, named->u.array.at[i], out, err))
            return false;
    return true;
}

/* --- The table. */

#define GO_DOWN                                                                \
    .gives = { "person" }, .backward = { " FROM person_above WHERE above IN "  \
                                         "(" }
#define GO_UP                                                                  \
    .gives = { "above" }, .backward = { " FROM person_above WHERE person IN "  \
                                        "(" }

/* clang-format off */
static const struct wf_who_word words[] = {
    { .kind = WF_WHO_OWNER,
      .start = start_owner, .ask = wf_who_ask_owner },
    { .kind = WF_WHO_CREATOR,
      .start = start_creator, .ask = wf_who_ask_creator },
    { .kind = WF_WHO_PARTICIPANTS,
      .start = start_participants, .ask = wf_who_ask_participants },
    { .kind = WF_WHO_FIELD,
      .start = start_field, .ask = wf_who_ask_field },
    { .kind = WF_WHO_TEAM,
      .start = start_team, .ask = wf_who_ask_field },
    { .kind = WF_WHO_UNIT_FIELD,
      .start = start_unit_field, .ask = wf_who_ask_field },
    { .kind = WF_WHO_UNIT_KEY, .start = start_unit_key },
    { .kind = WF_WHO_ME,       .start = start_me },
    { .kind = WF_WHO_PERSON,   .start = start_person },
    { .kind = WF_WHO_LUA,      .start = start_lua, .ask = ask_lua },
    { .kind = WF_WHO_EVERYONE, .start = start_everyone,
      .includes = includes_everyone },
    { .kind = WF_WHO_MANAGER,  .forward = SQL_UP,   .test = SQL_IS_UP,
      GO_DOWN, .parameters = WF_WHO_LEVELS,
      .low = WF_WHO_N, .high = WF_WHO_N },
    { .kind = WF_WHO_MANAGERS, .forward = SQL_UP,   .test = SQL_IS_UP,
      GO_DOWN, .parameters = WF_WHO_LEVELS,
      .low = 1, .high = WF_WHO_N },
    { .kind = WF_WHO_ABOVE,    .forward = SQL_UP,   .test = SQL_IS_UP,
      GO_DOWN, .parameters = WF_WHO_LEVELS,
      .low = 1, .high = WF_WHO_ALL },
    { .kind = WF_WHO_REPORTS,  .forward = SQL_DOWN, .test = SQL_IS_DOWN,
      GO_UP,   .parameters = WF_WHO_LEVELS,
      .low = 1, .high = 1 },
    { .kind = WF_WHO_BELOW,    .forward = SQL_DOWN, .test = SQL_IS_DOWN,
      GO_UP,   .parameters = WF_WHO_LEVELS,
      .low = 1, .high = WF_WHO_ALL },
    { .kind = WF_WHO_DOTTED,   .forward = SQL_DOTTED, .test = SQL_IS_DOTTED,
      .gives = { "person" },
      .backward = { " FROM line WHERE kind = 'dotted'"
                    " AND until = '9999-12-31' AND above IN (" } },
    { .kind = WF_WHO_PEERS,    .forward = SQL_PEERS, .test = SQL_IS_PEER,
      .gives = { "b.id" },
      .backward = { " FROM person a JOIN person b"
                    " ON b.manager = a.manager AND b.id <> a.id"
                    " WHERE a.id IN (" } },
    { .kind = WF_WHO_UNIT_OF,  .forward = SQL_UNIT, .test = SQL_IS_UNIT,
      .gives = { "id" },
      .backward = { " FROM person WHERE unit IN (" } },
    { .kind = WF_WHO_HEAD,     .forward = SQL_HEAD, .test = SQL_IS_HEAD,
      .gives = { "id" },
      .backward = { " FROM unit WHERE head IN (" } },
    { .kind = WF_WHO_HEADS,    .forward = SQL_HEADS, .test = SQL_IS_ONE_HEAD,
      .gives = { "a.above" },
      .backward = { " FROM unit u"
                    " JOIN unit_above a ON a.unit = u.id"
                    " WHERE u.head IN (" } },
    { .kind = WF_WHO_MEMBERS,  .forward = SQL_MEMBERS, .test = SQL_IS_MEMBER,
      .gives = { "a.above" },
      .backward = { " FROM person p"
                    " JOIN unit_above a ON a.unit = p.unit"
                    " WHERE p.active = 1 AND p.id IN (" } },
    { .kind = WF_WHO_ROLE,
      .start = start_role, .ask = wf_who_ask_role, .includes = includes_role,
      .gives = { "a.unit" },
      .backward = { " FROM role_grant g"
                    " JOIN unit_above a ON a.above = g.unit"
                    " WHERE g.person IN (" },
      .parameters = WF_WHO_NAME },
};
/* clang-format on */

const struct wf_who_word *wf_who_word(enum wf_who_kind kind)
{
    for (size_t i = 0; i < WF_COUNT(words); i++)
        if (words[i].kind == kind)
            return &words[i];
    return NULL;
}

bool wf_who_is_unit(const struct wf_who *who)
{
    return who->kind == WF_WHO_UNIT_OF || who->kind == WF_WHO_UNIT_FIELD
           || who->kind == WF_WHO_UNIT_KEY;
}

int wf_who_distance(int level, const struct wf_who *who)
{
    return level == WF_WHO_N ? who->n : level;
}
