/* def/expr_text.c - texts in an expression: '…' and "…" with Lua's escapes.
 *
 * Source: Lua 5.4 reference manual, 3.1. What is made must be UTF-8 without
 * U+0000, as all text of documents is.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_text.h"

#include <string.h>

#include "base/text.h"

struct reader {
    const char *at; /* NUL-terminated */
    struct wf_buf out;
    const char *wrong; /* where an escape is not one; NULL: none */
};

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_hex(struct reader *reader)
{
    int high = hex_value(reader->at[1]);
    int low = high < 0 ? -1 : hex_value(reader->at[2]);

    if (low < 0)
        return false;
    wf_buf_char(&reader->out, (char)(high * 16 + low));
    reader->at += 3;
    return true;
}

static bool read_decimal(struct reader *reader)
{
    int value = 0;

    for (int i = 0; i < 3 && *reader->at >= '0' && *reader->at <= '9'; i++)
        value = value * 10 + (*reader->at++ - '0');
    wf_buf_char(&reader->out, (char)value);
    return value < 256;
}

static void add_utf8(struct wf_buf *out, unsigned code)
{
    if (code < 0x80) {
        wf_buf_char(out, (char)code);
        return;
    }
    if (code < 0x800) {
        wf_buf_char(out, (char)(0xC0 | code >> 6));
    } else if (code < 0x10000) {
        wf_buf_char(out, (char)(0xE0 | code >> 12));
        wf_buf_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
    } else {
        wf_buf_char(out, (char)(0xF0 | code >> 18));
        wf_buf_char(out, (char)(0x80 | (code >> 12 & 0x3F)));
        wf_buf_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
    }
    wf_buf_char(out, (char)(0x80 | (code & 0x3F)));
}

/* \u{XXX} */
static bool read_code_point(struct reader *reader)
{
    const char *p = reader->at + 1;
    unsigned code = 0;

    if (*p++ != '{' || hex_value(*p) < 0)
        return false;
    for (; hex_value(*p) >= 0; p++) {
        code = code * 16 + (unsigned)hex_value(*p);
        if (code > 0x10FFFF)
            return false;
    }
    if (*p != '}')
        return false;
    add_utf8(&reader->out, code);
    reader->at = p + 1;
    return true;
}

/* At what stands behind a backslash. */
static bool read_escape(struct reader *reader)
{
    static const char letters[] = "abfnrtv\\\"'\n";
    static const char meanings[] = "\a\b\f\n\r\t\v\\\"'\n";
    const char *known = *reader->at ? strchr(letters, *reader->at) : NULL;

    if (known) {
        wf_buf_char(&reader->out, meanings[known - letters]);
        reader->at++;
        return true;
    }
    switch (*reader->at) {
    case 'x':
        return read_hex(reader);
    case 'u':
        return read_code_point(reader);
    case 'z':
        reader->at++;
        while (*reader->at && strchr(" \t\r\n\v\f", *reader->at))
            reader->at++;
        return true;
    default:
        return *reader->at >= '0' && *reader->at <= '9' && read_decimal(reader);
    }
}

/* Up to the closing quote, or to where the text ends without one. */
static void read_text(struct reader *reader, char quote)
{
    while (*reader->at && *reader->at != quote && !reader->wrong) {
        const char *begin = reader->at;

        if (*reader->at++ != '\\')
            wf_buf_char(&reader->out, *begin);
        else if (!read_escape(reader))
            reader->wrong = begin;
    }
}

void wf_lex_text(struct wf_lexer *lexer)
{
    const char *text = lexer->expr->text;
    struct reader reader = { text + lexer->begin + 1, WF_BUF_INIT(lexer->arena),
                             NULL };
    struct wf_place begin = wf_expr_place(lexer->expr, lexer->begin);

    read_text(&reader, text[lexer->begin]);
    lexer->token = WF_TOK_BAD;
    if (reader.wrong) {
        wf_diag_at(lexer->diags,
                   wf_expr_place(lexer->expr, (size_t)(reader.wrong - text)),
                   "syntax",
                   "This `\\` begins no escape of Lua; write `\\\\` for a "
                   "backslash.");
    } else if (!*reader.at) {
        wf_diag_at(lexer->diags, begin, "syntax",
                   "This text is not closed; add the quote %c at its end.",
                   text[lexer->begin]);
    } else if (!wf_utf8_is_valid(wf_buf_text(&reader.out), reader.out.len)) {
        wf_diag_at(lexer->diags, begin, "syntax",
                   "This text is not UTF-8 without U+0000; look at its "
                   "escapes.");
    } else {
        lexer->token = WF_TOK_TEXT;
        lexer->text.at = wf_buf_text(&reader.out);
        lexer->text.len = reader.out.len;
        lexer->end = (size_t)(reader.at + 1 - text);
    }
}
