/* base/pattern.c - the `pattern` of fields: I-Regexp (RFC 9485), read by a
 * parser of ours, which writes it anew for PCRE2.
 *
 * What is written knows no groups that capture, no references and no looking
 * around. Matching is bounded in steps and memory; a match that meets a bound
 * counts as none.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <limits.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/text.h"

enum {
    PATTERN_MAX = 200,
    REPEATS_MAX = 100,
    TEXT_MAX = 10 * 1024,
    STEPS_MAX = 200000,
    HEAP_MAX_KB = 8 * 1024,
};

struct wf_pattern {
    pcre2_code *code;
};

struct parser {
    const char *start;
    const char *at;
    struct wf_buf out;
    weft_error *err;
};

/* Number of the character at `at`, from 1. */
static int number_of(const struct parser *p, const char *at)
{
    return (int)wf_utf8_count(p->start, (size_t)(at - p->start)) + 1;
}

static size_t char_len(const char *at)
{
    size_t len = 1;

    while (((unsigned char)at[len] & 0xC0) == 0x80)
        len++;
    return len;
}

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/* A character that stands for itself. Punctuation is escaped, which PCRE2
 * always takes for the character itself. */
static void put_literal(struct parser *p)
{
    size_t len = char_len(p->at);
    char c = *p->at;

    if (is_one_of(c, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))
        wf_buf_char(&p->out, '\\');
    wf_buf_add(&p->out, p->at, len);
    p->at += len;
}

static bool refuse_char(struct parser *p)
{
    return wf_fail(p->err, WEFT_E_INVALID,
                   "The pattern has a \"%c\" at character %d where it means "
                   "nothing. Write \"\\%c\" for the character itself.",
                   *p->at, number_of(p, p->at), *p->at);
}

static bool refuse_end(struct parser *p, const char *opened)
{
    return wf_fail(p->err, WEFT_E_INVALID,
                   "The pattern does not close the \"%c\" at character %d.",
                   *opened, number_of(p, opened));
}

/* \p{Lu} and \P{Lu}: the general categories of Unicode, none by script. */
static bool parse_category(struct parser *p)
{
    /* clang-format off */
    static const char *const categories[] = {
        "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn",
        "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps",
        "Z", "Zl", "Zp", "Zs", "S", "Sc", "Sk", "Sm", "So",
        "C", "Cc", "Cf", "Cn", "Co",
    };
    /* clang-format on */
    const char *name = p->at + 3;
    const char *end = p->at[2] == '{' ? strchr(name, '}') : NULL;
    struct wf_str word = { name, end ? (size_t)(end - name) : 0 };

    for (size_t i = 0; end && i < WF_COUNT(categories); i++) {
        if (!wf_str_is(word, categories[i]))
            continue;
        wf_buf_add(&p->out, p->at, (size_t)(end + 1 - p->at));
        p->at = end + 1;
        return true;
    }
    return wf_fail(p->err, WEFT_E_INVALID,
                   "The pattern has an unknown category at character %d. Write "
                   "a general category of Unicode, such as \\p{L} or \\p{Nd}.",
                   number_of(p, p->at));
}

/* One character behind a backslash. */
static bool parse_escape(struct parser *p)
{
    if (!is_one_of(p->at[1], "()*+-.?[\\]^{|}nrt"))
        return wf_fail(p->err, WEFT_E_INVALID,
                       "The pattern has an escape at character %d that is not "
                       "allowed. Write [0-9] for a digit, [A-Za-z0-9_] for a "
                       "word character, [ \\t\\r\\n] for white space.",
                       number_of(p, p->at));
    wf_buf_add(&p->out, p->at, 2);
    p->at += 2;
    return true;
}

/* One character of a class; `*value` is its code, for the order of ranges. */
static bool parse_class_char(struct parser *p, long *value)
{
    const char *at = p->at;

    if (is_one_of(*at, "-[]"))
        return refuse_char(p);
    if (*at == '\\') {
        *value = strchr("nrt", at[1]) && at[1] ? 0 : at[1];
        return parse_escape(p);
    }
    *value = 0;
    for (size_t i = 0; i < char_len(at); i++) /* bytes sort as characters do */
        *value = *value << 8 | (unsigned char)at[i];
    put_literal(p);
    return true;
}

/* "a", "a-z" or "\p{L}" of a class. */
static bool parse_class_item(struct parser *p)
{
    const char *start = p->at;
    long low;
    long high;

    if (*p->at == '\\' && is_one_of(p->at[1], "pP"))
        return parse_category(p);
    if (!parse_class_char(p, &low))
        return false;
    if (*p->at != '-' || p->at[1] == ']')
        return true;
    wf_buf_char(&p->out, '-');
    p->at++;
    if (!*p->at)
        return true; /* not closed: the caller says so */
    if (!parse_class_char(p, &high))
        return false;
    if (low && high && low > high)
        return wf_fail(p->err, WEFT_E_INVALID,
                       "The pattern has a range at character %d that ends "
                       "before it begins.",
                       number_of(p, start));
    return true;
}

static bool parse_class(struct parser *p)
{
    const char *opened = p->at;
    const char *first;

    wf_buf_char(&p->out, *p->at++);
    if (*p->at == '^')
        wf_buf_char(&p->out, *p->at++);
    first = p->at;
    if (*p->at == '-')
        put_literal(p);
    while (*p->at && *p->at != ']') {
        if (*p->at == '-' && p->at[1] == ']')
            put_literal(p);
        else if (!parse_class_item(p))
            return false;
    }
    if (!*p->at)
        return refuse_end(p, opened);
    if (p->at == first)
        return refuse_char(p);
    wf_buf_char(&p->out, *p->at++);
    return true;
}

/* At most three digits are of interest. */
static int parse_count(struct parser *p)
{
    int n = 0;

    for (; *p->at >= '0' && *p->at <= '9'; p->at++)
        n = n <= REPEATS_MAX ? n * 10 + (*p->at - '0') : n;
    return n;
}

/* "{2}", "{2,}" or "{2,5}"; `*n` is the greatest number in it. */
static bool parse_range(struct parser *p, int *n)
{
    const char *start = p->at++;
    bool digits = *p->at >= '0' && *p->at <= '9';
    int least = parse_count(p);

    *n = least;
    if (*p->at == ',') {
        p->at++;
        if (*p->at != '}') {
            digits = digits && *p->at >= '0' && *p->at <= '9';
            *n = parse_count(p);
        }
    }
    if (!digits || *p->at != '}' || *n < least)
        return wf_fail(p->err, WEFT_E_INVALID,
                       "The pattern has a wrong repeat at character %d. Write "
                       "{2}, {2,} or {2,5}.",
                       number_of(p, start));
    p->at++;
    wf_buf_add(&p->out, start, (size_t)(p->at - start));
    return true;
}

/* The repeat behind an atom in which there are already `*repeats`, multiplied
 * through nesting; makes them those of the whole. */
static bool parse_repeat(struct parser *p, int *repeats)
{
    const char *start = p->at;
    int n = 1;

    if (is_one_of(*p->at, "*+?"))
        wf_buf_char(&p->out, *p->at++);
    else if (*p->at == '{' && !parse_range(p, &n))
        return false;
    *repeats *= n > 1 ? n : 1;
    if (*repeats > REPEATS_MAX)
        return wf_fail(p->err, WEFT_E_INVALID,
                       "The pattern repeats more than %d times at character "
                       "%d, counted through all groups.",
                       REPEATS_MAX, number_of(p, start));
    return true;
}

static bool parse_branches(struct parser *p, int *repeats);

static bool parse_group(struct parser *p, int *repeats)
{
    const char *opened = p->at++;

    wf_buf_str(&p->out, "(?:");
    if (!parse_branches(p, repeats))
        return false;
    if (*p->at != ')')
        return refuse_end(p, opened);
    wf_buf_char(&p->out, *p->at++);
    return true;
}

static bool parse_atom(struct parser *p, int *repeats)
{
    switch (*p->at) {
    case '(':
        return parse_group(p, repeats);
    case '[':
        return parse_class(p);
    case '.':
        wf_buf_str(&p->out, "[^\\n\\r]");
        p->at++;
        return true;
    case '\\':
        return is_one_of(p->at[1], "pP") ? parse_category(p) : parse_escape(p);
    case '*':
    case '+':
    case '?':
    case ']':
    case '{':
    case '}':
        return refuse_char(p);
    default:
        put_literal(p);
        return true;
    }
}

/* Up to the end or to a ")" that is the caller's; `*repeats` becomes the
 * greatest of any piece. */
static bool parse_branches(struct parser *p, int *repeats)
{
    *repeats = 1;
    while (*p->at && *p->at != ')') {
        int of_piece = 1;

        if (*p->at == '|') {
            wf_buf_char(&p->out, *p->at++);
            continue;
        }
        if (!parse_atom(p, &of_piece) || !parse_repeat(p, &of_piece))
            return false;
        if (of_piece > *repeats)
            *repeats = of_piece;
    }
    return true;
}

/* Both are characters to I-Regexp and anchors to everybody who writes them. */
static bool has_anchors(const char *text, size_t len)
{
    return text[0] == '^'
           || (len && text[len - 1] == '$'
               && (len < 2 || text[len - 2] != '\\'));
}

static bool rewrite(struct parser *p, size_t len)
{
    int repeats;

    if (len > PATTERN_MAX)
        return wf_fail(p->err, WEFT_E_INVALID,
                       "The pattern is longer than %d bytes.", PATTERN_MAX);
    if (!wf_utf8_is_valid(p->start, len))
        return wf_fail(p->err, WEFT_E_INVALID, "The pattern is not UTF-8.");
    if (has_anchors(p->start, len))
        return wf_fail(p->err, WEFT_E_INVALID,
                       "Leave out ^ and $ at the ends of the pattern: it is "
                       "always matched against the whole text.");
    return parse_branches(p, &repeats) && (!*p->at || refuse_char(p));
}

static void free_code(void *code)
{
    pcre2_code_free(code);
}

bool wf_pattern_compile(struct wf_arena *arena, const char *text,
                        const struct wf_pattern **out, weft_error *err)
{
    struct parser p = { text, text, WF_BUF_INIT(arena), err };
    struct wf_pattern *pattern;
    pcre2_code *code;
    PCRE2_SIZE offset;
    int why;

    if (!rewrite(&p, strlen(text)))
        return false;
    code = pcre2_compile((PCRE2_SPTR)wf_buf_text(&p.out), p.out.len,
                         PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED, &why,
                         &offset, NULL);
    if (!code)
        return wf_fail(err, WEFT_E_INVALID,
                       "The pattern is too large or cannot be read.");
    wf_arena_defer(arena, free_code, code);
    pattern = WF_NEW(arena, struct wf_pattern);
    pattern->code = code;
    *out = pattern;
    return true;
}

static void context_end(pcre2_match_context **context)
{
    pcre2_match_context_free(*context);
}

static void match_data_end(pcre2_match_data **data)
{
    pcre2_match_data_free(*data);
}

bool wf_pattern_matches(const struct wf_pattern *pattern, const char *text,
                        size_t len)
{
    pcre2_match_context *context WF_CLEANUP(context_end) = NULL;
    pcre2_match_data *data WF_CLEANUP(match_data_end) = NULL;

    if (len > TEXT_MAX)
        return false;
    context = pcre2_match_context_create(NULL);
    data = pcre2_match_data_create(1, NULL);
    if (!context || !data)
        wf_oom();
    pcre2_set_match_limit(context, STEPS_MAX);
    pcre2_set_depth_limit(context, STEPS_MAX);
    pcre2_set_heap_limit(context, HEAP_MAX_KB);
    return pcre2_match(pattern->code, (PCRE2_SPTR)text, len, 0, 0, data,
                       context)
           >= 0;
}
