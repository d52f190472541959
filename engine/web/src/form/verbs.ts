/* form/verbs.ts - what a history calls what happened, and by which way.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { t } from "../i18n/index.ts";

/* The verbs of every form, and what the engine does itself; actions have their
 * own labels. */
export const verbs: Record<string, () => string> = {
    create: () => t("Created"), edit: () => t("Changed it"), submit: () => t("Submitted"), approve: () => t("Approved"),
    reject: () => t("Refused"), return: () => t("Returned"), withdraw: () => t("Withdrawn"), comment: () => t("Commented"),
    skip: () => t("Left out"), enter: () => t("Arrived"), transfer: () => t("Handed on"), delegate: () => t("Delegated"),
    urge: () => t("Urged"), cc: () => t("Sent a copy"), reopen: () => t("Reopened"), timeout: () => t("Time was up"),
    "add-approver": () => t("Added an approver"), "remove-approver": () => t("Removed an approver"), migrate: () => t("Moved to a new version"),
    assign: () => t("Asked somebody else"), attach: () => t("Attached a file"), wait: () => t("Waits"), join: () => t("Went on together"),
    cancel: () => t("Broken off"), collect: () => t("Asked for answers"), close: () => t("Closed the answers"), give: () => t("Answered"),
    override: () => t("Set a value over it"), alert: () => t("The light changed"), delete: () => t("Deleted"), retention: () => t("Was kept long enough"),
    revive: () => t("Had it tried again"), drop: () => t("Gave it up"), deploy: () => t("Made it live"),
};

/* By which way it was done, where that was not a page. */
const ways: Record<string, () => string> = {
    dingtalk: () => t("in DingTalk"), wecom: () => t("in WeCom"), feishu: () => t("in Feishu"), mcp: () => t("by an assistant"),
};

export const wayOf = (via: string | null | undefined): string => via ? ways[via]?.() ?? via : "";
