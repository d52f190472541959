/* plan/cycle_stage.c - a stage opens: a document for each member, or for each
 * unit that they head, some at a time.
 *
 * Each is made by itself: who cannot be given one is noted with the reason, and
 * the others are. Launching again tries them once more.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/list.h"
#include "doc/veil.h"
#include "org/who.h"
#include "plan/cycle.h"

static const char SQL_NEXT[] =
    "SELECT m.person FROM cycle_member m WHERE m.run = $1 AND m.gone IS NULL"
    " AND m.person > $2 AND NOT EXISTS (SELECT 1 FROM stage_document x"
    " WHERE x.stage = $3 AND x.person = m.person)"
    " ORDER BY m.person LIMIT $4";
/* One that somebody has begun for this period by themselves. Documents of one
 * subject are few; those of a family, or of no stage, are not, and their index
 * is kept out of it. */
static const char SQL_THEIRS[] =
    "SELECT id FROM document WHERE subject = $1 AND family || '' = $2"
    " AND period = $3 AND state <> 'void' AND coalesce(stage, 0) = 0"
    " ORDER BY id LIMIT 1";

/* The units that somebody heads and nobody has a document for: one that ended
 * void, because its head has left, counts as none. */
static const char SQL_UNITS[] =
    "SELECT u.id, u.key FROM unit u WHERE u.head = $1 AND NOT EXISTS"
    " (SELECT 1 FROM stage_unit x JOIN document d ON d.id = x.document"
    " WHERE x.stage = $2 AND x.unit = u.id AND d.state <> 'void')"
    " ORDER BY u.key";
static const char SQL_UNIT_HAS[] =
    "INSERT INTO stage_unit (stage, unit, document) VALUES ($1, $2, $3)"
    " ON CONFLICT (stage, unit) DO UPDATE SET document = excluded.document";

struct unit {
    wf_id id;
    const char *key;
};
struct units {
    struct unit *at;
    size_t n, cap;
};

/* One stage while its documents are made. */
struct making {
    struct wf_flow *flow;
    const struct wf_cycle *cycle;
    const struct wf_cycle_stage *stage;
    struct wf_run run;
    struct wf_stage_row row;
    wf_id person;
    const char *unit; /* that it is for, else the person's; NULL: none */
    int made;         /* for this person */
};

/* --- One document */

static bool put_value(struct making *m, const struct wf_doc *about,
                      const struct wf_put *put, const struct wf_form *form,
                      struct wf_json *data, weft_error *err)
{
    const struct wf_field *field = wf_form_field(form, put->field);
    struct wf_doc_env env;
    struct wf_value value;
    struct wf_json *json;

    if (!field || wf_field_is_derived(field) || !put->value)
        return true;
    wf_doc_env_init(&env, m->flow->call, about);
    if (!wf_expr_eval(put->value, &env.env, &value, err))
        return false;
    json = wf_value_to_json(m->flow->call->arena, field, value);
    if (json)
        wf_json_set(m->flow->call->arena, data, field->id, json);
    return true;
}

/* What the engine fills in: whose it is, which period, and the <set>s. */
static bool fill(struct making *m, const struct wf_form *form,
                 struct wf_json *data, weft_error *err)
{
    struct wf_arena *arena = m->flow->call->arena;
    struct wf_json *owner, *period = wf_json_text(arena, m->run.span.period);
    struct wf_doc about = { .form = m->cycle->form,
                            .data = wf_json_object(arena),
                            .subject = m->stage->anonymous ? 0 : m->person,
                            .period = m->run.span.period };
    char id[WF_ID_TEXT];

    wf_id_write(m->person, id);
    owner = wf_json_text(arena, id);
    wf_json_set(arena, about.data, "period", period);
    if (!m->stage->anonymous) {
        wf_json_set(arena, about.data, "owner", owner);
        if (m->unit)
            wf_json_set(arena, about.data, "unit",
                        wf_json_text(arena, m->unit));
        if (form->subject)
            wf_json_set(arena, data, form->subject->id, owner);
    }
    if (form->period && form->period->period == m->cycle->unit)
        wf_json_set(arena, data, form->period->id, period);
    for (const struct wf_put *put = m->stage->puts; put; put = put->next)
        if (!put_value(m, &about, put, form, data, err))
            return false;
    return true;
}

static bool find_theirs(struct making *m, const struct wf_form *form,
                        wf_id *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = 0;
    if (!form->unique || m->stage->anonymous)
        return true;
    if (!wf_stmt_begin(m->flow->call->db, SQL_THEIRS, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, m->person);
    wf_stmt_bind_text(&q, 2, form->family);
    wf_stmt_bind_text(&q, 3, m->run.span.period);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW)
        *out = wf_stmt_int(&q, 0);
    return got != WF_FETCH_ERROR;
}

/* What they have begun becomes the stage's. */
static bool adopt(struct making *m, wf_id theirs, weft_error *err)
{
    struct wf_call *call = m->flow->call;
    struct wf_doc *doc;

    if (!wf_doc_load(call, theirs, &doc, err))
        return false;
    if (!doc)
        return true;
    doc->stage = &m->row.times;
    doc->begun = doc->form->start->id;
    return wf_doc_save(call, doc, err);
}

static bool create(struct making *m, const struct wf_form *form, wf_id *out,
                   weft_error *err)
{
    struct wf_call *call = m->flow->call;
    const struct wf_person *me = call->me;
    struct wf_creation creation = { .form = form,
                                    .data = wf_json_object(call->arena),
                                    .by_engine = true,
                                    .reason = m->stage->id,
                                    .is_mine = m->stage->anonymous,
                                    .anonymous = m->stage->anonymous,
                                    .stage = &m->row.times,
                                    .due = m->row.times.due };
    const struct wf_rater rater = { .parent = m->row.times.id,
                                    .step = m->stage->id,
                                    .party = "",
                                    .round = 1,
                                    .person = m->person };
    struct wf_json *data = wf_json_object(call->arena);
    struct wf_doc *doc;
    bool made;

    creation.data = data;
    if (!fill(m, form, data, err))
        return false;
    if (creation.anonymous)
        call->me = NULL;
    made = wf_flow_create(m->flow, &creation, &doc, err);
    call->me = me;
    if (!made)
        return false;
    *out = creation.anonymous ? 0 : doc->id;
    return !creation.anonymous || wf_veil_give(call, doc->id, &rater, err);
}

/* --- One for each unit */

static bool find_units(struct making *m, struct units *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_call *call = m->flow->call;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_UNITS, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, m->person);
    wf_stmt_bind_id(&q, 2, m->row.times.id);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct unit){ wf_stmt_int(&q, 0),
                           wf_stmt_str(&q, 1, call->arena) };
    return got == WF_FETCH_DONE;
}

static bool note_unit(struct making *m, wf_id unit, wf_id document,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(m->flow->call->db, SQL_UNIT_HAS, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, m->row.times.id);
    wf_stmt_bind_id(&q, 2, unit);
    wf_stmt_bind_id(&q, 3, document);
    return wf_stmt_run(&q, err);
}

/* `*out` is the first of them. */
static bool make_units(struct making *m, const struct wf_form *form, wf_id *out,
                       weft_error *err)
{
    struct units units = { NULL, 0, 0 };

    if (!find_units(m, &units, err))
        return false;
    for (size_t i = 0; i < units.n; i++) {
        wf_id document;

        m->unit = units.at[i].key;
        if (!create(m, form, &document, err)
            || !note_unit(m, units.at[i].id, document, err))
            return false;
        m->made++;
        if (i == 0)
            *out = document;
    }
    return true;
}

/* Whom it is for is who is given an overlay, and who `me` is in defaults. */
static bool make(struct making *m, wf_id *out, weft_error *err)
{
    struct wf_call *call = m->flow->call;
    const struct wf_form *form;

    *out = 0;
    m->made = 0;
    if (!wf_person_find(call, m->person, &call->me, err)
        || !wf_flow_pick_form(m->flow, m->stage->form_id, &form, err))
        return false;
    if (m->stage->by_unit)
        return make_units(m, form, out, err);
    m->unit = call->me ? call->me->unit_key : NULL;
    m->made = 1;
    if (!find_theirs(m, form, out, err))
        return false;
    return *out ? adopt(m, *out, err) : create(m, form, out, err);
}

/* --- One person */

bool wf_cycle_is_of_all(weft_code code)
{
    return code == WEFT_E_BUSY || code == WEFT_E_STORE || code == WEFT_E_FULL
           || code == WEFT_E_INTERNAL;
}

/* What the first finding says, else the failure. */
static const char *reason_of(struct wf_call *call, const struct wf_diags *found,
                             const weft_error *refused)
{
    const struct wf_diag *first = found->n ? &found->at[0] : NULL;

    if (!first)
        return wf_arena_str(call->arena, refused->text);
    return wf_arena_printf(call->arena, "%s%s%s",
                           first->field ? first->field : "",
                           first->field ? ": " : "", first->message);
}

static bool note(struct making *m, wf_id document, const weft_error *refused,
                 const struct wf_diags *found, weft_error *err)
{
    struct wf_stage_document row = { .stage = m->row.times.id,
                                     .person = m->person,
                                     .document = document };

    if (refused->code != WEFT_OK) {
        row.code = weft_code_name(refused->code);
        row.reason = reason_of(m->flow->call, found, refused);
    }
    m->row.made += refused->code == WEFT_OK ? m->made : 0;
    m->row.refused += refused->code != WEFT_OK;
    return wf_stage_document_add(m->flow->call, &row, err);
}

/* In a savepoint of its own, with the budget of a command. */
static bool try_one(struct making *m, weft_error *err)
{
    static const struct wf_budget whole = WF_BUDGET_COMMAND;
    struct wf_call *call = m->flow->call;
    const struct wf_person *me = call->me;
    struct wf_diags *findings = call->findings;
    struct wf_diags own = WF_DIAGS_INIT(call->arena, call->lang);
    weft_error refused = WEFT_ERROR_INIT;
    wf_id document = 0;
    bool made;

    {
        struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;

        memcpy(refused.lang, err->lang, sizeof refused.lang);
        if (!wf_save_begin(call->db, &save, err))
            return false;
        call->findings = &own;
        wf_flow_renew(m->flow, whole);
        m->flow->busy = m->flow->depth = 0;
        m->flow->ended.n = 0;
        made = make(m, &document, &refused);
        call->findings = findings;
        call->me = me;
        if (made && !wf_save_keep(&save, err))
            return false;
    }
    if (!made && wf_cycle_is_of_all(refused.code))
        return wf_fail_as(err, &refused);
    return note(m, document, &refused, &own, err);
}

static bool one(struct making *m, weft_error *err)
{
    const struct wf_who_context context = { m->flow->call, NULL, NULL, NULL };
    bool included = true;

    if (m->stage->who
        && !wf_who_includes(&context, m->stage->who, m->person, &included, err))
        return false;
    return !included || try_one(m, err);
}

/* --- One piece */

struct persons {
    wf_id at[WF_CYCLE_DOCUMENTS];
    size_t n;
};

static bool find_piece(struct making *m, struct persons *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    out->n = 0;
    if (!wf_stmt_begin(m->flow->call->db, SQL_NEXT, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, m->run.id);
    wf_stmt_bind_int(&q, 2, m->row.at_person);
    wf_stmt_bind_id(&q, 3, m->row.times.id);
    wf_stmt_bind_int(&q, 4, WF_CYCLE_DOCUMENTS);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        out->at[out->n++] = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

static bool make_piece(struct making *m, weft_error *err)
{
    struct wf_flow *flow = m->flow;
    struct persons persons;

    if (!find_piece(m, &persons, err))
        return false;
    for (size_t i = 0; i < persons.n; i++) {
        m->person = persons.at[i];
        if (!one(m, err))
            return false;
        m->row.at_person = m->person;
    }
    m->row.state = persons.n < WF_CYCLE_DOCUMENTS ? "made" : "making";
    if (persons.n < WF_CYCLE_DOCUMENTS)
        return wf_stage_row_save(flow->call, &m->row, err);
    return wf_stage_row_save(flow->call, &m->row, err)
           && wf_cycle_timer(flow, "cycle-stage", m->row.times.id,
                             flow->call->now, 0, err);
}

static bool load(struct making *m, const struct wf_timer *timer, bool *found,
                 weft_error *err)
{
    struct wf_call *call = m->flow->call;

    *found = false;
    if (!wf_stage_row_load(call, wf_cycle_timer_id(timer), &m->row, found, err))
        return false;
    if (!*found)
        return true;
    if (!wf_run_load(call, m->row.times.run, &m->run, found, err))
        return false;
    m->cycle = *found ? (const struct wf_cycle *)(const void *)wf_registry_find(
                   call->registry, "cycle", m->run.cycle)
                      : NULL;
    m->stage = m->cycle ? wf_cycle_stage(m->cycle, m->row.times.name) : NULL;
    *found = m->stage && m->run.gathered && !wf_streq(m->row.state, "closed")
             && !wf_streq(m->row.state, "closing");
    return true;
}

bool wf_cycle_stage_fire(struct wf_flow *flow, const struct wf_timer *timer,
                         weft_error *err)
{
    struct making m = { .flow = flow };
    bool found;

    return load(&m, timer, &found, err) && (!found || make_piece(&m, err));
}

/* --- Its beginning */

static bool later(struct wf_flow *flow, const struct wf_stage_row *row,
                  const char *kind, int64_t due, weft_error *err)
{
    return !due || wf_cycle_timer(flow, kind, row->times.id, due, 0, err);
}

bool wf_stage_begin(struct wf_flow *flow, const struct wf_stage_row *row,
                    const struct wf_cycle *cycle, weft_error *err)
{
    const struct wf_cycle_stage *stage = wf_cycle_stage(cycle, row->times.name);
    struct wf_calendar calendar =
        wf_registry_calendar(flow->call->registry, cycle->head.package);
    int64_t now = flow->call->now;
    int64_t opens = row->times.opens > now ? row->times.opens : now;
    struct wf_stage_row anew = *row;

    if (!stage || wf_streq(row->state, "closing")
        || wf_streq(row->state, "closed"))
        return true;
    anew.at_person = 0;
    if (row->times.closes && row->times.closes <= now) {
        anew.state = "closed"; /* it was over before it was launched */
        return wf_stage_row_save(flow->call, &anew, err);
    }
    return wf_stage_row_save(flow->call, &anew, err)
           && later(flow, row, "cycle-stage", opens, err)
           && later(flow, row, "cycle-close", row->times.closes, err)
           && later(flow, row, "cycle-remind",
                    stage->remind.n ? wf_calendar_shift(&calendar, opens,
                                                        stage->remind, false)
                                    : 0,
                    err);
}
