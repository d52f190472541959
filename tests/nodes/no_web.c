/* nodes/no_web.c - the program of a later build, weft_next, has plain pages.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/embed.h"
#include "cli/cli.h"

const struct wf_embedded *cmd_web_files(void)
{
    static const struct wf_embedded none[] = { { NULL, NULL, 0 } };

    return none;
}
