/* base/messages_nav.c - what is said of places and live pages, of which several
 * layers speak, in Chinese.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_nav[] = {
    /* --- def/parse_nav.c */
    { "a place needs at least one form or cycle", "<place> 至少要有一个表单或周期" },
    { "a place has at most %d forms", "一个 <place> 最多有 %d 个表单" },
    { "a place has at most %d cycles", "一个 <place> 最多有 %d 个周期" },
    { "there is no cycle \"%s\"", "没有周期“%s”" },
    { "cycle \"%s\" is not here; it must come with a package that this one requires", "这里没有周期“%s”，它必须由本包所依赖的包提供" },
    { "place \"%s\" is there already, in line %d", "第 %2$d 行已有名为“%1$s”的 <place>" },
    { "form \"%s\" has no <%s> among its <views>", "表单“%s”的 <views> 中没有 <%s>" },

    /* --- api/hub.c */
    { "You have %d streams of events open; close one first.", "您已打开 %d 个事件流，请先关闭一个。" },

    /* --- http/page_home.c */
    { "Insight", "洞察" },

    /* --- def/diff_say.c */
    { "place", "入口" },
    { NULL, NULL },
};
/* clang-format on */
