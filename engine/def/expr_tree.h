/* def/expr_tree.h - the tree of an expression, shared by the files that parse,
 * link, evaluate and explain it.
 *
 * expr_parse.c makes nodes of the operators, constants, names, dots and calls
 * as they are written. expr_link.c gives every name its meaning and every node
 * its type; only then may a tree be evaluated.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_TREE_H
#define WF_DEF_EXPR_TREE_H

#include "def/expr.h"
#include "def/form.h"

enum {
    WF_EXPR_TEXT_MAX = 10240,
    WF_EXPR_DEPTH_MAX = 200,
    WF_EXPR_ARGS_MAX = 64,
};

enum wf_op {
    WF_OP_CONST, /* value */
    /* as parsed, gone after linking */
    WF_OP_WORD, /* word */
    WF_OP_DOT,  /* args[0] . word */
    /* what names become */
    WF_OP_FIELD,   /* field, of the document */
    WF_OP_ROW,     /* field, a column, of the row in turn */
    WF_OP_TABLE,   /* field, an item table */
    WF_OP_COLUMN,  /* field, of all rows of its table */
    WF_OP_NAME,    /* name */
    WF_OP_SETTING, /* word */
    WF_OP_PERSON,  /* part, of the person args[0] */
    WF_OP_FOLLOW,  /* field, of the document that the link args[0] leads to */
    /* operators */
    WF_OP_NEG,
    WF_OP_NOT,
    WF_OP_AND,
    WF_OP_OR,
    WF_OP_ADD,
    WF_OP_SUB,
    WF_OP_MUL,
    WF_OP_DIV,
    WF_OP_MOD,
    WF_OP_CONCAT,
    WF_OP_EQ,
    WF_OP_NE,
    WF_OP_LT,
    WF_OP_LE,
    WF_OP_GT,
    WF_OP_GE,
    WF_OP_CALL, /* function; an aggregate also: over, rows, absent */
};

/* How an operator is written: "+", "and". NULL for what is no operator. */
const char *wf_op_text(enum wf_op op);

/* What an aggregate goes through. */
enum wf_over {
    WF_OVER_VALUES, /* its arguments: min(a, b) */
    WF_OVER_LIST,   /* the members of lists */
    WF_OVER_ROWS,   /* the rows of a table */
};

/* What an absent part of an aggregate does. */
enum wf_absent {
    WF_ABSENT_UNSAID,
    WF_ABSENT_DROP,
    WF_ABSENT_ZERO,
    WF_ABSENT_BLOCK,
};
extern const char *const wf_absent_words[4]; /* NULL, "drop", "zero", "block" */

struct wf_node {
    enum wf_op op;
    enum wf_type type, of;
    /* Never nil: a field that is required counts as such. Of a list or a
     * column: no member is nil. */
    bool present;
    unsigned begin, end; /* its bytes in the text */
    int depth;           /* 1 for a leaf */
    const char *word;
    struct wf_value value;
    const struct wf_field *field;
    enum wf_name name;
    enum wf_person_part part;
    const struct wf_function *function;
    const struct wf_choices *scale; /* of scale_label; field: turned round */
    enum wf_over over;              /* of an aggregate */
    const struct wf_field *rows; /* its args are worked out for each of these */
    enum wf_absent absent;
    struct wf_node **args;
    size_t n_args;
};

struct wf_expr {
    const char *text;
    struct wf_place place;
    struct wf_node *root;
    bool uses_clock;
};

/* The place of byte `at` of the text. */
struct wf_place wf_expr_place(const struct wf_expr *expr, size_t at);

/* --- Functions */

enum wf_aggregate {
    WF_AGG_NONE,
    WF_AGG_SUM,
    WF_AGG_AVG,
    WF_AGG_SD,
    WF_AGG_WEIGHTED,
    WF_AGG_MIN,
    WF_AGG_MAX,
    WF_AGG_COUNT,
    WF_AGG_ANY,
    WF_AGG_ALL,
    WF_AGG_FIRST,
    WF_AGG_LAST,
};

/* What an argument may be. */
enum wf_param {
    WF_P_UNSAID,
    WF_P_ANY,
    WF_P_NUMBER,
    WF_P_TEXT,
    WF_P_DAY,    /* date or datetime */
    WF_P_MOMENT, /* date, datetime or period */
    WF_P_PERIOD,
    WF_P_PERSON,
    WF_P_COUNTED, /* text, list or table */
};

struct wf_linker;

/* A call while it is worked out. */
struct wf_call {
    const struct wf_node *node;
    const struct wf_env *env;
    const struct wf_value *args; /* NULL where the function is lazy */
    size_t n_args;
    weft_error *err;
    bool failed; /* with err filled */
};

/* One function: the parser's arity, the linker's types, the evaluator's code
 * and the person's help. */
struct wf_function {
    struct wf_function_help help;
    enum wf_aggregate aggregate; /* expr_aggregate.c does it all */
    unsigned min_args, max_args;
    enum wf_param params[4]; /* the last one stands for all that follow */
    enum wf_type result;
    bool strict; /* nil if any argument is */
    bool sure;   /* never nil where no argument is */
    bool clock;
    bool lazy; /* eval works its arguments out itself, and is given none */
    /* What the columns above cannot say; NULL for most. */
    void (*check)(struct wf_linker *linker, struct wf_node *call);
    /* Its arguments are worked out and fit to the parameters, else nil. */
    struct wf_value (*eval)(struct wf_call *call);
};
const struct wf_function *wf_function_find(const char *name);
const struct wf_function *wf_function_at(size_t i); /* NULL at the end */
enum wf_param wf_function_param(const struct wf_function *function, size_t i);
bool wf_param_takes(enum wf_param param, enum wf_type type);
const char *wf_param_phrase(enum wf_param param); /* "a date" */

/* --- Linking */

struct wf_linker {
    struct wf_arena *arena;
    struct wf_expr *expr;
    const struct wf_scope *scope;
    const struct wf_field *items; /* the table of the row in turn, or NULL */
    struct wf_diags *diags;
    bool plain; /* a hook's call: texts stand for dates, people … */
};

void wf_link_node(struct wf_linker *linker, struct wf_node *node);
void wf_link_call(struct wf_linker *linker, struct wf_node *node);
void wf_link_aggregate(struct wf_linker *linker, struct wf_node *node);
void wf_link_compare(struct wf_linker *linker, struct wf_node *node);

struct wf_place wf_link_place(const struct wf_linker *linker,
                              const struct wf_node *node);
/* The node as it was written, cut to some 60 bytes, for messages. */
const char *wf_link_text(const struct wf_linker *linker,
                         const struct wf_node *node);
/* "a number", in the language of the findings. */
const char *wf_link_type(const struct wf_linker *linker, enum wf_type type);

bool wf_type_is_unknown(enum wf_type type);       /* nil, any */
bool wf_node_is_text(const struct wf_node *node); /* a constant text */
/* Makes a constant text the day, time or period that it spells. */
bool wf_link_retype(struct wf_node *node, enum wf_type type);
/* Says so where a constant text `node` is none of the options of `choice`. */
void wf_link_check_option(const struct wf_linker *linker,
                          const struct wf_node *choice,
                          const struct wf_node *node);
/* The type of what is either of both. */
void wf_link_unify(struct wf_node *node, const struct wf_node *a,
                   const struct wf_node *b);

/* --- Evaluating */

bool wf_node_eval(const struct wf_node *node, const struct wf_env *env,
                  struct wf_value *out, weft_error *err);
bool wf_aggregate_eval(const struct wf_node *call, const struct wf_env *env,
                       struct wf_value *out, weft_error *err);
/* Takes `n` units. Error: WEFT_E_SCRIPT if that is more than is left. */
bool wf_eval_spend(const struct wf_env *env, int64_t n, weft_error *err);
/* Takes units for a text of `len` bytes that is made. */
bool wf_eval_spend_text(const struct wf_env *env, size_t len, weft_error *err);
/* The rows of an item table in the document's data; none is NULL and 0. */
struct wf_json *const *wf_env_rows(const struct wf_env *env,
                                   const struct wf_field *items, size_t *n);

/* --- Values */

bool wf_value_is_absent(struct wf_value value); /* nil, '', no members */
bool wf_value_holds(struct wf_value value);     /* neither absent nor false */
extern const struct wf_value wf_value_nil;
struct wf_value wf_value_number(double number); /* nil if not finite */
struct wf_value wf_value_boolean(bool boolean);
struct wf_value wf_value_text(struct wf_arena *arena, enum wf_type type,
                              const char *text); /* copied */
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
/* The order of two
 * values: -1, 0, 1; false where they have none: nil, unlike types. */
bool wf_value_order(struct wf_value a, struct wf_value b, int *order);

#endif
