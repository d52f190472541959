/* doc/title.h - the title of a document as somebody sees it: where they are
 * asked or told, as on its page.
 *
 * A title is made of fields. Most forms show these to everybody who sees the
 * document, and then it is the one of its row; else it is made of what the
 * reader sees.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_TITLE_H
#define WF_DOC_TITLE_H

#include "doc/access_ask.h"
#include "doc/show.h"

/* Whether whoever sees a document of the form sees its title. */
bool wf_title_is_open(const struct wf_form *form);

/* As the reader of `s` sees it, in the language of the call. */
WF_MUST_CHECK bool wf_title_shown(const struct wf_showing *s,
                                  const struct wf_doc *doc, const char **out,
                                  weft_error *err);

/* As `reader` sees it, whoever asks. */
WF_MUST_CHECK bool wf_title_for(struct wf_call *call, const struct wf_doc *doc,
                                const struct wf_person *reader,
                                const char *lang, const char **out,
                                weft_error *err);

/* The same of rows, of which `title` and `other` are at hand: what is seen of
 * those that are not open to all is asked of the store, a statement for each
 * form whatever the number of rows. The reader may read them. title_rows.c. */
struct wf_title_row {
    wf_id document;
    const struct wf_form *form; /* a version of it; NULL: not there any more */
    const char *title, *other;
    bool is_own_secret; /* the reader writes it anonymously, and sees it all */
};
struct wf_title_rows {
    struct wf_title_row *at;
    size_t n, cap;
};
WF_MUST_CHECK bool wf_titles_of_rows(struct wf_call *call,
                                     const struct wf_title_rows *rows,
                                     const struct wf_person *reader,
                                     const char *lang, const char **out,
                                     weft_error *err);
WF_MUST_CHECK bool wf_title_of_row(struct wf_call *call,
                                   const struct wf_title_row *row,
                                   const struct wf_person *reader,
                                   const char *lang, const char **out,
                                   weft_error *err);

/* The condition of seeing all that a title is made of. */
struct wf_ask wf_title_ask(const char *form);

#endif
