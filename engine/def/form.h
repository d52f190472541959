/* def/form.h - a form as the engine sees it: fields, rules, workflow, access.
 *
 * Made by the compiler (compile.h) from one stored version of a definition,
 * immutable, shared by all threads, kept alive by the registry's snapshot.
 * Every pointer leads into the same arena. Whatever a form names is linked.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_FORM_H
#define WF_DEF_FORM_H

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
};

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

struct wf_rule {
    const struct wf_field *field; /* NULL: the whole */
    struct wf_expr *when;         /* states the mistake */
    enum wf_severity severity;
    bool on_save;
    struct wf_words *words; /* message */
    struct wf_place place;
    struct wf_rule *next;
};

/* --- Workflow */

struct wf_step;

struct wf_action {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    const struct wf_step *to; /* NULL: stays */
    struct wf_expr *when;
    const struct wf_who *by; /* NULL: whoever has the step's work */
    bool confirm;
    bool comment_required;
    struct wf_action *next;
};

struct wf_go {
    struct wf_expr *when; /* NULL: otherwise */
    const struct wf_step *to;
    struct wf_place place;
    struct wf_go *next;
};

enum wf_agree {
    WF_AGREE_ANY,
    WF_AGREE_ALL,
    WF_AGREE_SHARE,  /* agree_n: 0–1 */
    WF_AGREE_WEIGHT, /* agree_n: the sum of grades (none: 1) to be reached */
    WF_AGREE_VETO,   /* more than half approve, and nobody refuses */
};
enum wf_order {
    WF_TOGETHER,
    WF_ONE_BY_ONE
};
enum wf_repeat {
    WF_REPEAT_ONCE,
    WF_REPEAT_ADJACENT,
    WF_REPEAT_ASK
};
enum wf_self {
    WF_SELF_SKIP,
    WF_SELF_MANAGER,
    WF_SELF_ASK
};
enum wf_return {
    WF_RETURN_NONE,
    WF_RETURN_ANY,
    WF_RETURN_START,
    WF_RETURN_PREVIOUS
};
enum wf_resume {
    WF_RESUME_AGAIN,
    WF_RESUME_HERE
};

/* A <level>, or with `climb` a <climb> that makes levels by itself. What the
 * approval says for all levels is already merged in. */
struct wf_level {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    const struct wf_who *by; /* of a climb: from */
    struct wf_expr *when;
    enum wf_agree agree;
    double agree_n;
    enum wf_order order;
    enum wf_nobody nobody;
    const struct wf_who *nobody_person;
    enum wf_repeat repeat;
    enum wf_self self;
    enum wf_return returns;
    enum wf_resume resume;
    struct wf_field_set edit, require;
    bool climb;
    int climb_levels;
    struct wf_expr *climb_until;
    struct wf_level *next;
};

struct wf_fast_track {
    struct wf_expr *when;
    const char **levels; /* ids, NULL at the end */
    struct wf_place place;
    struct wf_fast_track *next;
};

enum wf_step_kind {
    WF_STEP_WORK,
    WF_STEP_APPROVAL,
    WF_STEP_BRANCH,
    WF_STEP_END
};

struct wf_step {
    const char *id;
    enum wf_step_kind kind;
    struct wf_words *words;
    struct wf_place place;
    /* work */
    const struct wf_who *by;
    struct wf_field_set edit, require;
    struct wf_action *actions;
    /* approval */
    struct wf_level *levels;
    struct wf_fast_track *fast_tracks;
    const struct wf_step *approved, *rejected;
    int max_levels; /* 0: none */
    /* branch */
    struct wf_go *goes;
    /* end */
    bool void_; /* state="void" */
    struct wf_step *next;
};

/* --- Access */

enum wf_right {
    WF_RIGHT_READ = 1,
    WF_RIGHT_COMMENT = 2,
    WF_RIGHT_EDIT = 4,
    WF_RIGHT_ACT = 8,
    WF_RIGHT_EXPORT = 16,
    WF_RIGHT_DERIVE = 32,
    WF_RIGHT_DELETE = 64,
    WF_RIGHT_ADMINISTER = 128,
};

struct wf_grant {
    const struct wf_who *to;
    unsigned rights; /* of enum wf_right; read is in all of them */
    struct wf_field_set fields;
    bool fields_said; /* fields="…" stood there: private ones by name */
    struct wf_expr *when;
    struct wf_place place;
    struct wf_grant *next;
};

struct wf_hide {
    struct wf_field_set fields;
    const struct wf_who *from;
    struct wf_expr *when;
    struct wf_place place;
    struct wf_hide *next;
};

struct wf_access {
    const struct wf_who *create; /* NULL: only the engine */
    struct wf_grant *grants;
    struct wf_hide *hides;
};

/* --- Views: kept as their attributes, for the model. */
struct wf_view {
    const char *kind; /* list, board, tree, calendar, chart, matrix, related */
    struct wf_map attrs; /* name → const char * */
    struct wf_place place;
    struct wf_view *next;
};

struct wf_form {
    const char *id;
    int version;
    const char *family; /* the id at the root of its overlays; else its own */
    const char *base;   /* overlay: id and version of what it changes */
    int base_version;
    const struct wf_package *package;
    struct wf_words *words;
    struct wf_arena *arena;
    const char *file; /* names its text in places */
    const char *text; /* its XML; of an overlay: merged with its base */

    struct wf_field *fields; /* in order; item tables among them */
    struct wf_map paths;     /* "items.weight" → struct wf_field * */
    size_t n_fields;         /* columns counted */
    struct wf_section *sections;
    /* Fields with formulas in the order in which they must be computed: a
     * column stands for all its rows. */
    const struct wf_field **formulas;
    size_t n_formulas;

    struct wf_rule *rules;
    bool smart;
    struct wf_template *title; /* NULL: the label */
    const struct wf_field *subject, *parent;
    const struct wf_field *score, *due, *progress, *period; /* or NULL */
    const struct wf_field **unique; /* NULL at the end; NULL: none */

    struct wf_step *steps;
    struct wf_map step_ids;
    const struct wf_step *start;
    struct wf_access access;
    struct wf_view *views;

    const char *hook_file;        /* NULL: no hooks */
    const char *hook;             /* Lua text */
    struct wf_map hook_functions; /* name → itself */
    bool run_as_system;
    const struct wf_who *audience; /* for=: overlay given to these people */
};

const struct wf_field *wf_form_field(const struct wf_form *form,
                                     const char *path);
const struct wf_step *wf_form_step(const struct wf_form *form, const char *id);
const struct wf_action *wf_step_action(const struct wf_step *step,
                                       const char *id);
const struct wf_level *wf_step_level(const struct wf_step *step,
                                     const char *id);

/* The form as JSON for browsers, in `lang`: fields, sections, steps, actions,
 * levels, rules, views, formula trees (docs/http.md, "A form's model"). */
void wf_form_json(const struct wf_form *form, const char *lang,
                  struct wf_json_writer *out);

#endif
