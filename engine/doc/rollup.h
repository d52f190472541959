/* doc/rollup.h - values that documents take from others.
 *
 * A document (the source) gives a part to each rollup of each document (the
 * target) that it is tied to; a target's value is worked out of the totals of
 * its parts. Saving a source brings its parts up to date, and where a total
 * changes its target is derived and saved in its turn, up the tree, in the
 * same transaction. Nobody has acted on what only follows: no event, no new
 * revision. The points of a metric are sources too: they are added up by days
 * already, so that no parts of them are kept.
 *
 * Source: docs/definition-language.md, "Rollups" and "Values of metrics".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_ROLLUP_H
#define WF_DOC_ROLLUP_H

#include "doc/doc.h"

/* --- rollup.c: of the target */

/* Puts the values of all fields that a rollup gives into doc->data: those of
 * the parts, or where there are none what was entered. */
WF_MUST_CHECK bool wf_rollup_derive(struct wf_call *call, struct wf_doc *doc,
                                    weft_error *err);

/* Whether parts give `field` its value now, so that nobody can write it. */
WF_MUST_CHECK bool wf_rollup_in_force(struct wf_call *call,
                                      const struct wf_doc *doc,
                                      const struct wf_field *field, bool *out,
                                      weft_error *err);

/* Whether that may become otherwise when the document's own fields change. */
bool wf_rollup_hangs_on_fields(const struct wf_form *form,
                               const struct wf_field *field);

/* What a rollup that is manual has beside it: the value that the others of
 * `field` would give. `*out` NULL where there is none. */
WF_MUST_CHECK bool wf_rollup_beside(struct wf_call *call,
                                    const struct wf_doc *doc,
                                    const struct wf_field *field,
                                    struct wf_json **out, weft_error *err);

/* The rollup that is asked for `field` now: the first one whose `when` holds.
 * NULL: none. */
WF_MUST_CHECK bool wf_rollup_chosen(struct wf_call *call,
                                    const struct wf_doc *doc,
                                    const struct wf_field *field,
                                    const struct wf_rollup **out,
                                    weft_error *err);

/* When a part of `field` last changed; 0: never. */
WF_MUST_CHECK bool wf_rollup_changed(struct wf_call *call,
                                     const struct wf_doc *doc,
                                     const struct wf_field *field, int64_t *out,
                                     weft_error *err);

/* {"rollup":"sum","of":"form","parts":3,"sources":[{"document","title",
 * "value","weight"}],"hidden":1}: how `field` comes about; of points
 * {"rollup":"avg","metric","label","parts":28,"from","to"}. NULL where no
 * rollup is asked. rollup_explain.c. */
WF_MUST_CHECK bool wf_rollup_explain(struct wf_call *call,
                                     const struct wf_doc *doc,
                                     const struct wf_field *field,
                                     struct wf_json **out, weft_error *err);

/* --- rollup_follow.c: of the source, once its row is written */

/* The document at the top of the tree that $1 gives values to, itself if there
 * is none: whoever changes one leaf changes it. For wf_store_options. */
extern const char wf_rollup_top[];

WF_MUST_CHECK bool wf_rollup_follow(struct wf_call *call,
                                    const struct wf_doc *doc, weft_error *err);

/* Finds all sources of `doc` anew, where it is new, runs on another version,
 * or what they are tied by has changed. Before it is derived and saved again:
 * `*changed` if it has to be. */
WF_MUST_CHECK bool wf_rollup_gather(struct wf_call *call,
                                    const struct wf_doc *doc, bool *changed,
                                    weft_error *err);

/* A document goes: its parts, and those that it was given. */
WF_MUST_CHECK bool wf_rollup_forget(struct wf_call *call, struct wf_doc *doc,
                                    weft_error *err);

/* Parts and totals as they are kept and as they would be made anew: a finding
 * for each that differs, for weft verify. */
WF_MUST_CHECK bool wf_rollup_verify(struct wf_call *call,
                                    const struct wf_doc *doc, bool *sound,
                                    weft_error *err);

/* --- rollup_points.c: points of a metric. */

struct wf_sums;
struct wf_metric;

/* What the points that `r` names add up to for `doc` as it is now; n 0: there
 * are none. `*metric` NULL: it is not there any more. */
WF_MUST_CHECK bool wf_rollup_points(
    struct wf_call *call, const struct wf_doc *doc, const struct wf_rollup *r,
    struct wf_sums *out, const struct wf_metric **metric, weft_error *err);

/* The value of `r`; nil where there are no points. */
WF_MUST_CHECK bool wf_rollup_points_value(struct wf_call *call,
                                          const struct wf_doc *doc,
                                          const struct wf_rollup *r,
                                          struct wf_value *out,
                                          weft_error *err);

/* Points of `subject` (a person's id, a unit's key) have come, from `from` to
 * `to` (ms): the documents that are open and take values out of them follow. A
 * point is a fact: no rule of theirs refuses it. */
WF_MUST_CHECK bool wf_rollup_points_came(struct wf_call *call,
                                         const struct wf_metric *metric,
                                         const char *subject, int64_t from,
                                         int64_t to, weft_error *err);

#endif
