/* markup/words.c - says what is wrong with XML, and what to write instead.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "markup/words.h"

#include "base/text.h"

/* libxml2's own sentence, without the newline at its end. */
static void say_other(struct wf_diags *diags, struct wf_place place,
                      const xmlError *e)
{
    struct wf_str text = wf_str_trim(wf_str_of(e->message ? e->message : ""));

    wf_diag_at(diags, place, "xml", "this is not well-formed XML: %.*s",
               (int)wf_utf8_cut(text.at, text.len, 200), text.at);
}

void wf_words_say(struct wf_diags *diags, struct wf_place place,
                  const xmlError *e)
{
    switch (e->code) {
    case XML_ERR_DOCUMENT_EMPTY:
        wf_diag_at(diags, place, "xml", "there is no element in this file");
        break;
    case XML_ERR_DOCUMENT_END:
        wf_diag_at(diags, place, "xml",
                   "there is something behind the end of the first element");
        break;
    case XML_ERR_UNDECLARED_ENTITY:
        wf_diag_at(diags, place, "xml",
                   "&%.60s; is not known: write the character itself",
                   e->str1 ? e->str1 : "");
        break;
    case XML_ERR_LT_IN_ATTRIBUTE:
        wf_diag_at(diags, place, "xml", "a < in a value must be written &lt;");
        break;
    case XML_ERR_NAME_REQUIRED:
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        wf_diag_at(diags, place, "xml",
                   "a name is missing or not ended: write & as &amp; and < as "
                   "&lt;");
        break;
    case XML_ERR_ATTRIBUTE_REDEFINED:
        wf_diag_at(diags, place, "xml",
                   "the attribute %.60s stands twice in this tag",
                   e->str1 ? e->str1 : "");
        break;
    case XML_ERR_TAG_NAME_MISMATCH:
        wf_diag_at(diags, place, "xml",
                   "</%.60s> closes nothing here: line %d has opened <%.60s>",
                   e->str2 ? e->str2 : "", e->int1, e->str1 ? e->str1 : "");
        break;
    default:
        say_other(diags, place, e);
    }
}
