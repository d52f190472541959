/* weft/organisation.h - people, units, roles, and the store's own upkeep.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_ORGANISATION_H
#define WEFT_ORGANISATION_H

#include <weft/package.h>

#ifdef __cplusplus
extern "C" {
#endif

WEFT_API WEFT_MUST_CHECK weft_reply *weft_people_list(weft_session *session,
                                                      const weft_param *params,
                                                      size_t n);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_person_get(weft_session *session,
                                                     const char *id);
/* A person as of a day (2026-10-12), and a page of the lines above them, or
 * with below=true beneath them: `on` one day, else all; limit, cursor. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_person_on(weft_session *session,
                                                    const char *id,
                                                    const char *day);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_person_lines(weft_session *session,
                                                       const char *id,
                                                       const weft_param *params,
                                                       size_t n);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_unit_list(weft_session *session);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_role_list(weft_session *session);

/* For administrators: all that is stored of a person or unit, in the words of
 * the columns of a CSV; and one of them added, changed or moved by an object of
 * these words. `on` in it, a day to come, plans the change: {"planned":{"id",
 * "on"}}; else the answer is the record after it. A move takes `parent` and
 * `manager`, to whom the unit's head reports from then on. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_person_record(weft_session *session,
                                                        const char *id);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_unit_record(weft_session *session,
                                                      const char *id);
WEFT_API WEFT_MUST_CHECK weft_command *weft_person_add(weft_session *session,
                                                       const char *body,
                                                       size_t len);
WEFT_API WEFT_MUST_CHECK weft_command *weft_person_edit(weft_session *session,
                                                        const char *id,
                                                        const char *body,
                                                        size_t len);
WEFT_API WEFT_MUST_CHECK weft_command *weft_unit_add(weft_session *session,
                                                     const char *body,
                                                     size_t len);
WEFT_API WEFT_MUST_CHECK weft_command *weft_unit_edit(weft_session *session,
                                                      const char *id,
                                                      const char *body,
                                                      size_t len);
WEFT_API WEFT_MUST_CHECK weft_command *weft_unit_move(weft_session *session,
                                                      const char *id,
                                                      const char *body,
                                                      size_t len);

/* The changes that wait for their day, and one of them given up. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_planned_list(weft_session *session);
WEFT_API WEFT_MUST_CHECK weft_command *weft_planned_cancel(
    weft_session *session, int64_t id);

/* CSV, all or nothing: {"rows","added","changed","same","left"}. `what` is
 * "people", "units" or "history"; `check` changes nothing, and tells the
 * "differences" that it would make. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_import(weft_session *session,
                                                   const char *what,
                                                   const char *csv, size_t len,
                                                   bool check);

/* What is wrong with the store: {"findings":[…]}; WEFT_E_INVALID if any. Only
 * for the system and administrators. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_verify(weft_session *session);

/* The same, and whether the history is still the one of the seals that `text`,
 * a log or a file of seals, has. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_verify_seals(weft_session *session,
                                                       const char *text,
                                                       size_t len);

/* Seals the history as it is now: {"seal": "weft-seal LANE:N:HASH …"}. A server
 * does so each hour and at its end, and writes it to its log. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_seal(weft_session *session);

/* A new store's first person: `admin` with the role admin. The body is
 * {"login","password"}; the password is made where it is NULL. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_init_admin(weft_session *session,
                                                       const char *password);

/* The sample company that packages are shown with, for the system alone, on a
 * store that nobody else uses: "units.csv" and "people.csv" are imported, then
 * "group-units.csv" and "group-people.csv"; then files "….json" tell what these
 * people did, and it is done as commands of theirs, in order of time. Where the
 * imports add nobody, the company is there already and nothing is done.
 *
 * Such a file is {"password"?, "acts": [ACT…]}. An act has `as` (a login),
 * `days` (before now; 20.5 is twelve hours less than 21; with `after`, "month"
 * or "half-1", days after the end of the last month, the half year before the
 * last one; "quarter" is the last one that is calibrated, "quarter+1" the one
 * behind it; with "quarter-1 quarter" after each of them; what would come after
 * today is left out), and one of: `create` (a form; with `data`, `under`, and
 * `call`, a name for the document in the files of this folder, until another is
 * called so); `on` (such a name) or `work` (a form: what has waited longest for
 * them, maybe `about` somebody) with `act` (an action; with `data`, `comment`,
 * `to`), `patch` (data), `override` (a field; data has value and reason) or
 * `say` (a comment); `launch` (a cycle, maybe for an `audience`); `feed` (a
 * metric, with `subject` and `values`, one a day). Nobody's are the acts with
 * `happen`: "due" does what waited for its time until then, "look" has alerts
 * look. `each` has many acts alike: a list of what differs.
 *
 * In data the text "@NAME" is the document of that name, "@+60" the day sixty
 * days after today, "@~5" five days after the act, "@quarter" the quarter of
 * today, and the rows of a table are those that are there, in their order. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_init_demo(weft_session *session,
                                                    const weft_file *files,
                                                    size_t n);

#ifdef __cplusplus
}
#endif

#endif
