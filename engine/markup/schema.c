/* markup/schema.c - checks a definition against schemas/weft-1.xsd.
 *
 * The tree may be a merged one, of several files; so libxml2 gets a document
 * made from it, whose nodes point back to ours for the places. libxml2's
 * sentences are put into fewer words where it is plain what an author must do.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "markup/elem.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/threads.h>
#include <libxml/tree.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

#include "base/embed.h"
#include "base/error.h"
#include "base/text.h"

#define XML_NS "http://www.w3.org/XML/1998/namespace"

static const xmlChar *xml(const char *text)
{
    return (const xmlChar *)text;
}

/* --- The document */

/* libxml2 returns NULL here only when memory is out. */
static void *must(void *made)
{
    if (!made)
        wf_oom();
    return made;
}

/* What an element of the document was made from; libxml2 keeps only pointers
 * to what may be written. */
struct origin {
    const struct wf_elem *elem;
};

static struct origin *origin_of(struct wf_arena *arena,
                                const struct wf_elem *elem)
{
    struct origin *origin = WF_NEW(arena, struct origin);

    origin->elem = elem;
    return origin;
}

static void make_attrs(xmlNodePtr node, const struct wf_elem *elem)
{
    for (const struct wf_attr *attr = elem->attrs; attr; attr = attr->next) {
        xmlNsPtr ns = NULL;
        const char *name = attr->name;

        if (wf_streq(name, "xml:lang")) {
            ns = must(xmlSearchNsByHref(node->doc, node, xml(XML_NS)));
            name = "lang";
        }
        must(xmlNewNsProp(node, ns, xml(name), xml(attr->value)));
    }
}

/* `elem` and all below it. `parent` is NULL for the root. */
static void make_node(struct wf_arena *arena, xmlDocPtr doc, xmlNodePtr parent,
                      const struct wf_elem *elem)
{
    xmlNsPtr ns = parent ? parent->ns : NULL;
    xmlNodePtr node = must(xmlNewDocNode(doc, ns, xml(elem->name), NULL));

    node->_private = origin_of(arena, elem);
    if (parent) {
        xmlAddChild(parent, node);
    } else {
        xmlDocSetRootElement(doc, node);
        xmlSetNs(node, must(xmlNewNs(node, xml(WF_XML_NS), NULL)));
    }
    if (*elem->text)
        xmlAddChild(node, must(xmlNewDocText(doc, xml(elem->text))));
    for (const struct wf_elem *kid = elem->first; kid; kid = kid->next)
        make_node(arena, doc, node, kid);
    make_attrs(node, elem);
}

/* --- Findings */

/* libxml2's sentence about the place that it names first, as in
 * "Element '{urn:weft:1}step': This element is not expected." or "Element
 * '{urn:weft:1}step', attribute 'id': [facet 'pattern'] The value …", without
 * what stands before it, and without the namespace. */
static struct wf_str sentence_of(const xmlError *e, char text[400])
{
    static const char NS[] = "{" WF_XML_NS "}";
    const char *from = e->message;
    const char *start = strstr(from, "': ");
    size_t n = 0;

    if (start)
        from = start + 3;
    start = *from == '[' ? strstr(from, "] ") : NULL;
    if (start)
        from = start + 2;
    while (*from && n < 399) {
        if (strncmp(from, NS, sizeof NS - 1))
            text[n++] = *from++;
        else
            from += sizeof NS - 1;
    }
    text[n] = '\0';
    return wf_str_trim((struct wf_str){ text, wf_utf8_cut(text, n, n) });
}

/* What stands between the last `open` of `text` and the next `close`; empty if
 * nothing does. */
static struct wf_str between(struct wf_str text, char open, char close)
{
    struct wf_str part = { "", 0 };
    const char *end = memrchr(text.at, close, text.len);
    const char *begin =
        end ? memrchr(text.at, open, (size_t)(end - text.at)) : NULL;

    if (begin)
        part = (struct wf_str){ begin + 1, (size_t)(end - begin - 1) };
    return wf_str_trim(part);
}

static void say_content(struct wf_diags *diags, const struct wf_elem *elem,
                        struct wf_str sentence)
{
    struct wf_str list = between(sentence, '(', ')');

    if (list.len && wf_str_starts(sentence.at, "Missing"))
        wf_diag_at(diags, elem->place, "schema",
                   "<%s> lacks an element: here may stand %.*s", elem->name,
                   (int)list.len, list.at);
    else if (list.len)
        wf_diag_at(diags, elem->place, "schema",
                   "<%s> does not belong here: here may stand %.*s", elem->name,
                   (int)list.len, list.at);
    else
        wf_diag_at(diags, elem->place, "schema",
                   "<%s> does not belong here: remove it", elem->name);
}

static void say_elem(struct wf_diags *diags, const xmlError *e,
                     const struct wf_elem *elem)
{
    char text[400];
    struct wf_str sentence = sentence_of(e, text);
    struct wf_str name;

    switch (e->code) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
        say_content(diags, elem, sentence);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
        name = between(sentence, '\'', '\'');
        wf_diag_at(diags, elem->place, "schema",
                   "<%s> needs the attribute %.*s", elem->name, (int)name.len,
                   name.at);
        break;
    default:
        wf_diag_at(diags, elem->place, "schema", "<%s>: %.*s", elem->name,
                   (int)sentence.len, sentence.at);
    }
}

static void say_attr(struct wf_diags *diags, const xmlError *e,
                     const struct wf_elem *elem, const struct wf_attr *attr)
{
    char text[400];
    struct wf_str sentence = sentence_of(e, text);

    if (e->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1)
        wf_diag_at(diags, attr->place, "schema",
                   "<%s> has no attribute %s: remove it", elem->name,
                   attr->name);
    else
        wf_diag_at(diags, attr->place, "schema", "%s of <%s>: %.*s", attr->name,
                   elem->name, (int)sentence.len, sentence.at);
}

/* The attribute that libxml2's message is about; NULL: the element itself. */
static const struct wf_attr *attr_of(const xmlError *e,
                                     const struct wf_elem *elem)
{
    static const char WORD[] = ", attribute '";
    const char *colon = strstr(e->message, "': ");
    const char *name = strstr(e->message, WORD);
    const struct wf_attr *attr = elem->attrs;

    if (!colon || !name || name > colon)
        return NULL;
    name += sizeof WORD - 1;
    while (attr
           && !wf_str_is((struct wf_str){ name, (size_t)(colon - name) },
                         attr->name))
        attr = attr->next;
    return attr;
}

static void on_error(void *self, xmlErrorPtr e)
{
    struct wf_diags *diags = self;
    const xmlNode *node = e->node;
    const struct origin *origin = node ? node->_private : NULL;
    const struct wf_attr *attr;

    if (!origin || !e->message || diags->n >= WF_DIAGS_MAX)
        return;
    attr = attr_of(e, origin->elem);
    if (attr)
        say_attr(diags, e, origin->elem, attr);
    else
        say_elem(diags, e, origin->elem);
}

/* --- The door */

static void free_doc(xmlDocPtr *doc)
{
    xmlFreeDoc(*doc);
}

static void free_valid(xmlSchemaValidCtxtPtr *valid)
{
    xmlSchemaFreeValidCtxt(*valid);
}

/* libxml2 makes its table of types with the first schema, and does not keep
 * threads apart while it does. */
static void make_types(void)
{
    xmlInitParser();
    xmlLockLibrary();
    xmlSchemaInitTypes();
    xmlUnlockLibrary();
}

/* Our own schema: that it compiles is for our tests to see. */
static xmlSchemaPtr compile_schema(void)
{
    const struct wf_embedded *file = wf_embedded_find("weft-1.xsd");
    xmlSchemaParserCtxtPtr parser;
    xmlSchemaPtr schema;

    assert(file);
    make_types();
    parser = must(
        xmlSchemaNewMemParserCtxt((const char *)file->data, (int)file->len));
    schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    assert(schema);
    return schema;
}

static void unlock(pthread_mutex_t **lock)
{
    pthread_mutex_unlock(*lock);
}

static pthread_mutex_t *locked(pthread_mutex_t *lock)
{
    pthread_mutex_lock(lock);
    return lock;
}

void wf_xml_check_schema(const struct wf_elem *root, struct wf_diags *diags)
{
    /* To compile the schema takes longer than to check by it; so that is done
     * once in a process, and one thread at a time uses it.
     * lint: static, because it is what the program says, read. */
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static xmlSchemaPtr schema;
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    pthread_mutex_t *held WF_CLEANUP(unlock) = locked(&lock);
    xmlDocPtr doc WF_CLEANUP(free_doc) = must(xmlNewDoc(xml("1.0")));
    xmlSchemaValidCtxtPtr valid WF_CLEANUP(free_valid) = NULL;
    size_t n_before = diags->n_errors;

    (void)held;
    schema = schema ? schema : compile_schema();
    valid = must(xmlSchemaNewValidCtxt(schema));
    make_node(arena, doc, NULL, root);
    xmlSchemaSetValidStructuredErrors(valid, on_error, diags);
    if (xmlSchemaValidateDoc(valid, doc) != 0 && diags->n_errors == n_before)
        wf_diag_at(diags, root->place, "schema",
                   "<%s> could not be checked against the schema", root->name);
}
