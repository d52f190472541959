/* flow/migrate.c - a running document moves to another version of its form.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/migrate.h"

#include "base/error.h"
#include "doc/doc_lane.h"
#include "doc/history.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/deadline.h"
#include "flow/seat.h"
#include "flow/settle.h"
#include "flow/step.h"
#include "flow/undo.h"
#include "flow/verb.h"

/* --- Where it goes */

/* Whether it goes on with a group: under the promise that its people were
 * given when they were asked. */
static bool has_group(const struct wf_wanted *wanted,
                      const struct wf_group *group)
{
    for (const struct wf_group *g = wanted->groups; g; g = g->next)
        if (wf_streq(g->id, group->id))
            return g->anonymous == group->anonymous;
    return false;
}

/* Whether what the one has asked for is what the other waits for: no answer
 * that somebody is writing may lead nowhere. */
static bool same_wanted(const struct wf_step *a, const struct wf_step *b)
{
    if (!a->wanted || !b->wanted)
        return !a->wanted;
    if (a->kind != b->kind || !wf_streq(a->wanted->form, b->wanted->form)
        || (b->wanted->no_wait && !a->wanted->no_wait)
        || b->wanted->floor < a->wanted->floor)
        return false;
    for (const struct wf_group *g = a->wanted->groups; g; g = g->next)
        if (!has_group(b->wanted, g))
            return false;
    return true;
}

const struct wf_step *wf_migrate_step(const struct wf_migration *migration,
                                      const struct wf_step *step)
{
    const char *named = wf_json_str(wf_json_get(migration->steps, step->id));
    const struct wf_step *to =
        wf_form_step(migration->to, named ? named : step->id);

    if (to && !step->lane && to->lane)
        return NULL; /* one comes to a lane by its parallel only */
    if (named && !wf_streq(named, step->id))
        return to; /* what the old one has asked for is given up */
    return to && same_wanted(step, to) ? to : NULL;
}

static const char *who_text(struct wf_arena *arena, const struct wf_who *who)
{
    struct wf_buf text = WF_BUF_INIT(arena);

    if (who)
        wf_who_write(&text, who);
    return wf_buf_text(&text);
}

static bool same_who(const struct wf_who *a, const struct wf_who *b)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();

    return wf_streq(who_text(arena, a), who_text(arena, b));
}

static bool same_level(const struct wf_level *a, const struct wf_level *b)
{
    return same_who(a->by, b->by) && a->climb == b->climb
           && a->climb_levels == b->climb_levels && a->agree == b->agree
           && a->agree_n == b->agree_n && a->order == b->order;
}

/* Whether it is one step: of the same name, or, where people are asked, with a
 * new name that the old version has not and an old one that the new has not. */
static bool is_same(const struct wf_migration *m, const struct wf_form *from,
                    const struct wf_step *step, const struct wf_step *to)
{
    if (step->kind != to->kind)
        return false;
    return wf_streq(step->id, to->id)
           || ((step->kind == WF_STEP_WORK || step->kind == WF_STEP_APPROVAL)
               && !wf_form_step(from, to->id)
               && !wf_form_step(m->to, step->id));
}

bool wf_migrate_keeps(const struct wf_migration *m, const struct wf_form *from,
                      const struct wf_step *step, const char *level,
                      const struct wf_step *to)
{
    struct wf_level_turn old = { .level = NULL }, new = { .level = NULL };

    if (!is_same(m, from, step, to))
        return false;
    if (step->kind == WF_STEP_WORK)
        return same_who(step->by, to->by);
    if (step->kind != WF_STEP_APPROVAL)
        return true;
    return wf_level_turn_find(step, level, &old)
           && wf_level_turn_find(to, level, &new)
           && same_level(old.level, new.level);
}

bool wf_migrate_find_step(const struct wf_migration *m,
                          const struct wf_step *step,
                          const struct wf_step **out, weft_error *err)
{
    *out = wf_migrate_step(m, step);
    return *out
           || wf_fail(err, WEFT_E_CONFLICT,
                      "Version %d has no step \"%s\" that could go on with "
                      "them. Say to which step its documents go.",
                      m->to->version, step->id);
}

/* --- What a chain remembers */

/* Where the new version goes on with the level `name` of an approval of the old
 * one: there, or at the next one that it has. */
static const char *level_for(struct wf_flow *flow, const struct wf_step *step,
                             const char *name, const struct wf_step *to)
{
    struct wf_level_turn turn, new;

    if (!wf_level_turn_find(step, name, &turn))
        return NULL;
    for (const struct wf_level *level = turn.level; level;
         level = level->next) {
        if (level != turn.level)
            name = level->climb
                       ? wf_arena_printf(flow->call->arena, "%s-1", level->id)
                       : level->id;
        if (wf_level_turn_find(to, name, &new))
            return name;
    }
    return NULL;
}

/* The same of a document that may stand before its approval: it was sent back
 * from there. */
static const char *resume_for(struct wf_flow *flow, const struct wf_doc *old,
                              const struct wf_migration *m, const char *name)
{
    const char *found = NULL;

    for (const struct wf_step *step = old->form->steps; step && !found;
         step = step->next) {
        const struct wf_step *to =
            step->kind == WF_STEP_APPROVAL ? wf_migrate_step(m, step) : NULL;

        if (to && to->kind == WF_STEP_APPROVAL)
            found = level_for(flow, step, name, to);
    }
    return found;
}

/* Names of the old version that the new one does not have would lead nowhere:
 * where a submit came from, where a return goes on. */
static void rename_remembered(struct wf_flow *flow, struct wf_doc *doc,
                              const struct wf_doc *old,
                              const struct wf_migration *m)
{
    const char *from = wf_approval_kept(doc, "from");
    const char *resume = wf_approval_kept(doc, "resume");
    const char *named = from ? wf_json_str(wf_json_get(m->steps, from)) : NULL;
    char by[WF_ID_TEXT];

    if (resume)
        wf_approval_keep(flow, doc, "resume", resume_for(flow, old, m, resume));
    if (!from && doc->step->kind != WF_STEP_APPROVAL)
        return;
    if (named)
        from = named;
    if (!from || !wf_form_step(m->to, from))
        from = m->to->start->id;
    wf_approval_keep(flow, doc, "from", from);
    if (!wf_approval_kept(doc, "by") && doc->creator) {
        wf_id_write(doc->creator, by);
        wf_approval_keep(flow, doc, "by", by);
    }
}

/* --- Telling of it */

static void push_lost(struct wf_flow *flow, struct wf_json *changes,
                      const struct wf_json *lost)
{
    struct wf_arena *arena = flow->call->arena;

    for (size_t i = 0; i < wf_json_len(lost); i++) {
        const struct wf_json *one = lost->u.array.at[i];
        struct wf_json *change = wf_json_object(arena);

        wf_json_set(arena, change, "field", wf_json_get(one, "field"));
        wf_json_set(arena, change, "from", wf_json_get(one, "value"));
        wf_json_set(arena, change, "to", wf_json_null(arena));
        wf_json_push(arena, changes, change);
    }
}

static void push_all(struct wf_flow *flow, struct wf_json *changes,
                     const struct wf_json *more)
{
    for (size_t i = 0; i < wf_json_len(more); i++)
        wf_json_push(flow->call->arena, changes, more->u.array.at[i]);
}

static bool tell(struct wf_flow *flow, const struct wf_doc *doc,
                 const struct wf_migration *m, int version,
                 const struct wf_moved *moved, weft_error *err)
{
    struct wf_json *changes = wf_json_array(flow->call->arena);
    struct wf_event event = { .document = doc->id,
                              .kind = "migrate",
                              .step = doc->step->id,
                              .level = doc->level,
                              .reason = "version",
                              .changes = changes };

    event.comment = wf_arena_printf(flow->call->arena, "%d → %d%s%s", version,
                                    m->to->version, m->reason ? ": " : "",
                                    m->reason ? m->reason : "");
    push_lost(flow, changes, moved->values.lost);
    push_all(flow, changes, moved->values.changed);
    push_all(flow, changes, moved->derived);
    return wf_history_add(flow->call, &event, err);
}

/* --- The work in hand */

/* Asks at the step that it is in already, without its hook: nobody enters. */
static bool ask_anew(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    const struct wf_step *next = NULL;

    if (!wf_seats_close(flow, doc, err))
        return false;
    wf_undo_close(flow, doc); /* acts on seats that are no more */
    if (doc->step->kind == WF_STEP_APPROVAL)
        return wf_approval_ask_anew(flow, doc, &next, err)
               && (!next || wf_step_move(flow, doc, next, err));
    return wf_step_ask_anew(flow, doc, err);
}

bool wf_migrate_place(struct wf_flow *flow, struct wf_doc *doc,
                      struct wf_doc *old, const struct wf_migration *m,
                      bool *kept, weft_error *err)
{
    const struct wf_step *to = doc->step;
    bool same = is_same(m, old->form, old->step, to);

    rename_remembered(flow, doc, old, m);
    *kept = wf_migrate_keeps(m, old->form, old->step, old->level, to);
    if (old->step->kind == WF_STEP_PARALLEL && to->kind == WF_STEP_PARALLEL)
        return wf_migrate_lanes(flow, doc, old, m, kept, err);
    if (same && !wf_streq(old->step->id, to->id)
        && !wf_seats_rename(flow, doc, old->step->id, err))
        return false;
    if (*kept) {
        wf_undo_keep_levels(flow, doc);
        return true;
    }
    if (same && (to->kind == WF_STEP_WORK || to->kind == WF_STEP_APPROVAL))
        return ask_anew(flow, doc, err);
    return wf_step_clear(flow, old, err)
           && (old->step->kind != WF_STEP_PARALLEL
               || wf_migrate_lane_rows(flow->call, doc, old, err))
           && wf_step_enter(flow, doc, to, err);
}

static bool who_is_asked(struct wf_flow *flow, struct wf_doc *doc,
                         struct wf_who_list *out, weft_error *err)
{
    struct wf_deed deed;

    *out = (struct wf_who_list){ NULL, 0, 0 };
    if (!wf_deed_begin(&deed, flow, doc, NULL, err))
        return false;
    for (size_t i = 0; i < deed.seats.n; i++)
        if (deed.seats.at[i].state == WF_SEAT_OPEN)
            wf_who_list_add(flow->call->arena, out, deed.seats.at[i].person);
    return true;
}

/* --- One document */

static bool check(const struct wf_doc *doc, const struct wf_migration *m,
                  weft_error *err)
{
    if (doc->state != WF_OPEN)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "It has been finished meanwhile and stays as it is.");
    if (doc->veil)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "An anonymous answer stays on its version.");
    return doc->form->version != m->to->version
           || wf_fail(err, WEFT_E_CONFLICT, "It is there already.");
}

bool wf_migrate_doc(struct wf_flow *flow, struct wf_doc *doc,
                    const struct wf_migration *m, struct wf_moved *out,
                    weft_error *err)
{
    const struct wf_converting how = { m->to, m->fields };
    struct wf_doc old = *doc;
    const struct wf_step *step;

    *out = (struct wf_moved){ .from = doc->step, .from_level = doc->level };
    if (!check(doc, m, err) || !wf_migrate_find_step(m, doc->step, &step, err)
        || !wf_convert(flow->call, doc, &how, &out->values, err))
        return false;
    doc->step = step;
    doc->before = wf_json_copy(flow->call->arena, doc->data);
    if (!wf_settle_values(flow, doc, err))
        return false;
    out->derived = wf_doc_changes(flow->call, doc);
    wf_doc_touch(flow->call, doc);
    if (!tell(flow, doc, m, old.form->version, out, err)
        || !wf_migrate_place(flow, doc, &old, m, &out->kept, err))
        return false;
    wf_lane_look(doc, NULL);
    if (!wf_settle_values(flow, doc, err) || !wf_deadline_renew(flow, doc, err)
        || !wf_doc_save(flow->call, doc, err))
        return false;
    out->to = doc->step;
    out->to_level = doc->level;
    return who_is_asked(flow, doc, &out->asked, err);
}
