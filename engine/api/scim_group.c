/* api/scim_group.c - a team as a Group of SCIM.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/scim.h"
#include "base/error.h"
#include "base/list.h"
#include "base/messages.h"
#include "org/edit.h"
#include "org/idmap.h"
#include "org/provision.h"

static bool find(struct wf_call *call, const struct wf_scim_filter *filter,
                 struct wf_who_list *out, weft_error *err)
{
    const char *name = wf_scim_filter_demands(filter, "displayName");
    wf_id id;

    if (!name)
        return wf_provision_teams(call, out, err);
    if (!wf_provision_find_team(call, name, &id, err))
        return false;
    if (id)
        *WF_PUSH(call->arena, out) = id;
    return true;
}

static void set_text(struct wf_call *call, struct wf_json *object,
                     const char *key, const char *text)
{
    if (text)
        wf_json_set(call->arena, object, key, wf_json_text(call->arena, text));
}

static bool show_members(struct wf_call *call, struct wf_json *resource,
                         const char *team, weft_error *err)
{
    struct wf_json *list = wf_json_array(call->arena);
    struct wf_who_list members = { NULL, 0, 0 };
    char text[WF_ID_TEXT];

    if (!wf_provision_members(call, team, &members, err)
        || !wf_people_load(call, members.at, members.n, err))
        return false;
    for (size_t i = 0; i < members.n; i++) {
        struct wf_json *one = wf_json_object(call->arena);
        const struct wf_person *person;

        if (!wf_person_find(call, members.at[i], &person, err))
            return false;
        wf_id_write(members.at[i], text);
        set_text(call, one, "value", text);
        set_text(call, one, "display", person ? person->name : NULL);
        set_text(call, one, "type", "User");
        wf_json_push(call->arena, list, one);
    }
    wf_json_set(call->arena, resource, "members", list);
    return true;
}

static bool show(struct wf_call *call, wf_id id, struct wf_json **out,
                 int64_t *changed, weft_error *err)
{
    struct wf_json *resource = wf_json_object(call->arena);
    struct wf_json *schemas = wf_json_array(call->arena);
    struct wf_provision_entry entry;
    char text[WF_ID_TEXT];

    *out = NULL;
    if (!wf_provision_team(call, id, &entry, err))
        return false;
    if (!entry.login)
        return true;
    wf_json_push(call->arena, schemas,
                 wf_json_text(call->arena, wf_scim_groups.schema));
    wf_json_set(call->arena, resource, "schemas", schemas);
    wf_id_write(id, text);
    set_text(call, resource, "id", text);
    set_text(call, resource, "externalId", entry.external);
    set_text(call, resource, "displayName", entry.login);
    *changed = entry.changed;
    *out = resource;
    return show_members(call, resource, entry.login, err);
}

/* --- Saving. */

/* Takes the team `was` (NULL: none) from a person and puts `is` (NULL: none)
 * in its place. */
static bool change_member(struct wf_call *call, wf_id id, const char *was,
                          const char *is, weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *edit = wf_json_object(arena);
    struct wf_json *teams = wf_json_array(arena), *record;
    const struct wf_person *person;
    const struct wf_json *old;

    if (!wf_person_find(call, id, &person, err)
        || !wf_person_record(call, person->login, &record, err))
        return false;
    old = wf_json_get(record, "teams");
    for (size_t i = 0; i < wf_json_len(old); i++)
        if (!wf_streq(wf_json_str(old->u.array.at[i]), was))
            wf_json_push(arena, teams, old->u.array.at[i]);
    if (is)
        wf_json_push(arena, teams, wf_json_text(arena, is));
    wf_json_set(arena, edit, "teams", teams);
    return wf_person_edit(call, person->login, edit, &id, err);
}

static bool read_members(struct wf_call *call, const struct wf_json *resource,
                         struct wf_idset *out, weft_error *err)
{
    const struct wf_json *list = wf_scim_get(resource, "members");

    for (size_t i = 0; wf_json_is(list, WF_JSON_ARRAY) && i < wf_json_len(list);
         i++) {
        const char *text =
            wf_json_str(wf_scim_get(list->u.array.at[i], "value"));
        struct wf_provision_entry entry = { .login = NULL };
        wf_id id;

        if (text && wf_id_parse(wf_str_of(text), &id)
            && !wf_provision_person(call, id, &entry, err))
            return false;
        if (!entry.login || entry.gone)
            return wf_scim_fail(
                call, err, "invalidValue",
                WF_MESSAGE("A member is nobody: it takes the id of a User."));
        wf_idset_add(call->arena, out, id);
    }
    return true;
}

/* Who leaves, who comes, and where the name is another, who stays. */
static bool save_members(struct wf_call *call, const char *was, const char *is,
                         const struct wf_idset *wanted, weft_error *err)
{
    struct wf_who_list before = { NULL, 0, 0 };
    struct wf_idset had = { 0 };

    if (was && !wf_provision_members(call, was, &before, err))
        return false;
    for (size_t i = 0; i < before.n; i++) {
        bool stays = wf_idset_has(wanted, before.at[i]);

        wf_idset_add(call->arena, &had, before.at[i]);
        if ((!stays || !wf_streq(was, is))
            && !change_member(call, before.at[i], was, stays ? is : NULL, err))
            return false;
    }
    for (size_t i = 0; i < wanted->n; i++)
        if (!wf_idset_has(&had, wanted->at[i])
            && !change_member(call, wanted->at[i], NULL, is, err))
            return false;
    return true;
}

static bool save(struct wf_call *call, wf_id *id,
                 const struct wf_json *resource, weft_error *err)
{
    const char *name = wf_json_str(wf_scim_get(resource, "displayName"));
    struct wf_provision_entry entry = { .login = NULL };
    struct wf_idset members = { 0 };
    wf_id other;

    if (wf_str_empty(name) || strchr(name, ';'))
        return wf_scim_fail(
            call, err, "invalidValue",
            WF_MESSAGE("A Group has a displayName without semicolons."));
    if (!wf_provision_find_team(call, name, &other, err))
        return false;
    if (other && other != *id)
        return wf_scim_fail(call, err, "uniqueness",
                            WF_MESSAGE("There is a Group of this name."));
    if ((*id && !wf_provision_team(call, *id, &entry, err))
        || !read_members(call, resource, &members, err))
        return false;
    return wf_provision_save_team(
               call, id, name, wf_json_str(wf_scim_get(resource, "externalId")),
               err)
           && save_members(call, entry.login, name, &members, err);
}

static bool remove_group(struct wf_call *call, wf_id id, weft_error *err)
{
    const struct wf_idset nobody = { 0 };
    struct wf_provision_entry entry;

    return wf_provision_team(call, id, &entry, err)
           && save_members(call, entry.login, entry.login, &nobody, err)
           && wf_provision_remove_team(call, id, err);
}

const struct wf_scim_kind wf_scim_groups = {
    .name = "Group",
    .place = "/scim/v2/Groups",
    .schema = "urn:ietf:params:scim:schemas:core:2.0:Group",
    .find = find,
    .show = show,
    .save = save,
    .remove = remove_group,
};
