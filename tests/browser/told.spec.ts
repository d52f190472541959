/* browser/told.spec.ts - the bell: what one was told, read, and how one wants
 * to be told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { wrongWith } from "./axe.ts";
import { ask, expect, open, signIn, test } from "./world.ts";

test("the bell rings, is read, and one says how one is told @every", async ({ page, world, t }) => {
    world.run("channel", "set", "post", "mail", "server=smtp://127.0.0.1:1", "from=weft@example.com", "inside=true");
    await world.call("liuyang", "POST", "/notifications/read", {});
    await signIn(page, world, "liuyang", "/people");
    await page.locator("html[data-live]").waitFor();
    const bell = page.locator(".bell");
    await expect(bell).toHaveAccessibleName(t("News"));

    const id = await ask(world, "A taxi");
    await world.call("zhaolei", "POST", `/documents/${id}/actions/approve`, {});
    await expect(bell).toHaveAccessibleName(t("News: {n} unread", { n: 1 }));
    await bell.click();
    const panel = page.getByRole("dialog");
    await expect(panel.locator(".told-list .new")).toHaveCount(1);
    expect(await wrongWith(page, "the bell")).toEqual([]);
    await panel.getByRole("button", { name: t("Mark all as read") }).click();
    await expect(panel.locator(".told-list .new")).toHaveCount(0);
    await panel.locator(".told-list a").first().click();
    await expect(page).toHaveURL(new RegExp(`/documents/${id}$`));
    await expect(bell).toHaveAccessibleName(t("News"));

    await bell.click();
    await panel.getByRole("link", { name: t("How I am told") }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("How I am told"));
    await page.getByLabel(t("until"), { exact: true }).fill("09:30");
    await page.locator("tbody select").first().selectOption("now");
    await page.getByRole("button", { name: t("Add a time") }).click();
    expect(await wrongWith(page, "preferences")).toEqual([]);
    await page.getByRole("button", { name: t("Save"), exact: true }).click();
    await expect(page.locator(".toast")).toContainText(t("Saved."));
    await open(page, world, "/preferences");
    await expect(page.getByLabel(t("until"), { exact: true })).toHaveValue("09:30");
    await expect(page.locator("tbody select").first()).toHaveValue("now");
    expect((await world.call("liuyang", "GET", "/notifications/settings")).times).toContain("17:00");
});

/* The demo has some: sheets and reviews that were waited for. */
test("reminders of one document are one, with how many they were", async ({ page, world, t }) => {
    const { items } = await world.call("liuyang", "GET", "/notifications?limit=50");
    const due = items.filter((item: { kind: string }) => item.kind === "due");
    const several = due.find((item: { times?: number }) => (item.times ?? 1) > 1);
    expect(new Set(due.map((item: { document: string }) => item.document)).size).toBe(due.length);
    expect(several.times).toBeGreaterThan(1);
    await signIn(page, world, "liuyang", "/people");
    await page.locator(".bell").click();
    const row = page.locator(".told-list li").filter({ hasText: several.text });
    await expect(row).toHaveCount(1);
    await expect(row).toContainText(t("{n} reminders, last {when}", { n: several.times, when: "" }).trim());
});
