/* base/messages_api.c - the Chinese twins of what api/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_api[] = {
    /* --- api/body.c */
    { "\"%s\" is not known here.",
      "此处不认识“%s”。" },
    { "\"%s\" is missing.",
      "缺少“%s”。" },
    { "\"%s\" has to be of type %s.",
      "“%s”的类型应为 %s。" },
    { "The JSON is not an object.",
      "JSON 不是对象。" },
    { "The request does not fit; see the list.",
      "请求内容不符合要求，详见列表。" },

    /* --- api/clone.c */
    { "You may not derive anything from \"%s\".",
      "您无权基于“%s”派生表单。" },
    { "\"%s\" is no id: it begins with a lower-case letter and has at most "
      "63 letters, digits, \"_\" and \"-\".",
      "“%s”不是有效的标识：须以小写字母开头，最多 63 个小写字母、数字、"
      "“_”或“-”。" },

    /* --- api/command.c */
    { "Weft is shutting down. Try again in a moment.",
      "Weft 正在关闭，请稍后再试。" },

    /* --- api/demo_act.c */
    { "Act %zu of %s: %s",
      "第 %zu 个动作（%s）：%s" },

    { "An act needs \"as\": who did it.",
      "动作缺少“as”：是谁做的。" },

    /* --- api/demo_time.c */
    { "\"after\" is a period, as quarter or month-1.",
      "“after”是一个周期，如 quarter 或 month-1。" },
    { "Nothing of the form \"%s\" waits for %s.",
      "没有“%s”表单的事项在等 %s。" },

    /* --- api/deploy.c */
    { "The definitions have mistakes: %zu. Each is named in the list.",
      "定义中有 %zu 处错误，已逐一列出。" },
    { "You may not deploy into the package \"%s\".",
      "您无权向软件包“%s”发布。" },
    { "The hooks of \"%s\" run as the system; only an administrator may "
      "deploy them.",
      "“%s”的钩子以系统身份运行，只有管理员可以发布。" },

    /* --- api/deploy_test.c */
    { "the scenario \"%s\" is red: %s",
      "场景“%s”未通过：%s" },
    { "there are no scenarios to play: a package carries them in "
      "tests/NAME.lua",
      "没有可运行的场景：软件包的场景放在 tests/名称.lua 中" },
    { "Its scenarios are red; it does not go live. Each is named in the list.",
      "场景未通过，不予发布，已逐一列出。" },

    /* --- api/document.c */
    { "It has changed since you opened it. Load it again.",
      "您打开之后内容已被修改，请重新加载。" },
    { "A comment has at most %d characters.",
      "评论最多 %d 个字符。" },
    { "You may not delete this document.",
      "您无权删除此文档。" },

    /* --- api/engine.c */
    { "The last commit failed. See the log.",
      "上一次提交失败，请查看日志。" },

    /* --- api/form.c */
    { "You may not read the definition of \"%s\".",
      "您无权查看“%s”的定义。" },

    /* --- api/idempotency.c */
    { "An Idempotency-Key has 1 to %d bytes.",
      "Idempotency-Key 的长度须为 1 到 %d 个字节。" },
    { "This Idempotency-Key was used for another request. Use a new one.",
      "此 Idempotency-Key 已用于另一个请求，请换用新的。" },

    /* --- api/params.c */
    { "The parameter \"%s\" is unknown, repeated or has a value that "
      "cannot be.",
      "参数“%s”未知、重复或取值无效。" },

    /* --- api/people.c */
    { "Only people, units and history can be imported, not \"%s\".",
      "只能导入人员、部门和历史，不能导入“%s”。" },

    /* --- api/scim.c */
    { "There is no such %s.",
      "没有这个 %s。" },
    { "It has changed since you read it. Read it again.",
      "它在您读取之后已被更改，请重新读取。" },

    /* --- api/scim_filter.c */
    { "The filter cannot be read. Write one such as userName eq \"ann\".",
      "无法理解筛选条件，请写例如 userName eq \"ann\"。" },

    /* --- api/scim_group.c */
    { "A member is nobody: it takes the id of a User.",
      "成员不存在：此处须为 User 的 id。" },
    { "A Group has a displayName without semicolons.",
      "Group 须有 displayName，且不含分号。" },
    { "There is a Group of this name.",
      "已有同名的 Group。" },

    /* --- api/scim_patch.c */
    { "The path of an operation cannot be read.",
      "无法理解操作的 path。" },
    { "There is no value that this filter holds for.",
      "没有符合此筛选条件的值。" },
    { "An operation without a path takes an object.",
      "没有 path 的操作须带一个对象。" },
    { "A PatchOp has a list \"Operations\".",
      "PatchOp 须有列表“Operations”。" },
    { "An operation is add, replace or remove.",
      "操作须为 add、replace 或 remove。" },
    { "The value is missing.",
      "缺少 value。" },
    { "What is to be removed needs a path.",
      "删除操作须写明 path。" },

    /* --- api/scim_user.c */
    { "The manager is nobody: it takes the id of a User.",
      "上级不存在：此处须为 User 的 id。" },
    { "Somebody has this userName.",
      "此 userName 已被使用。" },
    { "A User has a userName.",
      "User 须有 userName。" },

    /* --- api/scope.c */
    { "This token lacks the scope \"%s\".",
      "此令牌没有“%s”权限。" },
    { "This token may not do this.",
      "此令牌无权执行该操作。" },

    /* --- api/session.c */
    { "There is nobody called \"%s\".",
      "没有名为“%s”的人员。" },

    /* --- api/setting.c */
    { "There is no setting \"%s\" in \"%s\".",
      "“%2$s”中没有设置项“%1$s”。" },
    { "The value of \"%s\" is of the wrong type.",
      "“%s”的值类型不正确。" },

    /* --- api/signin.c */
    { "There is no session to end here.",
      "此处没有可以结束的会话。" },
    { "Say whose it is to be.",
      "请说明归谁所有。" },

    /* --- api/try.c */
    { "\"files\" has to be 1 to %d texts.",
      "“files”须为 1 到 %d 个文本。" },
    { "A file is {\"name\", \"text\"}.",
      "文件须写成 {\"name\", \"text\"}。" },
    { "The files do not have \"%s\".",
      "这些文件中没有“%s”。" },
    { "You may not try \"%s\".",
      "您不能试用“%s”。" },
    { "The hooks of \"%s\" run as the system; only an administrator may try "
      "them.",
      "“%s”的钩子以系统身份运行，只有管理员可以试运行。" },
    { "There is no step \"%s\".",
      "没有名为“%s”的步骤。" },
    { "There is no level \"%s\".",
      "没有名为“%s”的审批层级。" },
    { "\"%s\" cannot be tried on this document.",
      "“%s”不能用这份文档来试。" },
    { "There is no function \"%s\" in the hooks of \"%s\".",
      "“%2$s”的钩子中没有函数“%1$s”。" },

    /* --- api/trial.c */
    { "You may simulate only as yourself.",
      "您只能以自己的身份模拟。" },

    /* --- api/scenario_world.c */
    { "\"%s\" is no duration: write one like 30min, 4h, 2d, 3wd or 2w.",
      "“%s”不是时长：请写成 30min、4h、2d、3wd 或 2w。" },
    { "\"%s\" is no time: write one like 2026-12-31 18:00.",
      "“%s”不是时间：请写成 2026-12-31 18:00。" },
    { "%s is over.",
      "%s 已过去。" },

    /* --- api/turn.c */
    { "Please sign in.",
      "请先登录。" },
    { "This needs the role \"admin\", which you do not have.",
      "此操作需要“admin”角色，您没有该角色。" },

    /* --- api/upkeep.c */
    { "This store has its administrator already.",
      "此存储已有管理员。" },
    { "The store is not sound: %zu findings.",
      "存储有问题：共 %zu 处。" },

    /* --- api/work.c */
    { "\"ids\" has to be 1 to %d documents.",
      "“ids”须为 1 到 %d 个文档。" },
    { "\"ids\" has to be a list of ids.",
      "“ids”须为标识列表。" },

    /* --- api/edit.c */
    { "This is today or a day to come, such as 2026-10-12, of somebody who "
      "is there already.",
      "须为今天或将来的日期，例如 2026-10-12，且对象必须已经存在。" },
    { "There is no such change.",
      "没有这项更改。" },

    /* --- api/migrate.c, migration.c */
    { "No other version has a step \"%s\".",
      "其他版本中没有步骤“%s”。" },
    { "No other version has a field \"%s\".",
      "其他版本中没有字段“%s”。" },
    { "Version %d has no step \"%s\".",
      "版本 %d 中没有步骤“%s”。" },
    { "Version %d has no field \"%s\".",
      "版本 %d 中没有字段“%s”。" },
    { "there is no version %lld of \"%s\"",
      "没有版本 %1$lld（“%2$s”）" },
    { "Version %d of \"%s\" is not live: release it first.",
      "版本 %1$d（“%2$s”）尚未生效：请先发布。" },
    { "\"limit\" is 1 to %d, \"cursor\" the \"next\" of the answer before.",
      "“limit”为 1 到 %d，“cursor”为上一次回答的“next”。" },
    { "Documents of \"%s\" are on their way to version %d. Wait until they are "
      "there.",
      "“%s”的文档正在迁移到版本 %d，请等待其完成。" },
    { "There is no such migration.",
      "没有这次迁移。" },

    /* --- def/deploy.c */
    { "A pilot is of forms; %s would be for everyone. Deploy it for everyone "
      "first, or leave it out.",
      "试点只针对表单；%s 会对所有人生效。请先对所有人部署它，或不要包含它。" },

    /* --- api/upkeep.c */
    { "version %d of the %s \"%s\" is live and does not compile any more: "
      "deploy it again.",
      "%2$s “%3$s” 的版本 %1$d 已上线，但无法再编译：请重新部署。" },

    /* --- api/rollout.c */
    { "\"%s\" is nobody today: a pilot needs people.",
      "“%s”目前没有任何人：试点需要有人参加。" },
    { "\"%s\" is no time: write one such as 2026-12-31T18:00:00+08:00, or a "
      "day.",
      "“%s”不是有效的时间：请写成 2026-12-31T18:00:00+08:00 或一个日期。" },
    { "%s is over: say a time to come.",
      "%s 已经过去：请给出将来的时间。" },

    /* --- api/release.c */
    { "Version %d of \"%s\" is live already.",
      "版本 %1$d（“%2$s”）已经生效。" },
    { "Before the present version of \"%s\" none was for everyone.",
      "“%s”的当前版本之前，没有面向所有人的版本。" },

    /* --- api/scope.c */
    { "This is for programs, with a token of the scope \"scim\".",
      "这里只供程序使用，需要带有“scim”范围的令牌。" },

    /* --- api/account.c */
    { "There is no such token.",
      "没有这个令牌。" },
    { "Name at least one scope, or leave \"scopes\" out for all that the "
      "person's roles allow.",
      "请至少写出一个范围；省略“scopes”则为此人角色允许的全部范围。" },
    { "\"%s\" is no scope; there are: %s.",
      "“%s”不是范围；可用的有：%s。" },
    { "\"days\" is a number from 1 to %d.",
      "“days”是 1 到 %d 之间的数字。" },

    /* --- api/clone.c */
    { "There is a form \"%s\" already: choose another id.",
      "已有表单“%s”：请换一个标识。" },

    /* --- api/overlay.c */
    { "overlay \"%s\" stays on version %d of \"%s\"; see whether it applies to "
      "this one, and deploy it again",
      "派生表单“%1$s”仍基于“%3$s”的第 %2$d 版；请查看它是否适用于新版，再重新部署" },
    { NULL, NULL },
};
/* clang-format on */
