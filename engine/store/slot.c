/* store/slot.c - where a connection keeps its prepared statements: found again
 * by the address of their text, or, where the text was put together, by the
 * text.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/driver.h"

#include <stdlib.h>
#include <string.h>

static size_t first_place(const struct wf_slots *slots, const char *sql)
{
    /* Constants lie side by side: multiplying spreads their addresses. */
    uint64_t mixed = (uint64_t)(uintptr_t)sql * UINT64_C(0x9e3779b97f4a7c15);

    return (size_t)(mixed >> 32) & (slots->cap - 1);
}

/* Where the slot of `sql` is, or would be put. */
static struct wf_stmt_slot **place_of(const struct wf_slots *slots,
                                      const char *sql)
{
    size_t i = first_place(slots, sql);

    while (slots->at[i] && slots->at[i]->sql != sql)
        i = (i + 1) & (slots->cap - 1);
    return &slots->at[i];
}

static void grow(struct wf_slots *slots)
{
    struct wf_slots bigger = { NULL, slots->n,
                               slots->cap ? 2 * slots->cap : 64 };

    bigger.at = wf_heap_new(bigger.cap * sizeof(struct wf_stmt_slot *));
    for (size_t i = 0; i < slots->cap; i++) {
        if (slots->at[i])
            *place_of(&bigger, slots->at[i]->sql) = slots->at[i];
    }
    free(slots->at);
    *slots = bigger;
}

static struct wf_stmt_slot *slot_new(const char *sql)
{
    struct wf_stmt_slot *slot = wf_heap_new(sizeof *slot);

    slot->sql = sql;
    return slot;
}

void wf_slot_free(struct wf_db *db, struct wf_stmt_slot *slot)
{
    if (slot->raw)
        db->driver->finalize(slot->raw);
    free(slot->text);
    free(slot);
}

struct wf_stmt_slot *wf_slot_twin(const char *sql)
{
    struct wf_stmt_slot *twin = slot_new(sql);

    twin->is_twin = true;
    return twin;
}

struct wf_stmt_slot *wf_slot_find(struct wf_db *db, const char *sql)
{
    struct wf_slots *slots = &db->slots;
    struct wf_stmt_slot **place;

    if (2 * slots->n >= slots->cap)
        grow(slots);
    place = place_of(slots, sql);
    if (!*place) {
        *place = slot_new(sql);
        slots->n++;
    }
    return *place;
}

/* The place of the made text `sql`: where it is, or else a free one, or else
 * that of the one used longest ago. NULL if all of them are lent. */
static struct wf_stmt_slot **made_place_of(struct wf_db *db, const char *sql)
{
    struct wf_stmt_slot **best = NULL;

    for (size_t i = 0; i < WF_MADE_KEPT; i++) {
        struct wf_stmt_slot **at = &db->made[i];

        if (!*at) /* they are filled from the front: it is not behind here */
            return at;
        if (!strcmp((*at)->sql, sql))
            return at;
        if (!(*at)->lent && (!best || (*at)->used < (*best)->used))
            best = at;
    }
    return best;
}

struct wf_stmt_slot *wf_slot_find_made(struct wf_db *db, const char *sql)
{
    struct wf_stmt_slot **place = made_place_of(db, sql);

    if (!place)
        return NULL;
    if (*place && strcmp((*place)->sql, sql) != 0) {
        wf_slot_free(db, *place);
        *place = NULL;
    }
    if (!*place) {
        *place = slot_new(NULL);
        (*place)->text = wf_heap_printf("%s", sql);
        (*place)->sql = (*place)->text;
    }
    (*place)->used = db->n_statements;
    return *place;
}

void wf_slot_forget(struct wf_db *db)
{
    for (size_t i = 0; i < db->slots.cap; i++) {
        if (db->slots.at[i])
            wf_slot_free(db, db->slots.at[i]);
    }
    free(db->slots.at);
    db->slots = (struct wf_slots){ NULL, 0, 0 };
    for (size_t i = 0; i < WF_MADE_KEPT; i++) {
        if (db->made[i])
            wf_slot_free(db, db->made[i]);
        db->made[i] = NULL;
    }
}
