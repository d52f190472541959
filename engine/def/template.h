/* def/template.h - titles and messages: text with expressions in braces.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_TEMPLATE_H
#define WF_DEF_TEMPLATE_H

#include "def/expr.h"

/* Templates such as "{owner.name} {period}": literal text and expressions. */
struct wf_template;
struct wf_template *wf_template_parse(struct wf_arena *arena,
                                      struct wf_place place, const char *text,
                                      struct wf_diags *diags);
bool wf_template_link(struct wf_arena *arena, struct wf_template *template,
                      const struct wf_scope *scope, struct wf_diags *diags);
/* Calls `see` for each field that it reads. */
void wf_template_uses(const struct wf_template *template,
                      void (*see)(void *self, const struct wf_field *field),
                      void *self);
WF_MUST_CHECK bool wf_template_fill(const struct wf_template *template,
                                    const struct wf_env *env, const char **out,
                                    weft_error *err);

/* The same for somebody who sees the fields for which `sees` is true: what
 * reads any other is absent. */
struct wf_sight {
    bool (*sees)(const void *self, const struct wf_field *field);
    const void *self;
};
WF_MUST_CHECK bool wf_template_fill_for(const struct wf_template *template,
                                        const struct wf_sight *sight,
                                        const struct wf_env *env,
                                        const char **out, weft_error *err);

/* For the browser's twin: [{"text":"before it","value":tree,"field":path}], the
 * last one perhaps without a value; "field" where the value is that of a field
 * itself, whose options have labels. */
void wf_template_json(const struct wf_template *template,
                      struct wf_json_writer *out);

#endif
