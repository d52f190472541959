/* connect/sending.c - the table of kinds of channels, and what they share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/messages.h"
#include "connect/envelope.h"
#include "connect/sending_parts.h"
#include "flow/outbox.h"

enum {
    LONG_SECRET = 16, /* characters at least */
};

/* --- The table */

enum shape {
    A_TEXT,
    A_WEB_ADDRESS,  /* https, or http where it is inside */
    A_MAIL_SERVER,  /* smtp: or smtps: */
    A_MAIL_ADDRESS, /* one */
    A_HOOK_SECRET,  /* whsec_ and 24 to 64 bytes in Base64 */
    A_CIPHER_KEY,   /* 43 characters that stand for 32 bytes */
    A_LONG_SECRET,  /* nobody guesses it */
    A_KIND_OF_ID,   /* of people in Feishu */
    A_LIST,         /* of texts */
    A_EVENT_LIST,   /* of wf_outbox_events */
    A_YES_OR_NO,
};

/* What would be right, for whoever wrote something else. */
static const char *const wanted[] = {
    [A_TEXT] = WF_MESSAGE("Write one line of text."),
    [A_WEB_ADDRESS] = WF_MESSAGE("Write an address that begins with https://, "
                                 "or with http:// beside inside=true."),
    [A_MAIL_SERVER] = WF_MESSAGE("Write smtps://HOST:PORT or "
                                 "smtp://HOST:PORT."),
    [A_MAIL_ADDRESS] = WF_MESSAGE("Write one mail address, such as "
                                  "weft@example.com."),
    [A_HOOK_SECRET] = WF_MESSAGE("Write whsec_ and the Base64 of 24 to 64 "
                                 "bytes that nobody guesses."),
    [A_CIPHER_KEY] = WF_MESSAGE("Write the 43 letters and digits of the key "
                                "that the tool shows."),
    [A_LONG_SECRET] = WF_MESSAGE("Write 16 characters or more without spaces, "
                                 "which nobody guesses."),
    [A_KIND_OF_ID] = WF_MESSAGE("Write user_id, open_id or union_id."),
    [A_LIST] = WF_MESSAGE("Write a list of words."),
    [A_EVENT_LIST] = WF_MESSAGE("Write a list of some of these: "
                                "document.created, document.moved, "
                                "document.done, document.void."),
    [A_YES_OR_NO] = WF_MESSAGE("Write true or false."),
};

struct part {
    const char *name; /* NULL ends the list */
    enum shape shape;
    bool required, secret;
};

/* clang-format off */
static const struct part webhook_parts[] = {
    { "url",        A_WEB_ADDRESS, true,  false },
    { "events",     A_EVENT_LIST,  false, false },
    { "forms",      A_LIST,        false, false },
    { "inside",     A_YES_OR_NO,   false, false },
    { "secret",     A_HOOK_SECRET, true,  true  },
    { "old_secret", A_HOOK_SECRET, false, true  },
    { NULL, A_TEXT, false, false },
};

static const struct part source_parts[] = {
    { "url",    A_WEB_ADDRESS, true,  false },
    { "inside", A_YES_OR_NO,   false, false },
    { "bearer", A_TEXT,        false, true  },
    { NULL, A_TEXT, false, false },
};
static const struct part mail_parts[] = {
    { "server",   A_MAIL_SERVER,  true,  false },
    { "from",     A_MAIL_ADDRESS, true,  false },
    { "user",     A_TEXT,         false, false },
    { "inside",   A_YES_OR_NO,    false, false },
    { "password", A_TEXT,         false, true  },
    { NULL, A_TEXT, false, false },
};
static const struct part dingtalk_robot_parts[] = {
    { "host",   A_WEB_ADDRESS, false, false },
    { "inside", A_YES_OR_NO,   false, false },
    { "token",  A_TEXT,        true,  true  },
    { "sign",   A_TEXT,        false, true  },
    { NULL, A_TEXT, false, false },
};
static const struct part dingtalk_parts[] = {
    { "host",       A_WEB_ADDRESS, false, false },
    { "inside",     A_YES_OR_NO,   false, false },
    { "app_key",    A_TEXT,        true,  false },
    { "agent_id",   A_TEXT,        true,  false },
    { "app_secret", A_TEXT,        true,  true  },
    { "address_key", A_LONG_SECRET, false, true },
    { "event_token", A_TEXT,        false, true },
    { "event_key",   A_CIPHER_KEY,  false, true },
    { NULL, A_TEXT, false, false },
};
static const struct part wecom_robot_parts[] = {
    { "host",   A_WEB_ADDRESS, false, false },
    { "inside", A_YES_OR_NO,   false, false },
    { "key",    A_TEXT,        true,  true  },
    { NULL, A_TEXT, false, false },
};
static const struct part wecom_parts[] = {
    { "host",        A_WEB_ADDRESS, false, false },
    { "inside",      A_YES_OR_NO,   false, false },
    { "corp_id",     A_TEXT,        true,  false },
    { "agent_id",    A_TEXT,        true,  false },
    { "corp_secret", A_TEXT,        true,  true  },
    { "callback_token", A_TEXT,       false, true },
    { "callback_key",   A_CIPHER_KEY, false, true },
    { "bot_token",      A_TEXT,       false, true },
    { "bot_key",        A_CIPHER_KEY, false, true },
    { NULL, A_TEXT, false, false },
};
static const struct part feishu_robot_parts[] = {
    { "host",   A_WEB_ADDRESS, false, false },
    { "inside", A_YES_OR_NO,   false, false },
    { "token",  A_TEXT,        true,  true  },
    { "sign",   A_TEXT,        false, true  },
    { NULL, A_TEXT, false, false },
};
static const struct part feishu_parts[] = {
    { "host",       A_WEB_ADDRESS, false, false },
    { "inside",     A_YES_OR_NO,   false, false },
    { "app_id",     A_TEXT,        true,  false },
    { "id_type",    A_KIND_OF_ID,  false, false },
    { "app_secret", A_TEXT,        true,  true  },
    { "verification_token", A_TEXT, false, true },
    { "encrypt_key",        A_TEXT, false, true },
    { NULL, A_TEXT, false, false },
};

/* Robots are blocked for asking too often: a little less than they may. */
static const struct kind {
    const char *id;
    int per_minute;
    const struct part *parts;
    wf_send_fn *send;
} kinds[] = {
    { "webhook",        6000, webhook_parts,        wf_send_webhook        },
    { "source",         600,  source_parts,         wf_send_source         },
    { "mail",           600,  mail_parts,           wf_send_mail           },
    { "dingtalk-robot", 18,   dingtalk_robot_parts, wf_send_dingtalk_robot },
    { "dingtalk",       600,  dingtalk_parts,       wf_send_dingtalk       },
    { "wecom-robot",    18,   wecom_robot_parts,    wf_send_wecom_robot    },
    { "wecom",          600,  wecom_parts,          wf_send_wecom          },
    { "feishu-robot",   60,   feishu_robot_parts,   wf_send_feishu_robot   },
    { "feishu",         600,  feishu_parts,         wf_send_feishu         },
};
/* clang-format on */

static const struct kind *kind_of(const struct wf_channel *channel)
{
    for (size_t i = 0; i < WF_COUNT(kinds); i++)
        if (wf_streq(kinds[i].id, channel->kind))
            return &kinds[i];
    return NULL;
}

int wf_send_per_minute(const struct wf_channel *channel)
{
    const struct kind *kind = kind_of(channel);

    return kind ? kind->per_minute : 0;
}

struct wf_outcome wf_send(struct wf_arena *arena,
                          const struct wf_channel *channel,
                          const struct wf_letter *letter, const char **token,
                          const char *lang)
{
    struct wf_sending sending = { arena, channel, letter, token, lang };
    const struct kind *kind = kind_of(channel);

    if (!kind)
        return wf_sending_problem(
            &sending, WF_SENT_NOT,
            wf_message(lang,
                       WF_MESSAGE("This Weft knows no channel of the kind "
                                  "\"%s\".")),
            channel->kind);
    return kind->send(&sending);
}

/* --- What is configured */

static bool is_clean(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text <= ' ' || strchr("\"'<>\\", *text)
            || *text == 0x7f)
            return false;
    return true;
}

static bool is_web(const char *text, bool inside)
{
    return is_clean(text)
           && (wf_str_starts(text, "https://")
               || (inside && wf_str_starts(text, "http://")));
}

static bool is_mail(const char *text)
{
    const char *at = strchr(text, '@');

    return is_clean(text) && at && at != text && at[1] && !strchr(at + 1, '@')
           && !strpbrk(text, ",;:()[]");
}

static bool is_hook_secret(const char *text)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    size_t len;

    return wf_str_starts(text, "whsec_")
           && wf_base64_bytes(arena, wf_str_of(text + strlen("whsec_")), &len)
           && len >= 24 && len <= 64;
}

static bool is_list(const struct wf_json *value)
{
    if (!wf_json_is(value, WF_JSON_ARRAY))
        return false;
    for (size_t i = 0; i < wf_json_len(value); i++)
        if (!wf_json_str(value->u.array.at[i]))
            return false;
    return true;
}

static bool is_event(const char *word)
{
    const char *const *at = wf_outbox_events;

    while (*at && !wf_streq(*at, word))
        at++;
    return *at;
}

static bool is_event_list(const struct wf_json *value)
{
    for (size_t i = 0; i < wf_json_len(value); i++)
        if (!is_list(value) || !is_event(wf_json_str(value->u.array.at[i])))
            return false;
    return is_list(value);
}

static bool fits(const struct part *part, const struct wf_json *value,
                 bool inside)
{
    const char *text = wf_json_str(value);

    switch (part->shape) {
    case A_LIST:
        return is_list(value);
    case A_EVENT_LIST:
        return is_event_list(value);
    case A_YES_OR_NO:
        return wf_json_is(value, WF_JSON_TRUE)
               || wf_json_is(value, WF_JSON_FALSE);
    case A_TEXT:
        return !wf_str_empty(text) && !strpbrk(text, "\r\n");
    case A_WEB_ADDRESS:
        return text && is_web(text, inside);
    case A_MAIL_SERVER:
        return text && is_clean(text)
               && (wf_str_starts(text, "smtp://")
                   || wf_str_starts(text, "smtps://"));
    case A_MAIL_ADDRESS:
        return text && is_mail(text);
    case A_HOOK_SECRET:
        return text && is_hook_secret(text);
    case A_CIPHER_KEY:
        return wf_envelope_is_key(text);
    case A_LONG_SECRET:
        return text && is_clean(text) && strlen(text) >= LONG_SECRET;
    case A_KIND_OF_ID:
        return wf_streq(text, "user_id") || wf_streq(text, "open_id")
               || wf_streq(text, "union_id");
    }
    return false;
}

static const struct part *part_of(const struct kind *kind, const char *name,
                                  bool secret)
{
    const struct part *part = kind->parts;

    while (part->name
           && (part->secret != secret || !wf_streq(part->name, name)))
        part++;
    return part->name ? part : NULL;
}

static void check_object(const struct kind *kind, const struct wf_json *object,
                         bool secret, bool inside, struct wf_diags *findings)
{
    for (const struct part *part = kind->parts; part->name; part++)
        if (part->secret == secret && part->required
            && !wf_json_get(object, part->name))
            wf_diag_field(findings, part->name, "required",
                          "A channel of the kind \"%s\" needs \"%s\".",
                          kind->id, part->name);
    for (size_t i = 0; i < wf_json_len(object); i++) {
        const struct wf_json_member *member = &object->u.object.at[i];
        const struct part *part = part_of(kind, member->key.at, secret);

        if (!part)
            wf_diag_field(findings, member->key.at, "unknown",
                          "A channel of the kind \"%s\" has no \"%s\" here.",
                          kind->id, member->key.at);
        else if (!fits(part, member->value, inside))
            wf_diag_field(findings, member->key.at, "pattern",
                          "\"%s\" cannot be that. %s", member->key.at,
                          wf_message(findings->lang, wanted[part->shape]));
    }
}

bool wf_send_check(const struct wf_channel *channel, struct wf_diags *findings,
                   weft_error *err)
{
    const struct kind *kind = kind_of(channel);
    bool inside = wf_json_is_true(wf_json_get(channel->config, "inside"));
    size_t n = findings->n_errors;

    if (!kind) {
        wf_diag_field(findings, "kind", "unknown",
                      "This Weft knows no channel of the kind \"%s\".",
                      channel->kind);
    } else {
        check_object(kind, channel->config, false, inside, findings);
        if (channel->secrets)
            check_object(kind, channel->secrets, true, inside, findings);
    }
    return findings->n_errors == n
           || wf_fail(err, WEFT_E_INVALID,
                      "The channel \"%s\" cannot be set like this.",
                      channel->id);
}

const char *wf_sending_config(const struct wf_sending *sending,
                              const char *name)
{
    return wf_json_str(wf_json_get(sending->channel->config, name));
}

const char *wf_sending_secret(const struct wf_sending *sending,
                              const char *name)
{
    return wf_json_str(wf_json_get(sending->channel->secrets, name));
}

bool wf_sending_inside(const struct wf_sending *sending)
{
    return wf_json_is_true(wf_json_get(sending->channel->config, "inside"));
}

/* --- Outcomes */

struct wf_outcome wf_sending_problem(const struct wf_sending *sending,
                                     enum wf_sent how, const char *fmt, ...)
{
    struct wf_outcome out = { .how = how };
    va_list args;

    va_start(args, fmt);
    out.problem = wf_arena_vprintf(sending->arena, fmt, args);
    va_end(args);
    return out;
}

bool wf_sending_ask(const struct wf_sending *sending,
                    const struct wf_outgoing *what, struct wf_incoming *in,
                    struct wf_outcome *out)
{
    weft_error err = WEFT_ERROR_INIT;

    memcpy(err.lang, sending->lang,
           strlen(sending->lang) < sizeof err.lang ? strlen(sending->lang) + 1
                                                   : 1);
    if (wf_outgoing_ask(sending->arena, what, in, &err))
        return true;
    *out = wf_sending_problem(sending, WF_SENT_BUSY, "%s", err.text);
    return false;
}

/* Redirects are not followed, and so are failures. */
struct wf_outcome wf_sending_status(const struct wf_sending *sending,
                                    const struct wf_incoming *in)
{
    enum wf_sent how = WF_SENT_NOT;
    struct wf_outcome out;

    if (in->status >= 200 && in->status < 300)
        return (struct wf_outcome){ .how = WF_SENT };
    if (in->status == 410)
        how = WF_SENT_GONE;
    else if (in->status == 429 || in->status >= 500)
        how = WF_SENT_BUSY;
    out = wf_sending_problem(
        sending, how,
        wf_message(sending->lang,
                   WF_MESSAGE("The other end answers with %ld.")),
        in->status);
    out.retry_after_s = in->retry_after_s;
    return out;
}

/* --- Signatures */

const char *wf_hmac_base64(struct wf_arena *arena, struct wf_str key,
                           const void *data, size_t len)
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int n = 0;

    if (!HMAC(EVP_sha256(), key.at, (int)key.len, data, len, mac, &n))
        wf_oom();
    return wf_base64_write(arena, mac, n);
}

/* --- What a letter says */

const char *wf_letter_link(struct wf_arena *arena,
                           const struct wf_letter *letter,
                           const struct wf_line *line)
{
    if (!letter->site || !line->document)
        return NULL;
    return wf_arena_printf(arena, "%s/documents/%lld", letter->site,
                           (long long)line->document);
}

const char *wf_letter_more(struct wf_arena *arena,
                           const struct wf_letter *letter)
{
    if (letter->n_more <= 0)
        return NULL;
    return wf_arena_printf(
        arena, wf_message(letter->lang, WF_MESSAGE("and %lld more")),
        (long long)letter->n_more);
}

const char *wf_letter_cut(struct wf_arena *arena, const char *text, size_t max)
{
    size_t len = strlen(text);

    if (len <= max)
        return text;
    len = max;
    while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
        len--;
    return wf_arena_mem(arena, text, len);
}
