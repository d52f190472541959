/* org/channel.h - the ways out of here: a mail server, a robot or an app of a
 * chat tool, the address of another system; and who somebody is there.
 *
 * How one sends is connect/'s; what is sent waits as jobs (flow/outbox.h).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_CHANNEL_H
#define WF_ORG_CHANNEL_H

#include "base/json.h"
#include "org/call.h"

/* Whom a channel reaches. */
enum wf_audience {
    WF_TO_SYSTEMS,  /* another program: what happens to documents */
    WF_TO_GROUP,    /* whoever reads along: what is posted there */
    WF_TO_MAIL,     /* a person, by their mail address */
    WF_TO_ACCOUNTS, /* a person, by who they are there */
};

struct wf_channel {
    const char *id, *kind, *label;
    bool on;
    const struct wf_json *config;  /* an object; nothing secret */
    const struct wf_json *secrets; /* an object, opened; NULL: not asked for */
    /* How sending goes. */
    int64_t held_until; /* nothing is sent before */
    int failures;       /* one after the other */
    int64_t minute;     /* the last one in which it sent … */
    int sent;           /* … so often */
    const struct wf_channel *next;
};

/* Those that are on with how sending goes, without their secrets, for who
 * sends. Who writes asks the registry (wf_registry_outlets()). */
WF_MUST_CHECK bool wf_channels_sending(struct wf_call *call,
                                       const struct wf_channel **out,
                                       weft_error *err);

/* With its secrets, opened with call->vault. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_channel_find(struct wf_call *call, const char *id,
                                   struct wf_channel *out, weft_error *err);

/* Puts it in place of what was there, not held. */
WF_MUST_CHECK bool wf_channel_save(struct wf_call *call,
                                   const struct wf_channel *channel,
                                   weft_error *err);
/* With who people are there; what waits for it is to be dropped by the caller.
 * Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_channel_remove(struct wf_call *call, const char *id,
                                     weft_error *err);

/* {"items":[{"id","kind","label","state","config","secrets":[names],
 * "held_until","failures","problem"}]}: everything but secrets. */
WF_MUST_CHECK bool wf_channel_list(struct wf_call *call,
                                   struct wf_json_writer *out, weft_error *err);

enum wf_audience wf_channel_audience(const char *kind);

/* Whether it is set up to be called by the buttons of its cards. `channel` has
 * its secrets. */
bool wf_channel_hears(const struct wf_channel *channel);

/* Whether its letters show what can be decided: by a button that is heard of,
 * or one that leads to the page of the document. */
bool wf_channel_has_buttons(const struct wf_channel *channel);

/* --- How sending went */

/* So many were sent now. */
WF_MUST_CHECK bool wf_channel_sent(struct wf_call *call,
                                   const struct wf_channel *channel, int n,
                                   weft_error *err);
/* It failed, and rests until `until`; `gone`: it is never tried again, until
 * somebody sets it anew. */
WF_MUST_CHECK bool wf_channel_failed(struct wf_call *call, const char *id,
                                     const char *problem, int64_t until,
                                     bool gone, weft_error *err);
/* It rests, and nothing is wrong. */
WF_MUST_CHECK bool wf_channel_rests(struct wf_call *call, const char *id,
                                    int64_t until, weft_error *err);

/* --- Who somebody is there */

/* Where a letter to `person` goes; NULL: they cannot be reached there. */
struct wf_person;
WF_MUST_CHECK bool wf_channel_reach(struct wf_call *call, const char *id,
                                    const char *kind,
                                    const struct wf_person *person,
                                    const char **out, weft_error *err);
/* 0: nobody here. */
WF_MUST_CHECK bool wf_channel_person(struct wf_call *call, const char *channel,
                                     const char *account, wf_id *out,
                                     weft_error *err);
/* NULL as account: takes it away. Errors: WEFT_E_CONFLICT it is another's. */
WF_MUST_CHECK bool wf_channel_link(struct wf_call *call, const char *channel,
                                   wf_id person, const char *account,
                                   weft_error *err);

#endif
