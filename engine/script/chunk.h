/* script/chunk.h - files of script as they were compiled, kept for the next
 * state that runs them.
 *
 * What is kept is what Lua has made of a text that was read here: no script can
 * bring such a thing itself. It is found by the name and the whole text of the
 * file, so a new version of a definition is another chunk, and every state
 * still runs it anew, in an environment of its own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_CHUNK_H
#define WF_SCRIPT_CHUNK_H

#include <stddef.h>

/* One an engine; any thread. */
struct wf_chunks;

struct wf_chunks *wf_chunks_new(void);

/* When no state uses any of them. NULL is allowed. */
void wf_chunks_free(struct wf_chunks *chunks);

/* How many files have been compiled so far. */
size_t wf_chunks_compiled(struct wf_chunks *chunks);

/* A compiled file, until it is given back. */
struct wf_chunk {
    const char *code;
    size_t len;
};

/* The chunk of `text`, compiled if it is not kept; NULL and why not in `why`,
 * which is as Lua says it ("FILE:LINE: …"). Without `chunks` it is compiled
 * for whoever asks alone. */
const struct wf_chunk *wf_chunk_get(struct wf_chunks *chunks, const char *name,
                                    const char *text, size_t len, char *why,
                                    size_t room);
void wf_chunk_put(struct wf_chunks *chunks, const struct wf_chunk *chunk);

#endif
