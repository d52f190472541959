/* api/bot_do.c - what somebody has confirmed is done, by the command that a
 * click on the page would have given.
 *
 * A token is sealed with the key of the store's vault and holds the command,
 * for whom it is, and until when. It is used up by the idempotency of commands:
 * who sends it again gets the same answer, and nothing more is done.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include <weft/assistant.h>
#include <weft/document.h>

#include "api/bot.h"
#include "api/command.h"
#include "api/render.h"
#include "api/session.h"
#include "base/error.h"
#include "base/vault.h"

static const int64_t LASTS_MS = INT64_C(10) * 60 * 1000;

/* --- Sealing */

bool wf_bot_seal(struct wf_turn *turn, const struct wf_json *command,
                 const char **token, int64_t *expires, weft_error *err)
{
    struct wf_arena *arena = turn->call.arena;
    struct wf_json *seal = wf_json_object(arena);
    const char *text;
    char id[WF_ID_TEXT];

    *expires = turn->call.now + LASTS_MS;
    wf_id_write(turn->asker->person, id); /* more digits than a number keeps */
    wf_json_set(arena, seal, "for", wf_json_text(arena, id));
    wf_json_set(arena, seal, "until", wf_json_int(arena, *expires));
    wf_json_set(arena, seal, "do", wf_json_copy(arena, command));
    text = wf_json_dump(arena, seal);
    return wf_vault_seal_text(turn->call.vault, arena, text, strlen(text),
                              token, err);
}

struct confirmed {
    const char *token;
    const struct wf_json *what;
    const char *key; /* that this token is done by, once */
};

static bool deny(weft_error *err)
{
    return wf_fail(err, WEFT_E_DENIED,
                   "This confirmation is not valid any more. Ask again.");
}

/* A token of this person that has not been changed. One that is too old may
 * still be told how it ended, never be done. */
static bool open_token(weft_session *session, struct wf_arena *arena,
                       struct confirmed *with, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    int64_t now = wf_clock_now(&session->engine->clock);
    weft_error broken = wf_error_in(err->lang);
    struct wf_json *seal;
    const char *text;
    size_t len;
    int64_t until;
    wf_id of;
    struct wf_hash hash;
    char digits[WF_HASH_TEXT];

    if (!wf_vault_open_text(session->engine->vault, arena, with->token, &text,
                            &len, &broken)
        || !wf_json_parse(arena, text, len, &limits, &seal, &broken)
        || !wf_json_str(wf_json_get(seal, "for"))
        || !wf_id_parse(wf_str_of(wf_json_str(wf_json_get(seal, "for"))), &of)
        || !wf_json_to_int(wf_json_get(seal, "until"), &until)
        || of != session->asker.person || now > until)
        return deny(err);
    with->what = wf_json_get(seal, "do");
    if (!wf_vault_hash(session->engine->vault, with->token, strlen(with->token),
                       &hash, err))
        return false;
    wf_hash_write(&hash, digits);
    with->key = wf_arena_printf(arena, "bot-%s", digits);
    return true;
}

/* --- Doing */

static const char *text_of(const struct wf_json *what, const char *key)
{
    return wf_json_str(wf_json_get(what, key));
}

/* A document is made and acted on, all of it or nothing. */
static bool create_and_act(struct wf_turn *turn, const void *with,
                           weft_error *err)
{
    const struct wf_json *what = ((const struct confirmed *)with)->what;
    struct wf_creation creation = { .data = wf_json_get(what, "data") };
    struct wf_act act = { .action = text_of(what, "act") };
    struct wf_rights rights;
    struct wf_doc *doc;

    if (!wf_flow_pick_form(&turn->flow, text_of(what, "create"), &creation.form,
                           err)
        || !wf_flow_create(&turn->flow, &creation, &doc, err))
        return false;
    turn->reply->id = doc->id;
    act.rights = &rights;
    if (act.action
        && (!wf_doc_open(&turn->call, doc->id, &doc, &rights, err)
            || !wf_flow_act(&turn->flow, doc, &act, err)))
        return false;
    return wf_render_doc(turn, doc, err);
}

/* The members of `what` that the body of its command has. */
static struct wf_str body_of(struct wf_arena *arena, const struct wf_json *what,
                             const char *const *keys)
{
    struct wf_json *body = wf_json_object(arena);
    const char *text;

    for (; *keys; keys++)
        if (wf_json_get(what, *keys))
            wf_json_set(arena, body, *keys, wf_json_get(what, *keys));
    text = wf_json_dump(arena, body);
    return wf_str_of(text);
}

static weft_command *order_of(weft_session *session, struct wf_arena *arena,
                              const struct confirmed *with)
{
    static const char *const of_patch[] = { "data", NULL };
    static const char *const of_act[] = { "data", "comment", NULL };
    const struct wf_json *what = with->what;
    weft_how how = { text_of(what, "etag"), with->key };
    struct wf_json *batch;
    struct wf_str body;
    wf_id id = 0;

    if (wf_json_get(what, "create")) {
        weft_command *command =
            wf_command_new(session, WEFT_SCOPE_WRITE, create_and_act);
        struct confirmed *kept = WF_NEW(command->arena, struct confirmed);

        kept->what = wf_json_copy(command->arena, what);
        command->with = kept;
        return weft_command_once(command, with->key, with->key,
                                 strlen(with->key));
    }
    if (wf_json_get(what, "batch")) {
        batch = wf_json_object(arena);
        wf_json_set(arena, batch, "ids", wf_json_get(what, "ids"));
        wf_json_set(arena, batch, "action", wf_json_get(what, "batch"));
        if (wf_json_get(what, "etags"))
            wf_json_set(arena, batch, "etags", wf_json_get(what, "etags"));
        body = wf_str_of(wf_json_dump(arena, batch));
        return weft_work_batch(session, body.at, body.len, &how);
    }
    if (wf_json_get(what, "patch")) {
        (void)wf_id_parse(wf_str_of(text_of(what, "patch")), &id);
        body = body_of(arena, what, of_patch);
        return weft_document_patch(session, id, body.at, body.len, &how);
    }
    (void)wf_id_parse(wf_str_of(text_of(what, "id")), &id);
    body = body_of(arena, what, of_act);
    return weft_document_act(session, id, text_of(what, "act"), body.at,
                             body.len, &how);
}

/* What did not pass is a command that says why. */
static weft_command *refused(weft_session *session, const weft_error *err)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, create_and_act);

    if (wf_command_is_sound(command))
        command->err = *err;
    return command;
}

weft_command *weft_bot_do(weft_session *session, const char *body, size_t len)
{
    static const struct wf_member members[] = {
        { "confirm", WF_BODY_TEXT, offsetof(struct confirmed, token), true },
    };
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    weft_error err = wf_error_in(session->asker.lang);
    struct confirmed with = { .token = NULL };
    struct wf_diags findings;
    struct wf_text text = { body, len };

    if (!weft_session_meet(session, &err))
        return refused(session, &err);
    err = wf_error_in(session->asker.lang);
    findings = (struct wf_diags)WF_DIAGS_INIT(arena, session->asker.lang);
    if (!wf_body_read(&findings, members, WF_COUNT(members), text, &with, &err)
        || !open_token(session, arena, &with, &err))
        return refused(session, &err);
    return order_of(session, arena, &with);
}
