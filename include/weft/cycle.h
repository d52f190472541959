/* weft/cycle.h - cycles: launched, looked at, calibrated.
 *
 * Whoever may deploy into its package launches a cycle and sees how far its
 * runs have come. Who takes part sees the cycle, the times of its stages and
 * their own documents; who calibrates sees the groups that are theirs.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_CYCLE_H
#define WEFT_CYCLE_H

#include <weft/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One run of one cycle, by its id. */
typedef struct weft_cycle_ref {
    const char *cycle;
    int64_t run;
} weft_cycle_ref;

/* {"items":[cycle]}: those that I may see. A cycle: {"id","label","help",
 * "every","launch","may_launch","may_calibrate","stages":[{"id","label",
 * "form"}],"calibrations":[…],"runs":[run]}, newest first; in the list the
 * newest three. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_cycle_list(weft_session *session);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_cycle_get(weft_session *session,
                                                    const char *id);

/* {"period"?,"audience"?,"dry_run"?}: the run, or with dry_run what it would
 * be: {"period","people","sample","stages"}. The same period again makes
 * nothing twice: whoever is new in its audience is added. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_cycle_launch(weft_session *session,
                                                         const char *id,
                                                         const char *body,
                                                         size_t len,
                                                         const weft_how *how);

/* {"id","cycle","period","start","end","state":"gathering|making|running|
 * closed","audience","launched","by","people","stages":[{"id","label","form",
 * "state","opens","due","freeze","reveal","close","made","refused","open",
 * "handed_in","done","void"}],"mine":[{"stage","document"}]}; counts are for
 * whoever launches. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_cycle_run(weft_session *session,
                                                    const weft_cycle_ref *run);

/* {"items":[{"person","gone","documents":[{"stage","document","state","step",
 * "handed_in"}|{"stage","code","reason"}]}],"next"}, for whoever launches.
 * Parameters: limit, cursor. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_cycle_members(
    weft_session *session, const weft_cycle_ref *run, const weft_param *params,
    size_t n);

/* {"stage"?}: reveals now; the run. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_cycle_reveal(
    weft_session *session, const weft_cycle_ref *run, const char *body,
    size_t len);

/* {"stage"?}: reminds, soon, whoever has not handed in what the open stages
 * made and was told nothing of it within the hour; the run. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_cycle_remind(
    weft_session *session, const weft_cycle_ref *run, const char *body,
    size_t len);

/* {"id","label","form","field","opens","due","groups":[{"unit","name","n",
 * "may","distribution":[…],"problems":[…],"people"?}],"grid"?}. Parameters:
 * id (of the calibration; else the first), unit (then with its people), x and
 * y (fields: a grid of both). */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_cycle_calibration(
    weft_session *session, const weft_cycle_ref *run, const weft_param *params,
    size_t n);

/* {"value","reason"}: sets it over the document's own, where a calibration
 * lets me; null takes it away. The document. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_document_override(
    weft_session *session, int64_t id, const char *field, const char *body,
    size_t len);

#ifdef __cplusplus
}
#endif

#endif
