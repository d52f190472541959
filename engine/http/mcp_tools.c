/* http/mcp_tools.c - the table of what an assistant may do here.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/assistant.h>

#include "base/messages.h"
#include "http/mcp_tool.h"

static const char *text_of(const struct mcp_use *use, const char *name)
{
    return wf_json_str(wf_json_get(use->args, name));
}

static int64_t id_of(const struct mcp_use *use)
{
    int64_t id = 0;

    return wf_str_to_int(wf_str_of(text_of(use, "id")), &id) ? id : 0;
}

/* The arguments without those that are no part of the body, as a body. */
static struct wf_str body_of(const struct mcp_use *use)
{
    static const char *const ours[] = { "id", "action", "etag",
                                        "idempotency_key" };
    struct wf_json *body = wf_json_copy(use->req->arena, use->args);
    struct wf_buf text = WF_BUF_INIT(use->req->arena);

    for (size_t i = 0; i < WF_COUNT(ours); i++)
        wf_json_remove(body, ours[i]);
    wf_json_write(&text, body);
    return (struct wf_str){ wf_buf_text(&text), text.len };
}

static weft_how how_of(const struct mcp_use *use)
{
    return (weft_how){ .if_match = text_of(use, "etag") };
}

/* --- Questions */

static weft_reply *who_am_i(struct mcp_use *use)
{
    return weft_me(use->req->session);
}

static weft_reply *list_forms(struct mcp_use *use)
{
    return weft_form_list(use->req->session);
}

static weft_reply *get_form(struct mcp_use *use)
{
    return weft_form_get(use->req->session, text_of(use, "form"), 0);
}

static weft_reply *list_work(struct mcp_use *use)
{
    return weft_work_list(use->req->session, use->params.at, use->params.n);
}

static weft_reply *find_documents(struct mcp_use *use)
{
    return weft_document_list(use->req->session, use->params.at, use->params.n);
}

static weft_reply *get_document(struct mcp_use *use)
{
    return weft_document_get(use->req->session, id_of(use));
}

static weft_reply *get_history(struct mcp_use *use)
{
    return weft_document_history(use->req->session, id_of(use), NULL, 0);
}

static weft_reply *explain_value(struct mcp_use *use)
{
    return weft_document_explain(use->req->session, id_of(use),
                                 text_of(use, "field"));
}

static weft_reply *find_people(struct mcp_use *use)
{
    return weft_people_list(use->req->session, use->params.at, use->params.n);
}

static weft_reply *list_notifications(struct mcp_use *use)
{
    return weft_notification_list(use->req->session, use->params.at,
                                  use->params.n);
}

static weft_reply *ask_assistant(struct mcp_use *use)
{
    struct wf_str body = body_of(use);

    return weft_bot_ask(use->req->session, body.at, body.len);
}

/* --- Commands */

static weft_command *create_document(struct mcp_use *use)
{
    struct wf_str body = body_of(use);

    return weft_document_create(use->req->session, body.at, body.len, NULL);
}

static weft_command *change_document(struct mcp_use *use)
{
    struct wf_str body = body_of(use);
    weft_how how = how_of(use);

    return weft_document_patch(use->req->session, id_of(use), body.at, body.len,
                               &how);
}

static weft_command *act_on_document(struct mcp_use *use)
{
    struct wf_str body = body_of(use);
    weft_how how = how_of(use);

    return weft_document_act(use->req->session, id_of(use),
                             text_of(use, "action"), body.at, body.len, &how);
}

static weft_command *comment_on_document(struct mcp_use *use)
{
    struct wf_str body = body_of(use);

    return weft_document_comment(use->req->session, id_of(use), body.at,
                                 body.len, NULL);
}

/* --- The table */

static const char ONCE_HELP[] =
    WF_MESSAGE("Any text of your own; repeated with the same key and "
               "arguments, it is done once.");
static const char ETAG_HELP[] =
    WF_MESSAGE("The tag that was read with the document (_meta); refused if it "
               "has changed since.");

/* clang-format off */
#define DOCUMENT_ID { "id", MCP_ID, true, WF_MESSAGE("The id of the document.") }
#define LIMIT \
    { "limit", MCP_INTEGER, false, WF_MESSAGE("At most so many, 1 to 200.") }
#define CURSOR \
    { "cursor", MCP_TEXT, false, \
      WF_MESSAGE("`next` of the page before, to go on after it.") }
#define ONCE { "idempotency_key", MCP_TEXT, false, ONCE_HELP }
#define ETAG { "etag", MCP_TEXT, false, ETAG_HELP }

static const struct mcp_tool tools[] = {
    { "who_am_i", WF_MESSAGE("Who am I"),
      WF_MESSAGE("The person whose token is used, with roles and rights."),
      who_am_i, NULL, false, { { NULL, MCP_TEXT, false, NULL } } },
    { "list_work", WF_MESSAGE("What waits for me"),
      WF_MESSAGE("What waits for this person, with what can be done about each. "
                 "state: open, done or all."),
      list_work, NULL, false, {
        { "form", MCP_TEXT, false, WF_MESSAGE("Only documents of this form (its id).") },
        { "state", MCP_TEXT, false, WF_MESSAGE("open, done or all.") },
        LIMIT, CURSOR } },
    { "list_forms", WF_MESSAGE("Forms"),
      WF_MESSAGE("The forms that this person may see, with their ids."),
      list_forms, NULL, false, { { NULL, MCP_TEXT, false, NULL } } },
    { "get_form", WF_MESSAGE("A form"),
      WF_MESSAGE("The fields of a form, its steps and actions: read it before "
                 "making or changing a document of it."),
      get_form, NULL, false, {
        { "form", MCP_TEXT, true, WF_MESSAGE("The id of the form.") } } },
    { "find_documents", WF_MESSAGE("Find documents"),
      WF_MESSAGE("Documents that this person may see, a page at a time."),
      find_documents, NULL, false, {
        { "form", MCP_TEXT, false, WF_MESSAGE("Only documents of this form (its id).") },
        { "q", MCP_TEXT, false, WF_MESSAGE("Words to be found in them.") },
        { "state", MCP_TEXT, false, WF_MESSAGE("open, done or void.") },
        { "step", MCP_TEXT, false, WF_MESSAGE("The id of the step they are in.") },
        { "mine", MCP_FLAG, false, WF_MESSAGE("Only those about or by this person.") },
        { "subject", MCP_TEXT, false, WF_MESSAGE("Whom they are about: a login or an id.") },
        { "unit", MCP_TEXT, false, WF_MESSAGE("The id of a unit, with all below it.") },
        { "filter", MCP_OBJECT, false,
          WF_MESSAGE("{\"FIELD\": value} or {\"FIELD\": {\"gte\": value}}, for "
                     "fields with an index; operators gte lte gt lt ne has.") },
        { "sort", MCP_TEXT, false, WF_MESSAGE("A field; with - before it, downwards.") },
        LIMIT, CURSOR } },
    { "get_document", WF_MESSAGE("A document"),
      WF_MESSAGE("One document with its values, and what this person can do with "
                 "it (can)."),
      get_document, NULL, false, { DOCUMENT_ID } },
    { "get_history", WF_MESSAGE("What happened"),
      WF_MESSAGE("What happened to a document, by whom and when."),
      get_history, NULL, false, { DOCUMENT_ID } },
    { "explain_value", WF_MESSAGE("Why a value is what it is"),
      WF_MESSAGE("How a derived value of a document came about, step by step."),
      explain_value, NULL, false, {
        DOCUMENT_ID,
        { "field", MCP_TEXT, true, WF_MESSAGE("The id of the field.") } } },
    { "find_people", WF_MESSAGE("Find people"),
      WF_MESSAGE("People by name, pinyin or login."),
      find_people, NULL, false, {
        { "q", MCP_TEXT, false, WF_MESSAGE("A part of a name, or its pinyin.") },
        { "unit", MCP_TEXT, false, WF_MESSAGE("The id of a unit, with all below it.") },
        LIMIT, CURSOR } },
    { "list_notifications", WF_MESSAGE("What I was told"),
      WF_MESSAGE("What this person was told, the newest first."),
      list_notifications, NULL, false, { LIMIT, CURSOR } },

    { "ask", WF_MESSAGE("Ask in words"),
      WF_MESSAGE("A question in a person's own words, Chinese or English, as "
                 "the assistant of the company answers it. Changes nothing."),
      ask_assistant, NULL, false, {
        { "text", MCP_TEXT, true, WF_MESSAGE("What is asked.") } } },

    { "create_document", WF_MESSAGE("Make a document"),
      WF_MESSAGE("Makes a document of a form, in this person's name."),
      NULL, create_document, false, {
        { "form", MCP_TEXT, true, WF_MESSAGE("The id of the form.") },
        { "data", MCP_OBJECT, true, WF_MESSAGE("Values by the ids of the fields.") },
        { "parent", MCP_ID, false, WF_MESSAGE("The id of the document above it.") },
        ONCE } },
    { "change_document", WF_MESSAGE("Change a document"),
      WF_MESSAGE("Changes values of a document; what is not named stays."),
      NULL, change_document, false, {
        DOCUMENT_ID,
        { "data", MCP_OBJECT, true, WF_MESSAGE("Values by the ids of the fields.") },
        ETAG } },
    { "act_on_document", WF_MESSAGE("Take an action"),
      WF_MESSAGE("Takes an action on a document: submit, approve, reject, return, "
                 "or whatever its `can` lists."),
      NULL, act_on_document, true, {
        DOCUMENT_ID,
        { "action", MCP_TEXT, true, WF_MESSAGE("One of the actions in `can`.") },
        { "comment", MCP_TEXT, false, WF_MESSAGE("What the person says with it.") },
        { "data", MCP_OBJECT, false, WF_MESSAGE("Values by the ids of the fields.") },
        { "to", MCP_TEXT, false, WF_MESSAGE("Where it goes, or to whom: see the form.") },
        { "people", MCP_TEXTS, false, WF_MESSAGE("Logins, for actions that name people.") },
        { "place", MCP_TEXT, false, WF_MESSAGE("before, beside or after.") },
        ETAG, ONCE } },
    { "comment_on_document", WF_MESSAGE("Say something"),
      WF_MESSAGE("Adds a comment to a document."),
      NULL, comment_on_document, false, {
        DOCUMENT_ID,
        { "text", MCP_TEXT, true, WF_MESSAGE("What is said.") },
        ONCE } },
};
/* clang-format on */

const struct mcp_tool *http_mcp_tool_at(size_t i)
{
    return i < WF_COUNT(tools) ? &tools[i] : NULL;
}

const struct mcp_argument *http_mcp_argument_at(const struct mcp_tool *tool,
                                                size_t i)
{
    return i < MCP_ARGUMENTS_MAX && tool->args[i].name ? &tool->args[i] : NULL;
}
