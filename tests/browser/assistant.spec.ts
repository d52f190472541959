/* browser/assistant.spec.ts - somebody asks the assistant: by key and by
 * button, an answer with links, an act that is done only once it is confirmed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import AxeBuilder from "@axe-core/playwright";
import { expect, signIn, test } from "./world.ts";

test("the assistant answers, by key and by button @every", async ({ page, world, t, lang }) => {
    await signIn(page, world, "liuyang");
    await page.keyboard.press("Control+k");
    const panel = page.getByRole("dialog", { name: t("Assistant") });
    await expect(panel.getByLabel(t("Your question"))).toBeFocused();
    await panel.getByLabel(t("Your question")).fill(lang === "en" ? "who is my manager" : "我的上级是谁");
    await page.keyboard.press("Enter");
    await expect(panel.locator(".said-back")).toContainText("赵磊");
    await panel.locator(".said-why summary").click();
    await expect(panel.locator(".said-why")).toContainText(lang === "en" ? "manager" : "上级");
    const found = await new AxeBuilder({ page }).include("[role=dialog]").analyze();
    expect(found.violations.filter((one) => one.impact === "serious" || one.impact === "critical")).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
    await page.getByRole("button", { name: t("Ask"), exact: true }).click();
    await expect(panel).toBeVisible();
});

test("what waits leads to its document", async ({ page, world, t }) => {
    await signIn(page, world, "liuyang");
    await page.getByRole("button", { name: t("Ask"), exact: true }).click();
    const panel = page.getByRole("dialog", { name: t("Assistant") });
    await panel.getByLabel(t("Your question")).fill("todo");
    await panel.getByRole("button", { name: t("Send") }).click();
    await panel.locator(".said-item a").first().click();
    await expect(panel).toHaveCount(0);
    await expect(page).toHaveURL(/\/documents\/\d+$/);
});

test("an act is done when it is confirmed, and not before", async ({ page, world, t }) => {
    const praises = async () => (await world.call("tangli", "GET", "/documents?form=praise&filter[receiver]=tangli&state=done&limit=200")).items.length;
    const before = await praises();
    await signIn(page, world, "liuyang");
    await page.keyboard.press("Control+k");
    const panel = page.getByRole("dialog", { name: t("Assistant") });
    await panel.getByLabel(t("Your question")).fill("Praise Tang Li: the quote was right and fast");
    await page.keyboard.press("Enter");
    await expect(panel.locator(".said-back")).toContainText("the quote was right and fast");
    await panel.getByRole("button", { name: t("No"), exact: true }).click();
    await expect(panel.locator(".said-back")).toContainText(t("Nothing was done."));
    expect(await praises()).toBe(before);
    await panel.getByLabel(t("Your question")).fill("Praise Tang Li: the quote was right and fast");
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: t("Yes, do it") }).click();
    await expect(panel.locator(".said-back").last()).toContainText(t("Done."));
    expect(await praises()).toBe(before + 1);
});

test("several of one name are asked back, and a choice goes on", async ({ page, world, t }) => {
    await signIn(page, world, "zhaolei");
    await page.keyboard.press("Control+k");
    const panel = page.getByRole("dialog", { name: t("Assistant") });
    await panel.getByLabel(t("Your question")).fill("给ly点个赞，方案做得好");
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: /刘洋/ }).click();
    await expect(panel.locator(".offer")).toBeVisible();
    await expect(panel.locator(".said-back").last()).toContainText("刘洋");
});

test("a text that is no question is text", async ({ page, world, t }) => {
    await signIn(page, world, "liuyang");
    await page.keyboard.press("Control+k");
    const panel = page.getByRole("dialog", { name: t("Assistant") });
    await panel.getByLabel(t("Your question")).fill("<img src=x onerror=alert(1)>");
    await page.keyboard.press("Enter");
    await expect(panel.locator(".said-me")).toHaveText("<img src=x onerror=alert(1)>");
    await expect(panel.locator(".said-choices button").first()).toBeVisible();
    await expect(panel.locator("img")).toHaveCount(0);
});
