/* plan/alert_keep.c - what a look has found of a document is kept: nothing but
 * the next look where its light is the same; else the light, the episode, the
 * event, and who hears of it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "doc/history.h"
#include "doc/watch.h"
#include "flow/hook.h"
#include "plan/alert.h"
#include "plan/tell.h"

/* A light that changes. */
struct turn {
    struct wf_flow *flow;
    const struct wf_alert *alert;
    const struct wf_seen *seen;
    struct wf_doc *doc;
};

static bool note(const struct turn *t, const char *reason, weft_error *err)
{
    const struct wf_event event = { .document = t->doc->id,
                                    .kind = "alert",
                                    .step = t->doc->step->id,
                                    .reason = reason,
                                    .comment = t->alert->head.id,
                                    .by_system = true };

    return wf_history_add(t->flow->call, &event, err);
}

static bool announce(const struct turn *t, const struct wf_alert_level *level,
                     wf_id row, weft_error *err)
{
    struct wf_flow *flow = t->flow;
    struct wf_news news = { .head = &t->alert->head,
                            .doc = t->doc,
                            .about = t->doc->id,
                            .tell = level->tell,
                            .says = level->says,
                            .words = level->words,
                            .level = level->id,
                            .colour = wf_colour_name(level->colour) };
    struct wf_json *about;
    size_t n;

    return wf_news_tell(flow, &news, &n, err)
           && wf_episode_told(flow->call, row, n, err)
           && wf_hook_doc(flow, t->doc, NULL, &about, err)
           && wf_news_hook(flow, &news, about, err);
}

/* The level that is lit from now on; `before` is the episode that goes on. */
static bool light_up(const struct turn *t, wf_id before, weft_error *err)
{
    const struct wf_alert_level *level = t->seen->level;
    struct wf_call *call = t->flow->call;
    const struct wf_episode episode = {
        .kind = "alert",
        .name = t->alert->head.id,
        .level = level->id,
        .colour = wf_colour_name(level->colour),
        .document = t->doc->id,
        .begun = call->now,
    };
    wf_id row;
    bool tell;

    return wf_episode_begin(call, &episode, before, &row, &tell, err)
           && note(t, level->id, err)
           && (!tell || announce(t, level, row, err));
}

static bool change(struct wf_flow *flow, const struct wf_alert *alert,
                   const struct wf_seen *seen, weft_error *err)
{
    const struct wf_alert_level *level = seen->level;
    const struct wf_light light = {
        .alert = alert->head.id,
        .document = seen->document,
        .level = level ? level->id : NULL,
        .colour = level ? wf_colour_name(level->colour) : NULL,
        .due = seen->due,
    };
    struct turn turn = { flow, alert, seen, NULL };
    wf_id before;

    if (!wf_watch_change(flow->call, &light, err)
        || !wf_episode_end(flow->call, alert->head.id, seen->document, &before,
                           err)
        || !wf_doc_load(flow->call, seen->document, &turn.doc, err))
        return false;
    if (!turn.doc)
        return true;
    return level ? light_up(&turn, before, err) : note(&turn, "green", err);
}

bool wf_alert_keep(struct wf_flow *flow, const struct wf_alert *alert,
                   const struct wf_seen *seen, weft_error *err)
{
    const struct wf_light light = { .alert = alert->head.id,
                                    .document = seen->document,
                                    .due = seen->due };

    if (seen->gone)
        return wf_watch_leave(flow->call, alert->head.id, seen->document, err);
    if (wf_streq(seen->lit, seen->level ? seen->level->id : NULL))
        return wf_watch_put_off(flow->call, &light, err);
    return change(flow, alert, seen, err);
}
