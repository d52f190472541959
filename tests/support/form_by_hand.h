/* support/form_by_hand.h - forms and packages from a few words of JSON, so that
 * the tests of formulas need no parser of definitions.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_FORM_BY_HAND_H
#define SUPPORT_FORM_BY_HAND_H

#include "def/form.h"

/* A form of `fields`, [{"id":"total","type":"number"}, …]. Members of a field:
 * id, type; required, private, reverse, sentence (booleans), digits, options
 * (ids), scale (of `package`), form, currency, unit (of a period), columns (of
 * an item table). `package` may be NULL. */
struct wf_form *form_by_hand(struct wf_arena *arena,
                             const struct wf_package *package,
                             const struct wf_json *fields);

/* {"settings":{"cap":10, …},"scales":{"five":[["5",5,"卓越"], …]}}: a setting's
 * type is that of its default, a point is its id, value and label. */
struct wf_package *package_by_hand(struct wf_arena *arena,
                                   const struct wf_json *json);

#endif
