/* http/route.c - the table of all pages: what is served, to whom, and how it
 * is described.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/route.h"

#include "http/handlers.h"

#define API "/api/v1"
#define PAGING "* limit cursor"
#define SCIM "/scim/v2"
#define SCIM_LIST                                                              \
    "* filter startIndex count attributes excludedAttributes sortBy sortOrder"
#define DOCUMENTS                                                              \
    "* limit cursor count sort q form step state mine subject unit period "    \
    "fields"

enum {
    READ = WEFT_SCOPE_READ,
    WRITE = WEFT_SCOPE_WRITE,
    DEPLOY = WEFT_SCOPE_DEPLOY,
    ADMIN = WEFT_SCOPE_ADMIN,
    METRICS = WEFT_SCOPE_METRICS,
    DIRECTORY = WEFT_SCOPE_SCIM,
    NONE = HTTP_TAKES_NOTHING,
    JSON = HTTP_TAKES_JSON,
    FORM = HTTP_TAKES_FORM,
    TEXTS = HTTP_TAKES_XML | HTTP_TAKES_ZIP,
    CSV = HTTP_TAKES_CSV,
    SLOW = HTTP_SLOW,
    HTML = HTTP_PAGE | HTTP_HIDDEN,
};

/* clang-format off */
static const struct http_route routes[] = {
    { HTTP_POST, API "/session", HTTP_ANYONE, 0, JSON | FORM, SLOW, 200, "",
      "SignIn", "Session", "Sign in", http_session_add },
    { HTTP_DELETE, API "/session", HTTP_USER, 0, NONE, 0, 204, "",
      NULL, NULL, "Sign out", http_session_end },
    { HTTP_GET, API "/sessions", HTTP_USER, READ, NONE, 0, 200, "",
      NULL, "SessionList", "Where I am signed in", http_session_list },
    { HTTP_DELETE, API "/sessions", HTTP_USER, WRITE, NONE, 0, 204, "",
      NULL, NULL, "End all of my sessions but this one",
      http_session_end_others },
    { HTTP_DELETE, API "/sessions/{session}", HTTP_USER, WRITE, NONE, 0, 204,
      "", NULL, NULL, "End one of my sessions", http_session_end_one },
    { HTTP_GET, API "/me", HTTP_USER, 0, NONE, 0, 200, "",
      NULL, "Me", "Who am I, and what may I do", http_session_me },

    { HTTP_GET, API "/forms", HTTP_USER, READ, NONE, 0, 200, "",
      NULL, "FormList", "The forms that I may see", http_form_list },
    { HTTP_GET, API "/forms/{form}", HTTP_USER, READ, NONE, 0, 200, "version",
      NULL, "Form", "The model of a form", http_form_get },
    { HTTP_GET, API "/forms/{form}/xml", HTTP_USER, READ, NONE, 0, 200,
      "version", NULL, "Xml", "The text of a form", http_form_xml },
    { HTTP_GET, API "/forms/{form}/versions", HTTP_USER, READ, NONE, 0, 200,
      "as", NULL, "VersionList", "The versions of a form", http_form_versions },
    { HTTP_POST, API "/forms/{form}/versions/{version}/release", HTTP_USER,
      DEPLOY, JSON, 0, 200, "", "Release", "VersionList",
      "Give a stored version to everyone, or to a pilot", http_form_release },
    { HTTP_POST, API "/forms/{form}/versions/{version}/retire", HTTP_USER,
      DEPLOY, JSON, 0, 200, "", "Reason", "VersionList",
      "End a pilot, or take back what was planned", http_form_retire },
    { HTTP_POST, API "/forms/{form}/rollback", HTTP_USER, DEPLOY, JSON, 0, 200,
      "", "Rollback", "VersionList", "Give everyone the version before again",
      http_form_rollback },
    { HTTP_POST, API "/forms/{form}/migrate", HTTP_USER, DEPLOY, JSON, 0, 200,
      "", "Migrate", "Migrated",
      "Move running documents to another version, or try it",
      http_form_migrate },
    { HTTP_GET, API "/forms/{form}/migrations", HTTP_USER, READ, NONE, 0, 200,
      "", NULL, "MigrationList", "Migrations and how far they have come",
      http_migration_list },
    { HTTP_GET, API "/forms/{form}/migrations/{run}", HTTP_USER, READ, NONE, 0,
      200, "", NULL, "Migrated", "One migration", http_migration_get },
    { HTTP_GET, API "/forms/{form}/overlays", HTTP_USER, READ, NONE, 0, 200, "",
      NULL, "OverlayList", "Overlays beside the present version of their base",
      http_form_overlays },
    { HTTP_GET, API "/forms/{form}/diff", HTTP_USER, READ, NONE, 0, 200,
      "from to", NULL, "Diff", "What changed between two versions",
      http_form_diff },
    { HTTP_POST, API "/forms/{form}/clone", HTTP_USER, DEPLOY, JSON,
      SLOW | HTTP_COMPILES, 200, "",
      "Clone", "Deployed", "Clone a form and change it", http_form_clone },
    { HTTP_POST, API "/forms/{form}/simulate", HTTP_USER, READ, JSON, 0, 200, "",
      "Simulate", "Chain", "The chain that a document would take",
      http_form_simulate },
    { HTTP_POST, API "/forms/{form}/evaluate", HTTP_USER, READ, JSON, 0, 200, "",
      "Evaluate", "Evaluated", "Derived values and errors, for live forms",
      http_form_evaluate },
    { HTTP_GET, API "/lint", HTTP_USER, READ, NONE, SLOW, 200, "form",
      NULL, "LintList", "What really happened, and what could be left out",
      http_form_lint },
    { HTTP_POST, API "/definitions", HTTP_USER, DEPLOY, TEXTS,
      SLOW | HTTP_COMPILES, 200, "check test pilot at package",
      "Definitions", "Deployed", "Check definitions and make them live",
      http_definition_add },

    { HTTP_POST, API "/documents", HTTP_USER, WRITE, JSON, 0, 201, "",
      "NewDocument", "Document", "A new document", http_document_add },
    { HTTP_GET, API "/documents", HTTP_USER, READ, NONE, 0, 200, DOCUMENTS,
      NULL, "DocumentList", "Documents that I may see", http_document_list },
    { HTTP_GET, API "/documents/{id}", HTTP_USER, READ, NONE, 0, 200, "",
      NULL, "Document", "One document", http_document_get },
    { HTTP_PATCH, API "/documents/{id}", HTTP_USER, WRITE, JSON, 0, 200, "",
      "DocumentPatch", "Document", "Change a document", http_document_patch },
    { HTTP_DELETE, API "/documents/{id}", HTTP_USER, WRITE, NONE, 0, 204, "",
      NULL, NULL, "Delete a document", http_document_delete },
    { HTTP_POST, API "/documents/{id}/actions/{action}", HTTP_USER, WRITE,
      JSON | FORM, 0, 200, "",
      "Act", "Document", "Take an action", http_document_act },
    { HTTP_GET, API "/documents/{id}/history", HTTP_USER, READ, NONE, 0, 200,
      PAGING, NULL, "EventList", "What happened", http_document_history },
    { HTTP_GET, API "/documents/{id}/comments", HTTP_USER, READ, NONE, 0, 200,
      PAGING, NULL, "CommentList", "What was said", http_document_comments },
    { HTTP_POST, API "/documents/{id}/comments", HTTP_USER, WRITE, JSON, 0, 201, "",
      "NewComment", "Comment", "Say something", http_document_comment },
    { HTTP_GET, API "/documents/{id}/reactions", HTTP_USER, READ, NONE, 0, 200,
      "", NULL, "ReactionList", "Reactions, counted", http_document_reactions },
    { HTTP_POST, API "/documents/{id}/reactions", HTTP_USER, WRITE, JSON, 0, 200,
      "", "NewReaction", "ReactionList", "React, or take it back",
      http_document_react },
    { HTTP_GET, API "/documents/{id}/children", HTTP_USER, READ, NONE, 0, 200,
      DOCUMENTS, NULL, "DocumentList", "The documents beneath one",
      http_document_children },
    { HTTP_GET, API "/documents/{id}/chain", HTTP_USER, READ, NONE, 0, 200, "",
      NULL, "Chain", "Who is next", http_document_chain },
    { HTTP_GET, API "/documents/{id}/explain", HTTP_USER, READ, NONE, 0, 200,
      "field", NULL, "Explanation", "Why a value is what it is",
      http_document_explain },

    { HTTP_GET, API "/work", HTTP_USER, READ, NONE, 0, 200,
      PAGING " state due form", NULL, "WorkList", "What waits for me", http_work_list },
    { HTTP_POST, API "/work" "/batch", HTTP_USER, WRITE, JSON, 0, 200, "",
      "Batch", "BatchResult", "One action on many", http_work_batch },
    { HTTP_GET, API "/copies", HTTP_USER, READ, NONE, 0, 200, PAGING,
      NULL, "CopyList", "What I got a copy of", http_copy_list },
    { HTTP_GET, API "/documents/{id}/copies", HTTP_USER, READ, NONE, 0, 200, "",
      NULL, "CopyList", "Who got a copy, and has read it",
      http_document_copies },
    { HTTP_POST, API "/documents/{id}/read", HTTP_USER, WRITE, NONE, 0, 200, "",
      NULL, "CopyList", "I have read my copy", http_copy_read },
    { HTTP_GET, API "/delegations", HTTP_USER, READ, NONE, 0, 200, "person",
      NULL, "DelegationList", "Who stands in for me, and I for whom",
      http_delegation_list },
    { HTTP_POST, API "/delegations", HTTP_USER, WRITE, JSON, 0, 201, "",
      "NewDelegation", "Delegation", "Somebody stands in for me",
      http_delegation_add },
    { HTTP_DELETE, API "/delegations/{id}", HTTP_USER, WRITE, NONE, 0, 204, "",
      NULL, NULL, "Nobody stands in for me any more", http_delegation_end },
    { HTTP_POST, API "/people/{person}/handover", HTTP_USER, ADMIN, JSON, 0,
      200, "", "Handover", "HandedOver", "Everything of a leaver goes to another",
      http_handover },
    { HTTP_GET, API "/notifications", HTTP_USER, READ, NONE, 0, 200, PAGING,
      NULL, "NotificationList", "What I was told", http_notification_list },
    { HTTP_POST, API "/notifications/read", HTTP_USER, WRITE, JSON, 0, 200, "",
      "Read", "NotificationList", "I have read what I was told",
      http_notification_read },

    { HTTP_GET, API "/people", HTTP_USER, READ, NONE, 0, 200, PAGING " unit q",
      NULL, "PersonList", "People", http_people_list },
    { HTTP_POST, API "/people", HTTP_USER, ADMIN, JSON, 0, 201, "",
      "PersonRecord", "PersonRecord", "A new person", http_person_add },
    { HTTP_GET, API "/people/{person}", HTTP_USER, READ, NONE, 0, 200, "on",
      NULL, "Person", "One person, by id or login, today or on a day",
      http_person_get },
    { HTTP_PATCH, API "/people/{person}", HTTP_USER, ADMIN, JSON, 0, 200, "",
      "PersonRecord", "PersonRecord", "Change a person, now or on a day",
      http_person_edit },
    { HTTP_GET, API "/people/{person}/record", HTTP_USER, ADMIN, NONE, 0, 200,
      "", NULL, "PersonRecord", "All that is stored of a person",
      http_person_record },
    { HTTP_GET, API "/people/{person}/sessions", HTTP_USER, ADMIN, NONE, 0, 200,
      "", NULL, "SessionList", "Where a person is signed in",
      http_person_sessions },
    { HTTP_DELETE, API "/people/{person}/sessions", HTTP_USER, ADMIN, NONE, 0,
      204, "", NULL, NULL, "End all sessions of a person",
      http_person_sessions_end },
    { HTTP_GET, API "/people/{person}/lines", HTTP_USER, READ, NONE, 0, 200,
      PAGING " on below", NULL, "LineList", "Who was above or below, and when",
      http_person_lines },
    { HTTP_GET, API "/units", HTTP_USER, READ, NONE, 0, 200, "",
      NULL, "UnitList", "Units", http_unit_list },
    { HTTP_POST, API "/units", HTTP_USER, ADMIN, JSON, 0, 201, "",
      "UnitRecord", "UnitRecord", "A new unit", http_unit_add },
    { HTTP_GET, API "/units/{unit}", HTTP_USER, ADMIN, NONE, 0, 200, "",
      NULL, "UnitRecord", "All that is stored of a unit", http_unit_record },
    { HTTP_PATCH, API "/units/{unit}", HTTP_USER, ADMIN, JSON, 0, 200, "",
      "UnitRecord", "UnitRecord", "Change a unit, now or on a day",
      http_unit_edit },
    { HTTP_POST, API "/units/{unit}/move", HTTP_USER, ADMIN, JSON, 0, 200, "",
      "Move", "UnitRecord", "Move a unit with all that is in it",
      http_unit_move },
    { HTTP_GET, API "/planned", HTTP_USER, ADMIN, NONE, 0, 200, "",
      NULL, "PlannedList", "Changes that wait for their day",
      http_planned_list },
    { HTTP_DELETE, API "/planned/{id}", HTTP_USER, ADMIN, NONE, 0, 204, "",
      NULL, NULL, "Give up a change that waits", http_planned_cancel },
    { HTTP_GET, API "/roles", HTTP_USER, READ, NONE, 0, 200, "",
      NULL, "RoleList", "Roles", http_role_list },
    { HTTP_POST, API "/people/import", HTTP_USER, ADMIN, CSV, SLOW, 200, "check",
      "Csv", "Imported", "Import people", http_people_import },
    { HTTP_POST, API "/units/import", HTTP_USER, ADMIN, CSV, SLOW, 200, "check",
      "Csv", "Imported", "Import units", http_unit_import },
    { HTTP_POST, API "/people/history/import", HTTP_USER, ADMIN, CSV, SLOW, 200,
      "check", "Csv", "Imported", "Import what people were before",
      http_history_import },
    { HTTP_GET, API "/admin/settings", HTTP_USER, READ, NONE, 0, 200, "",
      NULL, "SettingList", "Settings of packages", http_setting_list },
    { HTTP_POST, API "/admin/settings", HTTP_USER, DEPLOY, JSON, 0, 200, "",
      "Setting", "SettingList", "Change a setting", http_setting_set },
    { HTTP_GET, API "/admin/tokens", HTTP_USER, READ, NONE, 0, 200, "login all",
      NULL, "TokenList", "API tokens, without their secrets", http_token_list },
    { HTTP_DELETE, API "/admin/tokens/{id}", HTTP_USER, WRITE, NONE, 0, 204, "",
      NULL, NULL, "Revoke a token", http_token_end },
    { HTTP_POST, API "/admin/tokens", HTTP_USER, WRITE, JSON, 0, 201, "",
      "NewToken", "Token", "A new API token, shown once", http_token_add },

    { HTTP_GET, SCIM "/Users", HTTP_USER, DIRECTORY, NONE, 0, 200, SCIM_LIST,
      NULL, "ScimList", "Users of a directory", http_scim_list },
    { HTTP_POST, SCIM "/Users", HTTP_USER, DIRECTORY, JSON, 0, 201, "",
      "ScimResource", "ScimResource", "A new User", http_scim_add },
    { HTTP_GET, SCIM "/Users/{resource}", HTTP_USER, DIRECTORY, NONE, 0, 200, SCIM_LIST,
      NULL, "ScimResource", "One User", http_scim_get },
    { HTTP_PUT, SCIM "/Users/{resource}", HTTP_USER, DIRECTORY, JSON, 0, 200, "",
      "ScimResource", "ScimResource", "Replace a User", http_scim_replace },
    { HTTP_PATCH, SCIM "/Users/{resource}", HTTP_USER, DIRECTORY, JSON, 0, 200, "",
      "ScimPatch", "ScimResource", "Change a User", http_scim_patch },
    { HTTP_DELETE, SCIM "/Users/{resource}", HTTP_USER, DIRECTORY, NONE, 0, 204, "",
      NULL, NULL, "Remove a User", http_scim_remove },
    { HTTP_GET, SCIM "/Groups", HTTP_USER, DIRECTORY, NONE, 0, 200, SCIM_LIST,
      NULL, "ScimList", "Groups of a directory", http_scim_list },
    { HTTP_POST, SCIM "/Groups", HTTP_USER, DIRECTORY, JSON, 0, 201, "",
      "ScimResource", "ScimResource", "A new Group", http_scim_add },
    { HTTP_GET, SCIM "/Groups/{resource}", HTTP_USER, DIRECTORY, NONE, 0, 200, SCIM_LIST,
      NULL, "ScimResource", "One Group", http_scim_get },
    { HTTP_PUT, SCIM "/Groups/{resource}", HTTP_USER, DIRECTORY, JSON, 0, 200, "",
      "ScimResource", "ScimResource", "Replace a Group", http_scim_replace },
    { HTTP_PATCH, SCIM "/Groups/{resource}", HTTP_USER, DIRECTORY, JSON, 0, 200, "",
      "ScimPatch", "ScimResource", "Change a Group", http_scim_patch },
    { HTTP_DELETE, SCIM "/Groups/{resource}", HTTP_USER, DIRECTORY, NONE, 0, 204, "",
      NULL, NULL, "Remove a Group", http_scim_remove },
    { HTTP_GET, SCIM "/ServiceProviderConfig", HTTP_USER, DIRECTORY, NONE, 0,
      200, "", NULL, "ScimResource", "What is supported", http_scim_config },
    { HTTP_GET, SCIM "/ResourceTypes", HTTP_USER, DIRECTORY, NONE, 0, 200, "",
      NULL, "ScimList", "User and Group", http_scim_types },
    { HTTP_GET, SCIM "/ResourceTypes/{type}", HTTP_USER, DIRECTORY, NONE, 0,
      200, "", NULL, "ScimResource", "One of them", http_scim_type },
    { HTTP_GET, SCIM "/Schemas", HTTP_USER, DIRECTORY, NONE, 0, 200, "",
      NULL, "ScimList", "The schemas of resources", http_scim_schemas },
    { HTTP_GET, SCIM "/Schemas/{schema}", HTTP_USER, DIRECTORY, NONE, 0, 200,
      "", NULL, "ScimResource", "One of them", http_scim_schema },

    { HTTP_GET, "/healthz", HTTP_ANYONE, 0, NONE, 0, 200, "",
      NULL, "Status", "Is the process alive", http_machine_health },
    { HTTP_GET, "/readyz", HTTP_ANYONE, 0, NONE, 0, 200, "",
      NULL, "Status", "Would changes be taken and kept", http_machine_ready },
    { HTTP_GET, "/metrics", HTTP_OPERATOR, METRICS, NONE, 0, 200, "",
      NULL, "Text", "Figures for Prometheus", http_machine_metrics },
    { HTTP_GET, "/api/openapi.json", HTTP_ANYONE, 0, NONE, 0, 200, "",
      NULL, "OpenApi", "This description", http_machine_openapi },

    { HTTP_GET, "/", HTTP_ANYONE, 0, NONE, HTML, 200, "",
      NULL, NULL, "Home", http_page_app },
    { HTTP_GET, "/style.css", HTTP_ANYONE, 0, NONE, HTML, 200, "",
      NULL, NULL, "How pages look", http_page_style },
    { HTTP_GET, "/inbox", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "What waits", http_page_app },
    { HTTP_GET, "/documents", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "Documents", http_page_app },
    { HTTP_GET, "/documents/{id}", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "A document", http_page_app },
    { HTTP_GET, "/new/{form}", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "A new document", http_page_app },
    { HTTP_GET, "/people", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "People", http_page_app },
    { HTTP_GET, "/people/{person}", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "A person", http_page_app },
    { HTTP_GET, "/studio", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "Where forms are made", http_page_app },
    { HTTP_GET, "/studio/{form}", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "A form is made", http_page_app },
    { HTTP_GET, "/admin", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "Administration", http_page_app },
    { HTTP_GET, "/admin/{part}", HTTP_ANYONE, 0, NONE, HTML, 200, "*",
      NULL, NULL, "A part of it", http_page_app },
    { HTTP_GET, "/assets/{file}", HTTP_ANYONE, 0, NONE, HTTP_HIDDEN, 200, "",
      NULL, NULL, "A file of the application", http_asset },
    { HTTP_GET, "/sw.js", HTTP_ANYONE, 0, NONE, HTTP_HIDDEN, 200, "",
      NULL, NULL, "What works without a network", http_root_file },
    { HTTP_GET, "/manifest.webmanifest", HTTP_ANYONE, 0, NONE, HTTP_HIDDEN,
      200, "", NULL, NULL, "How it is installed", http_root_file },
    { HTTP_POST, "/sign-out", HTTP_USER, 0, FORM, HTML, 303, "",
      NULL, NULL, "Sign out from a page", http_page_sign_out },
};
/* clang-format on */

const struct http_route *http_route_at(size_t i)
{
    return i < WF_COUNT(routes) ? &routes[i] : NULL;
}

size_t http_route_index(const struct http_route *route)
{
    return (size_t)(route - routes);
}

size_t http_route_count(void)
{
    return WF_COUNT(routes);
}

/* --- Methods */

static const char *const method_names[] = {
    [HTTP_GET] = "GET",       [HTTP_POST] = "POST",
    [HTTP_PUT] = "PUT",       [HTTP_PATCH] = "PATCH",
    [HTTP_DELETE] = "DELETE", [HTTP_OPTIONS] = "OPTIONS",
};

const char *http_method_name(enum http_method method)
{
    return method < HTTP_OTHER ? method_names[method] : "";
}

enum http_method http_method_of(const char *name, bool *is_head)
{
    *is_head = wf_streq(name, "HEAD");
    if (*is_head)
        return HTTP_GET;
    for (size_t i = 0; i < WF_COUNT(method_names); i++) {
        if (wf_streq(name, method_names[i]))
            return (enum http_method)i;
    }
    return HTTP_OTHER;
}

/* --- Finding */

static bool is_number(const char *text)
{
    int64_t n;

    return wf_str_to_int(wf_str_of(text), &n) && n > 0;
}

/* One segment against one of a pattern; what is in braces is an argument. */
static bool segment_matches(struct wf_str part, const char *segment,
                            const char **arg)
{
    *arg = NULL;
    if (part.at[0] != '{')
        return wf_str_is(part, segment);
    *arg = segment;
    return wf_str_is(part, "{id}") ? is_number(segment) : segment[0] != '\0';
}

static bool matches(const struct http_route *route,
                    const struct http_target *target, const char *args[2])
{
    struct wf_str rest = wf_str_of(route->pattern + 1), part;
    size_t n = 0, n_args = 0;

    while (wf_str_split(&rest, '/', &part)) {
        const char *arg;

        if (n == target->n_segments
            || !segment_matches(part, target->segments[n++], &arg))
            return false;
        if (arg)
            args[n_args++] = arg;
    }
    return n == target->n_segments;
}

static void allow_method(struct wf_buf *allow, enum http_method method)
{
    if (allow->len > 0)
        wf_buf_str(allow, ", ");
    wf_buf_str(allow, http_method_name(method));
    if (method == HTTP_GET)
        wf_buf_str(allow, ", HEAD");
}

const struct http_route *http_route_find(struct http_request *req,
                                         const char **allow)
{
    struct wf_buf methods = WF_BUF_INIT(req->arena);
    const char *args[2] = { NULL, NULL };

    for (size_t i = 0; i < WF_COUNT(routes); i++) {
        if (!matches(&routes[i], &req->target, args))
            continue;
        memcpy(req->args, args, sizeof args);
        if (routes[i].method == req->method)
            return &routes[i];
        allow_method(&methods, routes[i].method);
    }
    *allow = wf_buf_text(&methods);
    return NULL;
}

bool http_route_knows(const struct http_route *route, const char *name)
{
    struct wf_str rest = wf_str_of(route->query), known;

    while (wf_str_split(&rest, ' ', &known)) {
        if (wf_str_is(known, "*") || wf_str_is(known, name))
            return true;
    }
    return false;
}
