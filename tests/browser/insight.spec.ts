/* browser/insight.spec.ts - numbers lead to the documents behind them, and go
 * out as files.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, signIn, test } from "./world.ts";

test("a number leads to the documents behind it @every", async ({ page, world, t }) => {
    const report = await world.call("chenguang", "GET", "/reports/completion");
    const row = report.rows.find((one: { documents: number }) => one.documents > 0 && one.documents < 20);
    await signIn(page, world, "chenguang", "/insight");
    await page.locator("a[href='/insight/completion']").last().click();
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator(".bars li")).toHaveCount(Math.min(report.rows.length, 12));
    await page.locator(".table tbody tr").nth(report.rows.indexOf(row)).getByRole("button").click();
    const behind = page.locator("section", { has: page.getByRole("heading", { name: t("The documents behind it") }) });
    await expect(behind.locator(".rows > li")).toHaveCount(row.documents);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("another period is another answer, and the address keeps it", async ({ page, world, t }) => {
    await signIn(page, world, "chenguang", "/insight/completion");
    await page.getByLabel(t("Period"), { exact: true }).selectOption({ index: 3 });
    await expect(page).toHaveURL(/period=/);
    await page.reload();
    await expect(page.getByText(t("Nothing to count yet."))).toBeVisible();
});

test("a page of reports shows each, and what one may not see says so", async ({ page, world }) => {
    const { items } = await world.call("chenguang", "GET", "/dashboards");
    const parts = (await world.call("chenguang", "GET", `/dashboards/${items[0].id}`)).parts;
    await signIn(page, world, "chenguang", "/insight");
    await expect(page.locator(".part")).toHaveCount(parts.length);
});

test("a single number is what its measures come to, and all of a table stands beneath it", async ({ page, world }) => {
    const nps = (await world.call("zhoumin", "GET", "/reports/nps")).total.values.nps;
    const all = (await world.call("zhoumin", "GET", "/reports/completion")).total.values.goals;
    await signIn(page, world, "zhoumin", "/insight/nps");
    await expect(page.locator(".figure-large")).toContainText(`${nps} NPS`);
    await page.goto(`${world.url}/insight/completion`);
    await expect(page.locator("tfoot td").nth(1)).toHaveText(String(all));
});

test("numbers go out as a file, to whoever may", async ({ page, world }) => {
    await signIn(page, world, "zhoumin", "/insight/completion");
    const file = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV" }).click();
    expect((await file).suggestedFilename()).toBe("completion.csv");
});
