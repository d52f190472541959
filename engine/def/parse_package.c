/* def/parse_package.c - reads package.xml: settings, scales, lists, policy;
 * parse_nav.c reads its places.
 *
 * Source: docs/definition-language.md, "Files".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

static const unsigned who_deploys = WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT;
static const struct wf_range levels_range = { 1, WF_MAX_LEVELS };

/* --- Settings */

/* clang-format off */
static const struct wf_choice_row setting_types[] = {
    { "number",  WF_T_NUMBER },  { "text", WF_T_TEXT },
    { "boolean", WF_T_BOOLEAN }, { "date", WF_T_DATE },
    { NULL, 0 },
};

/* The default waits for the type, whatever their order. */
static void pass_over(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    (void)load, (void)attr, (void)member, (void)arg;
}

static const struct wf_attr_row setting_attrs[] = {
    { "id",      wf_read_name,   offsetof(struct wf_setting, id),    true,  NULL },
    { "type",    wf_read_choice, offsetof(struct wf_setting, type),  true,  setting_types },
    { "default", pass_over,      0,                                  false, NULL },
    { "label",   wf_read_word,   offsetof(struct wf_setting, words), false, &wf_word_label },
    { "help",    wf_read_word,   offsetof(struct wf_setting, words), false, &wf_word_help },
    { "unit",    wf_read_word,   offsetof(struct wf_setting, words), false, &wf_word_unit },
};
/* clang-format on */

static const struct wf_shape setting_shape = {
    setting_attrs, WF_COUNT(setting_attrs), NULL, 0,
    offsetof(struct wf_setting, words)
};

static const struct wf_json *setting_default(struct wf_load *load,
                                             const struct wf_attr *attr,
                                             enum wf_type type)
{
    struct wf_json *json = wf_json_text(load->arena, attr->value);
    bool truth = false;
    double number;
    int32_t day;

    switch (type) {
    case WF_T_NUMBER:
        return wf_load_number(load, attr, &number)
                   ? wf_json_number(load->arena, number)
                   : NULL;
    case WF_T_BOOLEAN:
        wf_read_bool(load, attr, &truth, NULL);
        return wf_json_bool(load->arena, truth);
    case WF_T_DATE:
        if (!wf_date_parse(wf_str_of(attr->value), &day))
            wf_diag_at(load->diags, attr->place, "type",
                       "\"%s\" is not a day; write it as 2026-10-31",
                       attr->value);
        return json;
    default:
        return json;
    }
}

static void parse_setting(struct wf_load *load, const struct wf_elem *elem,
                          void *parent)
{
    struct wf_package *package = parent;
    struct wf_setting *setting = WF_NEW(load->arena, struct wf_setting);
    struct wf_setting **end = &package->settings;
    const struct wf_attr *value = wf_elem_attr(elem, "default");
    size_t n = 0;

    setting->place = elem->place;
    wf_load_read(load, elem, &setting_shape, setting);
    if (value && setting->type != WF_T_NIL)
        setting->value = setting_default(load, value, setting->type);
    for (; *end; end = &(*end)->next, n++)
        if (setting->id && wf_streq((*end)->id, setting->id)) {
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "setting \"%s\" is there already, in line %d",
                       setting->id, (*end)->place.line);
            return;
        }
    if (setting->id && wf_load_room(load, elem, n, WF_MAX_SETTINGS))
        *end = setting;
}

/* --- Scales and lists */

/* clang-format off */
static const struct wf_attr_row choices_attrs[] = {
    { "id",    wf_read_id,   offsetof(struct wf_choices, id),    true,  NULL },
    { "label", wf_read_word, offsetof(struct wf_choices, words), false, &wf_word_label },
    { "help",  wf_read_word, offsetof(struct wf_choices, words), false, &wf_word_help },
};
static const struct wf_kid_row scale_kids[] = { { "point",  wf_parse_point } };
static const struct wf_kid_row list_kids[]  = { { "option", wf_parse_option } };
/* clang-format on */

static const struct wf_shape scale_shape = {
    choices_attrs, WF_COUNT(choices_attrs), scale_kids, WF_COUNT(scale_kids),
    offsetof(struct wf_choices, words)
};
static const struct wf_shape list_shape = {
    choices_attrs, WF_COUNT(choices_attrs), list_kids, WF_COUNT(list_kids),
    offsetof(struct wf_choices, words)
};

static void parse_choices(struct wf_load *load, const struct wf_elem *elem,
                          struct wf_choices **end, const struct wf_shape *shape)
{
    struct wf_choices *choices = WF_NEW(load->arena, struct wf_choices);
    size_t n = 0;

    choices->place = elem->place;
    wf_load_read(load, elem, shape, choices);
    if (!choices->options)
        wf_diag_at(load->diags, elem->place, "required",
                   "<%s> needs at least one <%s>", elem->name,
                   shape->kids[0].name);
    for (; *end; end = &(*end)->next, n++)
        if (choices->id && wf_streq((*end)->id, choices->id)) {
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "<%s> \"%s\" is there already, in line %d", elem->name,
                       choices->id, (*end)->place.line);
            return;
        }
    if (choices->id && wf_load_room(load, elem, n, WF_MAX_SETTINGS))
        *end = choices;
}

static void parse_scale(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_package *package = parent;

    parse_choices(load, elem, &package->scales, &scale_shape);
}

static void parse_list(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    struct wf_package *package = parent;

    parse_choices(load, elem, &package->lists, &list_shape);
}

/* --- Policy */

void wf_read_deploy_by(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    *(const struct wf_who **)member =
        wf_who_parse(load->arena, attr->place, attr->value, NULL,
                     *(const unsigned *)arg, load->diags);
}

/* clang-format off */
static const size_t nobody_person =
    offsetof(struct wf_policy, nobody_person) - offsetof(struct wf_policy, nobody);

static const struct wf_attr_row policy_attrs[] = {
    { "max-levels", wf_read_count,  offsetof(struct wf_policy, max_levels), false, &levels_range },
    { "nobody",     wf_read_nobody, offsetof(struct wf_policy, nobody),     false, &nobody_person },
    { "deploy-by",  wf_read_deploy_by, offsetof(struct wf_policy, deploy_by),  false, &who_deploys },
    { "deploy-approval", wf_read_id, offsetof(struct wf_policy, approval), false, NULL },
};
/* clang-format on */

static const struct wf_shape policy_shape = { policy_attrs,
                                              WF_COUNT(policy_attrs), NULL, 0,
                                              WF_NO_WORDS };

static void parse_policy(struct wf_load *load, const struct wf_elem *elem,
                         void *parent)
{
    struct wf_package *package = parent;

    if (package->policy.place.line)
        wf_diag_at(load->diags, elem->place, "duplicate",
                   "there is a <policy> already, in line %d",
                   package->policy.place.line);
    package->policy.place = elem->place;
    wf_load_read(load, elem, &policy_shape, &package->policy);
}

/* --- The package */

/* clang-format off */
static const struct wf_attr_row package_attrs[] = {
    { "id",       wf_read_id,    offsetof(struct wf_package, id),       true,  NULL },
    { "lang",     wf_read_text,  offsetof(struct wf_package, lang),     false, NULL },
    { "timezone", wf_read_zone,  offsetof(struct wf_package, timezone), false, NULL },
    { "requires", wf_read_words, offsetof(struct wf_package, requires), false, NULL },
    { "label",    wf_read_word,  offsetof(struct wf_package, words),    false, &wf_word_label },
    { "help",     wf_read_word,  offsetof(struct wf_package, words),    false, &wf_word_help },
};
static const struct wf_kid_row package_kids[] = {
    { "setting", parse_setting },
    { "scale",   parse_scale },
    { "list",    parse_list },
    { "place",   wf_parse_nav },
    { "policy",  parse_policy },
    { "adjust",  wf_parse_adjust },
};
/* clang-format on */

static const struct wf_shape package_shape = {
    package_attrs, WF_COUNT(package_attrs), package_kids,
    WF_COUNT(package_kids), offsetof(struct wf_package, words)
};

struct wf_package *wf_package_new(struct wf_arena *arena, const char *id)
{
    struct wf_package *package = WF_NEW(arena, struct wf_package);

    package->id = wf_arena_str(arena, id);
    package->hash = "";
    package->lang = "zh-CN";
    package->timezone = "Asia/Shanghai";
    package->requires = WF_NEW_N(arena, const char *, 1);
    return package;
}

/* What is only read by people changes no form. */
static void add_rules(struct wf_hasher *hasher, const struct wf_elem *elem)
{
    wf_hasher_add_text(hasher, elem->name, strlen(elem->name));
    for (const struct wf_attr *at = elem->attrs; at; at = at->next) {
        if (wf_streq(at->name, "label") || wf_streq(at->name, "help"))
            continue;
        wf_hasher_add_text(hasher, at->name, strlen(at->name));
        wf_hasher_add_text(hasher, at->value, strlen(at->value));
    }
    wf_hasher_add_text(hasher, elem->text, strlen(elem->text));
    for (const struct wf_elem *at = elem->first; at; at = at->next)
        if (!wf_elem_is(at, "t"))
            add_rules(hasher, at);
    wf_hasher_add_int(hasher, 0); /* its end */
}

static const char *hash_of(struct wf_arena *arena, const struct wf_elem *root)
{
    char *out = wf_arena_alloc(arena, WF_HASH_TEXT);
    struct wf_hasher hasher;
    struct wf_hash hash;

    wf_hasher_init(&hasher);
    add_rules(&hasher, root);
    hash = wf_hasher_end(&hasher);
    wf_hash_write(&hash, out);
    return out;
}

struct wf_package *wf_parse_package(struct wf_load *load,
                                    const struct wf_elem *root)
{
    struct wf_package *package = wf_package_new(load->arena, NULL);
    const char *lang = wf_elem_get(root, "lang");

    if (lang)
        load->lang = wf_arena_str(load->arena, lang);
    package->hash = hash_of(load->arena, root);
    wf_load_read(load, root, &package_shape, package);
    if (!package->id)
        package->id = "";
    return package;
}
