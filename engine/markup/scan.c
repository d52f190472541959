/* markup/scan.c - keeps from libxml2 what would cost it too much.
 *
 * libxml2 checks the attributes of a tag against each other in quadratic time
 * and expands entities to any size; so tags with too many attributes and any
 * DOCTYPE are refused here, in one pass over the bytes. The scan must not be
 * led past a '<' that libxml2 would take for the start of a tag, also in text
 * that is not well-formed: hence a '<' inside a value ends its tag, and the
 * characters at which libxml2 leaves a comment early are refused first.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "markup/scan.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "markup/elem.h"

static const char BOM[] = "\xEF\xBB\xBF";

struct scan {
    struct wf_reading *source;
    struct wf_diags *diags;
    size_t at;
    size_t n_nodes;
    size_t depth;
};

static struct wf_place place_of(struct scan *scan, size_t offset)
{
    return wf_reading_place(scan->source, offset);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Control characters, U+FFFE and U+FFFF: not characters of XML. */
static bool is_forbidden(const struct wf_reading *source, size_t at)
{
    unsigned char c = (unsigned char)source->text[at];

    return (c < 0x20 && !is_space((char)c))
           || wf_reading_has(source, at, "\xEF\xBF\xBE")
           || wf_reading_has(source, at, "\xEF\xBF\xBF");
}

/* Where UTF-8 ends and something else begins. */
static size_t end_of_utf8(const struct wf_reading *source)
{
    size_t at = 0;

    while (at < source->len) {
        size_t n = 1;
        while (n <= 4 && at + n <= source->len
               && !wf_utf8_is_valid(source->text + at, n))
            n++;
        if (n > 4 || at + n > source->len)
            return at;
        at += n;
    }
    return at;
}

static bool check_bytes(struct scan *scan)
{
    const struct wf_reading *source = scan->source;

    if (!wf_utf8_is_valid(source->text, source->len)) {
        wf_diag_at(scan->diags, place_of(scan, end_of_utf8(source)), "encoding",
                   "this is not UTF-8: save the file in that encoding");
        return false;
    }
    for (size_t i = 0; i < source->len; i++) {
        if (!is_forbidden(source, i))
            continue;
        wf_diag_at(scan->diags, place_of(scan, i), "xml",
                   "a control character is not allowed here: remove it");
        return false;
    }
    return true;
}

/* The value of `encoding` in the XML declaration; empty if it has none. */
static struct wf_str declared_encoding(struct wf_str declaration)
{
    static const char WORD[] = "encoding";
    const char *at = memmem(declaration.at, declaration.len, WORD, 8);
    const char *end = declaration.at + declaration.len;
    struct wf_str value = { "", 0 };
    char quote;

    if (!at)
        return value;
    for (at += 8; at < end && (is_space(*at) || *at == '='); at++)
        ;
    if (at == end)
        return value;
    quote = *at++;
    value.at = at;
    while (at < end && *at != quote)
        at++;
    value.len = (size_t)(at - value.at);
    return value;
}

static bool check_declaration(struct scan *scan, size_t end)
{
    struct wf_str declaration = { scan->source->text + scan->at,
                                  end - scan->at };
    struct wf_str encoding = declared_encoding(declaration);

    if (!encoding.len
        || (encoding.len == 5 && !strncasecmp(encoding.at, "UTF-8", 5)))
        return true;
    wf_diag_at(scan->diags, place_of(scan, scan->at), "encoding",
               "the encoding \"%.*s\" is not supported: use UTF-8",
               (int)(encoding.len < 40 ? encoding.len : 40), encoding.at);
    return false;
}

/* "<?…?>": only the declaration at the very start is allowed. */
static bool scan_instruction(struct scan *scan)
{
    size_t end = wf_reading_past(scan->source, scan->at, "?>");
    size_t start = wf_reading_has(scan->source, 0, BOM) ? sizeof BOM - 1 : 0;

    if (scan->at != start || !wf_reading_has(scan->source, start, "<?xml")
        || !is_space(scan->source->text[start + 5])) {
        wf_diag_at(scan->diags, place_of(scan, scan->at), "xml",
                   "processing instructions are not allowed: remove it");
        return false;
    }
    if (!check_declaration(scan, end))
        return false;
    scan->at = end;
    return true;
}

/* Finds the end of the tag at `scan->at` and counts its values; the end is
 * past '>', or at a '<' that does not belong here. */
static size_t scan_tag_end(const struct scan *scan, size_t *n_values)
{
    const struct wf_reading *source = scan->source;
    char quote = 0;
    size_t at = scan->at + 1;

    for (*n_values = 0; at < source->len; at++) {
        char c = source->text[at];
        if (c == '<')
            return at;
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
            ++*n_values;
        } else if (c == '>') {
            return at + 1;
        }
    }
    return at;
}

static bool scan_tag(struct scan *scan)
{
    size_t begin = scan->at;
    size_t n_values;

    scan->at = scan_tag_end(scan, &n_values);
    if (n_values > WF_XML_ATTRS) {
        wf_diag_at(scan->diags, place_of(scan, begin), "limit",
                   "this tag has more than %d attributes", WF_XML_ATTRS);
        return false;
    }
    if (wf_reading_has(scan->source, scan->at - 2, "/>"))
        return true;
    if (++scan->depth > WF_XML_DEPTH) {
        wf_diag_at(scan->diags, place_of(scan, begin), "limit",
                   "elements are nested more than %d deep", WF_XML_DEPTH);
        return false;
    }
    return true;
}

/* Goes past the markup that begins at `scan->at`. */
static bool scan_markup(struct scan *scan)
{
    const struct wf_reading *source = scan->source;

    if (++scan->n_nodes > WF_XML_NODES) {
        wf_diag_at(scan->diags, place_of(scan, scan->at), "limit",
                   "the file has more than %d elements", WF_XML_NODES);
        return false;
    }
    if (wf_reading_has(source, scan->at, "<!DOCTYPE")) {
        wf_diag_at(scan->diags, place_of(scan, scan->at), "doctype",
                   "a DOCTYPE is not allowed: remove it");
        return false;
    }
    if (wf_reading_has(source, scan->at, "<?"))
        return scan_instruction(scan);
    if (wf_reading_has(source, scan->at, "<!--")) {
        scan->at = wf_reading_past(source, scan->at + 4, "-->");
    } else if (wf_reading_has(source, scan->at, "<![CDATA[")) {
        scan->at = wf_reading_past(source, scan->at + 9, "]]>");
    } else if (wf_reading_has(source, scan->at, "</")) {
        scan->depth -= scan->depth > 0;
        scan->n_nodes--;
        scan->at += 2;
    } else {
        return scan_tag(scan);
    }
    return true;
}

bool wf_scan(struct wf_reading *source, struct wf_diags *diags)
{
    struct scan scan = { source, diags, 0, 0, 0 };

    if (source->len > WF_XML_MAX) {
        wf_diag_at(diags, (struct wf_place){ source->file, 1, 1 }, "limit",
                   "the file is larger than %d bytes: split it", WF_XML_MAX);
        return false;
    }
    if (!check_bytes(&scan))
        return false;
    while (scan.at < source->len) {
        const char *next =
            memchr(source->text + scan.at, '<', source->len - scan.at);
        if (!next)
            return true;
        scan.at = (size_t)(next - source->text);
        if (!scan_markup(&scan))
            return false;
    }
    return true;
}
