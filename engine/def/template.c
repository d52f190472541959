/* def/template.c - titles and messages: "{owner.name} {period}", literal text
 * with expressions in braces. "{{" and "}}" are braces that are meant.
 *
 * A person is shown by name, a choice by its label; what is absent leaves
 * nothing, and takes along what only separates it from what stands before.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/template.h"

#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "def/expr_tree.h"

struct part {
    const char *literal;  /* comes before the expression */
    bool separates;       /* the literal is blanks, dashes, colons … only */
    struct wf_expr *expr; /* NULL: at the end */
};

struct wf_template {
    WF_LIST(struct part) parts;
};

/* --- Parsing */

struct reader {
    struct wf_arena *arena;
    struct wf_place place;
    const char *text, *at;
    struct wf_diags *diags;
};

static struct wf_place place_at(const struct reader *reader, const char *at)
{
    struct wf_place place = reader->place;

    if (place.column > 0)
        place.column +=
            (int)wf_utf8_count(reader->text, (size_t)(at - reader->text));
    return place;
}

/* Up to the next expression. False after a finding. */
static bool read_literal(struct reader *reader, struct wf_buf *literal)
{
    for (; *reader->at; reader->at++) {
        bool doubled = reader->at[0] == reader->at[1];

        if (*reader->at == '{' && !doubled)
            return true;
        if (*reader->at == '}' && !doubled) {
            wf_diag_at(reader->diags, place_at(reader, reader->at), "syntax",
                       "This `}` closes nothing; a brace that is meant is "
                       "written `}}`.");
            return false;
        }
        wf_buf_char(literal, *reader->at);
        if (*reader->at == '{' || *reader->at == '}')
            reader->at++;
    }
    return true;
}

static bool is_separator(uint32_t sign)
{
    /* and the wide ones: ideographic blank, comma, colon, semicolon, list mark,
     * middle dot, the two dashes */
    static const uint32_t wide[] = { 0x3000, 0xff0c, 0xff1a, 0xff1b,
                                     0x3001, 0xb7,   0x2013, 0x2014 };

    if (sign < 0x80)
        return sign && strchr(" -:;,/|", (char)sign);
    for (size_t i = 0; i < WF_COUNT(wide); i++)
        if (wide[i] == sign)
            return true;
    return false;
}

static bool separates(const char *literal)
{
    while (*literal)
        if (!is_separator(wf_utf8_next(&literal)))
            return false;
    return true;
}

/* The brace that closes the expression at `at`: not one inside a text. */
static const char *closing(const char *at)
{
    char quote = '\0';

    for (; *at; at++) {
        if (quote && *at == '\\' && at[1])
            at++;
        else if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at == '\'' || *at == '"')
            quote = *at;
        else if (*at == '}')
            return at;
    }
    return NULL;
}

/* At a "{". NULL and a finding. */
static struct wf_expr *read_expr(struct reader *reader)
{
    const char *begin = reader->at + 1;
    const char *end = closing(begin);

    if (!end) {
        wf_diag_at(reader->diags, place_at(reader, reader->at), "syntax",
                   "This `{` is not closed; add `}`, or write `{{` for a "
                   "brace that is meant.");
        return NULL;
    }
    reader->at = end + 1;
    return wf_expr_parse(
        reader->arena, place_at(reader, begin),
        wf_arena_mem(reader->arena, begin, (size_t)(end - begin)),
        reader->diags);
}

/* False after a finding. */
static bool read_part(struct reader *reader, struct part *part)
{
    struct wf_buf literal = WF_BUF_INIT(reader->arena);

    if (!read_literal(reader, &literal))
        return false;
    part->literal = wf_buf_text(&literal);
    part->separates = separates(part->literal);
    if (!*reader->at)
        return true;
    part->expr = read_expr(reader);
    return part->expr;
}

struct wf_template *wf_template_parse(struct wf_arena *arena,
                                      struct wf_place place, const char *text,
                                      struct wf_diags *diags)
{
    struct wf_template *template = WF_NEW(arena, struct wf_template);
    struct reader reader = { arena, place, text, text, diags };

    if (!wf_utf8_is_valid(text, strlen(text))) {
        wf_diag_at(diags, place, "syntax", "The text is not UTF-8.");
        return NULL;
    }
    while (*reader.at)
        if (!read_part(&reader, WF_PUSH(arena, &template->parts)))
            return NULL;
    return template;
}

bool wf_template_link(struct wf_arena *arena, struct wf_template *template,
                      const struct wf_scope *scope, struct wf_diags *diags)
{
    bool linked = true;

    for (size_t i = 0; i < template->parts.n; i++) {
        struct wf_expr *expr = template->parts.at[i].expr;

        if (expr && !wf_expr_link(arena, expr, scope, WF_T_ANY, diags))
            linked = false;
    }
    return linked;
}

void wf_template_uses(const struct wf_template *template,
                      void (*see)(void *self, const struct wf_field *field),
                      void *self)
{
    for (size_t i = 0; i < template->parts.n; i++)
        if (template->parts.at[i].expr)
            wf_expr_uses(template->parts.at[i].expr, see, self);
}

/* --- Filling */

static bool add_person(struct wf_buf *out, const struct wf_env *env,
                       struct wf_str id, weft_error *err)
{
    struct wf_value name = wf_value_nil;

    if (env->source && env->source->person
        && !env->source->person(env->source->self, id, WF_PERSON_NAME, &name,
                                err))
        return false;
    wf_value_write(out, name);
    return true;
}

/* Its key where nobody knows it. */
static bool add_unit(struct wf_buf *out, const struct wf_env *env,
                     struct wf_value key, weft_error *err)
{
    struct wf_value name = wf_value_nil;

    if (env->source && env->source->unit_name
        && !env->source->unit_name(env->source->self, key.u.text, &name, err))
        return false;
    wf_value_write(out, name.type == WF_T_TEXT ? name : key);
    return true;
}

/* Nothing where it is not to be seen. */
static bool add_document(struct wf_buf *out, const struct wf_env *env,
                         struct wf_str id, weft_error *err)
{
    struct wf_value title = wf_value_nil;

    if (env->source && env->source->document_title
        && !env->source->document_title(env->source->self, id, &title, err))
        return false;
    wf_value_write(out, title);
    return true;
}

static void add_text(struct wf_buf *out, const struct wf_env *env,
                     const struct wf_choices *choices, struct wf_value value)
{
    const struct wf_option *option = NULL;

    if (choices && value.type == WF_T_TEXT)
        option =
            wf_choices_find(choices, wf_arena_slice(env->arena, value.u.text));
    if (option)
        wf_buf_str(out, wf_words_label(option->words, NULL, option->id));
    else
        wf_value_write(out, value);
}

static bool add_single(struct wf_buf *out, const struct wf_env *env,
                       const struct wf_field *field, struct wf_value value,
                       weft_error *err)
{
    if (value.type == WF_T_PERSON)
        return add_person(out, env, value.u.text, err);
    if (value.type == WF_T_UNIT)
        return add_unit(out, env, value, err);
    if (value.type == WF_T_LINK
        || (field && field->options_form && value.type == WF_T_TEXT))
        return add_document(out, env, value.u.text, err);
    add_text(out, env, field ? field->choices : NULL, value);
    return true;
}

static bool add_value(struct wf_buf *out, const struct wf_env *env,
                      const struct wf_expr *expr, weft_error *err)
{
    const struct wf_field *field = expr->root->field;
    struct wf_value value;

    if (!wf_expr_eval(expr, env, &value, err))
        return false;
    if (value.type != WF_T_LIST)
        return add_single(out, env, field, value, err);
    for (size_t i = 0; i < value.u.list.n; i++) {
        if (i > 0)
            wf_buf_str(out, ", ");
        if (!add_single(out, env, field, value.u.list.at[i], err))
            return false;
    }
    return true;
}

static void cut_blanks(struct wf_buf *text, size_t from)
{
    size_t len = text->len;

    while (len > from && text->data[len - 1] == ' ')
        len--;
    wf_buf_cut(text, len);
}

/* What stands before the next value. Where one was absent, its blanks are gone
 * already, and nothing separates what would come first. */
static void add_literal(struct wf_buf *out, const struct part *part, bool lacks)
{
    const char *literal = part->literal;

    if (lacks && out->len == 0) {
        if (part->separates && part->expr)
            return;
        while (*literal == ' ')
            literal++;
    }
    wf_buf_str(out, literal);
}

struct looking {
    const struct wf_sight *sight;
    bool hidden;
};

static void look(void *self, const struct wf_field *field)
{
    struct looking *l = self;

    l->hidden = l->hidden || !l->sight->sees(l->sight->self, field);
}

static bool is_hidden(const struct wf_sight *sight, const struct wf_expr *expr)
{
    struct looking l = { sight, false };

    if (sight)
        wf_expr_uses(expr, look, &l);
    return l.hidden;
}

bool wf_template_fill(const struct wf_template *template,
                      const struct wf_env *env, const char **out,
                      weft_error *err)
{
    return wf_template_fill_for(template, NULL, env, out, err);
}

bool wf_template_fill_for(const struct wf_template *template,
                          const struct wf_sight *sight,
                          const struct wf_env *env, const char **out,
                          weft_error *err)
{
    struct wf_buf text = WF_BUF_INIT(env->arena);
    bool lacks = false;

    for (size_t i = 0; i < template->parts.n; i++) {
        const struct part *part = &template->parts.at[i];
        size_t before = text.len, filled;

        add_literal(&text, part, lacks);
        filled = text.len;
        if (!part->expr)
            break;
        if ((!is_hidden(sight, part->expr)
             && !add_value(&text, env, part->expr, err))
            || !wf_eval_spend_text(env, text.len, err))
            return false;
        lacks = text.len == filled;
        if (lacks && part->separates)
            wf_buf_cut(&text, before);
        else if (lacks)
            cut_blanks(&text, before);
    }
    *out = wf_buf_text(&text);
    return true;
}

/* --- For the browser */

void wf_template_json(const struct wf_template *template,
                      struct wf_json_writer *out)
{
    wf_jw_open(out, '[');
    for (size_t i = 0; i < template->parts.n; i++) {
        const struct part *part = &template->parts.at[i];
        const struct wf_field *field =
            part->expr ? part->expr->root->field : NULL;

        wf_jw_open(out, '{');
        wf_jw_key_text(out, "text", part->literal);
        if (part->expr) {
            wf_jw_key(out, "value");
            wf_expr_json(part->expr, out);
        }
        if (field && field->choices)
            wf_jw_key_text(out, "field", field->path);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
}
