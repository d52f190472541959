/* http/asset.h - the files of the web application.
 *
 * The build makes them (engine/web/vite.config.ts); the server is given them
 * as a table:
 *
 *     assets/NAME-HASH.EXT   script, style, picture: never changes
 *     assets/….gz            the same, compressed; the plain one may be missing
 *     root/NAME              served as /NAME: service worker, manifest
 *     shell/head.html        what stands in the <head> of each page
 *     shell/body.html        what stands at the beginning of its <body>
 *     shell/policy           the Content-Security-Policy that fits these two
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_ASSET_H
#define HTTP_ASSET_H

#include "http/request.h"

/* The text of a file, or NULL. */
const char *http_asset_text(const struct http_site *site, const char *name);

#endif
