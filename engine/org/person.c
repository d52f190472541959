/* org/person.c - persons as they are today, each loaded once in a call.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/person.h"

#include "base/map.h"
#include "base/text.h"
#include "org/directory.h"
#include "org/idmap.h"
#include "store/ahead.h"

enum {
    BATCH = 50
};

#define COLUMNS                                                                \
    "SELECT p.id, p.login, p.name, p.unit, u.key, p.manager, p.grade,"         \
    " p.title, p.active, p.locale, p.timezone, p.email, p.service"             \
    " FROM person p LEFT JOIN unit u ON u.id = p.unit"

static const char SQL_BY_ID[] = COLUMNS " WHERE p.id = $1";

static const char SQL_BY_LOGIN[] = COLUMNS " WHERE p.login = $1";

/* As many parameters as BATCH. */
static const char SQL_BATCH[] =
    COLUMNS " WHERE p.id IN ("
            "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
            "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
            "$21, $22, $23, $24, $25, $26, $27, $28, $29, $30, "
            "$31, $32, $33, $34, $35, $36, $37, $38, $39, $40, "
            "$41, $42, $43, $44, $45, $46, $47, $48, $49, $50)";

struct wf_people {
    struct wf_arena *arena;
    struct wf_roster *roster;
    struct wf_idmap ids;
    struct wf_map logins;
};

struct wf_people *wf_people_new(struct wf_arena *arena,
                                struct wf_roster *roster)
{
    struct wf_people *people = WF_NEW(arena, struct wf_people);

    people->arena = arena;
    people->roster = roster;
    return people;
}

struct wf_roster *wf_people_roster(const struct wf_people *people)
{
    return people->roster;
}

void wf_people_forget(struct wf_people *people)
{
    people->ids = (struct wf_idmap){ 0 };
    people->logins = (struct wf_map){ 0 };
}

/* The person of the row that `q` stands on, from now on kept. */
static const struct wf_person *keep(struct wf_people *people, struct wf_stmt *q)
{
    wf_id id = wf_stmt_int(q, 0);
    struct wf_person *person = wf_idmap_find(&people->ids, id);

    if (person)
        return person;
    person = WF_NEW(people->arena, struct wf_person);
    person->id = id;
    person->login = wf_stmt_str(q, 1, people->arena);
    person->name = wf_stmt_str(q, 2, people->arena);
    person->unit = wf_stmt_int(q, 3);
    person->unit_key = wf_stmt_str(q, 4, people->arena);
    person->manager = wf_stmt_int(q, 5);
    person->has_grade = !wf_stmt_is_null(q, 6);
    person->grade = wf_stmt_real(q, 6);
    person->title = wf_stmt_str(q, 7, people->arena);
    person->active = wf_stmt_int(q, 8) != 0;
    person->locale = wf_stmt_str(q, 9, people->arena);
    person->timezone = wf_stmt_str(q, 10, people->arena);
    person->email = wf_stmt_str(q, 11, people->arena);
    person->service = wf_stmt_int(q, 12) != 0;
    wf_idmap_add(people->arena, &people->ids, id, person);
    wf_map_add(people->arena, &people->logins, person->login, person);
    wf_roster_add(people->roster, person);
    return person;
}

/* The rows of `q`, whose parameters are bound; `*out` is the last one. */
static bool keep_all(struct wf_people *people, struct wf_stmt *q,
                     const struct wf_person **out, weft_error *err)
{
    enum wf_fetch step;

    while ((step = wf_stmt_step(q, err)) == WF_FETCH_ROW)
        *out = keep(people, q);
    return step == WF_FETCH_DONE;
}

/* Whoever is known already, here or to all questions. */
static const struct wf_person *known(const struct wf_people *people, wf_id id)
{
    const struct wf_person *person = wf_idmap_find(&people->ids, id);

    return person || !id ? person : wf_roster_find(people->roster, id);
}

bool wf_person_find(struct wf_call *call, wf_id id,
                    const struct wf_person **out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *out = known(call->people, id);
    if (*out || !id)
        return true;
    if (!wf_stmt_begin(call->db, SQL_BY_ID, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    return keep_all(call->people, &q, out, err);
}

bool wf_person_ahead(struct wf_call *call, wf_id id, weft_error *err)
{
    return !id || known(call->people, id)
           || wf_ask_ahead(call->db, SQL_BY_ID, id, err);
}

bool wf_person_find_login(struct wf_call *call, const char *login,
                          const struct wf_person **out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *folded = wf_text_fold(call->arena, login);

    *out = wf_map_find(&call->people->logins, folded);
    if (*out)
        return true;
    if (!wf_stmt_begin(call->db, SQL_BY_LOGIN, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, folded);
    return keep_all(call->people, &q, out, err);
}

/* A text is a login; if nobody has it and it is a number, an id. */
static bool named_by_text(struct wf_call *call, const char *text,
                          const struct wf_person **out, weft_error *err)
{
    wf_id id;

    if (!wf_person_find_login(call, text, out, err))
        return false;
    if (*out || !wf_id_parse(wf_str_of(text), &id))
        return true;
    return wf_person_find(call, id, out, err);
}

bool wf_person_named(struct wf_call *call, const struct wf_json *json,
                     const struct wf_person **out, weft_error *err)
{
    const char *text = wf_json_str(json);
    wf_id id;

    *out = NULL;
    if (text)
        return named_by_text(call, text, out, err);
    if (!wf_json_is(json, WF_JSON_OBJECT))
        return true;
    text = wf_json_str(wf_json_get(json, "id"));
    if (text)
        return !wf_id_parse(wf_str_of(text), &id)
               || wf_person_find(call, id, out, err);
    text = wf_json_str(wf_json_get(json, "login"));
    return !text || wf_person_find_login(call, text, out, err);
}

void wf_person_json(const struct wf_person *person, struct wf_json_writer *out)
{
    if (!person) {
        wf_jw_null(out);
        return;
    }
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", person->id);
    wf_jw_key_text(out, "login", person->login);
    wf_jw_key_text(out, "name", person->name);
    wf_jw_close(out, '}');
}

/* Loads up to BATCH persons of `ids`; what is left over of the parameters
 * stays NULL, which no id equals. */
static bool load_batch(struct wf_call *call, const wf_id *ids, size_t n,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct wf_person *last;

    if (!wf_stmt_begin(call->db, SQL_BATCH, &q, err))
        return false;
    for (size_t i = 0; i < BATCH; i++)
        wf_stmt_bind_id(&q, (int)i + 1, i < n ? ids[i] : 0);
    return keep_all(call->people, &q, &last, err);
}

bool wf_people_load(struct wf_call *call, const wf_id *ids, size_t n,
                    weft_error *err)
{
    wf_id batch[BATCH];
    size_t n_batch = 0;

    for (size_t i = 0; i < n; i++) {
        if (!ids[i] || known(call->people, ids[i]))
            continue;
        batch[n_batch++] = ids[i];
        if (n_batch == BATCH) {
            if (!load_batch(call, batch, n_batch, err))
                return false;
            n_batch = 0;
        }
    }
    return !n_batch || load_batch(call, batch, n_batch, err);
}

/* --- For formulas. */

static struct wf_value text_value(enum wf_type type, const char *text)
{
    struct wf_value value = { .type = text ? type : WF_T_NIL };

    value.u.text = wf_str_of(text);
    return value;
}

static struct wf_value number_value(double number)
{
    struct wf_value value = { .type = WF_T_NUMBER };

    value.u.number = number;
    return value;
}

static struct wf_value manager_value(struct wf_arena *arena, wf_id manager)
{
    char text[WF_ID_TEXT];

    if (!manager)
        return text_value(WF_T_NIL, NULL);
    wf_id_write(manager, text);
    return text_value(WF_T_PERSON, wf_arena_str(arena, text));
}

static struct wf_value part_of(struct wf_arena *arena,
                               const struct wf_person *person,
                               enum wf_person_part part)
{
    switch (part) {
    case WF_PERSON_LOGIN:
        return text_value(WF_T_TEXT, person->login);
    case WF_PERSON_NAME:
        return text_value(WF_T_TEXT, person->name);
    case WF_PERSON_UNIT:
        return text_value(WF_T_UNIT, person->unit_key);
    case WF_PERSON_TITLE:
        return text_value(WF_T_TEXT, person->title);
    case WF_PERSON_MANAGER:
        return manager_value(arena, person->manager);
    case WF_PERSON_GRADE:
        break;
    }
    return person->has_grade ? number_value(person->grade)
                             : text_value(WF_T_NIL, NULL);
}

bool wf_person_part_value(struct wf_call *call, struct wf_str id,
                          enum wf_person_part part, struct wf_value *out,
                          weft_error *err)
{
    const struct wf_person *person = NULL;
    wf_id number;

    if (wf_id_parse(id, &number) && !wf_person_find(call, number, &person, err))
        return false;
    *out = person ? part_of(call->arena, person, part)
                  : text_value(WF_T_NIL, NULL);
    return true;
}
