/* base/macros.h - the compiler's attributes and the few macros used everywhere.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_MACROS_H
#define WF_BASE_MACROS_H

#include <stddef.h>

#define WF_MUST_CHECK __attribute__((warn_unused_result))
#define WF_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define WF_FORMAT_ARG(n) __attribute__((format_arg(n)))

/* Runs `fn(&variable)` when the variable goes out of scope. */
#define WF_CLEANUP(fn) __attribute__((cleanup(fn)))

#define WF_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* 1 in builds for testing: there is time to check what is believed. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WF_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WF_SANITIZED 1
#endif
#endif
#ifndef WF_SANITIZED
#define WF_SANITIZED 0
#endif

#endif
