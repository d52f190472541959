/* base/messages_cycle.c - the Chinese twins of what is said about cycles,
 * calibration and appeals, whichever layer says it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_cycle[] = {
    /* --- flow/edit.c */
    { "This document is frozen: its time to be edited is over.",
      "此单据已冻结：可编辑的时间已过。" },

    /* --- flow/override.c, flow/host_override.c */
    { "This document has no field %s.", "此单据没有字段 %s。" },
    { "\"%s\" belongs to a table; only a field of the document itself can be "
      "set over.",
      "“%s”属于表格；只有单据本身的字段才能覆盖。" },
    { "%s: only the hooks of an appeal against the document, or those that run "
      "as the system, set a value over another.",
      "%s：只有对该单据的申诉表单的脚本，或以系统身份运行的脚本，才能覆盖数值。" },

    /* --- flow/verb_appeal.c, def/check_appeal.c */
    { "Appeal", "申诉" },
    { "This has not been revealed yet: there is nothing to appeal against.",
      "结果尚未公布：还没有可以申诉的内容。" },
    { "The time to appeal ended on %s at %02d:%02d.",
      "申诉期已于 %s %02d:%02d 结束。" },
    { "Documents of this form are not appealed against.",
      "此表单的单据不受理申诉。" },
    { "An appeal is somebody's: the engine makes none.",
      "申诉须由本人提出，系统不会代为提出。" },
    { "You may not appeal against this document.",
      "您不能对此单据提出申诉。" },
    { "This document is void: there is nothing to appeal against.",
      "此单据已作废：没有可以申诉的内容。" },
    { "An appeal against this document is under way already.",
      "对此单据的申诉已在进行中。" },
    { "an appeal hangs under the document that it is against: give \"%s\" "
      "parent=\"…\", a link to \"%s\"",
      "申诉挂在被申诉的单据之下：请给“%s”写上 parent=\"…\"，即指向“%s”的关联字段" },

    /* --- def/parse_cycle.c */
    { "every=\"%s\" is no rhythm: write week, month, quarter, half or year, or "
      "2 weeks (up to %d) with from=\"a day\"",
      "every=\"%s\" 不是周期：请写 week、month、quarter、half 或 year，或写 2 weeks"
      "（至多 %d）并用 from=\"某一天\" 说明起始日" },
    { "there is a stage \"%s\" already, in line %d",
      "阶段“%s”已在第 %d 行定义" },
    { "\"%s\" is no share: write a value and how many in a hundred have it, "
      "such as A:10-25",
      "“%s”不是比例：请写取值及其百分比，例如 A:10-25" },
    { "these shares can never be met: together they are at least %d and at "
      "most %d in a hundred",
      "这些比例无法满足：合计最少 %d%%，最多 %d%%" },
    { "there is a calibration \"%s\" already, in line %d",
      "校准“%s”已在第 %d 行定义" },
    { "every=\"%d weeks\" needs from=\"…\": the day on which the first of them "
      "begins",
      "every=\"%d weeks\" 需要 from=\"…\"，即第一期开始的日期" },
    { "a cycle says who takes part: write <audience who=\"…\"/>",
      "周期要说明谁参加：请写 <audience who=\"…\"/>" },
    { "a cycle without a <stage> asks for nothing",
      "没有 <stage> 的周期不会要求任何内容" },

    /* --- def/link_cycle.c */
    { "documents of \"%s\" are about nobody: give that form subject=\"a person "
      "field\"",
      "“%s”的单据不关于任何人：请给该表单写 subject=\"人员字段\"" },
    { "documents of \"%s\" are about a person, who would be the one that "
      "writes: ask for a form without subject=\"…\"",
      "“%s”的单据关于某个人，会暴露填写者：请使用没有 subject=\"…\" 的表单" },
    { "the period of \"%s\" is a %s, that of this cycle a %s: set it with "
      "<set field=\"%s\" value=\"…\"/>",
      "“%s”的期间是 %s，此周期的期间是 %s：请用 <set field=\"%s\" value=\"…\"/> 设置" },
    { "%s=\"%s\" must count from start or end of the period, from a day, or "
      "from a time that stands before it: opens, due, freeze, reveal",
      "%s=\"%s\" 必须从期间的 start 或 end、某一天，或排在它之前的时间"
      "（opens、due、freeze、reveal）算起" },
    { "an anonymous stage says when it closes: answers show only from then on",
      "匿名阶段要说明何时关闭：答卷在那之后才会显示" },
    { "\"%s\" is compared across documents: it must stand outside of tables",
      "“%s”要在单据之间比较：它须在表格以外" },
    { "no stage of this cycle asks for \"%s\"",
      "此周期没有阶段使用“%s”" },

    /* --- def/diff_say.c */
    { "cycle", "周期" },
    { "stage", "阶段" },
    { "calibration", "校准" },

    /* --- plan/cycle_launch.c, plan/cycle_people.c, plan/cycle_close.c */
    { "There is no cycle \"%s\".", "没有周期“%s”。" },
    { "No run of this cycle is called \"%s\"; the present one is %s.",
      "此周期没有名为“%s”的一期；当前一期是 %s。" },
    { "The stage \"%s\" would be over before it opens: look at its times.",
      "阶段“%s”会在开始之前就结束：请检查它的时间。" },
    { "\"%s\" names no people: %s", "“%s”没有指明人员：%s" },
    { "This run has no stage to be revealed.", "这一期没有可以公布的阶段。" },
    { "This run has no such stage.", "这一期没有该阶段。" },
    { "No stage is open: there is nobody to be reminded.",
      "没有开放中的阶段，无人需要提醒。" },
    { "It has been revealed already.", "已经公布过了。" },

    /* --- plan/calibrate.c, plan/calibrate_write.c */
    { "This calibration has not begun yet.", "此校准尚未开始。" },
    { "This calibration is over.", "此校准已经结束。" },
    { "Nobody calibrates themselves: this is about you.",
      "不能校准自己：这份单据是关于您本人的。" },
    { "No calibration lets you set this value.",
      "没有校准允许您设置这个值。" },
    { "These are more than %d people: name a unit.",
      "这里超过 %d 人：请指明一个部门。" },
    { "%d of %d have %s; %d to %d in a hundred are at most %d.",
      "%2$d 人中有 %1$d 人为 %3$s；%4$d%%–%5$d%% 至多是 %6$d 人。" },
    { "%d of %d have %s; %d to %d in a hundred are at least %d.",
      "%2$d 人中有 %1$d 人为 %3$s；%4$d%%–%5$d%% 至少是 %6$d 人。" },
    { "%d people cannot meet these shares: together they are %d to %d of them. "
      "Look at a larger group, or say why they are not met.",
      "%d 人无法满足这些比例：合计为 %d 到 %d 人。请放到更大的范围来看，或说明未满足的原因。" },
    { "A grid needs x and y: two fields of the form outside of tables, with "
      "index=\"true\".",
      "网格需要 x 和 y：表单中两个表格以外、写有 index=\"true\" 的字段。" },

    { "each=\"unit\" asks the head of each unit, who would be known by it: "
      "take anonymous away",
      "each=\"unit\" 请各部门的负责人填写，因此答卷不可能匿名：请去掉 anonymous" },
    { "each=\"unit\" makes a document for each unit: say which with <set "
      "field=\"…\" value=\"unit\"/>",
      "each=\"unit\" 为每个部门各建一份单据：请用 <set field=\"…\" value=\"unit\"/> 写明是哪个部门" },

    /* --- api/cycle.c, api/calibration.c, http/handlers_cycle.c */
    { "There is no such run of \"%s\".", "“%s”没有这一期。" },
    { "You may not launch this cycle: that is for those who may deploy its "
      "package.",
      "您不能启动此周期：这由可以部署其软件包的人来做。" },
    { "\"%s\" is not asked for here; write some of: id unit x y.",
      "这里不能使用“%s”；可以写：id unit x y。" },
    { "This cycle has no calibration %s.", "此周期没有校准 %s。" },

    /* --- cli/cmd_cycle.c */
    { "list, launch ID, show ID", "list、launch 编号、show 编号" },
    { "cycles and their runs; launch one", "周期及其各期；启动一期" },

    { NULL, NULL },
};
/* clang-format on */
