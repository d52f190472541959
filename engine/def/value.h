/* def/value.h - values of formulas: what they are, and how they stand in the
 * JSON of documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_VALUE_H
#define WF_DEF_VALUE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/json.h"

struct wf_field;
struct wf_option;

/* Types of values. Money is read as a number of major units; percent, rating
 * (its point's value), progress, duration (hours) as numbers; choice, email,
 * url, phone, emoji as text; a progress sentence is nil. */
enum wf_type {
    WF_T_NIL,
    WF_T_BOOLEAN,
    WF_T_NUMBER,
    WF_T_TEXT,
    WF_T_DATE,     /* text "YYYY-MM-DD" */
    WF_T_DATETIME, /* text, RFC 3339 UTC */
    WF_T_PERIOD,   /* text "2026-Q4" */
    WF_T_PERSON,   /* text: id */
    WF_T_UNIT,     /* text: key */
    WF_T_LINK,     /* text: id of a document */
    WF_T_LIST,     /* array: people, choices, tags, links, a column */
    WF_T_TABLE,    /* array of objects: an item table */
    WF_T_ANY,      /* json fields */
};
const char *wf_type_name(enum wf_type type);

/* A value while it is computed. Texts and trees are borrowed from the data or
 * the arena of the evaluation. `of` is the element type of a list. */
struct wf_value {
    enum wf_type type;
    enum wf_type of;
    union {
        bool boolean;
        double number;
        struct wf_str text;
        struct {
            const struct wf_value *at;
            size_t n;
        } list;
        const struct wf_json *json; /* table, any */
    } u;
};

/* --- Making and asking */

extern const struct wf_value wf_value_nil;
struct wf_value wf_value_number(double number); /* nil if not finite */
struct wf_value wf_value_boolean(bool boolean);
struct wf_value wf_value_text(struct wf_arena *arena, enum wf_type type,
                              const char *text); /* copied */

bool wf_value_is_absent(struct wf_value value); /* nil, '', no members */
bool wf_value_holds(struct wf_value value);     /* neither absent nor false */

/* How a value reads inside a text; false where it has no text. */
bool wf_value_write(struct wf_buf *out, struct wf_value value);
/* A value of plain JSON: arrays are lists, objects are nil. */
struct wf_value wf_value_of_plain(struct wf_arena *arena,
                                  const struct wf_json *json);

/* What a point of a scale counts in `field`, which may turn it round; NULL: as
 * it stands in the scale. */
double wf_rating_value(const struct wf_field *field,
                       const struct wf_option *point);

/* Numbers are compared as they are stored: by 15 digits. -1, 0, 1. */
int wf_number_compare(double a, double b);
/* Rounds half away from zero to `digits` places (-15 to 15), of what the
 * number is in 15 digits: 1.005 gives 1.01. */
double wf_number_round(double number, int digits);

/* Absent ones are equal, and times that are written in two ways. */
bool wf_value_equal(struct wf_value a, struct wf_value b);
/* The order of two values: -1, 0, 1; false where they have none: nil, unlike
 * types. Texts are ordered by code points. */
bool wf_value_order(struct wf_value a, struct wf_value b, int *order);

/* --- JSON */

/* Between stored JSON and values, by the field's type. to_json also rounds to
 * the field's digits (half away from zero) and makes money of numbers. */
struct wf_value wf_value_of(struct wf_arena *arena,
                            const struct wf_field *field,
                            const struct wf_json *json);
struct wf_json *wf_value_to_json(struct wf_arena *arena,
                                 const struct wf_field *field,
                                 struct wf_value value);
/* The same without a field: plain JSON of any value. */
struct wf_json *wf_value_plain(struct wf_arena *arena, struct wf_value value);

#endif
