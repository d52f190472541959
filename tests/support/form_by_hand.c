/* support/form_by_hand.c - forms and packages from a few words of JSON.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/form_by_hand.h"

#include <assert.h>
#include <stdlib.h>

static const char *text(const struct wf_json *json, const char *key)
{
    return wf_json_str(wf_json_get(json, key));
}

static bool is_true(const struct wf_json *json, const char *key)
{
    return wf_json_is_true(wf_json_get(json, key));
}

static enum wf_field_type type_of(const char *word)
{
    for (int i = 0; i < WF_N_FIELD_TYPES; i++)
        if (wf_streq(wf_field_kind((enum wf_field_type)i)->word, word))
            return (enum wf_field_type)i;
    abort();
}

static struct wf_words *words(struct wf_arena *arena, const char *label)
{
    struct wf_words *made = WF_NEW(arena, struct wf_words);

    made->at[WF_WORD_LABEL] = label;
    return made;
}

static struct wf_choices *options(struct wf_arena *arena,
                                  const struct wf_json *ids)
{
    struct wf_choices *choices = WF_NEW(arena, struct wf_choices);
    struct wf_option **tail = &choices->options;

    for (size_t i = 0; i < wf_json_len(ids); i++) {
        *tail = WF_NEW(arena, struct wf_option);
        (*tail)->id = wf_json_str(ids->u.array.at[i]);
        tail = &(*tail)->next;
    }
    return choices;
}

static struct wf_field *columns(struct wf_form *form, struct wf_field *items,
                                const struct wf_json *list);

static struct wf_field *field(struct wf_form *form, struct wf_field *items,
                              const struct wf_json *json)
{
    struct wf_field *made = WF_NEW(form->arena, struct wf_field);
    const struct wf_json *given;

    made->id = made->path = text(json, "id");
    assert(made->id);
    if (items)
        made->path = wf_arena_printf(form->arena, "%s.%s", items->id, made->id);
    made->items = items;
    made->type = type_of(text(json, "type"));
    made->required = is_true(json, "required");
    made->hidden_by_default = is_true(json, "private");
    made->reverse = is_true(json, "reverse");
    made->sentence = is_true(json, "sentence");
    made->digits = (int)wf_json_num(wf_json_get(json, "digits"), -1);
    made->form = text(json, "form");
    made->currency = text(json, "currency");
    given = wf_json_get(json, "options");
    if (given)
        made->choices = options(form->arena, given);
    if (text(json, "scale"))
        made->scale = wf_package_scale(form->package, text(json, "scale"));
    if (text(json, "unit"))
        made->period = wf_period_unit_of(text(json, "unit"));
    made->columns = columns(form, made, wf_json_get(json, "columns"));
    wf_map_add(form->arena, &form->paths, made->path, made);
    form->n_fields++;
    return made;
}

static struct wf_field *columns(struct wf_form *form, struct wf_field *items,
                                const struct wf_json *list)
{
    struct wf_field *first = NULL;
    struct wf_field **tail = &first;

    for (size_t i = 0; i < wf_json_len(list); i++) {
        *tail = field(form, items, list->u.array.at[i]);
        tail = &(*tail)->next;
    }
    return first;
}

struct wf_form *form_by_hand(struct wf_arena *arena,
                             const struct wf_package *package,
                             const struct wf_json *fields)
{
    struct wf_form *form = WF_NEW(arena, struct wf_form);

    form->id = "by-hand";
    form->arena = arena;
    form->package = package;
    form->fields = columns(form, NULL, fields);
    return form;
}

static enum wf_type setting_type(const struct wf_json *value)
{
    if (wf_json_is(value, WF_JSON_NUMBER))
        return WF_T_NUMBER;
    return wf_json_is(value, WF_JSON_TEXT) ? WF_T_TEXT : WF_T_BOOLEAN;
}

static void add_settings(struct wf_arena *arena, struct wf_package *package,
                         const struct wf_json *json)
{
    struct wf_setting **tail = &package->settings;

    for (size_t i = 0; i < wf_json_len(json); i++) {
        *tail = WF_NEW(arena, struct wf_setting);
        (*tail)->id = json->u.object.at[i].key.at;
        (*tail)->value = json->u.object.at[i].value;
        (*tail)->type = setting_type((*tail)->value);
        tail = &(*tail)->next;
    }
}

static struct wf_option *points(struct wf_arena *arena,
                                const struct wf_json *json)
{
    struct wf_option *first = NULL;
    struct wf_option **tail = &first;

    for (size_t i = 0; i < wf_json_len(json); i++) {
        struct wf_json *const *point = json->u.array.at[i]->u.array.at;

        *tail = WF_NEW(arena, struct wf_option);
        (*tail)->id = wf_json_str(point[0]);
        (*tail)->value = wf_json_num(point[1], 0);
        (*tail)->words = words(arena, wf_json_str(point[2]));
        tail = &(*tail)->next;
    }
    return first;
}

struct wf_package *package_by_hand(struct wf_arena *arena,
                                   const struct wf_json *json)
{
    struct wf_package *package = WF_NEW(arena, struct wf_package);
    const struct wf_json *scales = wf_json_get(json, "scales");
    struct wf_choices **tail = &package->scales;

    package->id = "by-hand";
    package->lang = "zh-CN";
    package->timezone = "Asia/Shanghai";
    add_settings(arena, package, wf_json_get(json, "settings"));
    for (size_t i = 0; i < wf_json_len(scales); i++) {
        *tail = WF_NEW(arena, struct wf_choices);
        (*tail)->id = scales->u.object.at[i].key.at;
        (*tail)->options = points(arena, scales->u.object.at[i].value);
        tail = &(*tail)->next;
    }
    return package;
}
