/* plan/alert.c - when an alert looks: its timer, one for each alert, and what
 * the timer remembers between two pieces.
 *
 * A piece is a timer like any other: it is in the writer's queue with whatever
 * else waits, and sets itself again until nothing is left. Then it sets the
 * next day's. Who was off for a week looks once, and then at its time again.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/alert.h"

#include "base/hash.h"
#include "base/str.h"
#include "doc/watch.h"
#include "flow/reindex.h"

enum {
    PIECE = 1000,      /* documents: some ten milliseconds */
    PIECE_HOOKED = 16, /* where each change may run a hook */
    FILL = 1000,
    PATIENCE_MS = 20 * 1000, /* for index rows that are being made */
};

static const char KIND[] = "alert";

/* What the timer remembers. */
struct turn {
    bool filling; /* documents that were there before begin to be watched */
    bool all;     /* all are looked at: the alert or a setting is another one */
    wf_id after;
    int64_t since;     /* of filling: when the alert went live */
    const char *basis; /* what the last whole look rested on */
};

static struct turn read_turn(const struct wf_json *payload)
{
    const char *mode = wf_json_str(wf_json_get(payload, "mode"));
    const char *after = wf_json_str(wf_json_get(payload, "after"));
    struct turn turn = { .filling = wf_streq(mode, "fill"),
                         .all = wf_streq(mode, "all"),
                         .basis = wf_json_str(wf_json_get(payload, "basis")) };

    turn.since = (int64_t)wf_json_num(wf_json_get(payload, "since"), 0);
    if (after && !wf_id_parse(wf_str_of(after), &turn.after))
        turn.after = 0;
    return turn;
}

static bool set_timer(struct wf_flow *flow, const char *alert,
                      const struct turn *turn, int64_t due, weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_json *payload = wf_json_object(arena);
    struct wf_timer timer = {
        .kind = KIND, .key = alert, .due = due, .payload = payload
    };
    char after[WF_ID_TEXT];

    wf_id_write(turn->after, after);
    wf_json_set(arena, payload, "mode",
                wf_json_text(arena, turn->filling ? "fill"
                                    : turn->all   ? "all"
                                                  : "due"));
    wf_json_set(arena, payload, "after", wf_json_text(arena, after));
    if (turn->since)
        wf_json_set(arena, payload, "since", wf_json_int(arena, turn->since));
    if (turn->basis)
        wf_json_set(arena, payload, "basis", wf_json_text(arena, turn->basis));
    return wf_timer_set(flow, &timer, err);
}

bool wf_alert_begin(struct wf_flow *flow, const struct wf_head *head,
                    weft_error *err)
{
    struct turn turn = { .filling = true, .since = flow->call->now };

    return set_timer(flow, head->id, &turn, flow->call->now, err);
}

/* --- What a look rests on beside the documents */

static const char *basis_of(struct wf_call *call, const struct wf_alert *alert)
{
    const struct wf_package *package = alert->head.package;
    const struct wf_package *live =
        wf_registry_package(call->registry, package->id);
    char *text = wf_arena_alloc(call->arena, WF_HASH_TEXT);
    struct wf_hasher hasher;
    struct wf_hash hash;

    wf_hasher_init(&hasher);
    wf_hasher_add_int(&hasher, alert->head.version);
    for (const struct wf_setting *at = live ? live->settings : NULL; at;
         at = at->next) {
        const struct wf_json *value =
            wf_registry_setting(call->registry, package->id, at->id);
        const char *said = value ? wf_json_dump(call->arena, value) : "";

        wf_hasher_add_text(&hasher, at->id, strlen(at->id));
        wf_hasher_add_text(&hasher, said, strlen(said));
    }
    hash = wf_hasher_end(&hasher);
    wf_hash_write(&hash, text);
    return text;
}

/* --- Pieces */

static bool fill(struct wf_flow *flow, const struct wf_alert *alert,
                 struct turn *turn, weft_error *err)
{
    struct wf_watch_piece piece = { .after = turn->after, .max = FILL };
    struct turn next = { .basis = NULL };

    if (!wf_watch_fill(flow->call, alert, &piece, err))
        return false;
    turn->after = piece.after;
    return piece.n == piece.max
               ? set_timer(flow, alert->head.id, turn, flow->call->now, err)
               : set_timer(flow, alert->head.id, &next,
                           wf_look_next(alert, turn->since), err);
}

static bool look(struct wf_flow *flow, const struct wf_alert *alert,
                 struct turn *turn, bool *more, weft_error *err)
{
    struct wf_look look = { .alert = alert,
                            .all = turn->all,
                            .after = turn->after,
                            .max = alert->head.hook ? PIECE_HOOKED : PIECE };
    struct wf_seen_list seen;

    if (!wf_look(flow->call, &look, &seen, err))
        return false;
    for (size_t i = 0; i < seen.n; i++)
        if (!wf_alert_keep(flow, alert, &seen.at[i], err))
            return false;
    turn->after = look.after;
    *more = seen.n == (size_t)look.max;
    return true;
}

bool wf_alert_fire(struct wf_flow *flow, const struct wf_timer *timer,
                   weft_error *err)
{
    struct wf_call *call = flow->call;
    const struct wf_head *head =
        wf_registry_find(call->registry, KIND, timer->key);
    const struct wf_alert *alert = (const struct wf_alert *)(const void *)head;
    struct turn turn = read_turn(timer->payload);
    const char *basis;
    bool ready, more;

    if (!head || !alert->form)
        return true; /* it is not live any more */
    if (turn.filling)
        return fill(flow, alert, &turn, err);
    if (!wf_reindex_is_done(call, alert->form->family, &ready, err))
        return false;
    if (!ready)
        return set_timer(flow, head->id, &turn, call->now + PATIENCE_MS, err);
    basis = basis_of(call, alert);
    if (!wf_streq(basis, turn.basis))
        turn = (struct turn){ .all = true, .basis = basis };
    if (!look(flow, alert, &turn, &more, err))
        return false;
    if (more)
        return set_timer(flow, head->id, &turn, call->now, err);
    turn = (struct turn){ .basis = basis };
    return set_timer(flow, head->id, &turn, wf_look_next(alert, call->now),
                     err);
}

/* --- All at once */

static bool look_at_all(struct wf_flow *flow, const struct wf_alert *alert,
                        weft_error *err)
{
    struct wf_watch_piece piece = { .max = FILL };
    struct turn turn = { .all = true };
    bool more = true;

    do {
        if (!wf_watch_fill(flow->call, alert, &piece, err))
            return false;
    } while (piece.n == piece.max);
    while (more)
        if (!look(flow, alert, &turn, &more, err))
            return false;
    return true;
}

bool wf_alerts_look(struct wf_flow *flow, weft_error *err)
{
    const struct wf_head *head;
    size_t cursor = 0;

    while ((head = wf_registry_next_of(flow->call->registry, KIND, &cursor))) {
        const struct wf_alert *alert =
            (const struct wf_alert *)(const void *)head;

        if (alert->form && !look_at_all(flow, alert, err))
            return false;
    }
    return true;
}
