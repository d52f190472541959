/* base/messages_org.c - the Chinese twins of what org/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_org[] = {
    /* --- org/gate.c */
    { "There were too many attempts to sign in. Try again later.",
      "登录尝试过于频繁，请稍后再试。" },
    { "Too many passwords are being made or tried. Try again in a moment.",
      "此刻正在设置或验证的密码太多，请稍后再试。" },

    /* --- org/import_cells.c */
    { "This is one line of at most %d bytes.",
      "此处须为单行文本，最多 %d 个字节。" },
    { "A login has no spaces, commas or semicolons, and at most %d bytes.",
      "登录名不能含空格、逗号或分号，最多 %d 个字节。" },
    { "\"%s\" is no e-mail address.",
      "“%s”不是有效的电子邮箱地址。" },
    { "\"%s\" is no locale. Write zh-CN or en.",
      "“%s”不是有效的语言区域，请写 zh-CN 或 en。" },
    { "There is no time zone \"%s\". Write one such as Asia/Shanghai.",
      "没有时区“%s”，请写例如 Asia/Shanghai。" },
    { "\"%s\" is no day. Write it as 2026-10-12.",
      "“%s”不是有效的日期，请按 2026-10-12 的格式填写。" },
    { "\"%s\" is no number.",
      "“%s”不是数字。" },
    { "\"%s\" is neither true nor false.",
      "“%s”既不是 true 也不是 false。" },
    { "There is no unit \"%s\". Import the units first.",
      "没有部门“%s”，请先导入部门。" },
    { "\"%s\" is no role. Write ROLE or ROLE@UNIT.",
      "“%s”不是有效的角色，请写“角色”或“角色@部门”。" },
    { "The %s is missing.",
      "缺少 %s。" },

    /* --- org/import_people.c */
    { "The login \"%s\" stands there twice.",
      "登录名“%s”重复出现。" },
    { "Nobody has the login \"%s\".",
      "没有登录名为“%s”的人员。" },
    { "These managers lie in a circle: %s...",
      "以下上级关系构成循环：%s……" },
    { "There are more than %d managers above one person.",
      "某人之上的上级超过 %d 层。" },

    /* --- org/import_table.c */
    { "There are mistakes (%zu), each named in the list. Nothing was changed.",
      "文件中有 %zu 处错误，未作任何更改。" },
    { "The column \"%s\" stands there twice.",
      "列“%s”重复出现。" },
    { "There is no column \"%s\" in such a file.",
      "此类文件中没有列“%s”。" },
    { "The column \"%s\" is missing.",
      "缺少列“%s”。" },
    { "The row has %zu cells, but the header has %zu.",
      "该行有 %zu 个单元格，而表头有 %zu 个。" },

    /* --- org/import_units.c */
    { "The id of a unit has 1 to %d bytes, and no spaces, commas, semicolons, "
      "@ or parentheses.",
      "部门编号须为 1 到 %d 个字节，不能含空格、逗号、分号、@ 或括号。" },
    { "The unit \"%s\" stands there twice.",
      "部门“%s”重复出现。" },
    { "The name is missing.",
      "缺少名称。" },
    { "There is no unit \"%s\".",
      "没有部门“%s”。" },
    { "The unit \"%s\" has the head \"%s\", whom nobody knows. Add that "
      "person, or import the unit anew.",
      "部门“%s”的负责人“%s”不存在，请添加此人，或重新导入该部门。" },
    { "These units lie in a circle: %s.",
      "以下部门构成循环：%s。" },
    { "There are more than %d units above one.",
      "某个部门之上的部门超过 %d 层。" },

    /* --- org/password.c */
    { "The login or the password is wrong.",
      "登录名或密码错误。" },
    { "There is no such person.",
      "没有此人。" },
    { "The password is the login. Choose another one.",
      "密码与登录名相同，请另选一个。" },
    { "That password is one of those that are tried first. Choose another "
      "one.",
      "该密码过于常见，容易被猜中，请另选一个。" },

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

    /* --- org/session.c */
    { "You are not signed in, or no longer. Sign in.",
      "您尚未登录，或登录已失效，请登录。" },

    /* --- org/token.c */
    { "The roles of this person do not allow the scopes: %s.",
      "此人的角色不允许以下权限范围：%s。" },
    { "The token is not valid, or no longer.",
      "令牌无效或已失效。" },

    /* --- org/company.c */
    { "Time zone of the company",
      "公司所在时区" },
    { "Sessions end after so many minutes without use",
      "会话闲置多少分钟后结束" },
    { "Sessions end after so many days",
      "会话最长多少天后结束" },
    { "There is no time zone \"%s\".",
      "没有时区“%s”。" },
    { "\"%s\" is a time zone such as Asia/Shanghai.",
      "“%s”须为时区，例如 Asia/Shanghai。" },
    { "\"%s\" is a whole number from %d to %d.",
      "“%s”须为 %d 到 %d 之间的整数。" },

    /* --- org/edit.c */
    { "There is no such member here.",
      "此处没有这个成员。" },
    { "This is to be a text, a number, true, false or a list.",
      "此处须为文本、数字、true、false 或列表。" },
    { "Somebody else has the login \"%s\".",
      "登录名“%s”已被他人使用。" },
    { "There is a unit \"%s\" already.",
      "部门“%s”已经存在。" },
    { "The unit \"%s\" has no head who could report to somebody.",
      "部门“%s”没有可以向他人汇报的负责人。" },

    /* --- org/import_history.c */
    { "This is to be a day such as 2026-10-12.",
      "此处须为日期，例如 2026-10-12。" },
    { "A period ends after it has begun, and today at the latest.",
      "时段的结束须晚于开始，且不晚于今天。" },
    { "Nobody has this login.",
      "没有使用此登录名的人员。" },
    { "This is one of manager, dotted, unit, title, grade and active.",
      "此处须为 manager、dotted、unit、title、grade 或 active 之一。" },
    { "This period begins before the one before it has ended.",
      "该时段在前一时段结束之前就已开始。" },
    { "Today it is something else. Give this period an end, or change the "
      "person first.",
      "今天的值与此不同。请为该时段写上结束日期，或先修改该人员。" },

    /* --- org/import_units.c */
    { "The unit \"%s\" still has people or units. Move them first.",
      "部门“%s”仍有人员或下级部门，请先移走。" },

    /* --- org/session.c */
    { "There is no such session.",
      "没有这个会话。" },

    /* --- org/token.c */
    { "The name of a token has at most %d bytes.",
      "令牌名称最多 %d 个字节。" },
    { NULL, NULL },
};
/* clang-format on */
