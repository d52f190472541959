/* support/expr_world.c - what a formula sees in a test.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/expr_world.h"

#include <assert.h>

#include "support/form_by_hand.h"

static const struct wf_json *said(const struct expr_world *world,
                                  const char *key)
{
    const struct wf_json *own = wf_json_get(world->own, key);

    return own || !world->common ? own : wf_json_get(world->common, key);
}

static struct wf_value as(enum wf_type type, struct wf_value value)
{
    if (value.type == WF_T_TEXT)
        value.type = type;
    return value;
}

static struct wf_value plain(const struct expr_world *world,
                             const struct wf_json *json)
{
    struct wf_value value = { 0 };

    if (wf_json_is(json, WF_JSON_TEXT)) {
        value.type = WF_T_TEXT;
        value.u.text = json->u.text;
    } else if (wf_json_is(json, WF_JSON_NUMBER)) {
        value.type = WF_T_NUMBER;
        value.u.number = json->u.number;
    } else if (wf_json_is(json, WF_JSON_TRUE)
               || wf_json_is(json, WF_JSON_FALSE)) {
        value.type = WF_T_BOOLEAN;
        value.u.boolean = json->type == WF_JSON_TRUE;
    }
    (void)world;
    return value;
}

static bool name(void *self, enum wf_name which, struct wf_value *out,
                 weft_error *err)
{
    const struct expr_world *world = self;
    const struct wf_json *names = said(world, "names");
    enum wf_type type = WF_T_TEXT;

    (void)err;
    if (which == WF_NAME_CREATOR || which == WF_NAME_ME
        || which == WF_NAME_APPROVER)
        type = WF_T_PERSON;
    if (which == WF_NAME_CREATED || which == WF_NAME_UPDATED)
        type = WF_T_DATETIME;
    for (size_t i = 0; i < wf_json_len(names); i++)
        if (wf_name_of(names->u.object.at[i].key.at) == which)
            *out = as(type, plain(world, names->u.object.at[i].value));
    return true;
}

static bool setting(void *self, const char *id, struct wf_value *out,
                    weft_error *err)
{
    const struct expr_world *world = self;

    (void)err;
    *out = plain(world, wf_package_setting(world->package, id)->value);
    return true;
}

static const struct wf_json *member(const struct wf_json *object,
                                    struct wf_str key)
{
    for (size_t i = 0; i < wf_json_len(object); i++)
        if (wf_str_is(key, object->u.object.at[i].key.at))
            return object->u.object.at[i].value;
    return NULL;
}

static bool person(void *self, struct wf_str id, enum wf_person_part part,
                   struct wf_value *out, weft_error *err)
{
    static const char *const keys[] = {
        [WF_PERSON_LOGIN] = "login", [WF_PERSON_NAME] = "name",
        [WF_PERSON_UNIT] = "unit",   [WF_PERSON_GRADE] = "grade",
        [WF_PERSON_TITLE] = "title", [WF_PERSON_MANAGER] = "manager",
    };
    const struct expr_world *world = self;
    const struct wf_json *found = member(said(world, "people"), id);

    (void)err;
    if (!found)
        return true;
    *out = plain(world, wf_json_get(found, keys[part]));
    if (part == WF_PERSON_UNIT)
        *out = as(WF_T_UNIT, *out);
    if (part == WF_PERSON_MANAGER)
        *out = as(WF_T_PERSON, *out);
    return true;
}

static bool unit_name(void *self, struct wf_str key, struct wf_value *out,
                      weft_error *err)
{
    const struct expr_world *world = self;

    (void)err;
    if (wf_str_is(key, "sales"))
        *out = wf_value_text(world->arena, WF_T_TEXT, "销售部");
    return true;
}

static bool follow(void *self, struct wf_str document,
                   const struct wf_field *field, struct wf_value *out,
                   weft_error *err)
{
    const struct expr_world *world = self;
    const struct wf_json *found = member(said(world, "documents"), document);

    (void)err;
    if (found)
        *out = wf_value_of(world->arena, field,
                           wf_json_get(wf_json_get(found, "data"), field->id));
    return true;
}

static bool quiet_days(void *self, const struct wf_field *const *fields,
                       size_t n, double *out, weft_error *err)
{
    const struct expr_world *world = self;

    (void)fields;
    (void)n;
    (void)err;
    *out = wf_json_num(said(world, "quiet"), 0);
    return true;
}

/* Monday to Friday. */
static bool working_days(void *self, int32_t from, int32_t to, double *out,
                         weft_error *err)
{
    (void)self;
    (void)err;
    *out = 0;
    for (int32_t day = from + 1; day <= to; day++)
        *out += wf_weekday(day) < 5;
    return true;
}

static const struct wf_form *find_form(void *self, const char *id)
{
    const struct expr_world *world = self;
    const struct wf_json *forms = said(world, "forms");
    const struct wf_json *fields = forms ? wf_json_get(forms, id) : NULL;

    return fields ? form_by_hand(world->arena, world->package, fields) : NULL;
}

static const struct wf_json *fields_of(const struct expr_world *world)
{
    const struct wf_json *fields = said(world, "fields");
    const char *id = wf_json_str(said(world, "form"));

    return fields || !id ? fields : wf_json_get(said(world, "forms"), id);
}

static void set_row(struct expr_world *world)
{
    const struct wf_json *row = said(world, "row");
    const char *items = row ? wf_json_str(row->u.array.at[0]) : NULL;
    size_t i;

    if (!items)
        return;
    i = (size_t)wf_json_num(row->u.array.at[1], 0);
    world->scope.items = wf_map_find(&world->form->paths, items);
    world->env.row = wf_json_get(world->env.data, items)->u.array.at[i];
}

void expr_world_init(struct expr_world *world, struct wf_arena *arena,
                     const struct wf_json *common, const struct wf_json *own)
{
    const struct wf_source source = { .self = world,
                                      .name = name,
                                      .setting = setting,
                                      .person = person,
                                      .unit_name = unit_name,
                                      .follow = follow,
                                      .quiet_days = quiet_days,
                                      .working_days = working_days };
    struct expr_world fresh = { .arena = arena, .common = common, .own = own };
    const char *now;

    *world = fresh;
    world->source = source;
    world->package = package_by_hand(arena, said(world, "package"));
    world->form = form_by_hand(arena, world->package, fields_of(world));
    world->scope.form = world->form;
    world->scope.package = world->package;
    world->scope.stored = wf_json_is_true(said(world, "stored"));
    world->scope.approver = wf_json_is_true(said(world, "approver"));
    world->scope.with_private = wf_json_is_true(said(world, "private"));
    world->scope.find_form = find_form;
    world->scope.self = world;
    world->units = 100000;
    world->env.arena = arena;
    world->env.data = said(world, "data");
    world->env.zone = wf_json_str(said(world, "zone"));
    world->env.source = &world->source;
    world->env.units = &world->units;
    now = wf_json_str(said(world, "now"));
    if (now)
        assert(wf_time_parse(wf_str_of(now), &world->env.now));
    set_row(world);
}

struct wf_expr *expr_world_link(struct expr_world *world, const char *text,
                                enum wf_type want, struct wf_diags *diags)
{
    static const struct wf_place place = { "test.form.xml", 1, 1 };
    struct wf_expr *expr = wf_expr_parse(world->arena, place, text, diags);

    if (!expr || !wf_expr_link(world->arena, expr, &world->scope, want, diags))
        return NULL;
    return expr;
}
