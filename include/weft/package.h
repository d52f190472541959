/* weft/package.h - definitions: checked, deployed, cloned, looked at.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_PACKAGE_H
#define WEFT_PACKAGE_H

#include <weft/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One text; `name` is relative to the package ("trip.form.xml"). */
typedef struct weft_file {
    const char *name;
    const char *text;
    size_t len;
} weft_file;

typedef struct weft_deploy {
    const weft_file *files;
    size_t n_files;
    const char *package; /* of a new id that comes without package.xml */
    const char *pilot;   /* WHO, or unit:ID; NULL: for everyone */
    const char *at;      /* when it goes live: RFC 3339, or a day; NULL: now */
} weft_deploy;

/* The compiler alone, without a store: {"diagnostics":[…]}; the error is
 * WEFT_E_INVALID if there is any of severity error. Needs no engine; what the
 * files name beyond themselves is found in `engine` if that is not NULL. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_check(weft_engine *engine,
                                                const char *lang,
                                                const weft_deploy *what);

/* Checks and makes live: {"deployed":[{"kind","id","version","planned"?}],
 * "diagnostics":[…]}. The text of a version that is there already makes no new
 * one: a pilot is widened, or made for everyone. Refused: WEFT_E_INVALID, body
 * the diagnostics. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_deploy_run(weft_session *session,
                                                       const weft_deploy *what);

/* The same with the bytes of a zip, or of one XML file. `check` only checks;
 * `test` plays the scenarios of the zip first (weft/scenario.h) and refuses it
 * if one is red: each is a diagnostic of code "scenario", with what happened
 * until then. */
typedef struct weft_upload {
    const void *data;
    size_t len;
    bool zip;
    bool check, test;
    const char *package, *pilot, *at;
    const char *reason; /* for whoever approves it, where that is asked for */
} weft_upload;
WEFT_API WEFT_MUST_CHECK weft_command *weft_deploy_upload(
    weft_session *session, const weft_upload *upload);

/* {"id","label","overlay","changes":[{"op","sel","xml"}]} */
WEFT_API WEFT_MUST_CHECK weft_command *weft_form_clone(weft_session *session,
                                                       const char *form,
                                                       const char *body,
                                                       size_t len);

/* What really happened, and what could be left out because of it: {"items":
 * [{"form","kind","path","other"?,"cases","days"?,"text":{"zh-CN","en"}}]};
 * kind is level, waiting, unfilled, unread or twice. NULL: of all forms that
 * one may deploy. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_lint(weft_session *session,
                                               const char *form);

/* {"to","dry_run"?,"steps"?,"fields"?,"reason"?,"limit"?,"cursor"?}: running
 * documents move to another version. `steps` and `fields` say where what the
 * version does not have goes: {"old": "new"}. A trial (dry_run) does it and
 * undoes it, a page of documents at a time: {"form","to","dry_run","steps",
 * "fields","documents","next","total","examined","moves","refused","hidden"}.
 * Else the first documents move, the rest by timers, and the answer is how far
 * it has come: {"id","form","to","state","moved","refused","left",…,
 * "refusals"}; asked for again, it goes on. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_form_migrate(weft_session *session,
                                                         const char *form,
                                                         const char *body,
                                                         size_t len);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_migration_list(weft_session *session,
                                                         const char *form);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_migration_get(weft_session *session,
                                                        const char *form,
                                                        int64_t run);
/* Moves the next documents now, for who waits for all of them. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_migration_go_on(
    weft_session *session, const char *form, int64_t run);

/* Definitions of any kind as texts, for whoever may deploy into their package.
 * What is live, of one kind or (NULL) of all, and all versions of one:
 * {"items":[{"kind","id","label"?,"package","version","live","hash","deployed",
 * "planned"?}]}. The text: body is XML; version 0: the live one. What differs
 * between two: as weft_form_diff(), with "kind" and "id". */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_definition_list(weft_session *session,
                                                          const char *kind);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_definition_versions(
    weft_session *session, const char *kind, const char *id);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_definition_xml(weft_session *session,
                                                         const char *kind,
                                                         const char *id,
                                                         int version);
typedef struct weft_definition {
    const char *kind, *id;
} weft_definition;
WEFT_API WEFT_MUST_CHECK weft_reply *weft_definition_diff(
    weft_session *session, const weft_definition *of, int from, int to);

WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_list(weft_session *session);
/* version 0: the live one */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_get(weft_session *session,
                                                   const char *form,
                                                   int version);
/* body is XML */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_xml(weft_session *session,
                                                   const char *form,
                                                   int version);
/* body is BPMN 2.0: its workflow, drawn; the formulas in it are of the text */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_bpmn(weft_session *session,
                                                    const char *form,
                                                    int version);
/* Newest first: {"items":[{"version","state","live","pilot","people"?,
 * "planned","documents","hash","base","deployed","deployed_by","eras":[…]}]};
 * state is live, pilot, planned or retired. With a login also {"given":{"form",
 * "version"}}: what that person is given for a new document. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_versions(weft_session *session,
                                                        const char *form,
                                                        const char *login);

/* The overlays of a form, and the form itself if it is one, beside the present
 * version of their base: {"items":[{"id","label","version","base",
 * "base_version","base_live","behind","applies","diagnostics","changes"}]}. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_overlays(weft_session *session,
                                                        const char *form);

/* Which versions are live. Each answers with the versions as they are then. */
typedef struct weft_version {
    const char *form;
    int version;
} weft_version;
/* {"pilot"?,"at"?,"reason"?}: a stored version is given to new documents, of
 * everyone, or of a pilot's people, whom this also widens; now or at a time. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_form_release(
    weft_session *session, const weft_version *which, const char *body,
    size_t len);
/* {"reason"?}: ends a pilot, or takes back what was planned. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_form_retire(
    weft_session *session, const weft_version *which, const char *body,
    size_t len);
/* {"to"?,"reason"?}: everyone is given the version before again, or `to`. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_form_rollback(weft_session *session,
                                                          const char *form,
                                                          const char *body,
                                                          size_t len);
/* {"form","from","to","changes":[{"definition","kind","path","label","change",
 * "attribute"?,"from","to","text":{"zh-CN","en"}}]}; to 0: the live one */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_diff(weft_session *session,
                                                    const char *form, int from,
                                                    int to);
/* The same for texts that nobody has deployed, of forms and all else that a
 * package holds. Needs no engine. Refused if they are not well-formed:
 * WEFT_E_INVALID, body the diagnostics. */
typedef struct weft_diff_texts {
    const weft_file *from, *to;
    size_t n_from, n_to;
} weft_diff_texts;
WEFT_API WEFT_MUST_CHECK weft_reply *weft_diff(const char *lang,
                                               const weft_diff_texts *texts);
/* {"data","as"?} */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_simulate(weft_session *session,
                                                        const char *form,
                                                        const char *body,
                                                        size_t len);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_evaluate(weft_session *session,
                                                        const char *form,
                                                        const char *body,
                                                        size_t len);

/* {"file","text","system","host":[{"name","signature","help"}]}: the hooks of a
 * version (0: the live one), and what they may call. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_hooks(weft_session *session,
                                                     const char *form,
                                                     int version);

/* Settings of packages: {"items":[{"package","id","label","value",…}]};
 * {"package","id","value"} */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_setting_list(weft_session *session);
WEFT_API WEFT_MUST_CHECK weft_command *weft_setting_set(weft_session *session,
                                                        const char *body,
                                                        size_t len);

#ifdef __cplusplus
}
#endif

#endif
