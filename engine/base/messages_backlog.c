/* base/messages_backlog.c - the Chinese twins of what is said of timers and
 * jobs that have failed, of substitutes on the command line, and of the copy
 * for tests.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_backlog[] = {
    /* --- flow/backlog.c, api/backlog.c */
    { "There is no timer or job %lld.",
      "没有编号为 %lld 的定时器或作业。" },
    { "It has not failed: it waits for its time.",
      "它没有失败：只是还没到时间。" },
    { "state is dead or waiting, not \"%s\".",
      "state 只能是 dead 或 waiting，不能是“%s”。" },

    /* --- cli/cmd_jobs.c */
    { "say which: their numbers are in the list",
      "请指明是哪一个：编号见列表" },
    { "--to says who stands in",
      "--to 指明由谁代理" },
    { "timers and jobs that have failed for good, or wait; try them again; "
      "give them up",
      "列出彻底失败或等待中的定时器与作业；重试；放弃" },
    { "who stands in for whom",
      "谁代理谁" },
    { "everything of a leaver goes to another person, in one act",
      "离职者的一切一次性交接给另一人" },

    /* --- api/fork.c, cli/cmd_store.c */
    { "There is a file at %s already: it is kept.",
      "%s 处已有文件：予以保留。" },
    { "say --mask: a copy with everything in it is weft backup",
      "请加 --mask：完整副本请用 weft backup" },
    { "a copy for tests, with names and texts masked",
      "供测试用的副本，姓名与文本已遮蔽" },

    { NULL, NULL },
};
/* clang-format on */
