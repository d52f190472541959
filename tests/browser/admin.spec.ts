/* browser/admin.spec.ts - people out of a file, settings, tokens.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, signIn, test } from "./world.ts";

const file = (text: string) => ({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

test("people are looked at before they are imported", async ({ page, world, t }) => {
    await signIn(page, world, "zhoumin", "/admin");
    await page.locator("input[type=file]").setInputFiles(file("login,name,manager\nnew1,,liuyang\n,No login,\n"));
    await expect(page.getByRole("alert")).toContainText("[1].name");
    await expect(page.getByRole("button", { name: t("Import"), exact: true })).toBeDisabled();

    await page.locator("input[type=file]").setInputFiles(file("login,name,manager\nnew1,New One,liuyang\n"));
    await expect(page.locator("main [role=status]").filter({ hasText: "1" }).first()).toBeVisible();
    await page.getByRole("button", { name: t("Import"), exact: true }).click();
    await expect(page.locator(".toast")).toBeVisible();
    expect((await world.call("zhoumin", "GET", "/people/new1")).manager.login).toBe("liuyang");
});

test("a setting is changed, a token is shown once", async ({ page, world, t }) => {
    await signIn(page, world, "zhoumin", "/admin/settings");
    await page.locator("#set-performance-bonus_cap").fill("12");
    await page.locator("form.setting").filter({ has: page.locator("#set-performance-bonus_cap") }).getByRole("button").click();
    await expect(page.locator(".toast")).toContainText("12");
    const { items } = await world.call("zhoumin", "GET", "/admin/settings");
    expect(items.find((one: { id: string }) => one.id === "bonus_cap").value).toBe(12);

    await page.getByRole("link", { name: t("Tokens") }).click();
    await page.getByRole("button", { name: t("Make a token") }).click();
    const token = await page.locator(".shown-once code").textContent();
    const me = await fetch(`${world.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
    expect((await me.json()).login).toBe("zhoumin");
});

test("places that one may not enter are not shown", async ({ page, world }) => {
    await signIn(page, world, "liuyang");
    await expect(page.locator(".places a[href='/documents']")).toHaveCount(1);
    await expect(page.locator(".places a[href^='/studio'], .places a[href^='/admin']")).toHaveCount(0);
});
