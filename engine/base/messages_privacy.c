/* base/messages_privacy.c - what is said about the rights of whom data are
 * about.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_privacy[] = {
    { "This is for the person themselves, and for whoever holds the role "
      "\"%s\".",
      "这里只供本人以及担任“%s”角色的人查看。" },
    { "A copy of all about somebody is for themselves. Whoever has the store "
      "makes one with \"weft person data\".",
      "个人数据副本只供本人获取。管理存储的人可用“weft person data”导出。" },
    { "\"%s\" is still active. Set them inactive first.",
      "“%s”仍在职。请先将其停用。" },
    { "Who looked at whose documents is kept for so many days (0: not at all)",
      "谁查看过谁的单据，保留多少天（0：不记录）" },
    { "the rights of whom data are about: a copy of them, who has looked, and "
      "that they are erased",
      "数据主体的权利：数据副本、谁查看过、删除" },
    /* --- retention */
    { "%s=\"%s\" must be a number from 1 to %d and y, m, w or d: 6y, 18m, 104w, 90d",
      "%s=“%s”须为 1 到 %d 的数加 y、m、w 或 d，例如 6y、18m、104w、90d" },
    { "This is for administrators, and for whoever holds the role \"%s\".",
      "这只供管理员和担任角色“%s”的人使用。" },
    { "how long documents are kept, and what the next night would take",
      "单据保存多久，以及下一夜会处理哪些" },
    /* --- api/audit.c */
    { "The formats are json and csv.", "可用的格式是 json 和 csv。" },
    { "engine is true or false, not \"%s\".",
      "engine 只能是 true 或 false，不能是“%s”。" },
    { NULL, NULL },
};
/* clang-format on */
