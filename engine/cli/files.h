/* cli/files.h - reading definitions from the disk.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include <weft/package.h>

#include "cli/cli.h"

struct cmd_files {
    weft_file *at;
    size_t n, cap;
    const char *folder; /* their names are relative to it; NULL: to here */
};

/* One whole file. Errors: WEFT_E_NOTFOUND, WEFT_E_TOO_LARGE (64 MiB). */
WEFT_MUST_CHECK bool cmd_file_read(struct wf_arena *arena, const char *path,
                                   weft_file *out, weft_error *err);

/* All that is left on standard input. */
WEFT_MUST_CHECK bool cmd_input_read(struct wf_arena *arena, weft_file *out,
                                    weft_error *err);

bool cmd_is_folder(const char *path);

/* Adds the texts of a package: *.xml and *.lua in `folder` and below, named
 * relative to it, sorted. Errors: WEFT_E_NOTFOUND; WEFT_E_TOO_LARGE over 500
 * files. */
WEFT_MUST_CHECK bool cmd_folder_read(struct wf_arena *arena, const char *folder,
                                     struct cmd_files *out, weft_error *err);

/* Adds the people of the scenarios of the package that was read, where it
 * brings its own: tests/units.csv and tests/people.csv. */
WEFT_MUST_CHECK bool cmd_company_read(struct wf_arena *arena,
                                      struct cmd_files *out, weft_error *err);

/* Adds a file that is named alone; the first one's folder is that of all. */
WEFT_MUST_CHECK bool cmd_file_add(struct wf_arena *arena, const char *path,
                                  struct cmd_files *out, weft_error *err);

#endif
