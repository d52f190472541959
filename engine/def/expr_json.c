/* def/expr_json.c - the tree of a linked expression as JSON, for the browser's
 * twin. A node is one of
 *
 *   {"op":"const","value":V}            V: number, text, boolean or null; also
 *                                       "type" where it is not V's own
 *   {"op":"field","field":ID,"type":T}  of the document, in its stored shape
 *   {"op":"row","field":ID,"type":T}    of the row in turn
 *   {"op":"table","field":ID}           the rows of an item table
 *   {"op":"column","table":ID,"field":ID,"type":T}  T: of each member
 *   {"op":"cell","table":ID,"row":ID,"field":ID,"type":T}  of the row so called
 *   {"op":"name","name":WORD,"type":T}
 *   {"op":"setting","name":ID,"type":T}
 *   {"op":"person","part":WORD,"args":[A]}
 *   {"op":"follow","field":ID,"type":T,"args":[A]}
 *   {"op":O,"args":[A,…]}               O: neg not and or + - * / % .. == ~= <
 *                                       <= > >=
 *   {"op":"call","name":WORD,"args":[A,…]}
 *
 * A call of an aggregate has "over" as well: "rows" (args are worked out in
 * each row of "table"; none: true), "list" or "values", and "absent" where a
 * word was said. One of scale_label has "points":[[value,label],…].
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_functions.h"

static void write_node(const struct wf_node *node, struct wf_json_writer *out);

static void write_args(const struct wf_node *node, struct wf_json_writer *out)
{
    wf_jw_key(out, "args");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < node->n_args; i++)
        write_node(node->args[i], out);
    wf_jw_close(out, ']');
}

static void write_type(enum wf_type type, struct wf_json_writer *out)
{
    wf_jw_key_text(out, "type", wf_type_name(type));
}

static void write_constant(const struct wf_value *value,
                           struct wf_json_writer *out)
{
    wf_jw_key_text(out, "op", "const");
    wf_jw_key(out, "value");
    switch (value->type) {
    case WF_T_NIL:
        wf_jw_null(out);
        return;
    case WF_T_BOOLEAN:
        wf_jw_bool(out, value->u.boolean);
        return;
    case WF_T_NUMBER:
        wf_jw_number(out, value->u.number);
        return;
    default:
        wf_jw_text_n(out, value->u.text.at, value->u.text.len);
    }
    if (value->type != WF_T_TEXT)
        write_type(value->type, out);
}

static void write_field(const char *op, const struct wf_node *node,
                        enum wf_type type, struct wf_json_writer *out)
{
    wf_jw_key_text(out, "op", op);
    if (node->op == WF_OP_COLUMN || node->op == WF_OP_CELL)
        wf_jw_key_text(out, "table", node->field->items->id);
    if (node->op == WF_OP_CELL)
        wf_jw_key_text(out, "row", node->word);
    wf_jw_key_text(out, "field", node->field->id);
    if (node->op != WF_OP_TABLE)
        write_type(type, out);
    if (node->op == WF_OP_FOLLOW)
        write_args(node, out);
}

static void write_named(const char *op, const struct wf_node *node,
                        struct wf_json_writer *out)
{
    wf_jw_key_text(out, "op", op);
    wf_jw_key_text(out, "name", node->word);
    write_type(node->type, out);
}

static void write_aggregate(const struct wf_node *call,
                            struct wf_json_writer *out)
{
    static const char *const over[] = {
        [WF_OVER_VALUES] = "values",
        [WF_OVER_LIST] = "list",
        [WF_OVER_ROWS] = "rows",
        [WF_OVER_DAYS] = "days",
    };

    wf_jw_key_text(out, "over", over[call->over]);
    if (call->rows)
        wf_jw_key_text(out, "table", call->rows->id);
    wf_jw_key_text(out, "absent", wf_absent_words[call->absent]);
}

static void write_points(const struct wf_node *call, struct wf_json_writer *out)
{
    wf_jw_key(out, "points");
    wf_jw_open(out, '[');
    for (const struct wf_option *p = call->scale->options; p; p = p->next) {
        wf_jw_open(out, '[');
        wf_jw_number(out, wf_rating_value(call->field, p));
        wf_jw_text(out, wf_words_label(p->words, NULL, p->id));
        wf_jw_close(out, ']');
    }
    wf_jw_close(out, ']');
}

static void write_call(const struct wf_node *call, struct wf_json_writer *out)
{
    wf_jw_key_text(out, "op", "call");
    wf_jw_key_text(out, "name", call->function->help.name);
    if (call->function->aggregate)
        write_aggregate(call, out);
    if (call->scale)
        write_points(call, out);
    write_args(call, out);
}

static void write_person(const struct wf_node *node, struct wf_json_writer *out)
{
    wf_jw_key_text(out, "op", "person");
    wf_jw_key_text(out, "part", node->word);
    write_args(node, out);
}

static void write_operator(const struct wf_node *node,
                           struct wf_json_writer *out)
{
    wf_jw_key_text(out, "op",
                   node->op == WF_OP_NEG ? "neg" : wf_op_text(node->op));
    write_args(node, out);
}

static void write_members(const struct wf_node *node,
                          struct wf_json_writer *out)
{
    switch (node->op) {
    case WF_OP_CONST:
        write_constant(&node->value, out);
        break;
    case WF_OP_FIELD:
        write_field("field", node, node->type, out);
        break;
    case WF_OP_ROW:
        write_field("row", node, node->type, out);
        break;
    case WF_OP_TABLE:
        write_field("table", node, node->type, out);
        break;
    case WF_OP_COLUMN:
        write_field("column", node, node->of, out);
        break;
    case WF_OP_CELL:
        write_field("cell", node, node->type, out);
        break;
    case WF_OP_FOLLOW:
        write_field("follow", node, node->type, out);
        break;
    case WF_OP_MINE:
        write_field("mine", node, node->type, out);
        break;
    case WF_OP_NAME:
        write_named("name", node, out);
        break;
    case WF_OP_SETTING:
        write_named("setting", node, out);
        break;
    case WF_OP_PERSON:
        write_person(node, out);
        break;
    case WF_OP_CALL:
        write_call(node, out);
        break;
    default:
        write_operator(node, out);
    }
}

static void write_node(const struct wf_node *node, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    write_members(node, out);
    wf_jw_close(out, '}');
}

void wf_expr_json(const struct wf_expr *expr, struct wf_json_writer *out)
{
    write_node(expr->root, out);
}
