/* def/who.c - words for people, written out and asked about.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/who.h"

#include "base/buf.h"
#include "def/form.h"

/* clang-format off */
static const char *const names[] = {
    [WF_WHO_AND]          = " and ",
    [WF_WHO_OR]           = ", ",
    [WF_WHO_EXCEPT]       = " except ",
    [WF_WHO_OWNER]        = "owner",
    [WF_WHO_CREATOR]      = "creator",
    [WF_WHO_ME]           = "me",
    [WF_WHO_PARTICIPANTS] = "participants",
    [WF_WHO_PERSON]       = "person",
    [WF_WHO_EVERYONE]     = "everyone",
    [WF_WHO_MANAGER]      = "manager",
    [WF_WHO_MANAGERS]     = "managers",
    [WF_WHO_ABOVE]        = "above",
    [WF_WHO_REPORTS]      = "reports",
    [WF_WHO_BELOW]        = "below",
    [WF_WHO_DOTTED]       = "dotted",
    [WF_WHO_TEAM]         = "team",
    [WF_WHO_PEERS]        = "peers",
    [WF_WHO_HEAD]         = "head",
    [WF_WHO_HEADS]        = "heads",
    [WF_WHO_MEMBERS]      = "members",
    [WF_WHO_ROLE]         = "role",
    [WF_WHO_LUA]          = "lua",
    [WF_WHO_UNIT_OF]      = "unit",
};
/* clang-format on */

static void write_call(struct wf_buf *out, const struct wf_who *who)
{
    wf_buf_printf(out, "%s(", names[who->kind]);
    if (who->name)
        wf_buf_str(out, who->name);
    if (who->name && who->arg)
        wf_buf_str(out, ", ");
    if (who->arg)
        wf_who_write(out, who->arg);
    if (who->kind == WF_WHO_MANAGERS || who->n > 1)
        wf_buf_printf(out, ", %d", who->n);
    wf_buf_char(out, ')');
}

void wf_who_write(struct wf_buf *out, const struct wf_who *who)
{
    switch (who->kind) {
    case WF_WHO_AND:
    case WF_WHO_OR:
    case WF_WHO_EXCEPT:
        wf_who_write(out, who->left);
        wf_buf_str(out, names[who->kind]);
        wf_who_write(out, who->right);
        break;
    case WF_WHO_OWNER:
    case WF_WHO_CREATOR:
    case WF_WHO_ME:
    case WF_WHO_PARTICIPANTS:
    case WF_WHO_EVERYONE:
        wf_buf_str(out, names[who->kind]);
        break;
    case WF_WHO_FIELD:
    case WF_WHO_UNIT_FIELD:
        wf_buf_str(out, who->field->path);
        break;
    case WF_WHO_UNIT_KEY:
        wf_buf_str(out, who->name);
        break;
    default:
        write_call(out, who);
        break;
    }
}

bool wf_who_needs_document(const struct wf_who *who)
{
    if (!who)
        return false;
    switch (who->kind) {
    case WF_WHO_OWNER:
    case WF_WHO_CREATOR:
    case WF_WHO_PARTICIPANTS:
    case WF_WHO_FIELD:
    case WF_WHO_UNIT_FIELD:
    case WF_WHO_LUA:
        return true;
    default:
        return who->field || wf_who_needs_document(who->left)
               || wf_who_needs_document(who->right)
               || wf_who_needs_document(who->arg);
    }
}
