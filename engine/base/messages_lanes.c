/* base/messages_lanes.c - the Chinese twins of what is said of lanes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_lanes[] = {
    /* --- def/link.c */
    { "step \"%s\" is of the lane \"%s\": from outside one comes there by the "
      "parallel \"%s\" only",
      "步骤“%s”属于分支“%s”：从外面只能经由并行步骤“%s”进入" },

    /* --- def/parse_parallel.c */
    { "there is a lane \"%s\" already, in line %d",
      "第 %2$d 行已有分支“%1$s”" },
    { "join=\"%s\" is not possible; write all, any, or how many lanes join",
      "join=\"%s\" 不可用；请写 all、any 或需要汇合的分支数" },

    /* --- def/check_parallel.c */
    { "lane \"%s\" begins with a step of its own, not with \"%s\"",
      "分支“%s”须从自己的步骤开始，而不是“%s”" },
    { "parallel \"%s\" needs at least two lanes",
      "并行步骤“%s”至少需要两个分支" },
    { "join=\"%d\" waits for more lanes than parallel \"%s\" has: %d",
      "join=\"%d\" 多于并行步骤“%s”的分支数：%d" },
    { "no step may be called \"join\" where there are lanes: to=\"join\" is "
      "where they meet",
      "有分支时步骤不能叫“join”：to=\"join\" 表示汇合处" },
    { "no step of lane \"%s\" leads to \"join\", so the others would wait for "
      "nothing",
      "分支“%s”没有任何步骤通向“join”，其他分支将无谓等待" },

    /* --- flow/act_lane.c */
    { "It is in no lane \"%s\" now.", "该单据目前不在分支“%s”中。" },
    { "\"%s\" is possible and is not.", "“%s”既可行又不可行。" },

    /* --- flow/migrate_lane.c */
    { "Version %d has no lane \"%s\" in which they could go on. Say to which "
      "step outside of it its documents go.",
      "第 %d 版没有可供它们继续的分支“%s”。请指明其中的单据转到分支外的哪个步骤。" },
    { "Step \"%s\" of version %d is not in the lane \"%s\" any more. Say to "
      "which step of it they go.",
      "第 %2$d 版的步骤“%1$s”已不在分支“%3$s”中。请指明它们转到该分支的哪个步骤。" },
    { NULL, NULL },
};
/* clang-format on */
