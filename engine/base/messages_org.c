/* base/messages_org.c - the Chinese twins of what org/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_org[] = {
    /* --- org/people_list.c */
    { "The limit of a list is a number from 1 to %d.",
      "列表的 limit 须为 1 到 %d 的数字。" },
    { "The cursor is broken. Begin the list anew.",
      "游标无效，请从头开始读取列表。" },
    { "A search has at most %d bytes.",
      "搜索词最多 %d 个字节。" },

    /* --- org/who.c */
    { "More than %d people are meant here. Name fewer.",
      "此处涉及的人员超过 %d 人，请缩小范围。" },

    /* --- org/who_words.c */
    { "%s() named somebody who is not known. It returns logins or ids.",
      "%s() 返回了未知的人员，应返回登录名或编号。" },
    { "lua(%s) gives work; it cannot be asked here.",
      "lua(%s) 仅用于分派工作，不能在此处使用。" },
    { NULL, NULL },
};
/* clang-format on */
