/* connect/source.c - a channel that is fetched from (api/connector.c): nothing
 * is sent there, but a test asks whether it answers.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "connect/sending_parts.h"

struct wf_outcome wf_send_source(const struct wf_sending *sending)
{
    const char *bearer = wf_sending_secret(sending, "bearer");
    const char *headers[] = { NULL, NULL };
    struct wf_outgoing what = { .url = wf_sending_config(sending, "url"),
                                .headers = bearer ? headers : NULL,
                                .inside = wf_sending_inside(sending) };
    struct wf_incoming in;
    struct wf_outcome out;

    if (!wf_str_starts(sending->letter->key, "test_"))
        return wf_sending_problem(
            sending, WF_SENT_NOT, "%s",
            wf_message(sending->lang,
                       WF_MESSAGE("Nothing is sent there: it is for "
                                  "fetching.")));
    if (bearer)
        headers[0] =
            wf_arena_printf(sending->arena, "Authorization: Bearer %s", bearer);
    if (!wf_sending_ask(sending, &what, &in, &out))
        return out;
    return wf_sending_status(sending, &in);
}
