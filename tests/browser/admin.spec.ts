/* browser/admin.spec.ts - people out of a file, settings, tokens, and how it goes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { wrongWith } from "./axe.ts";
import { ask, expect, signIn, test } from "./world.ts";

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

    const before = (await world.call("zhoumin", "GET", "/admin/tokens")).items.length;
    await expect(page.locator(".rows > li")).toHaveCount(before);
    await page.locator(".rows > li").last().getByRole("button").click();
    await page.getByRole("alertdialog").getByRole("button", { name: t("Take it back") }).click();
    await expect(page.locator(".rows > li")).toHaveCount(before - 1);
});

test("an administrator sees who has a role, what is bound, and what has failed", async ({ page, world, t }) => {
    world.run("channel", "set", "post", "mail", "server=smtp://127.0.0.1:1", "from=weft@example.com", "inside=true");
    await signIn(page, world, "zhoumin", "/admin/roles");
    await expect(page.locator(".rows > li").filter({ hasText: "hrbp" }).getByRole("link").first()).toBeVisible();
    await page.getByRole("link", { name: t("Connections") }).click();
    await expect(page.locator(".rows > li").filter({ hasText: "post" })).toContainText(t("on"));

    const failed = { id: "7", what: "job", kind: "after_publish", document: null, form: "goal-sheet", step: null, level: null, state: "dead",
        due: "2026-01-01T00:00:00.000Z", at: "2026-01-01T00:00:00.000Z", attempts: 8, problem: "attempt to index a nil value" };
    const asked: string[] = [];
    await page.route(/admin\/jobs/, async (route) => {
        const request = route.request();
        if (request.method() === "GET") return route.fulfill({ json: { items: asked.length ? [] : [failed], next: null } });
        asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
        return route.fulfill({ status: 204 });
    });
    await page.getByRole("link", { name: t("Background work") }).click();
    await expect(page.locator("tbody tr")).toContainText("attempt to index a nil value");
    await page.getByRole("button", { name: t("Try again") }).click();
    await expect(page.getByText(t("Nothing has failed."))).toBeVisible();
    expect(asked).toEqual(["POST /api/v1/admin/jobs/7/revive"]);
});

test("who did what is found by person, form and day, and goes out as a file @every", async ({ page, world, t }) => {
    const id = await ask(world, "A lamp for the cellar");
    await world.call("zhaolei", "POST", `/documents/${id}/actions/approve`, { comment: "For the long evenings" });
    await world.call("zhoumin", "POST", "/admin/settings", { package: "performance", id: "bonus_cap", value: 12 });
    await signIn(page, world, "zhoumin", "/admin/audit");
    const rows = page.locator(".audit tbody tr");
    await expect(rows.first()).toContainText("performance.bonus_cap");
    await expect(rows.first()).toContainText(t("Changed a setting"));
    expect(await wrongWith(page, "the audit trail")).toEqual([]);

    await page.locator(".audit-filters .combobox input").fill("zl");
    await page.getByRole("option", { name: /赵磊/ }).click();
    await expect(page).toHaveURL(/person=zhaolei/);
    await expect(rows.first()).toContainText(t("Approved"));
    await expect(rows.first()).toContainText(/通用申请|request/i);
    await page.getByLabel(t("Form"), { exact: true }).selectOption("request");
    await expect(page).toHaveURL(/form=request/);
    await expect(rows.first()).toContainText("赵磊");
    await expect(page.locator(".audit")).not.toContainText("For the long evenings"); /* what was said is for who reads the document */

    const file = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV" }).click();
    const text = await (await (await file).createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString());
    expect(text).toContain(`"zhaolei","赵磊","approve","request","${id}"`);
    expect(text).not.toContain("liuyang");

    await page.getByLabel(t("From"), { exact: true }).fill("2099-01-01");
    await expect(page.locator("main .empty, main [role=alert]").first()).toBeVisible();
    await page.reload();
    await expect(page.getByLabel(t("Form"), { exact: true })).toHaveValue("request");
});

test("places that one may not enter are not shown", async ({ page, world }) => {
    await signIn(page, world, "liuyang");
    await expect(page.locator(".places a[href='/documents']")).toHaveCount(1);
    await expect(page.locator(".places a[href^='/studio'], .places a[href^='/admin']")).toHaveCount(0);
});
