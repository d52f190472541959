/* api/release.c - a stored version goes live, becomes a pilot, is ended, or
 * gives way to the one before.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/command.h"
#include "api/form.h"
#include "api/proposal.h"
#include "api/rollout.h"
#include "api/versions.h"
#include "base/error.h"
#include "def/release.h"
#include "doc/history.h"
#include "flow/retention.h"

/* --- The commands */

struct change {
    const char *form;
    int64_t version; /* 0: the one before */
    const char *pilot, *at, *reason;
};

static const char *zone_of(struct wf_turn *turn, const char *package)
{
    const struct wf_package *found =
        wf_registry_package(turn->call.registry, package);

    return found ? found->timezone : "Asia/Shanghai";
}

static struct wf_release release_of(struct wf_turn *turn,
                                    const struct change *change, int version)
{
    return (struct wf_release){
        .form = change->form,
        .version = version,
        .audience = wf_pilot_text(turn->call.arena, change->pilot),
        .by = turn->call.me ? turn->call.me->id : 0,
        .now = turn->call.now,
        .ids = turn->call.ids,
    };
}

static bool note(struct wf_call *call, const char *kind, const char *what,
                 const char *why, weft_error *err)
{
    struct wf_event event = { .kind = kind, .comment = what };

    if (why)
        event.comment = wf_arena_printf(call->arena, "%s: %s", what, why);
    return wf_history_add(call, &event, err);
}

/* Tells of it, and answers with the versions as they are now. */
static bool finish(struct wf_turn *turn, const char *kind,
                   const struct change *change, int version, weft_error *err)
{
    struct wf_arena *arena = turn->call.arena;
    const char *what = wf_arena_printf(arena, "%s@%d", change->form, version);
    const struct wf_form *form;

    if (change->pilot)
        what = wf_arena_printf(arena, "%s %s", what, change->pilot);
    if (change->at)
        what = wf_arena_printf(arena, "%s %s", what, change->at);
    return wf_registry_version(turn->call.registry, turn->call.db, change->form,
                               version, &form, err)
           && wf_retention_begin(&turn->flow, form, err)
           && wf_generation_bump(turn->call.db, "definition", err)
           && note(&turn->call, kind, what, change->reason, err)
           && wf_versions_write(turn, change->form, NULL, err);
}

static bool plan_version(struct wf_turn *turn, const struct wf_release *release,
                         int64_t at, weft_error *err)
{
    struct wf_version_info info;
    struct wf_deployed row = { .kind = "form", .planned = true };
    struct wf_deployed_rows rows = { &row, 1 };

    if (!wf_version_load(turn->call.db, turn->call.arena, release->form,
                         release->version, &info, err))
        return false;
    if (info.live)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Version %d of \"%s\" is live already.",
                       release->version, release->form);
    row.row = info.row;
    return wf_release_plan(turn->call.db, info.row, release->audience, at, err)
           && wf_plan(&turn->flow, &rows, at, err);
}

/* What was never live for everyone has not been approved, where that is asked
 * for. */
static bool check_approved(struct wf_turn *turn, const char *package,
                           const struct wf_release *release, weft_error *err)
{
    struct wf_eras eras;

    if (!wf_proposal_form(turn, package))
        return true;
    if (!wf_eras_load(turn->call.db, turn->call.arena, release->form, &eras,
                      err))
        return false;
    for (size_t i = 0; i < eras.n; i++)
        if (eras.at[i].version == release->version && !eras.at[i].audience)
            return true;
    return wf_fail(err, WEFT_E_DENIED,
                   "Deploys into \"%s\" are asked for: send the text again, "
                   "and it waits for its approval.",
                   package);
}

static bool run_release(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct change *change = with;
    struct wf_release release = release_of(turn, change, (int)change->version);
    const char *package;
    int64_t at;

    if (!wf_versions_open(turn, change->form, &package, err)
        || !check_approved(turn, package, &release, err)
        || !wf_pilot_check(turn, release.audience, err)
        || !wf_plan_time(turn, change->at, zone_of(turn, package), &at, err))
        return false;
    return (at ? plan_version(turn, &release, at, err)
               : wf_release(turn->call.db, &release, err))
           && finish(turn, "release", change, release.version, err);
}

static bool run_end(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct change *change = with;
    struct wf_release release = release_of(turn, change, (int)change->version);
    const char *package;

    return wf_versions_open(turn, change->form, &package, err)
           && wf_release_end(turn->call.db, &release, err)
           && finish(turn, "retire", change, release.version, err);
}

/* Which version is rolled back to. */
static bool find_before(struct wf_turn *turn, const struct change *change,
                        int *out, weft_error *err)
{
    struct wf_eras eras;

    *out = (int)change->version;
    if (*out)
        return true;
    if (!wf_eras_load(turn->call.db, turn->call.arena, change->form, &eras,
                      err))
        return false;
    *out = wf_eras_before(&eras);
    return *out
           || wf_fail(err, WEFT_E_CONFLICT,
                      "Before the present version of \"%s\" none was for "
                      "everyone.",
                      change->form);
}

static bool run_rollback(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    const struct change *change = with;
    struct wf_release release;
    const char *package;
    int version;

    if (!wf_versions_open(turn, change->form, &package, err)
        || !find_before(turn, change, &version, err))
        return false;
    release = release_of(turn, change, version);
    return check_approved(turn, package, &release, err)
           && wf_release(turn->call.db, &release, err)
           && finish(turn, "rollback", change, version, err);
}

/* --- The doors */

/* clang-format off */
static const struct wf_member of_release[] = {
    { "pilot",  WF_BODY_TEXT, offsetof(struct change, pilot),   false },
    { "at",     WF_BODY_TEXT, offsetof(struct change, at),      false },
    { "reason", WF_BODY_TEXT, offsetof(struct change, reason),  false },
};
static const struct wf_member of_rollback[] = {
    { "to",     WF_BODY_INT,  offsetof(struct change, version), false },
    { "reason", WF_BODY_TEXT, offsetof(struct change, reason),  false },
};
static const struct wf_member of_end[] = {
    { "reason", WF_BODY_TEXT, offsetof(struct change, reason),  false },
};
/* clang-format on */

static struct change *change_of(weft_command *command, const char *form,
                                int version)
{
    struct change *change = WF_NEW(command->arena, struct change);

    change->form = wf_arena_str(command->arena, form);
    change->version = version;
    return change;
}

weft_command *weft_form_release(weft_session *session,
                                const weft_version *which, const char *body,
                                size_t len)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_DEPLOY, run_release);

    wf_command_read(command, of_release, WF_COUNT(of_release),
                    (struct wf_text){ body, len },
                    change_of(command, which->form, which->version));
    return command;
}

weft_command *weft_form_retire(weft_session *session, const weft_version *which,
                               const char *body, size_t len)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_DEPLOY, run_end);

    wf_command_read(command, of_end, WF_COUNT(of_end),
                    (struct wf_text){ body, len },
                    change_of(command, which->form, which->version));
    return command;
}

weft_command *weft_form_rollback(weft_session *session, const char *form,
                                 const char *body, size_t len)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_DEPLOY, run_rollback);

    wf_command_read(command, of_rollback, WF_COUNT(of_rollback),
                    (struct wf_text){ body, len }, change_of(command, form, 0));
    return command;
}
