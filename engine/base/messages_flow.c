/* base/messages_flow.c - the Chinese twins of what flow/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_flow[] = {
    /* --- flow/act.c */
    { "\"%s\" is not possible in step \"%s\".",
      "当前步骤“%2$s”不能执行“%1$s”。" },
    { "There is no action \"%s\".", "没有名为“%s”的操作。" },
    { "\"%s\" is not yours to do in this step.",
      "“%s”在此步骤不由您执行。" },
    { "\"%s\" is not possible now: its condition does not hold.",
      "现在不能执行“%s”：条件不满足。" },
    { "Please say why.", "请说明原因。" },
    { "This document is finished; \"%s\" is too late.",
      "该单据已结束，无法再执行“%s”。" },

    /* --- flow/approval.c */
    { "This has been decided already.", "此事项已有决定。" },
    { "This level does not ask you.", "该审批级别没有请您处理。" },
    { "It cannot be returned to \"%s\" from here.",
      "从这里不能退回到“%s”。" },
    { "This level may approve or reject, not return.",
      "该审批级别只能同意或驳回，不能退回。" },
    { "Too late: somebody has acted since.",
      "太迟了：此后已有人处理。" },
    { "Only who submitted it or acted last can withdraw.",
      "只有提交人或最后处理的人可以撤回。" },

    /* --- flow/create.c */
    { "You may not create \"%s\".", "您不能新建“%s”。" },
    { "\"%s\" has no field for a parent document.",
      "“%s”没有用于上级单据的字段。" },

    /* --- flow/edit.c */
    { "This document is finished and cannot be edited.",
      "该单据已结束，不能再编辑。" },
    { "You have nothing to fill in here now.",
      "目前这里没有需要您填写的内容。" },

    /* --- flow/flow.c */
    { "There is no form \"%s\".", "没有名为“%s”的表单。" },

    /* --- flow/hook.c */
    { "%s: one action may run at most %d hooks; do they call each other?",
      "%s：一次操作最多运行 %d 个钩子；它们是否在互相调用？" },

    /* --- flow/host.c */
    { "%s: argument %d must be text.", "%s：第 %d 个参数必须是文本。" },

    /* --- flow/host_doc.c */
    { "Hooks of one action may read at most %d documents.",
      "一次操作的钩子最多读取 %d 份单据。" },
    { "%s: the first argument must be a document.",
      "%s：第一个参数必须是单据。" },
    { "Hooks have fired hooks %d deep; do they call each other?",
      "钩子嵌套触发已达 %d 层；它们是否在互相调用？" },
    { "A hook changes its own document by assigning to its fields: "
      "doc.field = value.",
      "钩子修改自己的单据时，直接给字段赋值：doc.field = value。" },
    { "Hooks of one action may create at most %d documents.",
      "一次操作的钩子最多新建 %d 份单据。" },
    { "%s: a document whose form has a parent, and the parent.",
      "%s：需要一份其表单带有上级字段的单据，以及上级单据。" },

    /* --- flow/host_people.c */
    { "\"%s\" names nobody: %s", "“%s”没有指到任何人：%s" },
    { "%s: the text may have at most %d characters.",
      "%s：文本最多 %d 个字符。" },

    /* --- flow/host_say.c */
    { "The package has no setting \"%s\".",
      "该应用包没有设置项“%s”。" },

    /* --- flow/job.c */
    { "Somebody else has taken over this job.",
      "该任务已由其他进程接手。" },
    { "The document has changed while its hook ran.",
      "钩子运行期间单据已有变化。" },

    /* --- flow/record.c */
    { "What %s had answered has changed meanwhile.",
      "%s 的查询结果其间已有变化。" },

    /* --- flow/level.c */
    { "Nobody can be asked for \"%s\". An administrator has to fill that "
      "place first.",
      "“%s”找不到处理人，请管理员先补上该岗位的人员。" },

    /* --- flow/settle.c */
    { "Some entries need attention; each is named in the list.",
      "有些内容需要修改，详见列表中的每一项。" },

    /* --- flow/step.c */
    { "Nobody can be asked for step \"%s\", and there is no administrator "
      "either.",
      "步骤“%s”找不到处理人，也没有管理员。" },
    { "No way on from \"%s\": none of its conditions holds.",
      "“%s”之后无路可走：没有条件成立。" },
    { "The workflow goes round in circles at \"%s\".",
      "流程在“%s”处循环。" },

    /* --- flow/verify.c */
    { "document %lld: %s", "单据 %lld：%s" },

    /* --- flow/work.c */
    { "Approve", "同意" },
    { "Reject", "驳回" },
    { "Return", "退回" },
    { "This cursor is not one that a list has given.",
      "该游标不是列表给出的游标。" },
    { NULL, NULL },
};
/* clang-format on */
