/* def/diff_attr.c - attributes in a form in which what is equal in meaning is
 * equal as text: which are code, which are sets, what goes without saying.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "def/diff.h"

/* clang-format off */
/* What holds where an attribute is left out. `element` NULL: everywhere. */
static const struct said {
    const char *element, *name, *value;
} unsaid[] = {
    { NULL,         "required", "false"    }, { NULL,     "readonly", "false" },
    { NULL,         "index",    "false"    }, { NULL,     "private",  "false" },
    { NULL,         "reverse",  "false"    }, { NULL,     "confirm",  "false" },
    { NULL,         "agree",    "any"      }, { NULL,     "order",    "together" },
    { NULL,         "self",     "skip"     }, { NULL,     "repeat",   "once"  },
    { NULL,         "resume",   "again"    }, { NULL,     "return",   "none"  },
    { "rule",       "severity", "error"    }, { "rule",   "on",       "action" },
    { "end",        "state",    "done"     }, { "field",  "text",     "false" },
    { "package",    "lang",     "zh-CN"    }, { "package", "timezone", "Asia/Shanghai" },
};

/* Formulas and people words: white space between their words says nothing. */
static const char *const code[] = {
    "formula", "when", "until", "visible-when", "required-when",
    "readonly-when", "where", "value", "weight", "by", "from", "to", "for",
    "who", "tell", "nobody", "deploy-by", "due", "asks", "match",
};

/* Words in any order. */
static const char *const sets[] = {
    "edit", "require", "fields", "rights", "requires", "unique", "allow",
    "deny",
};

/* An approval says these for all its levels. */
static const char *const inherited[] = {
    "agree", "order", "nobody", "repeat", "self", "return", "resume", "edit",
    "require", "within", "remind", "timeout", "allow", "deny", "comment",
};
/* clang-format on */

static bool is_one_of(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (wf_streq(list[i], name))
            return true;
    return false;
}

bool wf_part_inherits(const char *name)
{
    return is_one_of(inherited, WF_COUNT(inherited), name);
}

/* Code without the spaces that part nothing. What stands in quotes stays. */
static const char *same_code(struct wf_arena *arena, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    char quote = 0;

    for (const char *at = text; *at; at++) {
        bool space = !quote && isspace((unsigned char)*at);
        unsigned char last = out.len ? (unsigned char)out.data[out.len - 1] : 0;
        unsigned char next = (unsigned char)at[1];

        if (quote ? *at == quote : *at == '\'' || *at == '"')
            quote = quote ? 0 : *at;
        if (!space)
            wf_buf_char(&out, *at);
        else if ((isalnum(last) || last == '_' || last > 127)
                 && (isalnum(next) || next == '_' || next > 127))
            wf_buf_char(&out, ' ');
    }
    return wf_buf_text(&out);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *same_set(struct wf_arena *arena, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    WF_LIST(const char *) words = { 0 };
    struct wf_str rest = wf_str_of(text), word;

    while (wf_str_split(&rest, ' ', &word))
        if (word.len > 0)
            *WF_PUSH(arena, &words) = wf_arena_slice(arena, word);
    if (words.n > 0)
        qsort(words.at, words.n, sizeof *words.at, by_text);
    for (size_t i = 0; i < words.n; i++)
        wf_buf_printf(&out, "%s%s", i ? " " : "", words.at[i]);
    return wf_buf_text(&out);
}

static const char *same_words(struct wf_arena *arena, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    char *end, number[32];
    double value;

    for (const char *at = text; *at; at++) {
        bool space = isspace((unsigned char)*at);

        if (!space || (out.len && out.data[out.len - 1] != ' '))
            wf_buf_char(&out, space ? ' ' : *at);
    }
    if (out.len && out.data[out.len - 1] == ' ')
        out.data[--out.len] = '\0';
    text = wf_buf_text(&out);
    value = wf_number_parse(text, &end);
    if (end == text || *end)
        return text;
    wf_number_write(value, number);
    return wf_arena_str(arena, number);
}

static const char *same_of(struct wf_arena *arena, const char *name,
                           const char *value)
{
    if (is_one_of(sets, WF_COUNT(sets), name))
        return same_set(arena, value);
    if (is_one_of(code, WF_COUNT(code), name)
        || (wf_streq(name, "default") && value[0] == '='))
        return same_code(arena, value);
    return same_words(arena, value);
}

/* `elem` NULL: it is not said by an element. */
static bool goes_unsaid(const struct wf_elem *elem, const char *name,
                        const char *value)
{
    if (!elem)
        return false;
    for (size_t i = 0; i < WF_COUNT(unsaid); i++)
        if (wf_streq(unsaid[i].name, name)
            && (!unsaid[i].element || wf_elem_is(elem, unsaid[i].element)))
            return wf_streq(unsaid[i].value, value);
    return wf_streq(name, "label") && wf_streq(value, wf_elem_get(elem, "id"));
}

const struct wf_part_attr *wf_part_attr(const struct wf_part *part,
                                        const char *name)
{
    for (size_t i = 0; i < part->attrs.n; i++)
        if (wf_streq(part->attrs.at[i].name, name))
            return &part->attrs.at[i];
    return NULL;
}

void wf_part_say(struct wf_arena *arena, struct wf_part *part,
                 const struct wf_elem *elem, const char *name,
                 const char *value)
{
    struct wf_part_attr *attr;

    if (!value || wf_part_attr(part, name) || goes_unsaid(elem, name, value))
        return;
    attr = WF_PUSH(arena, &part->attrs);
    attr->name = wf_arena_str(arena, name);
    attr->value = wf_arena_str(arena, value);
    attr->same = same_of(arena, name, value);
}
