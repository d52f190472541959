/* base/text.h - what Unicode knows of text: whether it is sound, its length
 * for a person, its folded form, how Chinese is sorted and found.
 *
 * ICU's data is loaded with the first call that needs it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_TEXT_H
#define WF_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* Valid UTF-8 without U+0000. Cheap; needs no ICU. */
bool wf_utf8_is_valid(const char *text, size_t len);

/* Number of code points of valid UTF-8. */
size_t wf_utf8_count(const char *text, size_t len);

/* The code point at `*at` of valid UTF-8, which is moved behind it. */
uint32_t wf_utf8_next(const char **at);

/* The greatest length <= max that does not cut a character. */
size_t wf_utf8_cut(const char *text, size_t len, size_t max);

/* Canonical composition; the slice itself where it already is (the usual
 * case costs one quick check), or where more than 30 marks stand on one letter,
 * which no language does. */
struct wf_str wf_text_nfc(struct wf_arena *arena, struct wf_str text);

/* Case- and width-folded (NFKC_Casefold), for searching and logins. */
const char *wf_text_fold(struct wf_arena *arena, const char *text);

/* In small or in capital letters, of no language in particular, as a browser's
 * toLowerCase() and toUpperCase() do. */
const char *wf_text_lower(struct wf_arena *arena, struct wf_str text);
const char *wf_text_upper(struct wf_arena *arena, struct wf_str text);

/* One emoji as people count them, however many code points it is made of
 * (RGI_Emoji of UTS #51; the sign for emoji presentation may be left out). */
bool wf_text_is_emoji(const char *text);

/* Keys stored beside a name: `pinyin` sorts it ("zhang wei"), `initials`
 * finds it ("zw"). Latin text is its own folded form. */
const char *wf_text_pinyin(struct wf_arena *arena, const char *text);
const char *wf_text_initials(struct wf_arena *arena, const char *text);

/* Search tokens of `text`, separated by one space: folded words, Chinese cut
 * into overlapping pairs (a lone character stays alone). The same cut serves
 * text that is kept and text that is asked for. */
void wf_text_tokens(struct wf_buf *out, const char *text, size_t len);

/* Name of a currency known to ISO 4217, and its minor digits (2 for CNY). */
bool wf_currency_known(const char *code);
int wf_currency_digits(const char *code);

#endif
