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

    /* --- flow/verb.c */
    { "This has been decided already.", "此事项已有决定。" },
    { "It is not your turn: others decide before you.",
      "还没轮到您：别人先处理。" },
    { "This level does not ask you.", "该审批级别没有请您处理。" },
    { "This step does not ask you.", "该步骤没有请您处理。" },
    { "This level does not allow \"%s\".", "该审批级别不允许“%s”。" },
    { "Approve", "同意" },
    { "Reject", "驳回" },
    { "Return", "退回" },
    { "Transfer", "转办" },
    { "Delegate", "委派" },
    { "Add approver", "加签" },
    { "Remove approver", "减签" },
    { "Withdraw", "撤回" },
    { "Urge", "催办" },
    { "Send a copy", "抄送" },
    { "Reopen", "唤醒" },

    /* --- flow/deed.c */
    { "\"%s\" is no login here.", "这里没有登录名“%s”。" },
    { "At most %d people can be named at once.", "一次最多指定 %d 人。" },
    { "Please say who: a login, or several.",
      "请指定人员：一个或多个登录名。" },
    { "%s is no longer here.", "%s 已离职。" },
    { "%s is asked here already, or has decided here.", "这里已经请 %s 处理，或其已作出决定。" },
    { "It is %s's own document: somebody else has to decide.",
      "这是 %s 自己的单据，须由他人决定。" },
    { "%s stands in for %s and is asked here already.",
      "%s 代理 %s，而且已被请来处理。" },
    { "It can be given to one person only.", "只能交给一个人。" },

    /* --- flow/options.c */
    { "%s() must return a list of texts, or of { id = …, label = … }.",
      "%s() 必须返回文本列表，或 { id = …, label = … } 的列表。" },

    /* --- flow/verb_add.c */
    { "\"%s\" is no place: write before, beside or after.",
      "没有“%s”这种加签位置；请写 before、beside 或 after。" },
    { "A level takes at most %d added approvers.",
      "一个审批级别最多加签 %d 人。" },
    { "You have added nobody here who has not decided yet.",
      "您在这里没有加签过尚未处理的人。" },
    { "%s was not added by you, or has decided.",
      "%s 不是您加签的，或者已经处理。" },

    /* --- flow/verb_return.c */
    { "It cannot be returned to \"%s\" from here, only to: %s.",
      "从这里不能退回到“%s”，只能退回到：%s。" },

    /* --- flow/verb_withdraw.c */
    { "Too late: nothing older can be taken back.",
      "太迟了：更早的操作已无法撤回。" },
    { "Too late: somebody has acted since.",
      "太迟了：此后已有人处理。" },
    { "Too late: where you have decided it has gone on.",
      "太迟了：你处理过的那一处已经继续往下走了。" },
    { "Only who submitted it or acted last can withdraw.",
      "只有提交人或最后处理的人可以撤回。" },

    /* --- flow/undo.c */
    { "Too late: %s, who was asked then, has left.",
      "太迟了：当时请来处理的 %s 已离职。" },
    { "Too late: %s is asked here in another's place since.",
      "太迟了：%s 此后已在这里代他人处理。" },

    /* --- flow/leaver.c */
    { "Nobody takes over from themselves.", "不能由自己接替自己。" },

    /* --- flow/verb_urge.c */
    { "They have been reminded within the last hour.",
      "一小时内已经催办过。" },
    { "Only who has a part in it can urge others.",
      "只有与此单据有关的人可以催办。" },
    { "Nobody but you is asked now.", "现在没有别人需要处理。" },
    { "%s asks you to look at: %s", "%s 催您处理：%s" },

    /* --- flow/verb_cc.c */
    { "Only who has a part in it can send copies.",
      "只有与此单据有关的人可以抄送。" },
    { "%s has sent you a copy: %s", "%s 抄送给您：%s" },

    /* --- flow/verb_reopen.c */
    { "You may not reopen this document.", "您不能唤醒此单据。" },
    { "Documents of this form are not reopened.",
      "此表单的单据不能唤醒。" },
    { "\"%s\" is no step that it has been in.",
      "单据没有经过步骤“%s”。" },

    /* --- flow/delegation_add.c */
    { "\"%s\" is no day: write one like 2026-10-12.",
      "“%s”不是日期；请写成 2026-10-12 这样。" },
    { "Nobody stands in for themselves.", "不能由自己代理自己。" },
    { "It would come back to the giver in these days: %s has a substitute "
      "too. End that, or choose other days.",
      "这些天里会绕回委托人自己：%s 也有代理人。请先结束那个委托，或另选日期。" },
    { "The last day is before the first.", "结束日期早于开始日期。" },
    { "These days are over: the last day is today or later.",
      "这些日期已过：结束日期应为今天或之后。" },
    { "At most %d substitutes at a time.", "同时最多 %d 个代理人。" },
    { "There is no delegation %lld.", "没有委托 %lld。" },
    { "Only who gave it can end a delegation.",
      "只有委托人可以结束委托。" },

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
    { "%s: argument %d must be a list.", "%s：第 %d 个参数必须是列表。" },

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

    /* --- flow/delegation_circle.c */
    { "delegation %lld: it comes back to its giver.",
      "委托 %lld：绕回了委托人自己。" },

    /* --- flow/verify.c */
    { "document %lld: %s", "单据 %lld：%s" },

    /* --- flow/work.c */
    { "This cursor is not one that a list has given.",
      "该游标不是列表给出的游标。" },

    /* --- flow/migrate.c, migration.c */
    { "Version %d has no step \"%s\" that could go on with them. Say to which "
      "step its documents go.",
      "版本 %d 中没有可以接续步骤“%s”的步骤。请指定其文档迁移到哪个步骤。" },
    { "An anonymous answer stays on its version.",
      "匿名答复保留在原版本上。" },
    { "It has been finished meanwhile and stays as it is.",
      "文档在此期间已办结，保持不变。" },
    { "It is there already.",
      "文档已经在该版本上。" },
    { "It has been removed meanwhile.",
      "文档在此期间已被删除。" },
    { NULL, NULL },
};
/* clang-format on */
