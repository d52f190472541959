/* def/parse_connector.c - reads *.connector.xml: where rows come from, and what
 * they become.
 *
 * Source: docs/definition-language.md, "Connectors".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/connector.h"
#include "def/kind.h"
#include "def/parse.h"

enum {
    MAPS_MAX = 100,
    LEAST_MIN = 5,
};

/* clang-format off */
static const struct wf_choice_row formats[] = {
    { "json", WF_CONNECTOR_JSON }, { "csv", WF_CONNECTOR_CSV }, { NULL, 0 },
};
static const struct wf_choice_row shapes_of[] = {
    { "text", false }, { "number", true }, { NULL, 0 },
};
/* clang-format on */

int64_t wf_connector_pause(const struct wf_connector *connector)
{
    static const int64_t minutes[] = {
        [WF_DURATION_MINUTES] = 1,         [WF_DURATION_HOURS] = 60,
        [WF_DURATION_DAYS] = 24 * 60,      [WF_DURATION_WORKING_DAYS] = 24 * 60,
        [WF_DURATION_WEEKS] = 7 * 24 * 60,
    };

    return connector->every.n * minutes[connector->every.unit] * 60 * 1000;
}

/* --- What becomes of a row */

struct read_map {
    const char *to, *from;
    unsigned as;
};

#define AT(member) offsetof(struct read_map, member)
/* clang-format off */
static const struct wf_attr_row map_attrs[] = {
    { "to",   wf_read_text,   AT(to),   true,  NULL },
    { "from", wf_read_text,   AT(from), true,  NULL },
    { "as",   wf_read_choice, AT(as),   false, shapes_of },
};
/* clang-format on */

static const struct wf_shape map_shape = { map_attrs, WF_COUNT(map_attrs), NULL,
                                           0, WF_NO_WORDS };
#undef AT

static void parse_map(struct wf_load *load, const struct wf_elem *elem,
                      void *parent)
{
    struct wf_connector *connector = parent;
    struct wf_connector_map **end = &connector->maps;
    struct wf_connector_map *map;
    struct read_map read = { NULL, NULL, false };
    size_t n = 0;

    wf_load_read(load, elem, &map_shape, &read);
    for (; *end; end = &(*end)->next, n++)
        if (wf_streq((*end)->to, read.to))
            wf_diag_at(load->diags, wf_place_of(elem, "to"), "duplicate",
                       "there is a <map to=\"%s\"> already, in line %d",
                       read.to, (*end)->place.line);
    if (!read.to || !read.from || !wf_load_room(load, elem, n, MAPS_MAX))
        return;
    map = WF_NEW(load->arena, struct wf_connector_map);
    map->to = read.to;
    map->from = read.from;
    map->number = read.as;
    map->place = elem->place;
    *end = map;
}

/* --- The connector */

#define AT(member) offsetof(struct wf_connector, member)
/* clang-format off */
static const struct wf_attr_row connector_attrs[] = {
    { "id",      wf_read_id,       AT(head.id),    true,  NULL },
    { "label",   wf_read_word,     AT(head.words), false, &wf_word_label },
    { "help",    wf_read_word,     AT(head.words), false, &wf_word_help },
    { "channel", wf_read_id,       AT(channel),    true,  NULL },
    { "path",    wf_read_text,     AT(path),       false, NULL },
    { "format",  wf_read_choice,   AT(format),     false, formats },
    { "items",   wf_read_text,     AT(items),      false, NULL },
    { "every",   wf_read_duration, AT(every),      true,  NULL },
    { "metric",  wf_read_id,       AT(metric),     false, NULL },
    { "form",    wf_read_id,       AT(form_id),    false, NULL },
    { "key",     wf_read_name,     AT(key),        false, NULL },
    { "act",     wf_read_id,       AT(act),        false, NULL },
};
static const struct wf_kid_row connector_kids[] = {
    { "map", parse_map },
};
/* clang-format on */

static const struct wf_shape connector_shape = {
    connector_attrs, WF_COUNT(connector_attrs), connector_kids,
    WF_COUNT(connector_kids), AT(head.words)
};
#undef AT

static void check_every(struct wf_load *load, const struct wf_elem *root,
                        const struct wf_connector *connector)
{
    if (connector->every.n > 0
        && (connector->every.unit == WF_DURATION_WORKING_DAYS
            || wf_connector_pause(connector) < LEAST_MIN * 60 * 1000))
        wf_diag_at(load->diags, wf_place_of(root, "every"), "range",
                   "every=\"…\" is 5min or longer, and counts no working days");
}

static void check_path(struct wf_load *load, const struct wf_elem *root,
                       const struct wf_connector *connector)
{
    const char *path = connector->path;

    if (!path)
        return;
    for (const char *at = path; *at; at++)
        if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7f)
            path = "";
    if (path[0] != '/' || path[1] == '/')
        wf_diag_at(load->diags, wf_place_of(root, "path"), "pattern",
                   "path=\"…\" begins with one \"/\", and is written as in an "
                   "address: the rest of it is the channel's");
}

static void parse(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head)
{
    struct wf_connector *connector = (struct wf_connector *)(void *)head;

    wf_load_read(load, root, &connector_shape, connector);
    check_every(load, root, connector);
    check_path(load, root, connector);
    if (!connector->metric == !connector->form_id)
        wf_diag_at(load->diags, root->place, "required",
                   "a connector fills either a metric=\"…\" or documents of a "
                   "form=\"…\"");
    if (connector->form_id && !connector->key)
        wf_diag_at(load->diags, root->place, "required",
                   "form=\"…\" needs a key=\"…\": the field by which a row is "
                   "the same document again");
}

/* --- What it names */

static const struct wf_connector_map *map_to(
    const struct wf_connector *connector, const char *to)
{
    const struct wf_connector_map *map = connector->maps;

    while (map && !wf_streq(map->to, to))
        map = map->next;
    return map;
}

static void need_map(struct wf_load *load, const struct wf_elem *root,
                     const struct wf_connector *connector, const char *to)
{
    if (root && !map_to(connector, to))
        wf_diag_at(load->diags, root->place, "required",
                   "<map to=\"%s\" from=\"…\"/> is missing", to);
}

static void link_metric(struct wf_load *load, const struct wf_elem *root,
                        const struct wf_connector *connector)
{
    static const char *const parts[] = { "subject", "at", "value", NULL };

    for (int i = 0; parts[i]; i++)
        need_map(load, root, connector, parts[i]);
    if (root && load->world->other
        && !load->world->other(load->world->self, "metric", connector->metric))
        wf_diag_at(load->diags, wf_place_of(root, "metric"), "unknown",
                   "there is no metric \"%s\"", connector->metric);
}

static void link_form(struct wf_load *load, const struct wf_elem *root,
                      struct wf_connector *connector)
{
    const struct wf_field *key;

    connector->form = load->world->form(load->world->self, connector->form_id);
    if (!connector->form && root)
        wf_load_no_form(load, wf_place_of(root, "form"), connector->form_id);
    if (!connector->form || !connector->key)
        return;
    need_map(load, root, connector, connector->key);
    key = wf_form_field(connector->form, connector->key);
    if (root && key && !key->index)
        wf_diag_at(load->diags, wf_place_of(root, "key"), "type",
                   "documents are found by key=\"%s\": give the field "
                   "index=\"true\"",
                   connector->key);
    for (const struct wf_connector_map *map = connector->maps; map && root;
         map = map->next)
        if (!wf_form_field(connector->form, map->to))
            wf_diag_at(load->diags, map->place, "unknown",
                       "form \"%s\" has no field \"%s\"", connector->form_id,
                       map->to);
}

static void link(struct wf_load *load, const struct wf_elem *root,
                 struct wf_head *head)
{
    struct wf_connector *connector = (struct wf_connector *)(void *)head;

    if (connector->metric)
        link_metric(load, root, connector);
    if (connector->form_id)
        link_form(load, root, connector);
}

const struct wf_kind wf_kind_connector = {
    "connector", sizeof(struct wf_connector), parse, link, NULL, NULL
};
