/* base/messages_store.c - the Chinese twins of what store/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_store[] = {
    /* --- store/backup.c */
    { "A store in memory takes no backup. Name a file.",
      "内存数据库不能恢复备份，请指明一个文件。" },

    /* --- store/copy.c, copy_table.c */
    { "There is something in the store already (%s). Copy into a new one.",
      "目标数据库中已有内容（%s），请复制到新的数据库。" },
    { "The copy is not the same as the store (%s). Do not use it, and report "
      "this.",
      "副本与原数据库不一致（%s），请勿使用，并反馈给我们。" },
    { "The table %s has a column of a strange type.",
      "表 %s 中有一列的类型无法识别。" },

    /* --- store/memory.c */
    { "There is no place for a store in memory: %s.",
      "没有可供内存数据库使用的位置：%s。" },

    /* --- store/migrate.c */
    { "The store was made by a newer Weft (%s). Use that one, or a backup from "
      "before.",
      "该数据库由更新版本的 Weft 创建（%s），请使用该版本，或使用升级前的备份。" },
    { "The store was made by another build of Weft (%s is not the same). Use "
      "that one, or a new store.",
      "该数据库由另一构建的 Weft 创建（%s 不一致），请使用该构建，或新建数据库。" },

    /* --- store/node.c */
    { "All %d node numbers of the store are taken.",
      "该数据库的 %d 个节点编号已全部被占用。" },
    { "Node number %u of this process was taken by another. Restart it.",
      "本进程的节点编号 %u 已被其他进程占用，请重新启动本进程。" },
    { "This machine starts no more threads.",
      "本机无法再启动新的线程。" },

    /* --- store/pg.c, pg_error.c */
    { "The database is not there at the moment. Try again.",
      "数据库暂时无法连接，请稍后再试。" },
    { "The database went away while this was being saved. Look whether it is "
      "there before you repeat it.",
      "保存时数据库连接中断，请先查看是否已保存，再决定是否重复操作。" },
    { "Others are changing the same at the moment. Try again.",
      "其他人正在修改同样的内容，请稍后再试。" },

    /* --- store/pg_schema.c */
    { "The schema has tables, but is not a Weft store. Name another database, "
      "or a schema of Weft's own.",
      "该模式中已有表，但不是 Weft 的数据库，请指明另一个数据库，或一个专用的模式。" },
    { "There is no store in this database yet.",
      "此数据库中还没有 Weft 的数据。" },

    /* --- store/sqlite_check.c */
    { "The store is damaged: %s",
      "数据库已损坏：%s" },
    { "Row %s of table %s refers to a row of %s that is not there.",
      "表 %2$s 的第 %1$s 行引用了表 %3$s 中不存在的行。" },

    /* --- store/sqlite_copy.c */
    { "%s is there already. Move it away first.",
      "%s 已存在，请先将其移走。" },
    { "%s is no backup of a Weft store.",
      "%s 不是 Weft 数据库的备份。" },
    { "The store at %s is in use. Stop what uses it first.",
      "位于 %s 的数据库正在使用中，请先停止使用它的程序。" },

    /* --- store/sqlite_error.c */
    { "This clashes with what is stored already. Load it again and repeat the "
      "change.",
      "与已保存的内容冲突，请重新加载后再修改。" },
    { "This refers to something that is not stored, or is still referred to. "
      "Load it again.",
      "引用的内容不存在，或该内容仍被引用，请重新加载。" },
    { "The store refused a row (%s). This is a mistake in Weft; please report "
      "it.",
      "数据库拒绝了一行数据（%s）。这是 Weft 的错误，请反馈给我们。" },
    { "Another process is writing to the store. Try again.",
      "另一个进程正在写入数据库，请稍后再试。" },
    { "The query took too long and was broken off. Ask for less, or try again.",
      "查询耗时过长，已中止。请缩小范围，或稍后再试。" },
    { "The disk of the store is full. Nothing was changed; make room and try "
      "again.",
      "数据库所在磁盘已满。未作任何更改，请腾出空间后再试。" },
    { "A value is too large for the store.",
      "有一个值过大，数据库无法保存。" },
    { "A text is not UTF-8 (%s). Send it in UTF-8.",
      "有一段文本不是 UTF-8 编码（%s），请用 UTF-8 发送。" },
    { "The store did not understand a query (%s). This is a mistake in Weft; "
      "please report it.",
      "数据库无法理解一条查询（%s）。这是 Weft 的错误，请反馈给我们。" },
    { "The store cannot be read or written: %s (%d). Check the disk and the "
      "file.",
      "数据库无法读写：%s（%d）。请检查磁盘和文件。" },

    /* --- store/sqlite_file.c */
    { "The file %s: %s.",
      "文件 %s：%s。" },
    { "%s is an empty file, and no store yet: weft init makes it one.",
      "%s 是空文件，还不是数据库：请用 weft init 建立。" },
    { "There is no store at %s.",
      "%s 处没有数据库。" },

    /* --- store/sqlite_schema.c */
    { "%s is a database, but not a Weft store.",
      "%s 是数据库，但不是 Weft 的数据库。" },

    /* --- store/store.c */
    { "%s is not the URL of a store. Write sqlite:PATH, or "
      "postgresql://HOST/DATABASE.",
      "%s 不是数据库的 URL，请写成 sqlite:路径，或 postgresql://主机/数据库。" },
    { "More is being read than the store answers. Try again.",
      "读取请求过多，请稍后再试。" },
    { "The URL of the store names no file. Write sqlite:PATH.",
      "数据库的 URL 没有指明文件，请写成 sqlite:路径。" },

    /* --- store/writer.c */
    { "A command failed without a reason. This is a mistake in Weft; please "
      "report it.",
      "一个命令失败，但未说明原因。这是 Weft 的错误，请反馈给我们。" },
    { "There is more to write than can be written. Try again.",
      "待写入的内容过多，请稍后再试。" },

    /* === markup */
    { NULL, NULL },
};
/* clang-format on */
