/* def/expr.h - the formula language: one expression, parsed to a tree, typed
 * against a form, evaluated under a budget, explained.
 *
 * Source: docs/definition-language.md, "Derived values". The browser's twin is
 * held to the same answers by tests/vectors/formulas.json.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_H
#define WF_DEF_EXPR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "def/value.h"

struct wf_form;
struct wf_field;
struct wf_package;

struct wf_expr; /* immutable once linked; shared by threads */

/* Parses `text`, which stands at `place`. NULL and findings if it is not an
 * expression of the language (depth at most 200, text at most 10 KB). */
struct wf_expr *wf_expr_parse(struct wf_arena *arena, struct wf_place place,
                              const char *text, struct wf_diags *diags);

/* What names an expression may use. */
struct wf_scope {
    const struct wf_form *form;       /* NULL: none */
    const struct wf_field *items;     /* inside a row of this table, or NULL */
    const struct wf_package *package; /* settings, scales; NULL: none */
    bool stored;       /* a formula whose value is kept: no links, no me */
    bool with_private; /* may read private fields */
    bool approver;     /* knows `approver`, a person */
    bool series;       /* over the points of a metric: avg(28), sd(28) */
    /* Over the documents of a rollup: what `doc.x` means, the form that takes
     * their values. NULL: `doc.x` is of `form`. */
    const struct wf_form *mine;
    /* The form that a link field leads to, for `parent.title`. */
    const struct wf_form *(*find_form)(void *self, const char *id);
    void *self;
};

/* Names, functions and types: resolved, or findings at their places. To be
 * called once for an expression, which it changes. `want` is
 * the type that is needed (WF_T_ANY: whatever). False if there was any. */
bool wf_expr_link(struct wf_arena *arena, struct wf_expr *expr,
                  const struct wf_scope *scope, enum wf_type want,
                  struct wf_diags *diags);

/* Calls `see` for each field that the linked expression reads, also through
 * the tables it names (a column as the column's field). */
void wf_expr_uses(const struct wf_expr *expr,
                  void (*see)(void *self, const struct wf_field *field),
                  void *self);

/* The same for the fields that it reads of `mine`. */
void wf_expr_uses_mine(const struct wf_expr *expr,
                       void (*see)(void *self, const struct wf_field *field),
                       void *self);

/* The text as it was written, and the tree for the browser's twin:
 * {"op":"call","name":"sum","args":[…]} and so on (docs/definition-language).
 */
const char *wf_expr_text(const struct wf_expr *expr);
void wf_expr_json(const struct wf_expr *expr, struct wf_json_writer *out);

/* Whether it is a word of the syntax (`and`, `end` …), which cannot name a
 * value in a formula or a hook. */
bool wf_expr_is_keyword(const char *word);

/* The built-in names besides fields. */
enum wf_name {
    WF_NAME_ID,
    WF_NAME_FORM,
    WF_NAME_VERSION,
    WF_NAME_STEP,
    WF_NAME_STATE,
    WF_NAME_LEVEL,
    WF_NAME_HEALTH,
    WF_NAME_CREATOR,
    WF_NAME_CREATED,
    WF_NAME_UPDATED,
    WF_NAME_REVEALED,
    WF_NAME_FROZEN,
    WF_NAME_ME,
    WF_NAME_APPROVER,
    WF_NAME_SETTINGS, /* settings.x */
    WF_NAME_DOC,      /* doc.x: the document, also where a row has an x */
    WF_NAME_UNKNOWN,
};
enum wf_name wf_name_of(const char *word); /* also: "is it reserved?" */

/* What of a person formulas can read. */
enum wf_person_part {
    WF_PERSON_LOGIN,
    WF_PERSON_NAME,
    WF_PERSON_UNIT,
    WF_PERSON_GRADE,
    WF_PERSON_TITLE,
    WF_PERSON_MANAGER,
};

/* Where values come from. The functions may be NULL (everything is nil); each
 * returns false with `err` filled only where the store fails: what is absent
 * or not visible is nil. */
struct wf_source {
    void *self;
    bool (*name)(void *self, enum wf_name name, struct wf_value *out,
                 weft_error *err);
    bool (*setting)(void *self, const char *id, struct wf_value *out,
                    weft_error *err);
    bool (*person)(void *self, struct wf_str id, enum wf_person_part part,
                   struct wf_value *out, weft_error *err);
    /* What a unit, and a document, are called; for texts that people read. */
    bool (*unit_name)(void *self, struct wf_str key, struct wf_value *out,
                      weft_error *err);
    bool (*document_title)(void *self, struct wf_str document,
                           struct wf_value *out, weft_error *err);
    bool (*follow)(void *self, struct wf_str document,
                   const struct wf_field *field, struct wf_value *out,
                   weft_error *err);
    /* Days without an act on the document, or a change of the fields. */
    bool (*quiet_days)(void *self, const struct wf_field *const *fields,
                       size_t n, double *out, weft_error *err);
    /* Working days between two days (base/date.h), the first excluded. */
    bool (*working_days)(void *self, int32_t from, int32_t to, double *out,
                         weft_error *err);
    /* The mean of the values of the days before, or (`sd`) how they scatter. */
    bool (*look_back)(void *self, int days, bool sd, struct wf_value *out,
                      weft_error *err);
    /* Told whenever the value depends on wf_env.now. */
    void (*timely)(void *self);
};

struct wf_env {
    struct wf_arena *arena;
    const struct wf_json *data; /* of the document: stored shapes */
    const struct wf_json *row;  /* the row in turn, or NULL */
    const struct wf_json *mine; /* of the document that takes a rollup */
    /* Instead of `data`, for who has values and no JSON; gets source->self. */
    struct wf_value (*field)(void *self, const struct wf_field *field);
    int64_t now;          /* ms */
    const char *zone;     /* of the package */
    const int32_t *today; /* the day of `now` there; NULL: worked out */
    const struct wf_source *source;
    int64_t *units; /* what is left; each node costs one */
};

/* Evaluates a linked expression. Errors: WEFT_E_SCRIPT budget gone; what the
 * source failed with. A type that cannot be (JSON changed under it) is nil. */
WF_MUST_CHECK bool wf_expr_eval(const struct wf_expr *expr,
                                const struct wf_env *env, struct wf_value *out,
                                weft_error *err);

/* For conditions: nil and false are false. */
WF_MUST_CHECK bool wf_expr_holds(const struct wf_expr *expr,
                                 const struct wf_env *env, bool *out,
                                 weft_error *err);

/* Evaluates and tells how: {"text":"a + b","value":3,"parts":[…]}, a node for
 * each part whose value is not a constant; fields are named by "field". Parts
 * for which `may_see` is false are {"hidden":true}. */
WF_MUST_CHECK bool wf_expr_explain(
    const struct wf_expr *expr, const struct wf_env *env,
    bool (*may_see)(void *self, const struct wf_field *field), void *self,
    struct wf_json **out, weft_error *err);

/* The functions of the language, for help, completion and hooks. */
struct wf_function_help {
    const char *name;
    const char *signature; /* "weighted(values, weights, absent)" */
    const char *help;
};
/* The one at `i`; NULL at the end. */
const struct wf_function_help *wf_function_help(size_t i);

/* Calls a function of the language with plain JSON arguments, for hooks
 * (`sum`, `band`, `clamp` …). Errors: WEFT_E_INVALID wrong arguments. */
WF_MUST_CHECK bool wf_function_call(const struct wf_env *env, const char *name,
                                    const struct wf_json *args,
                                    struct wf_json **out, weft_error *err);

#endif
