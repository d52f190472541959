/* api/upkeep.c - a new store's administrator, and what is wrong with an old
 * store.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/organisation.h>

#include "api/command.h"
#include "base/error.h"
#include "base/hash.h"
#include "def/registry.h"
#include "doc/file.h"
#include "doc/history.h"
#include "doc/seal.h"
#include "flow/verify.h"
#include "org/import.h"
#include "store/backup.h"

enum {
    PASSWORD_BYTES = 15 /* 20 characters */
};

static const char ADMIN[] = "admin";

/* --- The first person */

static bool add_admin(struct wf_turn *turn, const void *with, weft_error *err)
{
    const char *password = with;
    const struct wf_person *there;
    wf_id id;

    if (!wf_turn_administers(turn, err)
        || !wf_person_find_login(&turn->call, ADMIN, &there, err))
        return false;
    if (there)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This store has its administrator already.");
    if (!wf_person_add(&turn->call, ADMIN, "Administrator", ADMIN, &id, err)
        || !wf_password_save(&turn->call, id, password, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "login", ADMIN);
    wf_jw_key_text(&turn->out, "password", password);
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_command *weft_init_admin(weft_session *session, const char *password)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_ADMIN, add_admin);

    command->with = password ? wf_arena_str(command->arena, password)
                             : wf_random_text(command->arena, PASSWORD_BYTES);
    return command;
}

/* --- What is wrong */

static void verify_definitions(struct wf_call *call)
{
    const char *kind, *name;
    size_t cursor = 0;
    int version;

    while (wf_registry_broken(call->registry, &cursor, &kind, &name, &version))
        wf_diag_field(
            call->findings, "", "definition",
            "version %d of the %s \"%s\" is live and does not compile "
            "any more: deploy it again.",
            version, kind, name);
}

/* Whatever text with seals; empty: none is given. */
static bool verify(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wf_str *seals = with;

    if (!wf_turn_administers(turn, err))
        return false;
    verify_definitions(&turn->call);
    return wf_store_check(turn->call.db, &turn->findings, err)
           && wf_history_verify(&turn->call, err)
           && (!seals->at
               || wf_seal_verify(&turn->call, seals->at, seals->len, err))
           && wf_verify_documents(&turn->call, err)
           && wf_files_verify(&turn->call, err)
           && (turn->findings.n == 0
               || wf_fail(err, WEFT_E_INVALID,
                          "The store is not sound: %zu findings.",
                          turn->findings.n_errors));
}

/* Whatever was found is the body, in one shape whether it is nothing or much.
 */
weft_reply *weft_verify_seals(weft_session *session, const char *text,
                              size_t len)
{
    const struct wf_str seals = { text, len };
    weft_reply *reply =
        wf_question_unhurried(session, WEFT_SCOPE_ADMIN, verify, &seals);

    reply->body = wf_arena_printf(reply->arena, "{\"findings\":%s}",
                                  reply->len > 0 ? reply->body : "[]");
    reply->len = strlen(reply->body);
    return reply;
}

weft_reply *weft_verify(weft_session *session)
{
    return weft_verify_seals(session, NULL, 0);
}
