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
    "SELECT key, name, parent FROM unit WHERE active = 1 ORDER BY pinyin, key";

/* What the one above all others is called, whatever its name. */
static const char *const whole[] = { "全公司",         "整个公司",
                                     "公司整体",       "whole company",
                                     "entire company", "company wide" };

/* What is left out of a name in speech. */
static const char *const endings[] = {
    "资源部", "部", "组", "中心", "处", "科"
};

/* What is said instead of the rest of a name: 华东那边. */
static const char *const sides[] = { "那边", "这边", "那块", "那儿", "片区" };

/* What the parts of a Chinese name are called in English, the usual word first;
 * a number goes behind what it counts, and what ends a name may be left out. */
enum part_kind {
    A_NOUN,
    A_NUMBER,
    AN_ENDING
};
static const struct part {
    const char *zh, *en[3];
    enum part_kind kind;
} parts[] = {
    { "华东", { "east", "east china", "eastern" }, A_NOUN },
    { "华南", { "south", "south china", "southern" }, A_NOUN },
    { "华北", { "north", "north china", "northern" }, A_NOUN },
    { "华中", { "central", "central china" }, A_NOUN },
    { "西南", { "southwest", "south west" }, A_NOUN },
    { "西北", { "northwest", "north west" }, A_NOUN },
    { "东北", { "northeast", "north east" }, A_NOUN },
    { "海外", { "overseas", "international" }, A_NOUN },
    { "国内", { "domestic" }, A_NOUN },
    { "销售", { "sales" }, A_NOUN },
    { "市场", { "marketing" }, A_NOUN },
    { "生产", { "production", "manufacturing" }, A_NOUN },
    { "制造", { "manufacturing", "production" }, A_NOUN },
    { "质量", { "quality" }, A_NOUN },
    { "品质", { "quality" }, A_NOUN },
    { "设备", { "equipment", "maintenance" }, A_NOUN },
    { "采购", { "purchasing", "procurement" }, A_NOUN },
    { "物流", { "logistics" }, A_NOUN },
    { "仓储", { "warehouse" }, A_NOUN },
    { "研发", { "r&d", "research and development", "development" }, A_NOUN },
    { "技术", { "technology", "engineering", "technical" }, A_NOUN },
    { "工程", { "engineering" }, A_NOUN },
    { "信息", { "it", "information" }, A_NOUN },
    { "人力资源", { "human resources", "hr" }, A_NOUN },
    { "人事", { "hr", "personnel" }, A_NOUN },
    { "行政", { "administration", "admin" }, A_NOUN },
    { "财务", { "finance", "accounting" }, A_NOUN },
    { "法务", { "legal" }, A_NOUN },
    { "职能", { "corporate", "support", "administrative" }, A_NOUN },
    { "车间", { "workshop", "shop" }, A_NOUN },
    { "一", { "1", "one" }, A_NUMBER },
    { "二", { "2", "two" }, A_NUMBER },
    { "三", { "3", "three" }, A_NUMBER },
    { "四", { "4", "four" }, A_NUMBER },
    { "五", { "5", "five" }, A_NUMBER },
    { "部", { "department", "dept", "division" }, AN_ENDING },
    { "组", { "team", "group" }, AN_ENDING },
    { "中心", { "center", "centre" }, AN_ENDING },
    { "处", { "office" }, AN_ENDING },
    { "科", { "section" }, AN_ENDING },
};

enum {
    ABRIDGED_MIN = 5, /* letters of a name of which two and the last are said */
    N_KINDS = 3,
    PARTS_MAX = 6 /* of a name that is put into English */
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
    if (of.n < ABRIDGED_MIN)
        return;
    wf_phrases_add(names->kinds[1],
                   wf_arena_printf(names->arena, "%.*s%s", (int)(third - text),
                                   text, last),
                   key);
    for (size_t i = 0; i < WF_COUNT(sides); i++)
        wf_phrases_add(names->kinds[2],
                       wf_arena_printf(names->arena, "%.*s%s",
                                       (int)(third - text), text, sides[i]),
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

/* --- In English */

/* The parts of a name, numbers last; 0: not all of it is known. */
static size_t parts_of(const char *name, const struct part **out)
{
    const struct part *number = NULL;
    size_t n = 0;

    while (*name) {
        const struct part *best = NULL;

        for (size_t i = 0; i < WF_COUNT(parts); i++)
            if (wf_str_starts(name, parts[i].zh)
                && (!best || strlen(parts[i].zh) > strlen(best->zh)))
                best = &parts[i];
        if (!best || n == PARTS_MAX)
            return 0;
        name += strlen(best->zh);
        if (best->kind == A_NUMBER)
            number = best;
        else
            out[n++] = best;
    }
    if (number && n < PARTS_MAX)
        out[n++] = number;
    return n;
}

/* Each way to say the parts from `at` on, behind what is said already. */
static void add_english(struct wf_unit_names *names,
                        const struct part *const *at, size_t n,
                        const char *said, const char *key)
{
    const char *between = *said ? " " : "";

    if (n == 0) {
        wf_phrases_add(names->kinds[1], said, key);
        return;
    }
    if ((*at)->kind == AN_ENDING && *said)
        add_english(names, at + 1, n - 1, said, key);
    for (size_t i = 0; i < WF_COUNT((*at)->en) && (*at)->en[i]; i++)
        add_english(names, at + 1, n - 1,
                    wf_arena_printf(names->arena, "%s%s%s", said, between,
                                    (*at)->en[i]),
                    key);
}

static void add(struct wf_unit_names *names, const char *key, const char *name)
{
    const char *folded = wf_letters_of(names->arena, name).folded;
    const struct part *of[PARTS_MAX];
    size_t n;

    wf_phrases_add(names->kinds[0], wf_letters_of(names->arena, key).folded,
                   key);
    wf_phrases_add(names->kinds[0], folded, key);
    if ((unsigned char)*folded < 0x80)
        return;
    add_abridged(names, folded, key);
    add_short(names, folded, key);
    n = parts_of(folded, of);
    if (n > 0)
        add_english(names, of, n, "", key);
}

static bool fill(struct wf_call *call, struct wf_unit_names *names,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        const char *key = wf_stmt_str(&q, 0, names->arena);

        add(names, key, wf_stmt_str(&q, 1, names->arena));
        for (size_t i = 0; !wf_stmt_int(&q, 2) && i < WF_COUNT(whole); i++)
            wf_phrases_add(names->kinds[2], whole[i], key);
    }
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
