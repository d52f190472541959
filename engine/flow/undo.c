/* flow/undo.c - the acts of a walk that can be withdrawn.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/undo.h"

#include <string.h>

#include "base/error.h"
#include "flow/ask.h"
#include "flow/level.h"
#include "flow/reseat.h"

/* A document keeps so many acts; nobody takes back more in a row. */
enum {
    ACTS_MAX = 16
};

struct wf_undo {
    struct wf_json *act;
    struct wf_json *was, *made;
    struct wf_who_list noted;    /* seats */
    const struct wf_seats *walk; /* as they were */
};

static struct wf_json *id_text(struct wf_arena *arena, wf_id id)
{
    char text[WF_ID_TEXT];

    wf_id_write(id, text);
    return wf_json_text(arena, id ? text : "");
}

static wf_id id_of(const struct wf_json *text)
{
    const char *digits = wf_json_str(text);
    wf_id id = 0;

    if (digits)
        (void)wf_id_parse(wf_str_of(digits), &id);
    return id;
}

/* --- Noting */

void wf_undo_begin(struct wf_flow *flow, const struct wf_doc *doc,
                   const char *verb, const struct wf_seats *walk)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_undo *undo = WF_NEW(arena, struct wf_undo);
    struct wf_json *act = wf_json_object(arena);
    struct wf_json *resume = wf_json_get(doc->flow, "resume");

    undo->act = act;
    undo->walk = walk;
    undo->was = wf_json_array(arena);
    undo->made = wf_json_array(arena);
    wf_json_set(arena, act, "verb", wf_json_text(arena, verb));
    wf_json_set(arena, act, "by",
                id_text(arena, flow->call->me ? flow->call->me->id : 0));
    wf_json_set(arena, act, "level", wf_json_text(arena, doc->level));
    wf_json_set(arena, act, "walk", wf_json_int(arena, doc->walk));
    if (resume)
        wf_json_set(arena, act, "resume", resume);
    wf_json_set(arena, act, "was", undo->was);
    wf_json_set(arena, act, "made", undo->made);
    flow->undo = undo;
}

void wf_undo_was(struct wf_flow *flow, const struct wf_seat *seat)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_json *row;

    if (!flow->undo || wf_who_list_has(&flow->undo->noted, seat->id))
        return;
    wf_who_list_add(arena, &flow->undo->noted, seat->id);
    row = wf_json_array(arena);
    wf_json_push(arena, row, id_text(arena, seat->id));
    wf_json_push(arena, row,
                 wf_json_text(arena, wf_seat_state_name(seat->state)));
    wf_json_push(arena, row, id_text(arena, seat->person));
    wf_json_push(arena, row, id_text(arena, seat->giver));
    wf_json_push(arena, row, wf_json_text(arena, seat->source));
    if (seat->unseen)
        wf_json_push(arena, row, wf_json_text(arena, seat->unseen));
    wf_json_push(arena, flow->undo->was, row);
}

void wf_undo_were(struct wf_flow *flow, const char *level)
{
    for (size_t i = 0; flow->undo && i < flow->undo->walk->n; i++) {
        const struct wf_seat *seat = &flow->undo->walk->at[i];

        if (level ? wf_streq(seat->level, level) : wf_seat_is_live(seat))
            wf_undo_was(flow, seat);
    }
}

void wf_undo_made(struct wf_flow *flow, wf_id seat)
{
    struct wf_arena *arena = flow->call->arena;

    if (!flow->undo)
        return;
    wf_who_list_add(arena, &flow->undo->noted, seat);
    wf_json_push(arena, flow->undo->made, id_text(arena, seat));
}

/* The oldest `n` are not kept. */
static void cut(struct wf_flow *flow, struct wf_doc *doc, size_t n)
{
    struct wf_json *acts = wf_json_get(doc->flow, "acts");

    if (n == 0)
        return;
    acts->u.array.n -= n;
    memmove(acts->u.array.at, acts->u.array.at + n,
            acts->u.array.n * sizeof *acts->u.array.at);
    wf_json_set(flow->call->arena, doc->flow, "cut",
                wf_json_bool(flow->call->arena, true));
}

void wf_undo_end(struct wf_flow *flow, struct wf_doc *doc)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_undo *undo = flow->undo;
    struct wf_json *acts = wf_json_get(doc->flow, "acts");

    flow->undo = NULL;
    if (!undo || doc->step->kind != WF_STEP_APPROVAL)
        return;
    if (!acts) {
        acts = wf_json_array(arena);
        wf_json_set(arena, doc->flow, "acts", acts);
    }
    wf_json_set(arena, undo->act, "at", wf_json_text(arena, doc->level));
    wf_json_push(arena, acts, undo->act);
    if (wf_json_len(acts) > ACTS_MAX)
        cut(flow, doc, 1);
}

void wf_undo_forget(struct wf_doc *doc)
{
    (void)wf_json_remove(doc->flow, "acts");
    (void)wf_json_remove(doc->flow, "cut");
}

void wf_undo_close(struct wf_flow *flow, struct wf_doc *doc)
{
    cut(flow, doc, wf_json_len(wf_json_get(doc->flow, "acts")));
}

/* Whether the level that `act` calls `key` can be gone back to. */
static bool has_level(const struct wf_doc *doc, const struct wf_json *act,
                      const char *key)
{
    const char *level = wf_json_str(wf_json_get(act, key));
    struct wf_level_turn turn;

    return !level || wf_level_turn_find(doc->step, level, &turn);
}

void wf_undo_keep_levels(struct wf_flow *flow, struct wf_doc *doc)
{
    const struct wf_json *acts = wf_json_get(doc->flow, "acts");
    size_t n = wf_json_len(acts);

    while (n > 0 && has_level(doc, acts->u.array.at[n - 1], "level")
           && has_level(doc, acts->u.array.at[n - 1], "at")
           && has_level(doc, acts->u.array.at[n - 1], "resume"))
        n--;
    cut(flow, doc, n);
}

/* --- Taking back */

static const struct wf_json *last_of(const struct wf_doc *doc)
{
    const struct wf_json *acts = wf_json_get(doc->flow, "acts");
    size_t n = wf_json_len(acts);

    return n > 0 ? acts->u.array.at[n - 1] : NULL;
}

bool wf_undo_is_empty(const struct wf_doc *doc)
{
    return !last_of(doc) && !wf_json_get(doc->flow, "cut");
}

bool wf_undo_is_last(const struct wf_doc *doc, wf_id person)
{
    const struct wf_json *act = last_of(doc);

    return act && id_of(wf_json_get(act, "by")) == person
           && wf_streq(wf_json_str(wf_json_get(act, "at")), doc->level);
}

bool wf_undo_has_acted(const struct wf_doc *doc, wf_id person)
{
    const struct wf_json *acts = wf_json_get(doc->flow, "acts");

    for (size_t i = 0; i < wf_json_len(acts); i++)
        if (id_of(wf_json_get(acts->u.array.at[i], "by")) == person)
            return true;
    return false;
}

bool wf_undo_is_spent(const struct wf_doc *doc)
{
    return !last_of(doc) && wf_json_get(doc->flow, "cut");
}

static struct wf_seat read_row(const struct wf_json *row)
{
    struct wf_json **at = row->u.array.at;

    return (struct wf_seat){ .id = id_of(at[0]),
                             .state = wf_seat_state_of(wf_json_str(at[1])),
                             .person = id_of(at[2]),
                             .giver = id_of(at[3]),
                             .source = wf_json_str(at[4]),
                             .unseen = wf_json_len(row) > 5 ? wf_json_str(at[5])
                                                            : NULL };
}

static bool names(const struct wf_json *ids, wf_id seat)
{
    for (size_t i = 0; i < wf_json_len(ids); i++) {
        const struct wf_json *one = ids->u.array.at[i];

        if (id_of(wf_json_is(one, WF_JSON_ARRAY) ? one->u.array.at[0] : one)
            == seat)
            return true;
    }
    return false;
}

/* Whether the engine has given them another seat here since: a substitution or
 * a handover. They would have two. */
static bool has_another(const struct wf_json *act, const struct wf_seats *seats,
                        wf_id person)
{
    for (size_t i = 0; i < seats->n; i++)
        if (seats->at[i].person == person && wf_seat_is_live(&seats->at[i])
            && !names(wf_json_get(act, "was"), seats->at[i].id)
            && !names(wf_json_get(act, "made"), seats->at[i].id))
            return true;
    return false;
}

/* The state that a seat would have. */
static enum wf_seat_state state_after(const struct wf_json *act,
                                      const struct wf_seat *seat)
{
    const struct wf_json *was = wf_json_get(act, "was");

    for (size_t i = 0; i < wf_json_len(was); i++)
        if (id_of(was->u.array.at[i]->u.array.at[0]) == seat->id)
            return read_row(was->u.array.at[i]).state;
    return seat->state;
}

/* Whether whoever it hangs on waits for it no longer: the engine has given that
 * seat to somebody else, or taken it away. */
static bool is_untied(const struct wf_json *act, const struct wf_seats *seats,
                      wf_id id)
{
    const struct wf_seat *seat = wf_seats_find(seats, id);
    const struct wf_seat *asker =
        seat ? wf_seats_find(seats, seat->asker) : NULL;

    if (!asker || seat->tie == WF_TIE_BESIDE)
        return false;
    if (seat->tie == WF_TIE_AFTER)
        return state_after(act, asker) == WF_SEAT_CLOSED;
    return state_after(act, asker) != WF_SEAT_WAITING;
}

/* Refused where whoever would have the seat, or whose it would be, has left. */
static bool are_here(struct wf_flow *flow, const struct wf_seat *seat,
                     const struct wf_person **holder, weft_error *err)
{
    const struct wf_person *gone;

    if (!wf_person_find(flow->call, seat->person, holder, err)
        || !wf_person_find(flow->call, wf_seat_principal(seat), &gone, err))
        return false;
    if (!(*holder)->active)
        gone = *holder;
    return gone->active
           || wf_fail(err, WEFT_E_CONFLICT,
                      "Too late: %s, who was asked then, has left.",
                      gone->name);
}

bool wf_undo_is_possible(struct wf_flow *flow, const struct wf_doc *doc,
                         weft_error *err)
{
    const struct wf_json *act = last_of(doc), *was = wf_json_get(act, "was");
    struct wf_seats seats = { NULL, 0, 0 };

    /* elsewhere all seats are closed first */
    if (wf_streq(wf_json_str(wf_json_get(act, "level")), doc->level)
        && !wf_seats_load(flow, doc, false, &seats, err))
        return false;
    for (size_t i = 0; i < wf_json_len(was); i++) {
        struct wf_seat seat = read_row(was->u.array.at[i]);
        const struct wf_person *person;

        if (!wf_seat_is_live(&seat))
            continue;
        if (!are_here(flow, &seat, &person, err))
            return false;
        if (is_untied(act, &seats, seat.id))
            return wf_fail(err, WEFT_E_CONFLICT,
                           "Too late: somebody has acted since.");
        if (has_another(act, &seats, seat.person))
            return wf_fail(err, WEFT_E_CONFLICT,
                           "Too late: %s is asked here in another's place "
                           "since.",
                           person->name);
    }
    return true;
}

static bool restore(struct wf_flow *flow, const struct wf_json *was,
                    weft_error *err)
{
    for (size_t i = 0; i < wf_json_len(was); i++) {
        struct wf_seat seat = read_row(was->u.array.at[i]);

        if (!wf_seat_restore(flow, &seat, err))
            return false;
    }
    return true;
}

static bool close_made(struct wf_flow *flow, const struct wf_json *made,
                       weft_error *err)
{
    for (size_t i = 0; i < wf_json_len(made); i++) {
        struct wf_seat seat = { .id = id_of(made->u.array.at[i]) };

        if (!wf_seat_set(flow, &seat, WF_SEAT_CLOSED, err))
            return false;
    }
    return true;
}

bool wf_undo_last(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    struct wf_json *acts = wf_json_get(doc->flow, "acts");
    const struct wf_json *act = last_of(doc);
    struct wf_json *resume = wf_json_get(act, "resume");

    const char *level = wf_json_str(wf_json_get(act, "level"));

    if (!wf_streq(level, doc->level) && !wf_seats_close(flow, doc, err))
        return false;
    if (!close_made(flow, wf_json_get(act, "made"), err))
        return false;
    doc->level = level;
    (void)wf_json_to_int(wf_json_get(act, "walk"), &doc->walk);
    if (resume)
        wf_json_set(flow->call->arena, doc->flow, "resume", resume);
    else
        (void)wf_json_remove(doc->flow, "resume");
    acts->u.array.n--;
    return restore(flow, wf_json_get(act, "was"), err);
}
