/* def/field.h - the fields of a form, and sets of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_FIELD_H
#define WF_DEF_FIELD_H

#include <stdbool.h>

#include "base/date.h"
#include "base/map.h"
#include "base/pattern.h"
#include "def/package.h"

enum wf_field_type {
    WF_F_TEXT,
    WF_F_LONGTEXT,
    WF_F_NUMBER,
    WF_F_PERCENT,
    WF_F_MONEY,
    WF_F_BOOLEAN,
    WF_F_DATE,
    WF_F_DATETIME,
    WF_F_DURATION,
    WF_F_CHOICE,
    WF_F_CHOICES,
    WF_F_RATING,
    WF_F_PERSON,
    WF_F_PEOPLE,
    WF_F_UNIT,
    WF_F_LINK,
    WF_F_LINKS,
    WF_F_FILE,
    WF_F_FILES,
    WF_F_AUDIO,
    WF_F_EMOJI,
    WF_F_TAGS,
    WF_F_PERIOD,
    WF_F_PROGRESS,
    WF_F_EMAIL,
    WF_F_URL,
    WF_F_PHONE,
    WF_F_JSON,
    WF_F_ITEMS, /* an item table: has columns */
    WF_N_FIELD_TYPES
};

/* One table row for each type: what the compiler, the values and the model
 * need to know of it. */
struct wf_field_kind {
    const char *word;  /* as in XML */
    enum wf_type type; /* of its value in formulas */
    enum wf_type of;   /* of a list's members */
    bool has_options;
    bool counts_members; /* min and max count members, not characters */
};
const struct wf_field_kind *wf_field_kind(enum wf_field_type type);

enum wf_default_kind {
    WF_DEFAULT_NONE,
    WF_DEFAULT_LITERAL,
    WF_DEFAULT_ME,
    WF_DEFAULT_THIS, /* the period that holds today */
    WF_DEFAULT_FORMULA,
    WF_DEFAULT_LUA,
};

struct wf_section;
struct wf_group;

struct wf_field {
    const char *id;
    const char *path; /* "weight" or "items.weight": key of form->paths */
    enum wf_field_type type;
    struct wf_words *words;
    struct wf_place place;
    const struct wf_field *items;     /* the table whose column it is */
    const struct wf_section *section; /* where it is shown; NULL: none */
    struct wf_field *next;            /* of the form, or of the table */
    struct wf_field *columns;         /* of an item table */

    bool required, readonly, index, hidden_by_default /* private */;
    bool has_min, has_max, has_total;
    double min, max, total;
    int digits; /* -1: as computed */
    const struct wf_pattern *pattern;
    const char *pattern_text;
    bool rolled; /* a rollup gives its value: what people write is kept apart */
    struct wf_expr *formula, *visible_when, *required_when, *readonly_when;
    enum wf_default_kind default_kind;
    const struct wf_json *default_value; /* literal, in its stored shape */
    struct wf_expr *default_formula;
    const char *default_lua;

    /* choice, choices: own options or a package's list (both in `choices`),
     * a hook function, or the documents of a form. */
    const struct wf_choices *choices;
    const char *options_lua;
    const char *options_form;
    const struct wf_choices *scale; /* rating */
    bool reverse;
    const char *form;           /* link, links */
    enum wf_period_unit period; /* period */
    const char *currency;       /* money: attribute unit, else CNY */
    bool sentence;              /* progress with text="true" */
    const char *width;

    /* A collect's table or column: the engine alone writes it. */
    bool collected;
    const struct wf_group *groups; /* of the table: its rows, by id */
};

/* Whether it is worked out, so that nobody writes it. */
bool wf_field_is_derived(const struct wf_field *field);

struct wf_section {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    struct wf_expr *visible_when;
    struct wf_section *next;
};

/* `edit`, `require`, `fields`: sections and tables are spelled out into their
 * fields; a table stands for adding and removing rows. */
struct wf_field_set {
    bool all;
    const struct wf_field **at;
    size_t n;
};
bool wf_field_set_has(const struct wf_field_set *set,
                      const struct wf_field *field);

#endif
