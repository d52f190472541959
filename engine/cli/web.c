/* cli/web.c - the web application that the program carries in itself.
 *
 * In the program, not in base: who embeds the library has pages of their own.
 * In it, not beside it: a page and its server cannot be of two versions, and
 * one file is all that is to be copied. The table is empty where ./dev could
 * not build the application; then the server has its plain pages.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/embed.h"
#include "cli/cli.h"

#include "embedded.inc"

const struct wf_embedded *cmd_web_files(void)
{
    return files;
}
