/* api/scim_user.c - a person as a User of SCIM.
 *
 * Roles are no business of a directory. Unit and manager stand in the
 * enterprise extension: who does not send it leaves them alone.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/scim.h"
#include "base/error.h"
#include "base/messages.h"
#include "org/edit.h"
#include "org/provision.h"

/* Of the extension, what is kept among the person's attributes. */
static const char *const kept[] = { "employeeNumber", "costCenter",
                                    "organization", "division", "department" };

/* --- Finding. */

static bool find(struct wf_call *call, const struct wf_scim_filter *filter,
                 struct wf_who_list *out, weft_error *err)
{
    static const struct {
        const char *path;
        enum wf_provision_key key;
    } keys[] = {
        { "userName", WF_PROVISION_LOGIN },
        { "externalId", WF_PROVISION_EXTERNAL },
        { "id", WF_PROVISION_ID },
        { "emails.value", WF_PROVISION_EMAIL },
        { "emails", WF_PROVISION_EMAIL },
    };

    for (size_t i = 0; i < WF_COUNT(keys); i++) {
        const char *value = wf_scim_filter_demands(filter, keys[i].path);

        if (value)
            return wf_provision_people(call, keys[i].key, value, out, err);
    }
    return wf_provision_people(call, WF_PROVISION_ALL, NULL, out, err);
}

/* --- Showing. */

static void set(struct wf_call *call, struct wf_json *object, const char *key,
                const struct wf_json *value)
{
    if (!wf_json_is_nothing(value))
        wf_json_set(call->arena, object, key, wf_json_copy(call->arena, value));
}

static void set_text(struct wf_call *call, struct wf_json *object,
                     const char *key, const char *text)
{
    if (text)
        wf_json_set(call->arena, object, key, wf_json_text(call->arena, text));
}

static void show_emails(struct wf_call *call, struct wf_json *resource,
                        const char *email)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *list = wf_json_array(arena);
    struct wf_json *one = wf_json_object(arena);

    if (!email)
        return;
    set_text(call, one, "value", email);
    set_text(call, one, "type", "work");
    wf_json_set(arena, one, "primary", wf_json_bool(arena, true));
    wf_json_push(arena, list, one);
    wf_json_set(arena, resource, "emails", list);
}

static bool show_groups(struct wf_call *call, struct wf_json *resource,
                        const struct wf_json *teams, weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *list = wf_json_array(arena);
    char text[WF_ID_TEXT];
    wf_id id;

    for (size_t i = 0; i < wf_json_len(teams); i++) {
        const char *name = wf_json_str(teams->u.array.at[i]);
        struct wf_json *one = wf_json_object(arena);

        if (!wf_provision_find_team(call, name, &id, err))
            return false;
        wf_id_write(id, text);
        set_text(call, one, "value", text);
        set_text(call, one, "display", name);
        if (id)
            wf_json_push(arena, list, one);
    }
    set(call, resource, "groups", list);
    return true;
}

static bool show_extension(struct wf_call *call, struct wf_json *resource,
                           const struct wf_json *record, weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *extension = wf_json_object(arena);
    const struct wf_json *attributes = wf_json_get(record, "attributes");
    const char *login = wf_json_str(wf_json_get(record, "manager"));
    const struct wf_person *manager = NULL;
    char text[WF_ID_TEXT];

    for (size_t i = 0; i < WF_COUNT(kept); i++)
        set(call, extension, kept[i], wf_json_get(attributes, kept[i]));
    set(call, extension, "department", wf_json_get(record, "unit"));
    if (login && !wf_person_find_login(call, login, &manager, err))
        return false;
    if (manager) {
        struct wf_json *value = wf_json_object(arena);

        wf_id_write(manager->id, text);
        set_text(call, value, "value", text);
        set_text(call, value, "displayName", manager->name);
        wf_json_set(arena, extension, "manager", value);
    }
    if (wf_json_len(extension))
        wf_json_set(arena, resource, WF_SCIM_ENTERPRISE, extension);
    return true;
}

static struct wf_json *write_schemas(struct wf_arena *arena)
{
    struct wf_json *list = wf_json_array(arena);

    wf_json_push(arena, list, wf_json_text(arena, wf_scim_users.schema));
    wf_json_push(arena, list, wf_json_text(arena, WF_SCIM_ENTERPRISE));
    return list;
}

static bool show(struct wf_call *call, wf_id id, struct wf_json **out,
                 int64_t *changed, weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *resource = wf_json_object(arena);
    struct wf_json *name = wf_json_object(arena), *record;
    struct wf_provision_entry entry;
    char text[WF_ID_TEXT];

    *out = NULL;
    if (!wf_provision_person(call, id, &entry, err))
        return false;
    if (!entry.login || entry.gone)
        return true;
    if (!wf_person_record(call, entry.login, &record, err))
        return false;
    wf_id_write(id, text);
    wf_json_set(arena, resource, "schemas", write_schemas(arena));
    set_text(call, resource, "id", text);
    set_text(call, resource, "externalId", entry.external);
    set_text(call, resource, "userName", entry.login);
    set(call, name, "formatted", wf_json_get(record, "name"));
    wf_json_set(arena, resource, "name", name);
    set(call, resource, "displayName", wf_json_get(record, "name"));
    set(call, resource, "title", wf_json_get(record, "title"));
    set(call, resource, "locale", wf_json_get(record, "locale"));
    set(call, resource, "timezone", wf_json_get(record, "timezone"));
    set(call, resource, "active", wf_json_get(record, "active"));
    show_emails(call, resource, wf_json_str(wf_json_get(record, "email")));
    *changed = entry.changed;
    *out = resource;
    return show_groups(call, resource, wf_json_get(record, "teams"), err)
           && show_extension(call, resource, record, err);
}

/* --- Saving. */

static bool is_ascii(const char *text)
{
    while (*text && !(*text & 0x80))
        text++;
    return !*text;
}

/* displayName and name.formatted are the same here: of the two, the one that
 * differs from what is stored is meant. */
static const char *name_of(struct wf_call *call, const struct wf_json *resource,
                           const char *stored)
{
    const struct wf_json *name = wf_scim_get(resource, "name");
    const char *display = wf_json_str(wf_scim_get(resource, "displayName"));
    const char *formatted = wf_json_str(wf_scim_get(name, "formatted"));
    const char *given = wf_json_str(wf_scim_get(name, "givenName"));
    const char *family = wf_json_str(wf_scim_get(name, "familyName"));

    if (!wf_str_empty(display) && !wf_streq(display, stored))
        return display;
    if (!wf_str_empty(formatted) && !wf_streq(formatted, stored))
        return formatted;
    if (given && family)
        return is_ascii(family)
                   ? wf_arena_printf(call->arena, "%s %s", given, family)
                   : wf_arena_printf(call->arena, "%s%s", family, given);
    if (!wf_str_empty(display))
        return display;
    return !wf_str_empty(formatted)
               ? formatted
               : wf_json_str(wf_scim_get(resource, "userName"));
}

/* The primary address, else the first. */
static const char *email_of(const struct wf_json *resource)
{
    const struct wf_json *list = wf_scim_get(resource, "emails");
    const char *email = NULL;

    for (size_t i = 0; wf_json_is(list, WF_JSON_ARRAY) && i < wf_json_len(list);
         i++) {
        const struct wf_json *one = list->u.array.at[i];
        const char *value = wf_json_str(wf_scim_get(one, "value"));

        if (value && (!email || wf_json_is_true(wf_scim_get(one, "primary"))))
            email = value;
    }
    return email;
}

/* true, false, or their words: some directories send "False". */
static struct wf_json *active_of(struct wf_call *call,
                                 const struct wf_json *resource)
{
    const struct wf_json *active = wf_scim_get(resource, "active");
    const char *word = wf_json_str(active);
    bool is_off =
        wf_json_is(active, WF_JSON_FALSE)
        || (word && (wf_streq(word, "False") || wf_streq(word, "false")));

    return wf_json_bool(call->arena, !is_off);
}

static void put(struct wf_call *call, struct wf_json *edit, const char *key,
                const char *text)
{
    wf_json_set(call->arena, edit, key,
                text ? wf_json_text(call->arena, text)
                     : wf_json_null(call->arena));
}

/* "en_US" is what others call "en-US". */
static const char *locale_of(struct wf_call *call,
                             const struct wf_json *resource)
{
    const char *text = wf_json_str(wf_scim_get(resource, "locale"));
    char *copy;

    if (wf_str_empty(text))
        text = wf_json_str(wf_scim_get(resource, "preferredLanguage"));
    if (wf_str_empty(text))
        return NULL;
    copy = wf_arena_str(call->arena, text);
    for (char *c = copy; *c; c++)
        if (*c == '_')
            *c = '-';
    return copy;
}

static bool put_manager(struct wf_call *call, struct wf_json *edit,
                        const struct wf_json *manager, weft_error *err)
{
    const char *text = wf_json_str(manager);
    const struct wf_person *person = NULL;
    wf_id id;

    if (wf_json_is(manager, WF_JSON_OBJECT))
        text = wf_json_str(wf_scim_get(manager, "value"));
    if (wf_str_empty(text)) {
        put(call, edit, "manager", NULL);
        return true;
    }
    if (wf_id_parse(wf_str_of(text), &id)
        && !wf_person_find(call, id, &person, err))
        return false;
    if (!person)
        return wf_scim_fail(
            call, err, "invalidValue",
            WF_MESSAGE("The manager is nobody: it takes the id of a User."));
    put(call, edit, "manager", person->login);
    return true;
}

static bool put_extension(struct wf_call *call, struct wf_json *edit,
                          const struct wf_json *extension, weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *attributes = wf_json_object(arena);
    const char *unit = wf_json_str(wf_scim_get(extension, "department"));
    const char *key = NULL;

    if (!wf_json_is(extension, WF_JSON_OBJECT))
        return true;
    for (size_t i = 0; i < WF_COUNT(kept); i++) {
        const char *text = wf_json_str(wf_scim_get(extension, kept[i]));

        wf_json_set(arena, attributes, kept[i],
                    text ? wf_json_text(arena, text) : wf_json_null(arena));
    }
    if (unit && !wf_provision_unit(call, unit, &key, err))
        return false;
    if (key || !unit)
        put(call, edit, "unit", key);
    if (key)
        wf_json_set(arena, attributes, "department", wf_json_null(arena));
    wf_json_set(arena, edit, "attributes", attributes);
    return put_manager(call, edit, wf_scim_get(extension, "manager"), err);
}

/* A new User with the login of somebody who was deleted is that person. */
static bool find_gone(struct wf_call *call, const char *login, wf_id *id,
                      weft_error *err)
{
    struct wf_provision_entry entry = { .login = NULL };
    const struct wf_person *person;

    if (!wf_person_find_login(call, login, &person, err)
        || (person && !wf_provision_person(call, person->id, &entry, err)))
        return false;
    if (person && !(entry.login && entry.gone))
        return wf_scim_fail(call, err, "uniqueness",
                            WF_MESSAGE("Somebody has this userName."));
    *id = person ? person->id : 0;
    return true;
}

static bool save(struct wf_call *call, wf_id *id,
                 const struct wf_json *resource, weft_error *err)
{
    const char *login = wf_json_str(wf_scim_get(resource, "userName"));
    struct wf_json *edit = wf_json_object(call->arena);
    const struct wf_person *person = NULL;

    if (wf_str_empty(login))
        return wf_scim_fail(call, err, "invalidValue",
                            WF_MESSAGE("A User has a userName."));
    if ((!*id && !find_gone(call, login, id, err))
        || !wf_person_find(call, *id, &person, err))
        return false;
    put(call, edit, "login", login);
    put(call, edit, "name",
        name_of(call, resource, person ? person->name : NULL));
    put(call, edit, "email", email_of(resource));
    put(call, edit, "title", wf_json_str(wf_scim_get(resource, "title")));
    put(call, edit, "locale", locale_of(call, resource));
    put(call, edit, "timezone", wf_json_str(wf_scim_get(resource, "timezone")));
    wf_json_set(call->arena, edit, "active", active_of(call, resource));
    return put_extension(call, edit, wf_scim_get(resource, WF_SCIM_ENTERPRISE),
                         err)
           && wf_person_edit(call, person ? person->login : NULL, edit, id, err)
           && wf_provision_set_person(
               call, *id, wf_json_str(wf_scim_get(resource, "externalId")),
               false, err);
}

/* The person stays, as one who has left. */
static bool remove_user(struct wf_call *call, wf_id id, weft_error *err)
{
    struct wf_json *edit = wf_json_object(call->arena);
    struct wf_provision_entry entry;

    wf_json_set(call->arena, edit, "active", wf_json_bool(call->arena, false));
    return wf_provision_person(call, id, &entry, err)
           && wf_person_edit(call, entry.login, edit, &id, err)
           && wf_provision_set_person(call, id, entry.external, true, err);
}

const struct wf_scim_kind wf_scim_users = {
    .name = "User",
    .place = "/scim/v2/Users",
    .schema = "urn:ietf:params:scim:schemas:core:2.0:User",
    .find = find,
    .show = show,
    .save = save,
    .remove = remove_user,
};
