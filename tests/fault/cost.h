/* fault/cost.h - what an attack may cost: a second of the machine's time to
 * the answer, and 64 MiB.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef FAULT_COST_H
#define FAULT_COST_H

#include "support/engine.h"

struct cost {
    double begun_s;
    long before_kb;
};

/* Measures from here. */
struct cost cost_begin(void);

/* The test fails, naming `what`, where more was spent than may be. Time is the
 * CPU time of the process, so that a busy machine fails nobody; sanitizers
 * have ten times as much, and their memory is not counted. */
void cost_end(const struct cost *cost, const char *what);

/* Deploys one file as the system and expects that it is refused with findings
 * that have a place, within the cost; then that a note can still be made. */
void cost_refused(struct test_engine *t, const char *what, const char *name,
                  const char *text, size_t len);

/* The next request is served as before. */
void cost_serves(struct test_engine *t);

#endif
