/* markup/words.h - libxml2's complaints in words for authors.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_MARKUP_WORDS_H
#define WF_MARKUP_WORDS_H

#include <libxml/xmlerror.h>

#include "base/diag.h"

/* Adds the mistake of syntax that `e` tells of as a finding at `place`. */
void wf_words_say(struct wf_diags *diags, struct wf_place place,
                  const xmlError *e);

#endif
