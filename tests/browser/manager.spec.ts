/* browser/manager.spec.ts - a manager's morning: eleven things that wait.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { wrongWith } from "./axe.ts";
import { ask, expect, open, signIn, test } from "./world.ts";

test("eleven that wait are decided in under two minutes @every", async ({ page, world, t }) => {
    world.hire("boss", "Bo Shen", "chenguang");
    world.hire("clerk", "Cao Lei", "boss");
    for (let i = 1; i <= 11; i++) await ask(world, `Wish ${i}.`, "clerk");
    await signIn(page, world, "boss");
    const began = Date.now();
    await expect(page.locator(".places .count")).toHaveText("11");
    await page.locator(".places a[href='/inbox']").click();

    await page.getByRole("button", { name: t("Look at {title}", { title: "Wish 1." }) }).click();
    const peek = page.getByRole("dialog", { name: "Wish 1." });
    await expect(peek.getByText(/标题|Subject/)).toBeVisible();
    await peek.locator("[data-action=reject]").click();
    await page.getByRole("dialog").filter({ has: page.locator("textarea") }).last().locator("textarea").fill("Not this year");
    await page.getByRole("button", { name: /驳回|Reject|Refuse/ }).last().click();
    await expect(page.locator(".places .count")).toHaveText("10");

    for (const left of ["9", "8"]) {
        await page.locator(".inbox-row [data-action=approve]").first().click();
        await expect(page.locator(".places .count")).toHaveText(left);
    }
    await page.locator("section.block h2 input").check();
    await page.locator(".batch .primary").click();
    await page.getByRole("dialog").locator("button.primary").click();
    await expect(page.getByText(t("Nothing waits for you."))).toBeVisible();
    expect(Date.now() - began).toBeLessThan(120_000);
});

test("the inbox works by keyboard", async ({ page, world, isMobile }) => {
    test.skip(!!isMobile, "there is no keyboard");
    const id = await ask(world, "A desk");
    await signIn(page, world, "zhaolei", "/inbox");
    await page.locator(".rows > li").first().waitFor();
    const at = await page.locator(".rows > li").evaluateAll((rows) => rows.findIndex((row) => row.textContent?.includes("A desk")));
    for (let i = 0; i <= at; i++) await page.keyboard.press("j");
    await page.keyboard.press("a");
    await expect(page.getByText("A desk")).toHaveCount(0);
    expect((await world.call("zhaolei", "GET", `/documents/${id}`)).step).toBe("done");
});

test("a document says who decides, and since when", async ({ page, world }) => {
    const { items } = await world.call("zhaolei", "GET", "/work");
    const sheet = items.find((item: { level: string | null; document: { form: string } }) => item.level && item.document.form === "goal-sheet").document.id;
    await signIn(page, world, "zhaolei", `/documents/${sheet}`);
    await expect(page.locator(".chain li")).toHaveCount(3);
    await expect(page.locator(".chain [aria-current=step]")).toContainText("赵磊");
});

test("returning asks where to, and why", async ({ page, world, t }) => {
    const { items } = await world.call("zhaolei", "GET", "/work");
    const { id } = items.find((item: { level: string; document: { form: string } }) => item.level === "head").document;
    await signIn(page, world, "zhaolei", `/documents/${id}`);
    await page.getByRole("button", { name: /退回|Return/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("Where to?")).selectOption("draft");
    await dialog.getByLabel(t("Comment")).fill("The second goal needs a number");
    await dialog.locator("button.primary").click();
    await expect(page.locator(".document-head .state")).toHaveText(/填写|Draft/);
});

test("documents are listed, sorted and moved on a board", async ({ page, world, isMobile }) => {
    test.skip(!!isMobile, "cards are dragged on a desk");
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "expense", data: { purpose: "Train", lines: [{ what: "Ticket", amount: { amount: 1200, currency: "EUR" } }] } });
    await signIn(page, world, "liuyang", "/documents?form=expense");
    await expect(page.locator("tbody tr").first()).toContainText("刘洋");
    await page.locator("thead button").nth(1).click();
    await expect(page.locator("th[aria-sort=descending], th[aria-sort=ascending]")).toHaveCount(1);

    await open(page, world, "/documents?form=expense&view=board");
    await page.locator(`.card a[href='/documents/${id}']`).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await expect(page.locator(".lane").nth(1).locator(`a[href='/documents/${id}']`)).toBeVisible();
    expect((await world.call("liuyang", "GET", `/documents/${id}`)).step).toBe("check");
});

test("somebody stands in while one is away, and no more @every", async ({ page, world, t }) => {
    await signIn(page, world, "zhaolei", "/inbox");
    await page.getByRole("button", { name: t("Out of office") }).click();
    const panel = page.getByRole("dialog", { name: t("Out of office") });
    await panel.locator(".combobox input").fill("sy");
    await page.getByRole("option", { name: /孙悦/ }).click();
    expect(await wrongWith(page, "out of office")).toEqual([]);
    await panel.getByRole("button", { name: t("Have them stand in") }).click();
    await expect(panel.locator(".away-one")).toContainText("孙悦");

    const id = await ask(world, "A lamp for the cellar");
    const waits = async (login: string) => (await world.call(login, "GET", "/work")).items.some((item: { document: { id: string } }) => item.document.id === id);
    await expect.poll(() => waits("sunyue")).toBe(true);
    await panel.getByRole("button", { name: t("End it") }).click();
    await expect(panel.locator(".away-one")).toHaveCount(0);
    await expect.poll(() => waits("sunyue")).toBe(false);
    expect(await waits("zhaolei")).toBe(true);
});
