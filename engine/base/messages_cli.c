/* base/messages_cli.c - the Chinese twins of what cli/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_cli[] = {
    /* --- cli/cmd_deploy.c */
    { "--test is for packages, folders or zips",
      "--test 只用于软件包（文件夹或 zip）" },

    /* --- cli/cmd_export.c */
    { "describe what can be asked over HTTP",
      "描述可通过 HTTP 查询的内容" },
    { "documents [FORM], people, history DOCUMENT or FORM, or workflow FORM",
      "可导出 documents [FORM]、people、history DOCUMENT 或 FORM、workflow FORM" },
    { "the history of a form is xes, its workflow bpmn",
      "表单的历史为 xes，其流程为 bpmn" },

    /* --- cli/cmd_diff.c, cmd_form.c */
    { "--as LOGIN is missing",
      "缺少 --as LOGIN" },
    { "DOCUMENT is the id of a document",
      "DOCUMENT 应为单据的编号" },
    { "both are versions of one form, or files, or folders",
      "两者应为同一表单的两个版本，或两个文件，或两个文件夹" },

    /* --- cli/cmd_import.c */
    { "only people, units, history and metrics can be imported",
      "只能导入 people（人员）、units（部门）、history（历史）和 metrics（指标）" },

    /* --- cli/cmd_serve.c */
    { "--threads is a number from 1 to 64",
      "--threads 应为 1 到 64 之间的数" },
    { "--tls-cert and --tls-key go together",
      "--tls-cert 与 --tls-key 必须同时给出" },

    /* --- cli/cmd_store.c */
    { "--to is a time such as 2026-12-31T18:00:00Z",
      "--to 应为时间，例如 2026-12-31T18:00:00Z" },

    /* --- cli/cmd_user.c */
    { "--days is a number from 1 to 36500",
      "--days 应为 1 到 36500 之间的数" },
    { "the scopes are read, write, deploy, admin, metrics, scim and calendar",
      "权限范围有 read、write、deploy、admin、metrics、scim 和 calendar" },

    /* --- cli/files.c */
    { "%s is larger than %d MiB.",
      "%s 超过 %d MiB。" },
    { "%s cannot be read.",
      "无法读取 %s。" },
    { "%s holds no definitions.",
      "%s 中没有定义。" },
    { "%s holds more than %d definitions.",
      "%s 中的定义超过 %d 个。" },

    /* --- cli/line.c */
    { "%s needs a value",
      "%s 需要一个值" },
    { "something is missing",
      "缺少参数" },
    { "there is too much",
      "参数过多" },
    { "unknown option %s",
      "未知的选项 %s" },
    { "usage",
      "用法" },

    /* --- cli/main.c */
    { "The store is sqlite:PATH or postgresql://HOST/DATABASE, by default "
      "weft.db or what WEFT_DB says.\n",
      "存储写作 sqlite:路径 或 postgresql://主机/数据库；默认为 weft.db，或环境变量 "
      "WEFT_DB 所指。\n" },
    { "copy the whole store into a new one, and compare",
      "将整个数据库复制到新的数据库，并加以核对" },
    { "--to names the new store", "--to 用于指明新的数据库" },
    { "answer over HTTP until told to stop",
      "通过 HTTP 提供服务，直到被叫停" },
    { "ask the assistant in somebody's name; do what it offers",
      "以某人的身份问助手；照它的提议去做" },
    { "bring people, units or what has been up to date",
      "更新人员、部门或过往记录" },
    { "play the scenarios of a package",
      "运行包自带的场景" },
    { "check, and make live",
      "检查并上线" },
    { "compile packages and definitions, say what is wrong",
      "编译包和定义，指出其中的错误" },
    { "copy the living store",
      "复制正在使用的存储" },
    { "look for what is wrong with the store",
      "检查存储有无问题" },
    { "make a form out of another",
      "由一张表单派生出另一张" },
    { "make an API token, printed alone; list tokens; end one",
      "创建 API 令牌（仅打印令牌本身）；列出令牌；作废令牌" },
    { "make the store, its administrator, packages and a sample company",
      "创建存储、管理员、包和示例公司" },
    { "put a copy in place of a store that nobody uses",
      "用备份替换一个无人使用的存储" },
    { "run what is due",
      "处理到期的事项" },
    { "set a password, read from standard input",
      "设置密码，从标准输入读取" },
    { "the approvals that such a document would take",
      "这样的单据会经过哪些审批" },
    { "there is no command \"%s\"",
      "没有命令“%s”" },
    { "this help",
      "本帮助" },
    { "what differs between two versions of a form, two files or two folders",
      "一张表单的两个版本、两个文件或两个文件夹有何不同" },
    { "which Weft this is",
      "Weft 的版本" },
    { "what the alerts have said of a document",
      "预警对一份单据亮过哪些灯" },
    { "why a field has its value",
      "字段的值从何而来" },
    { "write them to standard output",
      "写到标准输出" },

    /* --- cli/cmd_lint.c */
    { "--live is missing: \"check\" looks at texts",
      "缺少 --live：“check”检查的是文本" },
    { "what really happened, and what could be left out",
      "实际使用情况，以及可以省去的内容" },

    /* --- cli/cmd_migrate.c */
    { "--step and --field are written OLD=NEW",
      "--step 和 --field 写作 旧=新" },
    { "move running documents to another version, or tell what would happen",
      "把运行中的文档迁移到另一版本，或先告知结果" },

    /* --- cli/cmd_versions.c */
    { "a version is written FORM@3",
      "版本写作 表单@3" },
    { "--to is the number of a version",
      "--to 是版本号" },
    { "the versions of a form, whose each is, and how many documents run on it",
      "一张表单的各个版本、适用人群及运行中的文档数" },
    { "is up to date",
      "已是最新" },
    { "still applies",
      "仍然适用" },
    { "does not apply any more",
      "不再适用" },
    { "whether overlays still apply to their base",
      "叠加表单是否仍适用于其基础表单" },
    { "give a stored version to everyone, or to a pilot",
      "把已存版本发布给所有人或试点人群" },
    { "end a pilot, or take back what was planned",
      "结束试点，或撤销发布计划" },
    { "give everyone the version before again",
      "让所有人回到上一个版本" },

    /* --- cli/cmd_user.c */
    { "say which token: its number is in the list",
      "请指明令牌：编号见列表" },
    { "say whose token it is to be",
      "请指明令牌属于谁" },

    /* --- cli/cmd_store.c */
    { "seal the history, one line to keep elsewhere",
      "封存历史记录，输出一行供另行保存" },
    /* --- cli/cmd_serve.c */
    { "--redirect goes with --tls-cert",
      "--redirect 要与 --tls-cert 一起使用" },
    /* --- cli/cmd_store.c */
    { "There is no backup %s that can be read.",
      "没有可读取的备份 %s。" },
    { NULL, NULL },
};
/* clang-format on */
