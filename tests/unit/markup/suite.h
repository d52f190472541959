/* unit/markup/suite.h - the test files of this layer, and what they share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_MARKUP_SUITE_H
#define UNIT_MARKUP_SUITE_H

#include "support/suite.h"

#include "markup/elem.h"

suite_tests_fn elem_tests;
suite_tests_fn patch_tests;
suite_tests_fn schema_tests;
suite_tests_fn zip_tests;

/* An arena and a list of findings, made anew for each test by the fixture. */
struct bench {
    struct wf_arena *arena;
    struct wf_diags diags;
};
extern struct bench bench;

void bench_setup(void);
void bench_teardown(void);

/* wf_xml_parse() of a C string, as the file "t.xml". */
struct wf_elem *bench_parse(const char *text);

/* The findings as "line:column: message\n" each. */
const char *bench_findings(void);

/* The tree as wf_elem_write() writes it. */
const char *bench_written(const struct wf_elem *elem);

#endif
