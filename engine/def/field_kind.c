/* def/field_kind.c - what the compiler, the values and the model need to know
 * of each field type, a row each.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "def/form.h"

/* clang-format off */
static const struct wf_field_kind kinds[WF_N_FIELD_TYPES] = {
    /*                  word        type           of         options members */
    [WF_F_TEXT]     = { "text",     WF_T_TEXT,     WF_T_NIL,    false, false },
    [WF_F_LONGTEXT] = { "longtext", WF_T_TEXT,     WF_T_NIL,    false, false },
    [WF_F_NUMBER]   = { "number",   WF_T_NUMBER,   WF_T_NIL,    false, false },
    [WF_F_PERCENT]  = { "percent",  WF_T_NUMBER,   WF_T_NIL,    false, false },
    [WF_F_MONEY]    = { "money",    WF_T_NUMBER,   WF_T_NIL,    false, false },
    [WF_F_BOOLEAN]  = { "boolean",  WF_T_BOOLEAN,  WF_T_NIL,    false, false },
    [WF_F_DATE]     = { "date",     WF_T_DATE,     WF_T_NIL,    false, false },
    [WF_F_DATETIME] = { "datetime", WF_T_DATETIME, WF_T_NIL,    false, false },
    [WF_F_DURATION] = { "duration", WF_T_NUMBER,   WF_T_NIL,    false, false },
    [WF_F_CHOICE]   = { "choice",   WF_T_TEXT,     WF_T_NIL,    true,  false },
    [WF_F_CHOICES]  = { "choices",  WF_T_LIST,     WF_T_TEXT,   true,  true  },
    [WF_F_RATING]   = { "rating",   WF_T_NUMBER,   WF_T_NIL,    false, false },
    [WF_F_PERSON]   = { "person",   WF_T_PERSON,   WF_T_NIL,    false, false },
    [WF_F_PEOPLE]   = { "people",   WF_T_LIST,     WF_T_PERSON, false, true  },
    [WF_F_UNIT]     = { "unit",     WF_T_UNIT,     WF_T_NIL,    false, false },
    [WF_F_LINK]     = { "link",     WF_T_LINK,     WF_T_NIL,    false, false },
    [WF_F_LINKS]    = { "links",    WF_T_LIST,     WF_T_LINK,   false, true  },
    [WF_F_FILE]     = { "file",     WF_T_TEXT,     WF_T_NIL,    false, false },
    [WF_F_FILES]    = { "files",    WF_T_LIST,     WF_T_TEXT,   false, true  },
    [WF_F_AUDIO]    = { "audio",    WF_T_TEXT,     WF_T_NIL,    false, false },
    [WF_F_EMOJI]    = { "emoji",    WF_T_TEXT,     WF_T_NIL,    false, false },
    [WF_F_TAGS]     = { "tags",     WF_T_LIST,     WF_T_TEXT,   false, true  },
    [WF_F_PERIOD]   = { "period",   WF_T_PERIOD,   WF_T_NIL,    false, false },
    [WF_F_PROGRESS] = { "progress", WF_T_NUMBER,   WF_T_NIL,    false, false },
    [WF_F_EMAIL]    = { "email",    WF_T_TEXT,     WF_T_NIL,    false, false },
    [WF_F_URL]      = { "url",      WF_T_TEXT,     WF_T_NIL,    false, false },
    [WF_F_PHONE]    = { "phone",    WF_T_TEXT,     WF_T_NIL,    false, false },
    [WF_F_JSON]     = { "json",     WF_T_ANY,      WF_T_NIL,    false, false },
    [WF_F_ITEMS]    = { "items",    WF_T_TABLE,    WF_T_NIL,    false, true  },
};
/* clang-format on */

const struct wf_field_kind *wf_field_kind(enum wf_field_type type)
{
    assert(type < WF_N_FIELD_TYPES);
    return &kinds[type];
}
