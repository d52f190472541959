/* org/who.c - the first reading: the people of a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/who.h"

#include "base/error.h"
#include "base/list.h"
#include "org/successor.h"
#include "org/who_words.h"

enum {
    PEOPLE_MAX = 10000
};

/* --- The people. */

/* From each of the argument's people or units to those it leads to. */
static bool follow(const struct wf_who_context *context,
                   const struct wf_who_word *word, const struct wf_who *who,
                   struct wf_idset *out, weft_error *err)
{
    struct wf_call *call = context->call;
    struct wf_idset from = { 0 };

    if (!wf_who_evaluate(context, who->arg, &from, err))
        return false;
    for (size_t i = 0; i < from.n; i++) {
        struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
        enum wf_fetch step;

        if (!wf_stmt_begin(call->db, word->forward, &q, err))
            return false;
        wf_stmt_bind_int(&q, 1, from.at[i]);
        if (word->parameters == WF_WHO_LEVELS) {
            wf_stmt_bind_int(&q, 2, wf_who_distance(word->low, who));
            wf_stmt_bind_int(&q, 3, wf_who_distance(word->high, who));
        }
        while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
            wf_idset_add(call->arena, out, wf_stmt_int(&q, 0));
        if (step == WF_FETCH_ERROR)
            return false;
    }
    return true;
}

/* Joins the two sides: of the left one those that the right one has (`and`)
 * or has not (`except`), or all of both (`,`). */
static bool combine(const struct wf_who_context *context,
                    const struct wf_who *who, struct wf_idset *out,
                    weft_error *err)
{
    struct wf_arena *arena = context->call->arena;
    struct wf_idset left = { 0 };
    struct wf_idset right = { 0 };

    if (!wf_who_evaluate(context, who->left, &left, err)
        || !wf_who_evaluate(context, who->right, &right, err))
        return false;
    for (size_t i = 0; i < left.n; i++)
        if (who->kind == WF_WHO_OR
            || wf_idset_has(&right, left.at[i]) == (who->kind == WF_WHO_AND))
            wf_idset_add(arena, out, left.at[i]);
    for (size_t i = 0; who->kind == WF_WHO_OR && i < right.n; i++)
        wf_idset_add(arena, out, right.at[i]);
    return true;
}

bool wf_who_evaluate(const struct wf_who_context *context,
                     const struct wf_who *who, struct wf_idset *out,
                     weft_error *err)
{
    const struct wf_who_word *word = wf_who_word(who->kind);

    if (!word)
        return combine(context, who, out, err);
    return word->start ? word->start(context, who, out, err)
                       : follow(context, word, who, out, err);
}

static void add_once(struct wf_arena *arena, struct wf_who_list *list, wf_id id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i] == id)
            return;
    *WF_PUSH(arena, list) = id;
}

/* Who has left is nobody, or whoever has taken over from them: then `heirs` is
 * set, and somebody may be named twice. */
static bool add_active(struct wf_call *call, const struct wf_person *person,
                       struct wf_who_list *out, bool *heirs, weft_error *err)
{
    wf_id id = person->id;

    if (!person->active) {
        if (!wf_successor_find(call, person->id, &id, err))
            return false;
        *heirs = *heirs || id;
    }
    if (id && *heirs)
        add_once(call->arena, out, id);
    else if (id)
        *WF_PUSH(call->arena, out) = id;
    return true;
}

bool wf_who_people(const struct wf_who_context *context,
                   const struct wf_who *who, struct wf_who_list *out,
                   weft_error *err)
{
    struct wf_call *call = context->call;
    struct wf_who_list active = { 0 };
    struct wf_idset all = { 0 };
    bool heirs = false;

    if (!wf_who_evaluate(context, who, &all, err))
        return false;
    if (all.n > PEOPLE_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "More than %d people are meant here. Name fewer.",
                       PEOPLE_MAX);
    if (!wf_people_load(call, all.at, all.n, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct wf_person *person;

        if (!wf_person_find(call, all.at[i], &person, err))
            return false;
        if (person && !add_active(call, person, &active, &heirs, err))
            return false;
    }
    *out = active;
    return true;
}

/* --- Whether one person is among them. */

static bool leads_to(struct wf_call *call, const struct wf_who *who, wf_id from,
                     wf_id person, bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct wf_who_word *word = wf_who_word(who->kind);
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, word->test, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, from);
    wf_stmt_bind_int(&q, 2, person);
    if (word->parameters == WF_WHO_LEVELS) {
        wf_stmt_bind_int(&q, 3, wf_who_distance(word->low, who));
        wf_stmt_bind_int(&q, 4, wf_who_distance(word->high, who));
    }
    step = wf_stmt_step(&q, err);
    *out = step == WF_FETCH_ROW;
    return step != WF_FETCH_ERROR;
}

static bool word_includes(const struct wf_who_context *context,
                          const struct wf_who *who, wf_id person, bool *out,
                          weft_error *err)
{
    const struct wf_who_word *word = wf_who_word(who->kind);
    struct wf_idset set = { 0 };

    if (word->includes)
        return word->includes(context, who, person, out, err);
    if (!wf_who_evaluate(context, word->start ? who : who->arg, &set, err))
        return false;
    *out = word->start && wf_idset_has(&set, person);
    for (size_t i = 0; !word->start && !*out && i < set.n; i++)
        if (!leads_to(context->call, who, set.at[i], person, out, err))
            return false;
    return true;
}

/* The left side decides alone where the right one could change nothing. */
static bool includes(const struct wf_who_context *context,
                     const struct wf_who *who, wf_id person, bool *out,
                     weft_error *err)
{
    bool right;

    if (wf_who_word(who->kind))
        return word_includes(context, who, person, out, err);
    if (!includes(context, who->left, person, out, err))
        return false;
    if (*out == (who->kind == WF_WHO_OR))
        return true;
    if (!includes(context, who->right, person, &right, err))
        return false;
    *out = right != (who->kind == WF_WHO_EXCEPT);
    return true;
}

bool wf_who_includes(const struct wf_who_context *context,
                     const struct wf_who *who, wf_id person, bool *out,
                     weft_error *err)
{
    const struct wf_person *found;

    if (!wf_person_find(context->call, person, &found, err))
        return false;
    if (!found || !found->active) {
        *out = false;
        return true;
    }
    return includes(context, who, person, out, err);
}
