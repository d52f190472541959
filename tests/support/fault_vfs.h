/* support/fault_vfs.h - a disk that fails when it is told to.
 *
 * A layer between SQLite and the file system. It counts what changes files:
 * writes, syncs, truncations.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_FAULT_VFS_H
#define SUPPORT_FAULT_VFS_H

#include <stdbool.h>

enum fault {
    FAULT_IO,   /* that one fails, later ones do not */
    FAULT_FULL, /* from there on no write succeeds: the disk is full */
    FAULT_POWER /* the process ends there; see fault_vfs_lose_unsynced() */
};

/* From now on every store of this process is opened through the layer. */
void fault_vfs_register(void);

/* The n-th change from now, counted from 1, meets `fault`; 0: none does. */
void fault_vfs_arm(int n, enum fault fault);

/* Whether the armed fault has been met; disarms it. */
bool fault_vfs_fired(void);

/* Leaves of the store at `path` only what was synced: a power cut. To be
 * called when the process that wrote it, armed with FAULT_POWER, is gone. */
void fault_vfs_lose_unsynced(const char *path);

#endif
