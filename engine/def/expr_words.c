/* def/expr_words.c - the functions of formulas on texts, lists and people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static bool is_many(enum wf_type type)
{
    return type == WF_T_LIST || type == WF_T_TABLE;
}

/* --- Texts */

struct wf_value wf_fn_len(struct wf_fn_call *call)
{
    const struct wf_value *x = &call->args[0];

    if (x->type == WF_T_LIST)
        return wf_value_number((double)x->u.list.n);
    if (x->type == WF_T_TABLE)
        return wf_value_number((double)wf_json_len(x->u.json));
    return wf_value_number((double)wf_utf8_count(x->u.text.at, x->u.text.len));
}

/* A text that was made, and paid for. */
static struct wf_value made_text(struct wf_fn_call *call, const char *text,
                                 size_t len)
{
    struct wf_value value = wf_value_nil;

    call->failed = !wf_eval_spend_text(call->env, len, call->err);
    if (call->failed)
        return value;
    value.type = WF_T_TEXT;
    value.u.text.at = text;
    value.u.text.len = len;
    return value;
}

struct wf_value wf_fn_lower(struct wf_fn_call *call)
{
    const char *text = wf_text_lower(call->env->arena, call->args[0].u.text);

    return made_text(call, text, strlen(text));
}

struct wf_value wf_fn_upper(struct wf_fn_call *call)
{
    const char *text = wf_text_upper(call->env->arena, call->args[0].u.text);

    return made_text(call, text, strlen(text));
}

void wf_check_contains(struct wf_linker *l, struct wf_node *call)
{
    const struct wf_node *in = call->args[0], *part = call->args[1];
    bool many = in->type == WF_T_LIST;
    enum wf_type member = many ? in->of : WF_T_TEXT;

    call->present = true;
    if (!many && in->type != WF_T_TEXT && !wf_type_is_unknown(in->type))
        wf_diag_at(l->diags, wf_link_place(l, in), "type",
                   "`contains` looks into a list or a text, but `%s` is %s.",
                   wf_link_text(l, in), wf_link_type(l, in->type));
    else if (part->type != member && !wf_type_is_unknown(part->type)
             && !wf_type_is_unknown(member) && !wf_type_is_unknown(in->type))
        wf_diag_at(l->diags, wf_link_place(l, part), "type",
                   "`%s` holds %s, but `%s` is %s.", wf_link_text(l, in),
                   wf_link_type(l, member), wf_link_text(l, part),
                   wf_link_type(l, part->type));
    else if (many)
        wf_link_check_option(l, in, part);
}

static bool has_member(struct wf_value list, struct wf_value value)
{
    for (size_t i = 0; i < list.u.list.n; i++)
        if (wf_value_equal(list.u.list.at[i], value))
            return true;
    return false;
}

struct wf_value wf_fn_contains(struct wf_fn_call *call)
{
    struct wf_value in = call->args[0], part = call->args[1];

    if (wf_value_is_absent(in) || wf_value_is_absent(part))
        return wf_value_boolean(false);
    if (in.type == WF_T_LIST)
        return wf_value_boolean(has_member(in, part));
    if (in.type != WF_T_TEXT || part.type != WF_T_TEXT)
        return wf_value_boolean(false);
    return wf_value_boolean(
        memmem(in.u.text.at, in.u.text.len, part.u.text.at, part.u.text.len));
}

void wf_check_concat(struct wf_linker *l, struct wf_node *call)
{
    call->present = true;
    for (size_t i = 0; i < call->n_args; i++) {
        const struct wf_node *arg = call->args[i];

        if (i > 0 && is_many(arg->type))
            wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                       "`%s` is %s; a list stands alone with its separator: "
                       "`concat(list, ', ')`.",
                       wf_link_text(l, arg), wf_link_type(l, arg->type));
        else if (arg->type == WF_T_PERSON || arg->type == WF_T_TABLE)
            wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                       "`%s` is %s and has no text.", wf_link_text(l, arg),
                       wf_link_type(l, arg->type));
    }
}

static void join(struct wf_buf *out, struct wf_value list,
                 struct wf_value separator)
{
    for (size_t i = 0; i < list.u.list.n && out->len <= WF_EVAL_TEXT_MAX; i++) {
        if (wf_value_is_absent(list.u.list.at[i]))
            continue;
        if (out->len)
            wf_value_write(out, separator);
        wf_value_write(out, list.u.list.at[i]);
    }
}

struct wf_value wf_fn_concat(struct wf_fn_call *call)
{
    struct wf_buf text = WF_BUF_INIT(call->env->arena);

    if (call->args[0].type == WF_T_LIST)
        join(&text, call->args[0],
             call->n_args > 1 ? call->args[1] : wf_value_nil);
    else
        for (size_t i = 0; i < call->n_args && text.len <= WF_EVAL_TEXT_MAX;
             i++)
            wf_value_write(&text, call->args[i]);
    return made_text(call, wf_buf_text(&text), text.len);
}

/* --- Conversions */

void wf_check_date(struct wf_linker *l, struct wf_node *call)
{
    enum wf_type type = call->args[0]->type;
    bool parts = call->n_args == 3;

    if (call->n_args == 2 || (parts && type != WF_T_NUMBER)
        || (!parts && type != WF_T_TEXT && type != WF_T_DATE
            && type != WF_T_DATETIME))
        if (call->n_args == 2 || !wf_type_is_unknown(type))
            wf_diag_at(l->diags, wf_link_place(l, call), "arguments",
                       "`%s` cannot be called with these arguments; it is "
                       "`%s`.",
                       call->function->help.name,
                       call->function->help.signature);
}

void wf_check_text(struct wf_linker *l, struct wf_node *call)
{
    const struct wf_node *arg = call->args[0];

    if (is_many(arg->type) || arg->type == WF_T_PERSON)
        wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                   "`%s` is %s and has no text.", wf_link_text(l, arg),
                   wf_link_type(l, arg->type));
}

struct wf_value wf_fn_text(struct wf_fn_call *call)
{
    struct wf_buf text = WF_BUF_INIT(call->env->arena);

    if (!wf_value_write(&text, call->args[0]))
        return wf_value_nil;
    return made_text(call, wf_buf_text(&text), text.len);
}

void wf_check_number(struct wf_linker *l, struct wf_node *call)
{
    const struct wf_node *arg = call->args[0];

    if (arg->type != WF_T_TEXT && arg->type != WF_T_NUMBER
        && !wf_type_is_unknown(arg->type))
        wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                   "`number` reads a text, but `%s` is %s.",
                   wf_link_text(l, arg), wf_link_type(l, arg->type));
}

static size_t skip_digits(struct wf_str s, size_t i)
{
    while (i < s.len && s.at[i] >= '0' && s.at[i] <= '9')
        i++;
    return i;
}

static bool is_at(struct wf_str s, size_t i, const char *any)
{
    return i < s.len && strchr(any, s.at[i]);
}

/* A sign, digits with a fraction, an exponent; nothing that strtod() would
 * read beyond that. */
static bool is_decimal(struct wf_str s)
{
    size_t begin = is_at(s, 0, "+-") ? 1 : 0;
    size_t i = skip_digits(s, begin);
    size_t n_digits = i - begin;

    if (is_at(s, i, ".")) {
        begin = i + 1;
        i = skip_digits(s, begin);
        n_digits += i - begin;
    }
    if (!n_digits)
        return false;
    if (is_at(s, i, "eE")) {
        begin = is_at(s, i + 1, "+-") ? i + 2 : i + 1;
        i = skip_digits(s, begin);
        if (i == begin)
            return false;
    }
    return i == s.len;
}

struct wf_value wf_fn_number(struct wf_fn_call *call)
{
    struct wf_str text;

    if (call->args[0].type == WF_T_NUMBER)
        return call->args[0];
    if (call->args[0].type != WF_T_TEXT)
        return wf_value_nil;
    text = wf_str_trim(call->args[0].u.text);
    if (!is_decimal(text))
        return wf_value_nil;
    return wf_value_number(
        wf_number_parse(wf_arena_slice(call->env->arena, text), NULL));
}

void wf_check_money(struct wf_linker *l, struct wf_node *call)
{
    const struct wf_node *code = call->n_args == 2 ? call->args[1] : NULL;

    if (code && wf_node_is_text(code)
        && !wf_currency_known(wf_arena_slice(l->arena, code->value.u.text)))
        wf_diag_at(l->diags, wf_link_place(l, code), "unknown",
                   "`%s` is no currency of ISO 4217; write 'CNY', 'USD' …",
                   wf_link_text(l, code));
}

struct wf_value wf_fn_money(struct wf_fn_call *call)
{
    const char *currency = "CNY";

    if (call->n_args == 2)
        currency = wf_arena_slice(call->env->arena, call->args[1].u.text);
    if (!wf_currency_known(currency))
        return wf_value_nil;
    return wf_value_number(
        wf_number_round(call->args[0].u.number, wf_currency_digits(currency)));
}

/* --- scale_label(rating), scale_label('scale', x) */

static void say_scale_label(struct wf_linker *l, const struct wf_node *call)
{
    wf_diag_at(l->diags, wf_link_place(l, call), "arguments",
               "`%s` cannot be called with these arguments; it is `%s`.",
               call->function->help.name, call->function->help.signature);
}

void wf_check_scale_label(struct wf_linker *l, struct wf_node *call)
{
    const struct wf_node *first = call->args[0];
    const struct wf_package *package = l->scope->package;

    if (call->n_args == 1) {
        call->scale = first->field ? first->field->scale : NULL;
        if (!call->scale || first->type != WF_T_NUMBER)
            say_scale_label(l, call);
        else if (first->field->reverse)
            call->field = first->field;
        return;
    }
    if (!wf_node_is_text(first)
        || (call->args[1]->type != WF_T_NUMBER
            && !wf_type_is_unknown(call->args[1]->type))) {
        say_scale_label(l, call);
        return;
    }
    if (package)
        call->scale = wf_package_scale(
            package, wf_arena_slice(l->arena, first->value.u.text));
    if (!call->scale)
        wf_diag_at(l->diags, wf_link_place(l, first), "unknown",
                   "unknown scale %s; scales stand in package.xml.",
                   wf_link_text(l, first));
}

/* The higher one of two that are equally near. */
static const struct wf_option *nearest_point(const struct wf_node *call,
                                             double x)
{
    const struct wf_option *best = NULL;
    double least = INFINITY;

    for (const struct wf_option *p = call->scale->options; p; p = p->next) {
        double value = wf_rating_value(call->field, p);
        double apart = fabs(value - x);

        if (apart < least || (apart == least && value > x)) {
            best = p;
            least = apart;
        }
    }
    return best;
}

struct wf_value wf_fn_scale_label(struct wf_fn_call *call)
{
    const struct wf_node *number = call->node->args[call->n_args - 1];
    const struct wf_option *point;
    struct wf_value value;

    call->failed = !wf_node_eval(number, call->env, &value, call->err);
    if (call->failed || value.type != WF_T_NUMBER)
        return wf_value_nil;
    point = nearest_point(call->node, value.u.number);
    if (!point)
        return wf_value_nil;
    return wf_value_text(call->env->arena, WF_T_TEXT,
                         wf_words_label(point->words, NULL, point->id));
}

/* --- People */

static struct wf_value person_part(struct wf_fn_call *call,
                                   enum wf_person_part part)
{
    const struct wf_source *source = call->env->source;
    struct wf_value value = wf_value_nil;

    if (source && source->person)
        call->failed = !source->person(source->self, call->args[0].u.text, part,
                                       &value, call->err);
    return value;
}

struct wf_value wf_fn_unit(struct wf_fn_call *call)
{
    return person_part(call, WF_PERSON_UNIT);
}

struct wf_value wf_fn_manager(struct wf_fn_call *call)
{
    return person_part(call, WF_PERSON_MANAGER);
}

struct wf_value wf_fn_grade(struct wf_fn_call *call)
{
    return person_part(call, WF_PERSON_GRADE);
}
