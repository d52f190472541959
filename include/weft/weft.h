/* weft/weft.h - all of the public API.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_WEFT_H
#define WEFT_WEFT_H

#include <weft/call.h>
#include <weft/delegation.h>
#include <weft/document.h>
#include <weft/engine.h>
#include <weft/error.h>
#include <weft/organisation.h>
#include <weft/package.h>
#include <weft/scenario.h>
#include <weft/session.h>

#endif
