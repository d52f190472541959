/* org/unit_names.c - by what names people speak of units.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/unit_names.h"

#include <string.h>

#include "base/letters.h"
#include "base/list.h"
#include "base/phrases.h"
#include "base/text.h"
#include "org/directory.h"
#include "org/person.h"

static const char SQL_ALL[] =
    "SELECT key, name FROM unit WHERE active = 1 ORDER BY pinyin, key";

/* What is left out of a name in speech. */
static const char *const endings[] = {
    "资源部", "部", "组", "中心", "处", "科"
};

enum {
    ABRIDGED_MIN = 5, /* letters of a name of which two and the last are said */
    N_KINDS = 3
};

/* How sure each kind of name is, of 100. */
static const int sure[N_KINDS] = { 100, 90, 80 };

struct wf_unit_names {
    struct wf_arena *arena;
    struct wf_phrases *kinds[N_KINDS]; /* whole, abridged, without ending */
};

/* --- Filled */

static void add_abridged(struct wf_unit_names *names, const char *name,
                         const char *key)
{
    struct wf_letters of = wf_letters_of(names->arena, name);
    const char *text = of.folded, *third = text, *last = text;

    for (size_t i = 0; i + 1 < of.n; i++) {
        (void)wf_utf8_next(&last);
        if (i < 2)
            third = last;
    }
    if (of.n >= ABRIDGED_MIN)
        wf_phrases_add(names->kinds[1],
                       wf_arena_printf(names->arena, "%.*s%s",
                                       (int)(third - text), text, last),
                       key);
}

static void add_short(struct wf_unit_names *names, const char *name,
                      const char *key)
{
    enum {
        LETTER = 3 /* bytes of a Chinese one: more than one is left */
    };

    for (size_t i = 0; i < WF_COUNT(endings); i++) {
        size_t len = strlen(name), end = strlen(endings[i]);

        if (len > end + LETTER && wf_streq(name + len - end, endings[i]))
            wf_phrases_add(names->kinds[2],
                           wf_arena_slice(names->arena,
                                          (struct wf_str){ name, len - end }),
                           key);
    }
}

static void add(struct wf_unit_names *names, const char *key, const char *name)
{
    const char *folded = wf_letters_of(names->arena, name).folded;

    wf_phrases_add(names->kinds[0], wf_letters_of(names->arena, key).folded,
                   key);
    wf_phrases_add(names->kinds[0], folded, key);
    if ((unsigned char)*folded < 0x80)
        return;
    add_abridged(names, folded, key);
    add_short(names, folded, key);
}

static bool fill(struct wf_call *call, struct wf_unit_names *names,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        add(names, wf_stmt_str(&q, 0, names->arena),
            wf_stmt_str(&q, 1, names->arena));
    for (size_t i = 0; i < N_KINDS; i++)
        wf_phrases_seal(names->kinds[i]);
    return step == WF_FETCH_DONE;
}

static struct wf_unit_names *names_new(struct wf_arena *arena)
{
    struct wf_unit_names *names = WF_NEW(arena, struct wf_unit_names);

    names->arena = arena;
    for (size_t i = 0; i < N_KINDS; i++)
        names->kinds[i] = wf_phrases_new(arena);
    return names;
}

/* Of the roster, which whoever comes first fills; without one, of the call. */
static bool names_of(struct wf_call *call, const struct wf_unit_names **out,
                     weft_error *err)
{
    struct wf_roster *roster = wf_people_roster(call->people);
    struct wf_unit_names *own;

    *out = wf_roster_unit_names(roster);
    if (*out)
        return true;
    own = names_new(roster ? wf_arena_new() : call->arena);
    if (!fill(call, own, err)) {
        if (roster)
            wf_arena_free(own->arena);
        return false;
    }
    *out = roster ? wf_roster_keep_unit_names(roster, own, own->arena) : own;
    return true;
}

/* --- Found */

bool wf_unit_names_find(struct wf_call *call, const char *text,
                        struct wf_units_found *out, weft_error *err)
{
    const struct wf_unit_names *names;

    if (!names_of(call, &names, err))
        return false;
    for (size_t kind = 0; kind < N_KINDS; kind++) {
        struct wf_phrases_found found = { NULL, 0, 0 };

        wf_phrases_find(names->kinds[kind], call->arena, text, &found);
        for (size_t i = 0; i < found.n; i++)
            *WF_PUSH(call->arena, out) =
                (struct wf_unit_found){ found.at[i].from, found.at[i].to,
                                        found.at[i].ids.at[0], sure[kind] };
    }
    return true;
}
