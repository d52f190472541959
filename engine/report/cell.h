/* report/cell.h - values of documents as cells of a table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_CELL_H
#define WF_REPORT_CELL_H

#include "def/form.h"
#include "org/person.h"
#include "report/table.h"

/* Who reads the cells: a program gets ids and logins, people labels and
 * names. */
struct wf_cells {
    struct wf_call *call;
    bool labels;
};

/* The people named in `value` join `ids`, to be loaded all at once before they
 * are written. */
struct wf_ids_list {
    wf_id *at;
    size_t n, cap;
};
void wf_cell_people(struct wf_arena *arena, struct wf_value value,
                    struct wf_ids_list *ids);

/* `field` (NULL: none) knows the labels of its options. */
WF_MUST_CHECK bool wf_cell_of(const struct wf_cells *cells,
                              const struct wf_field *field,
                              struct wf_value value, struct wf_cell *out,
                              weft_error *err);

#endif
