/* connect/webhook.c - signed webhooks. Source: Standard Webhooks 1.0.0.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hash.h"
#include "connect/sending_parts.h"

#define PREFIX "whsec_"

/* " v1,SIGNATURE" with one secret; "" without it. */
static const char *sign(const struct wf_sending *sending, const char *secret,
                        const char *text)
{
    struct wf_arena *arena = sending->arena;
    struct wf_str given = wf_str_of(secret);
    size_t len;
    const char *key;

    if (!secret || !wf_str_starts(secret, PREFIX))
        return "";
    given.at += strlen(PREFIX);
    given.len -= strlen(PREFIX);
    key = wf_base64_bytes(arena, given, &len);
    if (!key)
        return "";
    return wf_arena_printf(
        arena, " v1,%s",
        wf_hmac_base64(arena, (struct wf_str){ key, len }, text, strlen(text)));
}

/* While a secret is changed for another both sign. */
struct wf_outcome wf_send_webhook(const struct wf_sending *sending)
{
    struct wf_arena *arena = sending->arena;
    const struct wf_letter *letter = sending->letter;
    long long at = letter->at / 1000;
    const char *text =
        wf_arena_printf(arena, "%s.%lld.%s", letter->key, at, letter->body);
    const char *by = sign(sending, wf_sending_secret(sending, "secret"), text);
    const char *by_old =
        sign(sending, wf_sending_secret(sending, "old_secret"), text);
    const char *headers[] = {
        wf_arena_printf(arena, "webhook-id: %s", letter->key),
        wf_arena_printf(arena, "webhook-timestamp: %lld", at),
        wf_arena_printf(arena, "webhook-signature:%s%s", by, by_old),
        NULL,
    };
    struct wf_outgoing what = { .url = wf_sending_config(sending, "url"),
                                .json = letter->body,
                                .headers = headers,
                                .inside = wf_sending_inside(sending) };
    struct wf_incoming in;
    struct wf_outcome out;

    if (!wf_sending_ask(sending, &what, &in, &out))
        return out;
    return wf_sending_status(sending, &in);
}
