/* doc/list_data.c - the fields that a list shows beside its summaries.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/list_data.h"

#include "doc/access.h"
#include "doc/view.h"

/* What `data` has of the fields that are named. */
static void write_named(struct wf_arena *arena, const char *names,
                        const struct wf_json *data, struct wf_json_writer *out)
{
    struct wf_str rest = wf_str_of(names), name;

    wf_jw_open(out, '{');
    while (wf_str_split(&rest, ' ', &name)) {
        const char *id = wf_arena_slice(arena, name);
        const struct wf_json *value = wf_json_get(data, id);

        if (!value)
            continue;
        wf_jw_key(out, id);
        wf_jw_tree(out, value);
    }
    wf_jw_close(out, '}');
}

bool wf_list_data(struct wf_call *call, wf_id id, const char *fields,
                  struct wf_json_writer *out, weft_error *err)
{
    struct wf_rights rights;
    struct wf_json *data;
    struct wf_doc *doc;

    if (!wf_doc_open(call, id, &doc, &rights, err)
        || !wf_view_data(call, doc, &rights, &data, err))
        return false;
    wf_jw_key(out, "data");
    write_named(call->arena, fields, data, out);
    return true;
}
