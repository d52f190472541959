/* script/class.h - the characters that an item of a pattern stands for.
 *
 * Letters and digits are those of ASCII, whatever the locale of the process.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_CLASS_H
#define WF_SCRIPT_CLASS_H

#include <stdbool.h>

/* Whether the byte `c` is in the class %`letter`; what is no letter of a class
 * stands for itself. */
bool wf_class_has(int c, int letter);

/* Whether the byte `c` is in the well-formed set from `p`, its '[', to `end`,
 * past its ']'. */
bool wf_class_set_has(int c, const char *p, const char *end);

#endif
