/* support/package.h - a small package in text, compiled and deployed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_PACKAGE_H
#define SUPPORT_PACKAGE_H

#include "def/deploy.h"

/* "package.xml" and a form `request` with a table, formulas, an approval. */
extern const struct wf_text_file package_files[2];

/* Compiles `files`; fails the test at any error. */
struct wf_bundle package_compile(struct wf_arena *arena,
                                 const struct wf_text_file *files, size_t n,
                                 const struct wf_compile_options *options);

/* Compiles beside what `definitions` knows and deploys through the writer of
 * `store`, for everyone or for `pilot`. Returns a row a definition. */
struct wf_deployed *package_deploy(struct wf_arena *arena,
                                   struct wf_store *store,
                                   struct wf_definitions *definitions,
                                   const struct wf_text_file *files, size_t n,
                                   const char *pilot);

#endif
