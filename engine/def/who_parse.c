/* def/who_parse.c - reads the words for people.
 *
 *     who    := list { "except" list }
 *     list   := both { "," both }
 *     both   := word { "and" word }
 *     word   := NAME | NAME "(" … ")"
 *
 * Source: docs/definition-language.md, "Who".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/messages.h"
#include "base/str.h"
#include "base/text.h"
#include "def/form.h"
#include "def/limits.h"
#include "def/suggest.h"
#include "def/who.h"

/* What stands in the parentheses. */
enum shape {
    ALONE,  /* no parentheses */
    PERSON, /* (X) */
    LEVELS, /* (X) or (X, n) */
    UNIT,   /* (U) */
    NAME,   /* (ID) */
    ROLE,   /* (R) or (R, X) */
};

/* clang-format off */
static const struct word {
    const char *word;
    enum wf_who_kind kind;
    enum shape shape;
    bool asks_document;
} words[] = {
    { "owner",        WF_WHO_OWNER,        ALONE,  true  },
    { "creator",      WF_WHO_CREATOR,      ALONE,  true  },
    { "me",           WF_WHO_ME,           ALONE,  false },
    { "participants", WF_WHO_PARTICIPANTS, ALONE,  true  },
    { "everyone",     WF_WHO_EVERYONE,     ALONE,  false },
    { "person",       WF_WHO_PERSON,       NAME,   false },
    { "manager",      WF_WHO_MANAGER,      LEVELS, false },
    { "managers",     WF_WHO_MANAGERS,     LEVELS, false },
    { "above",        WF_WHO_ABOVE,        PERSON, false },
    { "reports",      WF_WHO_REPORTS,      PERSON, false },
    { "below",        WF_WHO_BELOW,        PERSON, false },
    { "dotted",       WF_WHO_DOTTED,       PERSON, false },
    { "team",         WF_WHO_TEAM,         NAME,   false },
    { "peers",        WF_WHO_PEERS,        PERSON, false },
    { "head",         WF_WHO_HEAD,         UNIT,   false },
    { "heads",        WF_WHO_HEADS,        UNIT,   false },
    { "members",      WF_WHO_MEMBERS,      UNIT,   false },
    { "role",         WF_WHO_ROLE,         ROLE,   false },
    { "lua",          WF_WHO_LUA,          NAME,   true  },
    { "unit",         WF_WHO_UNIT_OF,      PERSON, false },
};
/* clang-format on */

enum token {
    END,
    WORD,
    OPEN,
    CLOSE,
    COMMA
};

struct parser {
    struct wf_arena *arena;
    struct wf_place place; /* of the text */
    const struct wf_form *form;
    const struct wf_field *each; /* whose columns are names too, or NULL */
    enum wf_who_use use;
    struct wf_diags *diags;
    const char *text;
    size_t len, begin, end; /* of the token at hand */
    enum token token;
    int depth, n_terms;
    bool failed; /* a finding was made: the rest would only be noise */
};

/* --- Tokens */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void advance(struct parser *p)
{
    size_t at = p->end;

    while (at < p->len && is_space(p->text[at]))
        at++;
    p->begin = at;
    if (at == p->len) {
        p->token = END;
    } else if (strchr("(),", p->text[at])) {
        p->token = p->text[at] == '('   ? OPEN
                   : p->text[at] == ')' ? CLOSE
                                        : COMMA;
        at++;
    } else {
        p->token = WORD;
        while (at < p->len && !is_space(p->text[at])
               && !strchr("(),", p->text[at]))
            at++;
    }
    p->end = at;
}

static struct wf_place place_at(const struct parser *p, size_t byte)
{
    struct wf_place place = p->place;

    place.column += (int)wf_utf8_count(p->text, byte);
    return place;
}

static bool is_word(const struct parser *p, const char *word)
{
    struct wf_str at = { p->text + p->begin, p->end - p->begin };

    return p->token == WORD && wf_str_is(at, word);
}

static const char *token_text(const struct parser *p)
{
    return wf_arena_mem(p->arena, p->text + p->begin, p->end - p->begin);
}

/* Whether a finding at the token at hand is worth making: the first one. */
static bool fails(struct parser *p)
{
    bool first = !p->failed;

    p->failed = true;
    return first;
}

static struct wf_who *expected(struct parser *p, const char *what)
{
    const char *said = wf_message(p->diags->lang, what);

    if (!fails(p))
        return NULL;
    if (p->token == END)
        wf_diag_at(p->diags, place_at(p, p->begin), "syntax",
                   "%s is missing at the end of \"%s\"", said, p->text);
    else
        wf_diag_at(p->diags, place_at(p, p->begin), "syntax",
                   "%s is missing before \"%s\"", said, token_text(p));
    return NULL;
}

static bool take(struct parser *p, enum token token, const char *what)
{
    if (p->token != token) {
        expected(p, what);
        return false;
    }
    advance(p);
    return true;
}

/* --- Words */

static struct wf_who *new_who(struct parser *p, enum wf_who_kind kind,
                              size_t begin)
{
    struct wf_who *who = WF_NEW(p->arena, struct wf_who);

    who->kind = kind;
    who->place = place_at(p, begin);
    return who;
}

static const struct word *word_of(const char *text)
{
    for (size_t i = 0; i < WF_COUNT(words); i++)
        if (wf_streq(words[i].word, text))
            return &words[i];
    return NULL;
}

/* In a row first the row, then the document. */
static const struct wf_field *field_of(const struct parser *p, const char *text)
{
    const struct wf_field *at = p->each ? p->each->columns : NULL;

    while (at && !wf_streq(at->id, text))
        at = at->next;
    return at || !p->form ? at : wf_form_field(p->form, text);
}

static bool names_people(const struct wf_field *field)
{
    return field->type == WF_F_PERSON || field->type == WF_F_PEOPLE;
}

static void offer_people(struct wf_suggest *guess, const struct wf_field *first)
{
    for (const struct wf_field *at = first; at; at = at->next)
        if (names_people(at))
            wf_suggest_offer(guess, at->id);
}

static struct wf_who *unknown_word(struct parser *p, const char *text,
                                   size_t begin)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(text);

    if (!fails(p))
        return NULL;
    for (size_t i = 0; i < WF_COUNT(words); i++)
        wf_suggest_offer(&guess, words[i].word);
    offer_people(&guess, p->each ? p->each->columns : NULL);
    offer_people(&guess, p->form ? p->form->fields : NULL);
    if (guess.best)
        wf_diag_at(p->diags, place_at(p, begin), "unknown",
                   "nobody is called \"%s\"; did you mean \"%s\"?", text,
                   guess.best);
    else
        wf_diag_at(p->diags, place_at(p, begin), "unknown",
                   "nobody is called \"%s\"; write a word such as owner, "
                   "manager(owner), role(ID), a person field or person(LOGIN)",
                   text);
    return NULL;
}

static struct wf_who *person_field(struct parser *p, const char *text,
                                   size_t begin)
{
    const struct wf_field *field = field_of(p, text);
    struct wf_who *who;

    if (!field)
        return unknown_word(p, text, begin);
    if (!names_people(field)) {
        if (fails(p))
            wf_diag_at(p->diags, place_at(p, begin), "type",
                       "field \"%s\" holds no people: its type is %s", text,
                       wf_field_kind(field->type)->word);
        return NULL;
    }
    if ((p->use & WF_WHO_NO_DOCUMENT) && fails(p)) {
        wf_diag_at(p->diags, place_at(p, begin), "type",
                   "there is no document here that \"%s\" could be read from",
                   text);
        return NULL;
    }
    who = new_who(p, WF_WHO_FIELD, begin);
    who->field = field;
    return who;
}

/* A unit as an argument: unit(X), a field, else a unit's id. */
static struct wf_who *parse_word(struct parser *p);

static struct wf_who *parse_unit(struct parser *p)
{
    size_t begin = p->begin;
    const struct wf_field *field;
    const char *text;
    struct wf_who *who;

    if (p->token != WORD)
        return expected(p, WF_MESSAGE("a unit"));
    if (p->text[p->end] == '(')
        return parse_word(p);
    text = token_text(p);
    field = (p->use & WF_WHO_NO_DOCUMENT) ? NULL : field_of(p, text);
    advance(p);
    if (field && field->type != WF_F_UNIT && fails(p))
        wf_diag_at(p->diags, place_at(p, begin), "type",
                   "field \"%s\" holds no unit: its type is %s; write unit(%s) "
                   "for a person's unit",
                   text, wf_field_kind(field->type)->word, text);
    who = new_who(p, field ? WF_WHO_UNIT_FIELD : WF_WHO_UNIT_KEY, begin);
    who->field = field;
    who->name = field ? NULL : text;
    return who;
}

static bool is_unit(const struct wf_who *who)
{
    return who->kind == WF_WHO_UNIT_OF || who->kind == WF_WHO_UNIT_FIELD
           || who->kind == WF_WHO_UNIT_KEY;
}

/* X of role(R, X): people or a unit. */
static struct wf_who *parse_scope(struct parser *p)
{
    const char *text;
    const struct wf_field *field;
    bool called = p->text[p->end] == '(';

    if (p->token != WORD)
        return expected(p, WF_MESSAGE("a person or a unit"));
    text = token_text(p);
    field = field_of(p, text);
    if (!called && !word_of(text) && (!field || !names_people(field)))
        return parse_unit(p);
    return parse_word(p);
}

static struct wf_who *parse_person(struct parser *p)
{
    size_t begin = p->begin;
    struct wf_who *who = parse_word(p);

    if (who && is_unit(who) && fails(p))
        wf_diag_at(p->diags, place_at(p, begin), "type",
                   "a person is needed here, not a unit; write head(…) or "
                   "members(…) of it");
    return who;
}

static void parse_levels(struct parser *p, struct wf_who *who)
{
    struct wf_str text;
    int64_t n = 0;

    who->n = 1;
    if (p->token != COMMA) {
        if (who->kind == WF_WHO_MANAGERS)
            expected(p, WF_MESSAGE(
                            "the number of levels, as in managers(owner, 3),"));
        return;
    }
    advance(p);
    text = (struct wf_str){ p->text + p->begin, p->end - p->begin };
    if (p->token == WORD && wf_str_to_int(text, &n) && n >= 1
        && n <= WF_MAX_LEVELS) {
        who->n = (int)n;
        advance(p);
        return;
    }
    expected(p, WF_MESSAGE("a number of levels from 1 to 64"));
}

/* A name of our own world or of people: cannot be checked here. */
static void parse_name(struct parser *p, struct wf_who *who)
{
    if (p->token != WORD) {
        expected(p, WF_MESSAGE("a name"));
        return;
    }
    who->name = token_text(p);
    if (who->kind == WF_WHO_TEAM)
        who->field = field_of(p, who->name);
    advance(p);
}

static void parse_arguments(struct parser *p, const struct word *word,
                            struct wf_who *who)
{
    switch (word->shape) {
    case PERSON:
        who->arg = parse_person(p);
        break;
    case LEVELS:
        who->arg = parse_person(p);
        parse_levels(p, who);
        break;
    case UNIT:
        who->arg = parse_unit(p);
        if (who->arg && !is_unit(who->arg) && fails(p))
            wf_diag_at(p->diags, who->arg->place, "type",
                       "a unit is needed here: write unit(…), a field or the "
                       "id of a unit");
        break;
    case ROLE:
        parse_name(p, who);
        if (p->token == COMMA) {
            advance(p);
            who->arg = parse_scope(p);
        }
        break;
    default:
        parse_name(p, who);
        break;
    }
}

/* What the use forbids of a word that is known. */
static void check_use(struct parser *p, const struct word *word, size_t begin)
{
    struct wf_place place = place_at(p, begin);

    if (word->kind == WF_WHO_LUA && (p->use & WF_WHO_FOR_ACCESS) && fails(p))
        wf_diag_at(p->diags, place, "type",
                   "lua(…) may give work, but never access");
    else if (word->asks_document && (p->use & WF_WHO_NO_DOCUMENT) && fails(p))
        wf_diag_at(p->diags, place, "type",
                   "there is no document here that \"%s\" could be read from",
                   word->word);
    else if (word->kind == WF_WHO_OWNER && p->form && !p->form->subject
             && fails(p))
        wf_diag_at(p->diags, place, "unknown",
                   "\"owner\" is the subject, but <form> names none; write "
                   "subject=\"FIELD\" there");
}

static struct wf_who *parse_call(struct parser *p, const struct word *word,
                                 size_t begin)
{
    struct wf_who *who = new_who(p, word->kind, begin);

    check_use(p, word, begin);
    if (word->shape == ALONE) {
        if (p->token == OPEN)
            return expected(p, WF_MESSAGE("a comma or \"and\""));
        return who;
    }
    if (!take(p, OPEN, "\"(\""))
        return NULL;
    parse_arguments(p, word, who);
    if (p->failed || !take(p, CLOSE, "\")\""))
        return NULL;
    return who;
}

static struct wf_who *parse_word(struct parser *p)
{
    const struct word *word;
    struct wf_who *who;
    const char *text;
    size_t begin = p->begin;

    if (p->token != WORD)
        return expected(p, WF_MESSAGE("somebody"));
    if (p->depth == WF_MAX_WHO_DEPTH || p->n_terms == WF_MAX_WHO_TERMS)
        return expected(p, WF_MESSAGE("a shorter way to say it"));
    text = token_text(p);
    advance(p);
    p->depth++;
    p->n_terms++;
    word = word_of(text);
    /* a field wins over a word that would need parentheses */
    if (!word
        || (word->shape != ALONE && p->token != OPEN && field_of(p, text)))
        who = person_field(p, text, begin);
    else
        who = parse_call(p, word, begin);
    p->depth--;
    return who;
}

/* --- Operators */

static struct wf_who *join(struct parser *p, enum wf_who_kind kind,
                           const struct wf_who *left,
                           const struct wf_who *right)
{
    struct wf_who *who;

    if (!left || !right)
        return NULL;
    who = WF_NEW(p->arena, struct wf_who);
    who->kind = kind;
    who->left = left;
    who->right = right;
    who->place = left->place;
    return who;
}

static struct wf_who *parse_people(struct parser *p)
{
    struct wf_who *who = parse_person(p);

    while (!p->failed && is_word(p, "and")) {
        advance(p);
        who = join(p, WF_WHO_AND, who, parse_person(p));
    }
    return who;
}

static struct wf_who *parse_list(struct parser *p)
{
    struct wf_who *who = parse_people(p);

    while (!p->failed && p->token == COMMA) {
        advance(p);
        who = join(p, WF_WHO_OR, who, parse_people(p));
    }
    return who;
}

struct wf_who *wf_who_parse(struct wf_arena *arena, struct wf_place place,
                            const char *text, const struct wf_form *form,
                            enum wf_who_use use, struct wf_diags *diags)
{
    struct wf_who_scope scope = { form, NULL, use };

    return wf_who_parse_in(arena, place, text, &scope, diags);
}

struct wf_who *wf_who_parse_in(struct wf_arena *arena, struct wf_place place,
                               const char *text,
                               const struct wf_who_scope *scope,
                               struct wf_diags *diags)
{
    struct parser p = { .arena = arena,
                        .place = place,
                        .form = scope->form,
                        .each = scope->each,
                        .use = scope->use,
                        .diags = diags,
                        .text = text,
                        .len = strlen(text) };
    struct wf_who *who;

    if (p.len > WF_MAX_WHO_TEXT) {
        wf_diag_at(diags, place, "limit",
                   "people are named in at most %d bytes", WF_MAX_WHO_TEXT);
        return NULL;
    }
    advance(&p);
    who = parse_list(&p);
    while (!p.failed && is_word(&p, "except")) {
        advance(&p);
        who = join(&p, WF_WHO_EXCEPT, who, parse_list(&p));
    }
    if (!p.failed && p.token != END)
        expected(&p, WF_MESSAGE("a comma, \"and\" or \"except\""));
    return p.failed ? NULL : who;
}
