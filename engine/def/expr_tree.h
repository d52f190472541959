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
    WF_EVAL_TEXT_MAX = 1 << 20, /* bytes of a text that is worked out */
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
    WF_OP_MINE,    /* field, of the document that takes a rollup */
    WF_OP_CELL,    /* field, of the row of its table that is called word */
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
    WF_OVER_DAYS,   /* the days before: avg(28) of a metric */
};

/* What an absent part of an aggregate does. */
enum wf_absent {
    WF_ABSENT_UNSAID,
    WF_ABSENT_DROP,
    WF_ABSENT_ZERO,
    WF_ABSENT_BLOCK,
};
extern const char *const wf_absent_words[4]; /* NULL, "drop", "zero", "block" */

struct wf_function; /* expr_functions.h */

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
    bool linked;
};

/* The place of byte `at` of the text. */
struct wf_place wf_expr_place(const struct wf_expr *expr, size_t at);

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
void wf_link_unify(struct wf_node *node, struct wf_node *a, struct wf_node *b);

/* --- Evaluating */

bool wf_node_eval(const struct wf_node *node, const struct wf_env *env,
                  struct wf_value *out, weft_error *err);
bool wf_aggregate_eval(const struct wf_node *call, const struct wf_env *env,
                       struct wf_value *out, weft_error *err);
/* Takes `n` units. Error: WEFT_E_SCRIPT if that is more than is left. */
bool wf_eval_spend(const struct wf_env *env, int64_t n, weft_error *err);
/* Takes units for a text of `len` bytes that is made; WF_EVAL_TEXT_MAX is the
 * longest, and whoever writes one ends where it is passed. */
bool wf_eval_spend_text(const struct wf_env *env, size_t len, weft_error *err);
/* The rows of an item table in the document's data; none is NULL and 0. */
struct wf_json *const *wf_env_rows(const struct wf_env *env,
                                   const struct wf_field *items, size_t *n);

#endif
