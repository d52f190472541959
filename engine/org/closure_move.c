/* org/closure_move.c - the statements of both closures, and a few moved with
 * all below them.
 *
 * All of the touched are taken down first, then hung up one by one: so nobody
 * stands between who has not moved yet, and a circle shows when the one that
 * closes it is hung up.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/closure_parts.h"

/* --- Lines of people. */

static const char SQL_PERSON_EDGES[] = "SELECT id, manager FROM person";
static const char SQL_PERSON_CLEAR[] =
    "DELETE FROM person_above WHERE person = $1";
static const char SQL_PERSON_ADD[] =
    "INSERT INTO person_above (person, above, distance) VALUES ($1, $2, $3)";
static const char SQL_PERSON_EDGE[] =
    "SELECT manager FROM person WHERE id = $1";
static const char SQL_PERSON_ITSELF[] =
    "INSERT INTO person_above (person, above, distance) VALUES ($1, $1, 0)"
    " ON CONFLICT DO NOTHING";
static const char SQL_PERSON_DETACH[] =
    "DELETE FROM person_above"
    " WHERE person IN (SELECT person FROM person_above WHERE above = $1)"
    " AND above IN"
    " (SELECT above FROM person_above WHERE person = $1 AND distance > 0)";
static const char SQL_PERSON_ATTACH[] =
    "INSERT INTO person_above (person, above, distance)"
    " SELECT b.person, a.above, b.distance + a.distance + 1"
    " FROM person_above a JOIN person_above b ON b.above = $1"
    " WHERE a.person = $2";
static const char SQL_PERSON_IS_UP[] =
    "SELECT 1 FROM person_above WHERE person = $1 AND above = $2";
static const char SQL_PERSON_DEEPEST[] =
    "SELECT person, distance FROM person_above WHERE above = $1"
    " ORDER BY distance DESC LIMIT 1";
static const char SQL_PERSON_HEIGHT[] =
    "SELECT count(*) - 1 FROM person_above WHERE person = $1";

const struct wf_closure wf_closure_people = {
    .edges = SQL_PERSON_EDGES,
    .clear = SQL_PERSON_CLEAR,
    .add = SQL_PERSON_ADD,
    .edge = SQL_PERSON_EDGE,
    .itself = SQL_PERSON_ITSELF,
    .detach = SQL_PERSON_DETACH,
    .attach = SQL_PERSON_ATTACH,
    .is_up = SQL_PERSON_IS_UP,
    .deepest = SQL_PERSON_DEEPEST,
    .height = SQL_PERSON_HEIGHT,
};

/* --- The tree of units. */

static const char SQL_UNIT_EDGES[] = "SELECT id, parent FROM unit";
static const char SQL_UNIT_CLEAR[] = "DELETE FROM unit_above WHERE unit = $1";
static const char SQL_UNIT_ADD[] =
    "INSERT INTO unit_above (unit, above, distance) VALUES ($1, $2, $3)";
static const char SQL_UNIT_EDGE[] = "SELECT parent FROM unit WHERE id = $1";
static const char SQL_UNIT_ITSELF[] =
    "INSERT INTO unit_above (unit, above, distance) VALUES ($1, $1, 0)"
    " ON CONFLICT DO NOTHING";
static const char SQL_UNIT_DETACH[] =
    "DELETE FROM unit_above"
    " WHERE unit IN (SELECT unit FROM unit_above WHERE above = $1)"
    " AND above IN"
    " (SELECT above FROM unit_above WHERE unit = $1 AND distance > 0)";
static const char SQL_UNIT_ATTACH[] =
    "INSERT INTO unit_above (unit, above, distance)"
    " SELECT b.unit, a.above, b.distance + a.distance + 1"
    " FROM unit_above a JOIN unit_above b ON b.above = $1"
    " WHERE a.unit = $2";
static const char SQL_UNIT_IS_UP[] =
    "SELECT 1 FROM unit_above WHERE unit = $1 AND above = $2";
static const char SQL_UNIT_DEEPEST[] =
    "SELECT unit, distance FROM unit_above WHERE above = $1"
    " ORDER BY distance DESC LIMIT 1";
static const char SQL_UNIT_HEIGHT[] =
    "SELECT count(*) - 1 FROM unit_above WHERE unit = $1";

const struct wf_closure wf_closure_units = {
    .edges = SQL_UNIT_EDGES,
    .clear = SQL_UNIT_CLEAR,
    .add = SQL_UNIT_ADD,
    .edge = SQL_UNIT_EDGE,
    .itself = SQL_UNIT_ITSELF,
    .detach = SQL_UNIT_DETACH,
    .attach = SQL_UNIT_ATTACH,
    .is_up = SQL_UNIT_IS_UP,
    .deepest = SQL_UNIT_DEEPEST,
    .height = SQL_UNIT_HEIGHT,
};

/* --- Moving. */

static bool run(struct wf_call *call, const char *sql, wf_id a, wf_id b,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, a);
    if (b)
        wf_stmt_bind_int(&q, 2, b);
    return wf_stmt_run(&q, err);
}

/* The first row of `sql` of `id` as one or two numbers; 0 without a row. */
static bool ask(struct wf_call *call, const char *sql, wf_id id, int64_t *first,
                int64_t *second, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    *first = 0;
    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    step = wf_stmt_step(&q, err);
    if (step == WF_FETCH_ROW) {
        *first = wf_stmt_int(&q, 0);
        if (second)
            *second = wf_stmt_int(&q, 1);
    }
    return step != WF_FETCH_ERROR;
}

static bool is_up(struct wf_call *call, const struct wf_closure *closure,
                  wf_id id, wf_id above, bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, closure->is_up, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    wf_stmt_bind_int(&q, 2, above);
    step = wf_stmt_step(&q, err);
    *out = step == WF_FETCH_ROW;
    return step != WF_FETCH_ERROR;
}

/* Up from `start` until it comes back. */
static bool walk(struct wf_call *call, const struct wf_closure *closure,
                 wf_id start, struct wf_idset *out, weft_error *err)
{
    wf_id at = start;

    *out = (struct wf_idset){ 0 };
    while (at && wf_idset_add(call->arena, out, at))
        if (!ask(call, closure->edge, at, &at, NULL, err))
            return false;
    return true;
}

/* The circle that `id` closes, told from the first of it that was touched. */
static bool note_circle(struct wf_call *call, const struct wf_closure *closure,
                        wf_id id, const struct wf_idset *touched,
                        struct wf_closure_flaw *flaw, weft_error *err)
{
    size_t first = 0;

    if (!walk(call, closure, id, &flaw->circle, err))
        return false;
    while (!wf_idset_has(&flaw->circle, touched->at[first]))
        first++; /* `id` is one of them */
    return walk(call, closure, touched->at[first], &flaw->circle, err);
}

static bool hang_up(struct wf_call *call, const struct wf_closure *closure,
                    const struct wf_idset *touched, wf_id id,
                    struct wf_closure_flaw *flaw, weft_error *err)
{
    int64_t above, height, deepest, depth = 0;
    bool circle;

    if (!ask(call, closure->edge, id, &above, NULL, err))
        return false;
    if (!above)
        return true;
    if (!is_up(call, closure, above, id, &circle, err))
        return false;
    if (circle)
        return note_circle(call, closure, id, touched, flaw, err);
    if (!ask(call, closure->height, above, &height, NULL, err)
        || !ask(call, closure->deepest, id, &deepest, &depth, err))
        return false;
    if (height + depth + 1 > WF_LINE_MAX) {
        flaw->too_deep = deepest;
        return true;
    }
    return run(call, closure->attach, id, above, err);
}

bool wf_closure_move(struct wf_call *call, const struct wf_closure *closure,
                     const struct wf_idset *touched,
                     struct wf_closure_flaw *flaw, weft_error *err)
{
    for (size_t i = 0; i < touched->n; i++)
        if (!run(call, closure->itself, touched->at[i], 0, err)
            || !run(call, closure->detach, touched->at[i], 0, err))
            return false;
    for (size_t i = 0; i < touched->n; i++) {
        if (!hang_up(call, closure, touched, touched->at[i], flaw, err))
            return false;
        if (flaw->circle.n || flaw->too_deep)
            return true;
    }
    return true;
}
