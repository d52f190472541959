/* base/json_object.h - for the files json*.c: members of objects.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_JSON_OBJECT_H
#define WF_BASE_JSON_OBJECT_H

#include "base/json.h"

/* Appends a member whose `key` is not in `object` yet. The key is borrowed by
 * the tree and has a zero behind it. */
void wf_json_append(struct wf_arena *arena, struct wf_json *object,
                    struct wf_str key, struct wf_json *value);

#endif
