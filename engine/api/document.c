/* api/document.c - documents are made, changed, acted on and removed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/document.h>

#include "api/command.h"
#include "api/form.h"
#include "api/render.h"
#include "base/error.h"
#include "base/text.h"
#include "doc/comment.h"
#include "doc/reaction.h"

enum {
    COMMENT_MAX = 4000
};

/* --- Create */

struct creation {
    const char *form;
    const struct wf_json *data;
    wf_id parent;
    const char *action; /* that it takes at once, or it is not made; or NULL */
};

/* A document can hang only under one that its creator sees. */
static bool check_parent(struct wf_turn *turn, wf_id parent, weft_error *err)
{
    struct wf_doc *doc;
    struct wf_rights rights;

    if (!parent || wf_doc_open(&turn->call, parent, &doc, &rights, err))
        return true;
    if (err->code != WEFT_E_NOTFOUND)
        return false;
    wf_diag_field(&turn->findings, "parent", "link", "%s", err->text);
    return wf_body_misfits(err);
}

/* To be told that one may not create what one does not see would be to be told
 * that it is there. */
static bool deny_unseen(struct wf_turn *turn, const char *form, weft_error *err)
{
    weft_error denied = *err;
    const struct wf_form *seen;

    return denied.code == WEFT_E_DENIED
           && wf_form_open(turn, form, 0, &seen, err)
           && wf_fail_as(err, &denied);
}

static const struct wf_rights *binding(const struct wf_turn *turn,
                                       const struct wf_rights *rights)
{
    return turn->call.system ? NULL : rights;
}

/* As whoever made it could now. */
static bool act_at_once(struct wf_turn *turn, const char *action,
                        struct wf_doc **doc, weft_error *err)
{
    struct wf_act wanted = { .action = action };
    struct wf_rights rights;

    if (!action)
        return true;
    if (!wf_doc_open(&turn->call, (*doc)->id, doc, &rights, err))
        return false;
    wanted.rights = binding(turn, &rights);
    return wf_flow_act(&turn->flow, *doc, &wanted, err);
}

static bool create(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct creation *wanted = with;
    struct wf_creation creation = { .data = wanted->data,
                                    .parent = wanted->parent,
                                    .by_engine = turn->call.system };
    struct wf_doc *doc;

    if (!wf_flow_pick_form(&turn->flow, wanted->form, &creation.form, err)
        || !check_parent(turn, wanted->parent, err))
        return false;
    if (!wf_flow_create(&turn->flow, &creation, &doc, err))
        return deny_unseen(turn, wanted->form, err);
    if (!act_at_once(turn, wanted->action, &doc, err))
        return false;
    turn->reply->id = doc->id;
    return wf_render_doc(turn, doc, err);
}

weft_command *weft_document_create(weft_session *session, const char *body,
                                   size_t len, const weft_how *how)
{
    static const struct wf_member members[] = {
        { "form", WF_BODY_TEXT, offsetof(struct creation, form), true },
        { "data", WF_BODY_OBJECT, offsetof(struct creation, data), false },
        { "parent", WF_BODY_ID, offsetof(struct creation, parent), false },
        { "action", WF_BODY_TEXT, offsetof(struct creation, action), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, create);
    struct wf_text text = { body, len };

    command->makes = true;
    wf_command_read(command, members, WF_COUNT(members), text,
                    WF_NEW(command->arena, struct creation));
    wf_command_once(command, how, "create", 0, text);
    return command;
}

/* --- Commands on one document */

struct change {
    wf_id id;
    const char *if_match;
    const char *action, *comment, *to, *place, *lane, *text;
    const struct wf_json *data, *people, *files;
};

/* Opens it as the one who asks may see it, unless it has changed since. The
 * rights are NULL for the engine, which nothing binds. */
static bool open_for(struct wf_turn *turn, const struct change *change,
                     struct wf_doc **doc, struct wf_rights *rights,
                     weft_error *err)
{
    if (!wf_doc_open(&turn->call, change->id, doc, rights, err))
        return false;
    return !change->if_match
           || wf_etag_matches_edit(change->if_match, *doc, rights)
           || wf_fail(err, WEFT_E_STALE,
                      "It has changed since you opened it. Load it again.");
}

static struct change *change_new(weft_command *command, int64_t id,
                                 const weft_how *how)
{
    struct change *change = WF_NEW(command->arena, struct change);

    change->id = id;
    if (how)
        change->if_match = wf_arena_str(command->arena, how->if_match);
    command->with = change;
    return change;
}

static bool patch(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct change *change = with;
    struct wf_doc *doc;
    struct wf_rights rights;

    return open_for(turn, change, &doc, &rights, err)
           && wf_flow_patch(&turn->flow, doc, binding(turn, &rights),
                            change->data, err)
           && wf_render_doc(turn, doc, err);
}

weft_command *weft_document_patch(weft_session *session, int64_t id,
                                  const char *body, size_t len,
                                  const weft_how *how)
{
    static const struct wf_member members[] = {
        { "data", WF_BODY_OBJECT, offsetof(struct change, data), true },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, patch);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text,
                    change_new(command, id, how));
    wf_command_once(command, how, "patch", id, text);
    wf_command_touches(command, id);
    return command;
}

static bool act(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct change *change = with;
    struct wf_doc *doc;
    struct wf_rights rights;
    struct wf_act wanted = { .action = change->action,
                             .comment = change->comment,
                             .data = change->data,
                             .to = change->to,
                             .people = change->people,
                             .files = change->files,
                             .place = change->place,
                             .lane = change->lane };

    if (!open_for(turn, change, &doc, &rights, err))
        return false;
    wanted.rights = binding(turn, &rights);
    return wf_flow_act(&turn->flow, doc, &wanted, err)
           && wf_render_doc(turn, doc, err);
}

static void check_comment(weft_command *command, const char *comment)
{
    if (!comment || !wf_command_is_sound(command)
        || wf_utf8_count(comment, strlen(comment)) <= COMMENT_MAX)
        return;
    wf_diag_field(&command->findings, "comment", "length",
                  "A comment has at most %d characters.", COMMENT_MAX);
    command->problems = wf_reply_findings(&command->findings);
    wf_body_misfits(&command->err);
}

weft_command *weft_document_act(weft_session *session, int64_t id,
                                const char *action, const char *body,
                                size_t len, const weft_how *how)
{
    static const struct wf_member members[] = {
        { "comment", WF_BODY_TEXT, offsetof(struct change, comment), false },
        { "data", WF_BODY_OBJECT, offsetof(struct change, data), false },
        { "to", WF_BODY_TEXT, offsetof(struct change, to), false },
        { "people", WF_BODY_ARRAY, offsetof(struct change, people), false },
        { "place", WF_BODY_TEXT, offsetof(struct change, place), false },
        { "files", WF_BODY_ARRAY, offsetof(struct change, files), false },
        { "lane", WF_BODY_TEXT, offsetof(struct change, lane), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, act);
    struct change *change = change_new(command, id, how);
    struct wf_text text = { len > 0 ? body : NULL, len };

    change->action = wf_arena_str(command->arena, action);
    wf_command_read(command, members, WF_COUNT(members), text, change);
    check_comment(command, change->comment);
    wf_command_once(command, how, action, id, text);
    wf_command_touches(command, id);
    return command;
}

static bool delete_one(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wf_doc *doc;
    struct wf_rights rights;

    if (!open_for(turn, with, &doc, &rights, err))
        return false;
    if (!turn->call.system && !(rights.rights & WF_RIGHT_DELETE))
        return wf_fail(err, WEFT_E_DENIED, "You may not delete this document.");
    return wf_flow_delete(&turn->flow, doc, err);
}

weft_command *weft_document_delete(weft_session *session, int64_t id,
                                   const weft_how *how)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, delete_one);
    struct wf_text none = { NULL, 0 };

    change_new(command, id, how);
    wf_command_once(command, how, "delete", id, none);
    wf_command_touches(command, id);
    return command;
}

/* --- Comments */

static bool comment(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct change *change = with;
    struct wf_doc *doc;
    struct wf_rights rights;

    return open_for(turn, change, &doc, &rights, err)
           && wf_comment_add(&turn->call, doc,
                             &(struct wf_said){ .text = change->text,
                                                .files = change->files },
                             &turn->out, err);
}

weft_command *weft_document_comment(weft_session *session, int64_t id,
                                    const char *body, size_t len,
                                    const weft_how *how)
{
    static const struct wf_member members[] = {
        { "text", WF_BODY_TEXT, offsetof(struct change, text), false },
        { "files", WF_BODY_ARRAY, offsetof(struct change, files), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, comment);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text,
                    change_new(command, id, how));
    wf_command_once(command, how, "comment", id, text);
    wf_command_touches(command, id);
    return command;
}

/* --- Reactions */

struct reaction {
    struct change on;
    const char *emoji;
    const struct wf_json *set; /* false takes it back */
};

static bool react(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct reaction *reaction = with;
    bool set = !wf_json_is(reaction->set, WF_JSON_FALSE);
    struct wf_doc *doc;
    struct wf_rights rights;

    return open_for(turn, &reaction->on, &doc, &rights, err)
           && wf_reaction_set(&turn->call, doc, &rights, reaction->emoji, set,
                              err)
           && wf_reaction_list(&turn->call, doc, &turn->out, err);
}

weft_command *weft_document_react(weft_session *session, int64_t id,
                                  const char *body, size_t len,
                                  const weft_how *how)
{
    static const struct wf_member members[] = {
        { "emoji", WF_BODY_TEXT, offsetof(struct reaction, emoji), true },
        { "on", WF_BODY_ANY, offsetof(struct reaction, set), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, react);
    struct reaction *reaction = WF_NEW(command->arena, struct reaction);
    struct wf_text text = { body, len };

    reaction->on.id = id;
    wf_command_read(command, members, WF_COUNT(members), text, reaction);
    wf_command_once(command, how, "react", id, text);
    wf_command_touches(command, id);
    return command;
}
