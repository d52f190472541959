/* base/messages.h - the sentences that people read, in their language.
 *
 * Messages stand in English where they arise; this is the door to their
 * twins. tests/lint/messages holds the two together.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_MESSAGES_H
#define WF_BASE_MESSAGES_H

#include "base/macros.h"

/* The twin of the English format `fmt` in `lang`; `fmt` itself where there is
 * none, or where `lang` is "en", "" or unknown. */
const char *wf_message(const char *lang, const char *fmt) WF_FORMAT_ARG(2);

/* Marks a sentence that stands in a table until wf_message() is given it, so
 * that its twin is asked for. */
#define WF_MESSAGE(text) text

/* The language that is served for a wish such as an Accept-Language header or
 * a person's locale: "zh-CN" or "en"; `fallback` where it names neither. */
const char *wf_lang_choose(const char *wish, const char *fallback);

#endif
