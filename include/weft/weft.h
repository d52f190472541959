/* weft/weft.h - all of the public API.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_WEFT_H
#define WEFT_WEFT_H

#include <weft/adjust.h>
#include <weft/assistant.h>
#include <weft/backlog.h>
#include <weft/call.h>
#include <weft/channel.h>
#include <weft/chat.h>
#include <weft/connector.h>
#include <weft/delegation.h>
#include <weft/document.h>
#include <weft/engine.h>
#include <weft/error.h>
#include <weft/file.h>
#include <weft/metric.h>
#include <weft/organisation.h>
#include <weft/package.h>
#include <weft/privacy.h>
#include <weft/provider.h>
#include <weft/report.h>
#include <weft/scenario.h>
#include <weft/session.h>
#include <weft/stream.h>
#include <weft/trial.h>

#endif
