/* base/messages_script.c - the Chinese twins of what script/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_script[] = {
    /* --- script/budget.c */
    { "%s: the script does too much work at once: do less, or do it in an "
      "after_ hook",
      "%s：脚本一次做的工作太多，请减少，或放到 after_ 函数中" },
    { "%s: the script takes too long: do less, or do it in an after_ hook",
      "%s：脚本耗时过长，请减少，或放到 after_ 函数中" },
    { "%s: a text is longer than %d bytes",
      "%s：脚本中的文本超过 %d 字节" },
    { "%s: functions call each other too deep",
      "%s：脚本中的函数调用嵌套过深" },
    { "%s: the script needs more than %zu bytes of memory",
      "%s：脚本需要的内存超过 %zu 字节" },

    /* --- script/script.c */
    { "the script has raised an error of type %s: give error() a text",
      "脚本抛出了类型为 %s 的错误，请给 error() 传入文本" },
    { NULL, NULL },
};
/* clang-format on */
