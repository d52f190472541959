/* markup/parse.c - XML text to the element tree, by libxml2's SAX interface.
 *
 * libxml2's own tree knows no columns and no byte ranges. Its SAX calls come
 * while the parser stands at the end of the tag, so the tag is read once more
 * from the text: backward to its '<' (a value cannot hold one) and forward for
 * the place of each value. No DTD, entity or file is ever loaded: wf_scan()
 * has refused the only syntax that could ask for one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "markup/elem.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/list.h"
#include "markup/reading.h"
#include "markup/scan.h"
#include "markup/words.h"

#define XML_NS "http://www.w3.org/XML/1998/namespace"
#define WRAPPER "weft-fragment"

static const char WRAPPER_OPEN[] = "<" WRAPPER " xmlns=\"" WF_XML_NS "\">";
static const char WRAPPER_CLOSE[] = "</" WRAPPER ">";

/* One reading. Offsets of the parser become offsets of `source` by `shift`:
 * a byte order mark is not given to the parser, a wrapper is. */
struct build {
    struct wf_arena *arena;
    struct wf_reading source;
    struct wf_diags *diags;
    xmlParserCtxtPtr ctxt;
    ptrdiff_t shift;
    bool is_fragment;
    bool is_bare; /* the root has no namespace: said once, then accepted */
    bool failed;
    size_t n_foreign; /* open elements that are left out of the tree */
    struct wf_elem *root;
    struct wf_elem *open;
    WF_LIST(struct wf_buf) texts; /* by depth, used again and again */
    size_t depth;
};

static const char *chars(const xmlChar *text)
{
    return (const char *)text;
}

/* How far the parser is, in `source`. */
static size_t here(const struct build *b)
{
    const xmlParserInput *input = b->ctxt->input;
    ptrdiff_t at = b->shift;

    if (!input)
        return b->source.len;
    at += (ptrdiff_t)input->consumed + (input->cur - input->base);
    if (at < 0)
        return 0;
    return (size_t)at < b->source.len ? (size_t)at : b->source.len;
}

/* The '<' before `end`. */
static size_t tag_start(const struct build *b, size_t end)
{
    while (end > 0 && b->source.text[--end] != '<')
        ;
    return end;
}

/* --- Attributes */

static bool ends_name(char c)
{
    return c == '=' || c == ' ' || c == '\t' || c == '\n' || c == '\r'
           || c == '/' || c == '>';
}

/* Goes on from `at`, past the name of the tag or past a value, to the next
 * attribute that is not a declaration of a namespace. Returns the offset of
 * its value and sets `*at` past it; the end of the text if there is none. */
static size_t next_value(const struct wf_reading *s, size_t *at)
{
    for (;;) {
        size_t name, value;
        while (*at < s->len && s->text[*at] != '>' && ends_name(s->text[*at]))
            ++*at;
        name = *at;
        while (*at < s->len && s->text[*at] != '"' && s->text[*at] != '\'')
            ++*at;
        if (*at >= s->len)
            return s->len;
        value = *at + 1;
        *at = wf_reading_past(s, value, s->text[*at] == '"' ? "\"" : "'");
        if (!wf_reading_has(s, name, "xmlns")
            || !(s->text[name + 5] == ':' || ends_name(s->text[name + 5])))
            return value;
    }
}

/* libxml2 leaves an ampersand of a value as "&#38;" unless it is to replace
 * entities, which it is not. */
static char *decoded(struct wf_arena *arena, const char *value, size_t len)
{
    static const char AMPERSAND[] = "&#38;";
    char *text = wf_arena_mem(arena, value, len);
    char *to = text;

    for (char *from = text; *from; to++) {
        *to = *from;
        from += strncmp(from, AMPERSAND, 5) ? 1 : 5;
    }
    *to = '\0';
    return text;
}

/* The name by which an attribute is known here; NULL if it is foreign. */
static const char *attr_name(struct build *b, const xmlChar **raw)
{
    if (!raw[2])
        return wf_arena_str(b->arena, chars(raw[0]));
    if (wf_streq(chars(raw[2]), XML_NS) && wf_streq(chars(raw[0]), "lang"))
        return "xml:lang";
    return NULL;
}

/* `raw` holds five pointers an attribute: name, prefix, namespace, value, and
 * the value's end. */
static void read_attrs(struct build *b, struct wf_elem *elem,
                       const xmlChar **raw, int n)
{
    struct wf_attr **tail = &elem->attrs;
    size_t at = elem->begin + 1;

    while (at < b->source.len && !ends_name(b->source.text[at]))
        at++;
    for (int i = 0; i < n; i++, raw += 5) {
        size_t offset = next_value(&b->source, &at);
        struct wf_place place = wf_reading_place(&b->source, offset);
        const char *name = attr_name(b, raw);
        if (!name) {
            wf_diag_at(b->diags, place, "namespace",
                       "the attribute %s:%s belongs to another namespace: "
                       "remove it",
                       chars(raw[1]), chars(raw[0]));
            continue;
        }
        *tail = WF_NEW(b->arena, struct wf_attr);
        (*tail)->name = name;
        (*tail)->value =
            decoded(b->arena, chars(raw[3]), (size_t)(raw[4] - raw[3]));
        (*tail)->place = place;
        tail = &(*tail)->next;
    }
}

/* --- Elements */

static struct wf_buf *text_of(struct build *b, size_t depth)
{
    while (b->texts.n <= depth)
        *WF_PUSH(b->arena, &b->texts) = (struct wf_buf)WF_BUF_INIT(b->arena);
    return &b->texts.at[depth];
}

static void enter(struct build *b, struct wf_elem *elem)
{
    elem->text = "";
    if (b->open)
        wf_elem_append(b->open, elem);
    else
        b->root = elem;
    b->open = elem;
    text_of(b, ++b->depth)->len = 0;
}

static void leave(struct build *b)
{
    const struct wf_buf *buf = text_of(b, b->depth--);
    struct wf_str text = { wf_buf_text(buf), buf->len };

    text = wf_str_trim(text);
    if (text.len)
        b->open->text = wf_arena_slice(b->arena, text);
    b->open->end = here(b);
    b->open = b->open->parent;
}

static bool is_ours(struct build *b, const char *name, const char *uri,
                    struct wf_place place)
{
    if (wf_streq(uri, WF_XML_NS) || (!uri && b->is_bare))
        return true;
    if (!uri && !b->open) {
        b->is_bare = true;
        wf_diag_at(b->diags, place, "namespace",
                   "<%s> has no namespace: write <%s xmlns=\"urn:weft:1\">",
                   name, name);
        return true;
    }
    wf_diag_at(b->diags, place, "namespace",
               "<%s> is not in the namespace urn:weft:1: remove it", name);
    return false;
}

/* lint: parameters, because libxml2 passes them. */
static void on_start(void *self, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri, int n_namespaces,
                     const xmlChar **namespaces, int n_attrs, int n_defaulted,
                     const xmlChar **attrs)
{
    struct build *b = self;
    struct wf_elem *elem;
    size_t begin;

    (void)prefix;
    (void)n_namespaces;
    (void)namespaces;
    (void)n_defaulted;
    if (b->failed || b->diags->n_errors > WF_DIAGS_MAX) {
        b->failed = true; /* nobody reads more, and namespaces are costly */
        xmlStopParser(b->ctxt);
        return;
    }
    if (b->is_fragment && !b->root) { /* the wrapper */
        enter(b, WF_NEW(b->arena, struct wf_elem));
        b->open->name = "";
        return;
    }
    begin = tag_start(b, here(b));
    if (b->n_foreign
        || !is_ours(b, chars(name), chars(uri),
                    wf_reading_place(&b->source, begin))) {
        b->n_foreign++;
        return;
    }
    elem = WF_NEW(b->arena, struct wf_elem);
    elem->name = wf_arena_str(b->arena, chars(name));
    elem->begin = begin;
    elem->place = wf_reading_place(&b->source, begin);
    read_attrs(b, elem, attrs, n_attrs);
    enter(b, elem);
}

static void on_end(void *self, const xmlChar *name, const xmlChar *prefix,
                   const xmlChar *uri)
{
    struct build *b = self;

    (void)name;
    (void)prefix;
    (void)uri;
    if (b->n_foreign)
        b->n_foreign--;
    else if (b->open)
        leave(b);
}

static void on_text(void *self, const xmlChar *text, int len)
{
    struct build *b = self;

    if (b->open && !b->n_foreign)
        wf_buf_add(text_of(b, b->depth), text, (size_t)len);
}

/* --- Mistakes */

/* What follows the first mistake of syntax mostly follows from it. */
static void on_error(void *self, xmlErrorPtr e)
{
    struct build *b = self;
    size_t at = here(b);

    if (b->failed || e->level < XML_ERR_ERROR)
        return;
    b->failed = true;
    if (e->code == XML_ERR_TAG_NAME_MISMATCH)
        at = tag_start(b, at);
    wf_words_say(b->diags, wf_reading_place(&b->source, at), e);
}

/* --- The doors */

/* Nothing but `failed` tells: a parser that was stopped calls its document
 * well-formed. */
static struct wf_elem *run(struct build *b, const char *text, size_t len)
{
    xmlParserCtxtPtr ctxt = xmlNewParserCtxt();

    if (!ctxt)
        wf_oom();
    memset(ctxt->sax, 0, sizeof *ctxt->sax);
    ctxt->sax->initialized = XML_SAX2_MAGIC;
    ctxt->sax->startElementNs = on_start;
    ctxt->sax->endElementNs = on_end;
    ctxt->sax->characters = on_text;
    ctxt->sax->ignorableWhitespace = on_text;
    ctxt->sax->cdataBlock = on_text;
    ctxt->sax->serror = on_error;
    ctxt->userData = b;
    b->ctxt = ctxt;
    xmlCtxtReadMemory(ctxt, text, (int)len, NULL, NULL,
                      XML_PARSE_NONET | XML_PARSE_BIG_LINES
                          | XML_PARSE_IGNORE_ENC);
    b->failed = b->failed || !ctxt->wellFormed || b->open;
    xmlFreeParserCtxt(ctxt);
    return b->failed ? NULL : b->root;
}

struct wf_elem *wf_xml_parse(struct wf_arena *arena, const char *file,
                             const char *text, size_t len,
                             struct wf_diags *diags)
{
    struct build b = { .arena = arena,
                       .source = WF_READING_INIT(file, text, len),
                       .diags = diags };

    if (!wf_scan(&b.source, diags))
        return NULL;
    if (wf_reading_has(&b.source, 0, "\xEF\xBB\xBF"))
        b.shift = 3;
    return run(&b, text + b.shift, len - (size_t)b.shift);
}

struct wf_elem *wf_xml_parse_fragment(struct wf_arena *arena, const char *file,
                                      const char *text, size_t len,
                                      struct wf_diags *diags)
{
    struct build b = { .arena = arena,
                       .source = WF_READING_INIT(file, text, len),
                       .diags = diags,
                       .shift = -(ptrdiff_t)strlen(WRAPPER_OPEN),
                       .is_fragment = true };
    struct wf_buf whole = WF_BUF_INIT(arena);

    if (!wf_scan(&b.source, diags))
        return NULL;
    wf_buf_str(&whole, WRAPPER_OPEN);
    wf_buf_add(&whole, text, len);
    wf_buf_str(&whole, WRAPPER_CLOSE);
    return run(&b, whole.data, whole.len);
}
