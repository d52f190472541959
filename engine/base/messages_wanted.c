/* base/messages_wanted.c - the Chinese twins of what is said about calls and
 * collects, and about what they seal, whichever layer says it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_wanted[] = {
    /* --- base/vault.c */
    { "A sealed secret is damaged.", "加密保存的内容已损坏。" },
    { "There is no key to seal secrets with. Name its file in WEFT_KEY_FILE, for "
      "every server and command on this store the same.",
      "没有用于加密保存机密的密钥。请用 WEFT_KEY_FILE 指定密钥文件；"
      "使用此数据库的所有服务器和命令须指定同一个文件。" },
    { "The key file %s cannot be used: %s. Put the key that belongs to this "
      "store there.",
      "密钥文件 %s 无法使用：%s。请把属于此数据库的密钥文件放到该位置。" },
    { "A secret of this store was sealed with another key: put the key file "
      "that belongs to it in place.",
      "此数据库中的内容是用另一把密钥加密的：请换上属于它的密钥文件。" },

    /* --- def/parse_wanted.c */
    { "\"%s\" is set already, in line %d", "“%s”已在第 %d 行设置" },
    { "a weight is at least 0", "权重不能小于 0" },
    { "there is a group \"%s\" already, in line %d",
      "第 %2$d 行已有分组“%1$s”" },
    { "enough=\"%s\" must be a share above 0 and at most 1, such as 0.8",
      "enough=\"%s\" 必须是大于 0 且不超过 1 的比例，例如 0.8" },
    { "floor=\"%s\" would let single answers show through; write at least %d",
      "floor=\"%s\" 会让单份回答显露出来；请至少写 %d" },

    /* --- def/link_wanted.c */
    { "there is a field \"%s\" already, in line %d: formulas could not tell "
      "the collect from it",
      "第 %2$d 行已有字段“%1$s”：公式无法把这项收集与它区分开" },

    /* --- def/expr_names.c */
    { "`%s` is a group; write `%s.NAME`, as in `%s.answers`.",
      "`%s` 是一个分组；请写 `%s.名称`，例如 `%s.answers`。" },

    /* --- def/check_wanted.c */
    { "documents of \"%s\" hang under \"%s\", not under this form",
      "“%s”的单据挂在“%s”之下，而不是此表单之下" },
    { "\"%s\" is computed and cannot be set", "“%s”由公式计算，不能设置" },
    { "\"%s\" is whom each document is about, which for=\"…\" says; take this "
      "<set> away",
      "“%s”是每张单据所针对的人，由 for=\"…\" 给出；请去掉这个 <set>" },
    { "form \"%s\" says of nobody whom it is about; give it subject=\"FIELD\"",
      "表单“%s”没有说明它是关于谁的；请为它加上 subject=\"字段\"" },
    { "\"%s\" is no table; each=\"…\" takes one, for a document a row",
      "“%s”不是明细表；each=\"…\" 需要一个明细表，每行生成一份单据" },
    { "no group may be called \"%s\": `%s.%s` is a column of what is collected",
      "分组不能叫“%s”：`%s.%s` 是收集结果中的一列" },
    { "where does it go with fewer than %d answers of \"%s\"? Write "
      "short=\"STEP\"",
      "“%2$s”的回答少于 %1$d 份时去哪一步？请写 short=\"步骤\"" },
    { "collect \"%s\" asks nobody; write <group id= from=/>, or from=\"…\" "
      "here",
      "收集“%s”没有询问任何人；请写 <group id= from=/>，或在此处写 "
      "from=\"…\"" },
    { "from=\"…\" stands on the groups or on the <collect>, not on both",
      "from=\"…\" 写在分组上，或写在 <collect> 上，不能两处都写" },
    { "no collect may be called \"%s\": the word has a meaning of its own in "
      "formulas",
      "收集不能叫“%s”：这个词在公式中另有含义" },
    { "answers can be anonymous only where nobody but their writer is asked: "
      "step \"%s\" of \"%s\" needs by=\"creator\"",
      "只有除填写人外无人经手时，回答才能匿名：“%2$s”的步骤“%1$s”需要 "
      "by=\"creator\"" },
    { "the hooks of \"%s\" are not called for anonymous answers",
      "匿名回答不会调用“%s”的钩子" },

    /* --- flow/asked.c */
    { "Documents ask for documents %d deep at \"%s\"; do they ask for each "
      "other?",
      "在“%2$s”处，单据要求单据已达 %1$d 层；它们是否在互相要求？" },

    /* --- flow/wanted.c */
    { "%d documents above this one wait, each for the next: \"%s\" asks for no "
      "more beneath them. End one of them first.",
      "这份单据之上已有 %1$d 份单据层层等待，“%2$s”不再往下要求。请先结束其中一份。" },

    { NULL, NULL },
};
/* clang-format on */
