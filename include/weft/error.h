/* weft/error.h - how a call of Weft says that it failed, and why.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_ERROR_H
#define WEFT_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WEFT_API __attribute__((visibility("default")))
#define WEFT_MUST_CHECK __attribute__((warn_unused_result))
#else
#define WEFT_API
#define WEFT_MUST_CHECK
#endif

/* The kinds of failure. One table (base/error.c) gives each its name, its HTTP
 * status and its exit status. */
typedef enum weft_code {
    WEFT_OK,
    WEFT_E_MALFORMED,   /* cannot be read at all: bad JSON, bad number */
    WEFT_E_SIGNED_OUT,  /* nobody is signed in, or no longer */
    WEFT_E_DENIED,      /* seen, but this person may not do this */
    WEFT_E_NOTFOUND,    /* not there, or not visible: the same answer */
    WEFT_E_CONFLICT,    /* wrong step, or somebody was first */
    WEFT_E_STALE,       /* it has changed since it was read */
    WEFT_E_TOO_LARGE,   /* a body, file or list beyond its limit */
    WEFT_E_UNSUPPORTED, /* a media type that this call does not take */
    WEFT_E_INVALID,     /* readable, but fails its rules; see findings */
    WEFT_E_LIMITED,     /* too often; try again later */
    WEFT_E_SCRIPT,      /* a hook stopped: error, budget or memory */
    WEFT_E_BUSY,        /* overloaded, draining or locked; try again */
    WEFT_E_STORE,       /* the store is unreadable, too new or broken */
    WEFT_E_FULL,        /* the disk is full */
    WEFT_E_INTERNAL,    /* our own mistake */
    WEFT_N_CODES
} weft_code;

enum {
    WEFT_ERROR_TEXT_MAX = 512,
    WEFT_LANG_MAX = 16
};

/* Filled by whoever found the failure, passed up untouched. Start with
 * WEFT_ERROR_INIT, or with `lang` set to have `text` in that language. */
typedef struct weft_error {
    weft_code code;
    int retry_after_s;              /* 0: nothing to say */
    char lang[WEFT_LANG_MAX];       /* "zh-CN" or "en"; "" is "en" */
    char text[WEFT_ERROR_TEXT_MAX]; /* for a person, cut at a character */
} weft_error;

#define WEFT_ERROR_INIT                                                        \
    {                                                                          \
        WEFT_OK, 0, "", ""                                                     \
    }

/* The word of a code as problem types and scenarios use it ("not-found"),
 * its HTTP status, and its exit status for a command line. */
WEFT_API const char *weft_code_name(weft_code code);
WEFT_API int weft_code_http(weft_code code);
WEFT_API int weft_code_exit(weft_code code);

#ifdef __cplusplus
}
#endif

#endif
