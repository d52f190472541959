/* doc/rollup_follow.c - who follows when a document changes: its targets, and
 * theirs, up to the top; and all sources of one target, found anew.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "doc/derive.h"
#include "doc/fields.h"
#include "doc/rollup.h"
#include "doc/rollup_part.h"
#include "store/query.h"

enum {
    LEVELS_MAX = 64,
    FOUND_MAX = 100000 /* documents that one value may be taken from */
};

static const char SQL_LINKED[] =
    "SELECT DISTINCT document FROM link WHERE target = $1 AND field = $2"
    " ORDER BY document";
/* Targets of targets: how far up, and whether one is the source itself. */
static const char SQL_ABOVE[] =
    "WITH RECURSIVE up (id, far) AS (SELECT CAST($1 AS BIGINT), 1"
    " UNION SELECT p.target, up.far + 1 FROM up"
    " JOIN rollup_part p ON p.source = up.id WHERE up.far <= $3)"
    " SELECT COALESCE(MAX(far), 0), COALESCE(MAX(CASE WHEN id = $2 THEN 1"
    " ELSE 0 END), 0) FROM up";

/* Of several tops, always the same one. */
const char wf_rollup_top[] =
    "WITH RECURSIVE up (id, far) AS (SELECT CAST($1 AS BIGINT), 0"
    " UNION SELECT p.target, up.far + 1 FROM up"
    " JOIN rollup_part p ON p.source = up.id WHERE up.far < 64)"
    " SELECT id FROM up ORDER BY far DESC, id LIMIT 1";

struct ids {
    WF_LIST(wf_id) list;
};

static void add_id(struct wf_arena *arena, struct ids *ids, wf_id id)
{
    for (size_t i = 0; i < ids->list.n; i++)
        if (ids->list.at[i] == id)
            return;
    *WF_PUSH(arena, &ids->list) = id;
}

/* --- Documents that match by fields */

struct condition {
    const char *field, *text;
};

/* Documents of `form` whose index rows have all of `conditions`. */
static bool find_by_fields(struct wf_call *call, const char *form,
                           const struct condition *conditions, size_t n,
                           struct ids *out, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    wf_query_add(&query, WF_SQL("SELECT f.document FROM field_index f"
                                " WHERE f.form = "));
    wf_query_bind_text(&query, form);
    wf_query_add(&query, WF_SQL(" AND f.field = "));
    wf_query_bind_text(&query, conditions[0].field);
    wf_query_add(&query, WF_SQL(" AND f.text = "));
    wf_query_bind_text(&query, conditions[0].text);
    for (size_t i = 1; i < n; i++) {
        wf_query_add(&query, WF_SQL(" AND EXISTS (SELECT 1 FROM field_index g"
                                    " WHERE g.document = f.document"
                                    " AND g.field = "));
        wf_query_bind_text(&query, conditions[i].field);
        wf_query_add(&query, WF_SQL(" AND g.text = "));
        wf_query_bind_text(&query, conditions[i].text);
        wf_query_add(&query, WF_SQL(")"));
    }
    wf_query_add(&query, WF_SQL(" ORDER BY f.document LIMIT "));
    wf_query_bind_int(&query, FOUND_MAX);
    if (!wf_query_begin(call->db, &query, &q, err))
        return false;
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        add_id(call->arena, out, wf_stmt_int(&q, 0));
    return fetch == WF_FETCH_DONE;
}

/* What fields of the other side must hold to match `data`; false where one of
 * them is absent. `by` is -1 from target to source, 1 back. */
static bool conditions_of(struct wf_arena *arena, const struct wf_rollup *r,
                          const struct wf_json *data, int by,
                          struct condition *out)
{
    for (size_t i = 0; i < r->n_matches; i++) {
        const struct wf_rollup_match *m = &r->matches[i];
        const char *text = wf_json_str(wf_json_get(data, m->id));
        struct wf_period period;
        char stepped[WF_PERIOD_TEXT];

        if (!text)
            return false;
        if (m->before && wf_period_parse(wf_str_of(text), &period)) {
            wf_period_write(wf_period_step(period, by), stepped);
            text = wf_arena_str(arena, stepped);
        }
        out[i] = (struct condition){ m->id, text };
    }
    return r->n_matches > 0;
}

/* --- Targets of a source */

/* Whether a link to documents of `linked` may lead to one that takes values
 * from `source`. */
static bool may_take(const struct wf_call *call, const struct wf_doc *source,
                     const char *linked)
{
    const char *taker;
    size_t cursor = 0;

    while ((taker = wf_registry_taker(call->registry, source->form->family,
                                      &cursor))) {
        const struct wf_form *form = wf_registry_form(call->registry, taker);

        if (wf_streq(taker, linked)
            || (form
                && (wf_streq(form->family, linked)
                    || wf_streq(form->base, linked))))
            return true;
    }
    return false;
}

static void add_links(struct wf_call *call, const struct wf_json *json,
                      struct ids *out)
{
    const char *text = wf_json_str(json);
    wf_id id;

    if (wf_json_is(json, WF_JSON_ARRAY))
        for (size_t i = 0; i < wf_json_len(json); i++)
            add_links(call, json->u.array.at[i], out);
    else if (text && wf_id_parse(wf_str_of(text), &id))
        add_id(call->arena, out, id);
}

static void linked_targets(struct wf_call *call, const struct wf_doc *source,
                           struct ids *out)
{
    for (const struct wf_field *f = wf_field_after(source->form, NULL); f;
         f = wf_field_after(source->form, f)) {
        const struct wf_json *rows;

        if (!f->form || !may_take(call, source, f->form))
            continue;
        if (!f->items) {
            add_links(call, wf_json_get(source->data, f->id), out);
            continue;
        }
        rows = wf_json_get(source->data, f->items->id);
        for (size_t i = 0; i < wf_json_len(rows); i++)
            add_links(call, wf_json_get(rows->u.array.at[i], f->id), out);
    }
}

static bool matched_by(struct wf_call *call, const struct wf_doc *source,
                       const struct wf_form *taker, struct ids *out,
                       weft_error *err)
{
    for (const struct wf_rollup *r = taker->rollups; r; r = r->next) {
        struct condition *conditions =
            WF_NEW_N(call->arena, struct condition, r->n_matches + 1);

        if (r->source
            && wf_form_is_of(call->registry, source->form, r->source_id)
            && conditions_of(call->arena, r, source->data, 1, conditions)
            && !find_by_fields(call, taker->id, conditions, r->n_matches, out,
                               err))
            return false;
    }
    return true;
}

static bool matched_targets(struct wf_call *call, const struct wf_doc *source,
                            struct ids *out, weft_error *err)
{
    const char *taker;
    size_t cursor = 0, n;
    const struct wf_form *const *versions;

    while ((taker = wf_registry_taker(call->registry, source->form->family,
                                      &cursor))) {
        if (!wf_registry_versions(call->registry, call->db, taker, &versions,
                                  &n, err))
            return false;
        for (size_t i = 0; i < n; i++)
            if (!matched_by(call, source, versions[i], out, err))
                return false;
    }
    return true;
}

/* --- Following */

static bool refuse_circle(struct wf_call *call, const struct wf_doc *source,
                          wf_id target, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    int64_t far, meets;

    if (!wf_stmt_begin(call->db, SQL_ABOVE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, target);
    wf_stmt_bind_int(&q, 2, source->id);
    wf_stmt_bind_int(&q, 3, LEVELS_MAX);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    far = wf_stmt_int(&q, 0);
    meets = wf_stmt_int(&q, 1);
    if (meets)
        return wf_fail(err, WEFT_E_INVALID,
                       "\"%s\" would hang under itself: one of the documents "
                       "above it already takes its values from it.",
                       source->title);
    return far <= LEVELS_MAX
           || wf_fail(err, WEFT_E_INVALID,
                      "\"%s\" would hang more than %d levels deep.",
                      source->title, LEVELS_MAX);
}

static void select_of(const struct wf_parts *all, wf_id target,
                      struct wf_arena *arena, struct wf_parts *out)
{
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < all->list.n; i++)
        if (all->list.at[i].target == target)
            *WF_PUSH(arena, &out->list) = all->list.at[i];
}

/* The target's values with its new totals; saved if they differ. */
static bool refresh(struct wf_call *call, struct wf_doc *target,
                    weft_error *err)
{
    if (!wf_derive(call, target, err))
        return false;
    if (wf_json_equal(target->before, target->data))
        return true;
    return wf_rules_always(call, target, err) && wf_doc_save(call, target, err);
}

static bool follow_one(struct wf_call *call, const struct wf_doc *source,
                       wf_id id, const struct wf_parts *given, weft_error *err)
{
    struct wf_parts old, made = { 0 };
    struct wf_doc *target;
    bool changed;

    if (!wf_totals_ahead(call, id, err) || !wf_doc_load(call, id, &target, err))
        return false;
    if (!target)
        return true;
    select_of(given, id, call->arena, &old);
    if (!wf_parts_make_all(call, source, target, &made, err))
        return false;
    if (made.list.n && !old.list.n && !refuse_circle(call, source, id, err))
        return false;
    return wf_parts_replace(call, target, &old, &made, &changed, err)
           && (!changed || refresh(call, target, err));
}

bool wf_rollup_follow(struct wf_call *call, const struct wf_doc *doc,
                      weft_error *err)
{
    struct wf_parts given;
    struct ids targets = { 0 };
    size_t cursor = 0;

    if (!wf_registry_taker(call->registry, doc->form->family, &cursor))
        return true;
    if (!wf_parts_given_by(call, doc->id, &given, err))
        return false;
    for (size_t i = 0; i < given.list.n; i++)
        add_id(call->arena, &targets, given.list.at[i].target);
    linked_targets(call, doc, &targets);
    if (!matched_targets(call, doc, &targets, err))
        return false;
    for (size_t i = 0; i < targets.list.n; i++)
        if (!follow_one(call, doc, targets.list.at[i], &given, err))
            return false;
    return true;
}

/* --- All sources of one target */

static bool linked_sources(struct wf_call *call, const struct wf_doc *target,
                           const struct wf_rollup *r, struct ids *out,
                           weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(call->db, SQL_LINKED, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, target->id);
    wf_stmt_bind_text(&q, 2, r->link->path);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, &out->list) = wf_stmt_int(&q, 0);
    return fetch == WF_FETCH_DONE;
}

static bool matched_sources(struct wf_call *call, const struct wf_doc *target,
                            const struct wf_rollup *r, struct ids *out,
                            weft_error *err)
{
    struct condition *conditions =
        WF_NEW_N(call->arena, struct condition, r->n_matches + 1);
    const struct wf_form *form;
    size_t cursor = 0;

    if (!conditions_of(call->arena, r, target->data, -1, conditions))
        return true;
    while ((form = wf_registry_next(call->registry, &cursor)))
        if (wf_form_is_of(call->registry, form, r->source_id)
            && !find_by_fields(call, form->id, conditions, r->n_matches, out,
                               err))
            return false;
    return true;
}

/* The parts that all sources of `target` give it, as they are now. */
static bool gather(struct wf_call *call, const struct wf_doc *target,
                   struct wf_parts *out, weft_error *err)
{
    for (const struct wf_rollup *r = target->form->rollups; r; r = r->next) {
        struct ids sources = { 0 };
        struct wf_doc *source;

        if (!r->source || (!r->link && !r->n_matches))
            continue;
        if (!(r->link ? linked_sources : matched_sources)(call, target, r,
                                                          &sources, err))
            return false;
        for (size_t i = 0; i < sources.list.n; i++)
            if (!wf_doc_load(call, sources.list.at[i], &source, err)
                || (source
                    && !wf_parts_make(call, source, target, r, out, err)))
                return false;
    }
    return true;
}

struct tie {
    const struct wf_doc *doc;
    bool changed;
};

static void see_tie(void *self, const struct wf_field *field)
{
    struct tie *tie = self;

    if (!wf_json_equal(wf_json_get(tie->doc->before, field->id),
                       wf_json_get(tie->doc->data, field->id)))
        tie->changed = true;
}

/* Whether what its sources are found or counted by is other than it was. */
static bool is_retied(const struct wf_doc *doc)
{
    struct tie tie = { doc, false };

    for (const struct wf_rollup *r = doc->form->rollups; r; r = r->next) {
        const struct wf_expr *exprs[] = { r->value, r->weight, r->where };

        for (size_t i = 0; i < r->n_matches; i++)
            see_tie(&tie, r->matches[i].mine);
        for (size_t i = 0; i < WF_COUNT(exprs); i++)
            if (exprs[i])
                wf_expr_uses_mine(exprs[i], see_tie, &tie);
    }
    return tie.changed;
}

/* Whether something is there to be taken before anybody names it. */
static bool has_matches(const struct wf_form *form)
{
    for (const struct wf_rollup *r = form->rollups; r; r = r->next)
        if (r->n_matches)
            return true;
    return false;
}

static bool has_points(const struct wf_form *form)
{
    for (const struct wf_rollup *r = form->rollups; r; r = r->next)
        if (r->fn == WF_ROLLUP_POINTS)
            return true;
    return false;
}

bool wf_rollup_gather(struct wf_call *call, const struct wf_doc *doc,
                      bool *changed, weft_error *err)
{
    bool other_version = doc->stored_form && doc->stored_form != doc->form;
    bool is_new = !doc->before;
    struct wf_parts old = { 0 }, made = { 0 };

    *changed = false;
    if (other_version && doc->stored_form->rollups
        && !wf_parts_forget(call, doc->id, err))
        return false;
    if (!doc->form->rollups
        || !(other_version
             || (is_new ? has_matches(doc->form) : is_retied(doc)))) {
        *changed = is_new && has_points(doc->form);
        return true;
    }
    if (!wf_parts_given_to(call, doc->id, &old, err)
        || !gather(call, doc, &made, err)
        || !wf_parts_replace(call, doc, &old, &made, changed, err))
        return false;
    *changed = *changed || has_points(doc->form);
    return true;
}

bool wf_rollup_forget(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    struct wf_parts given;
    enum wf_state state = doc->state;
    bool done;

    if (!wf_parts_given_by(call, doc->id, &given, err))
        return false;
    doc->state = WF_VOID; /* gives nothing any more */
    done = given.list.n == 0 || wf_rollup_follow(call, doc, err);
    doc->state = state;
    return done && wf_parts_forget(call, doc->id, err);
}

/* --- For weft verify */

static bool totals_agree(const struct wf_totals *a, const struct wf_totals *b)
{
    return a->parts == b->parts && a->absent == b->absent
           && wf_number_compare(a->total.high + a->total.rest,
                                b->total.high + b->total.rest)
                  == 0
           && wf_number_compare(a->weight.high + a->weight.rest,
                                b->weight.high + b->weight.rest)
                  == 0;
}

static bool same_parts(const struct wf_parts *a, const struct wf_parts *b)
{
    size_t found = 0;

    for (size_t i = 0; i < a->list.n; i++)
        for (size_t k = 0; k < b->list.n; k++)
            if (a->list.at[i].source == b->list.at[k].source
                && a->list.at[i].number == b->list.at[k].number
                && wf_streq(a->list.at[i].row, b->list.at[k].row)) {
                found += wf_part_same(&a->list.at[i], &b->list.at[k]);
                break;
            }
    return found == a->list.n && a->list.n == b->list.n;
}

bool wf_rollup_verify(struct wf_call *call, const struct wf_doc *doc,
                      bool *sound, weft_error *err)
{
    struct wf_parts kept, made = { 0 };
    struct wf_totals_list totals;

    *sound = true;
    if (!doc->form->rollups)
        return true;
    if (!wf_parts_given_to(call, doc->id, &kept, err)
        || !wf_totals_load(call, doc->id, &totals, err)
        || !gather(call, doc, &made, err))
        return false;
    *sound = same_parts(&kept, &made);
    for (const struct wf_rollup *r = doc->form->rollups; r; r = r->next) {
        const struct wf_totals *found = wf_totals_of(&totals, r->number);
        struct wf_totals anew = { .number = r->number }, none = anew;

        for (size_t i = 0; i < made.list.n; i++)
            if (made.list.at[i].number == r->number)
                wf_totals_add(&anew, r, &made.list.at[i], 1);
        *sound = *sound && totals_agree(found ? found : &none, &anew);
    }
    return true;
}
