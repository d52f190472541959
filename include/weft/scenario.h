/* weft/scenario.h - the tests that a package carries with itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_SCENARIO_H
#define WEFT_SCENARIO_H

#include <weft/package.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Plays the scenarios of a package, "tests/….lua" among `files`, each in a
 * fresh store of its own, with the people of "tests/units.csv" and
 * "tests/people.csv" (both absent: the sample company) and a clock that only
 * the scenario moves. The stores are in memory (`store` NULL), or schemas of
 * their own, removed afterwards, in the PostgreSQL at the URL `store`. Needs no
 * engine. The body is
 *
 *     {"scenarios":[{"name","file","line","passed",
 *       "problem":null|{"file","line","text","story":[…]}}],
 *      "passed","failed"}
 *
 * where the story is what had happened to the last document, a line an event.
 * A red scenario is no error; a package that does not compile is:
 * WEFT_E_INVALID, body the diagnostics. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_test(const char *lang,
                                               const char *store,
                                               const weft_file *files,
                                               size_t n);

#ifdef __cplusplus
}
#endif

#endif
