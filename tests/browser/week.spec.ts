/* browser/week.spec.ts - whole journeys: an employee's week, and a rule by which
 * a low score brings a course.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, open, signIn, test } from "./world.ts";

test("an employee's week: the report, progress of a goal, praise for a colleague @every", async ({ page, world, t }) => {
    test.setTimeout(90_000);
    await signIn(page, world, "liuyang", "/new/weekly-report");
    await page.locator("#f-week").selectOption({ index: 4 }); /* the present one is written already */
    await page.locator("#f-done").fill("Signed with the foundry");
    await page.locator("#f-next").fill("Visit the two others");
    await page.locator("#f-blocked").fill("The sample is still at customs");
    await page.locator(".actions button.primary").click();
    await expect(page.locator(".document-head .state")).not.toHaveText(/填写|Draft/);
    const report = /documents\/(\d+)/.exec(page.url())![1];
    const { items: waits } = await world.call("zhaolei", "GET", "/work?form=weekly-report");
    expect(waits.map((item: { document: { id: string } }) => item.document.id)).toContain(report);

    const { items: mine } = await world.call("liuyang", "GET", "/documents?form=goal&filter[owner]=liuyang");
    const goal = mine[0].id as string;
    await open(page, world, `/documents/${goal}`);
    await page.locator("#f-actual").fill("1080");
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    await expect.poll(async () => (await world.call("liuyang", "GET", `/documents/${goal}`)).progress).toBe(90);

    await open(page, world, "/places/feedback");
    await page.locator(".head a, .head button").filter({ hasText: /点赞|Praise/ }).click();
    await page.locator("#f-receiver").click();
    await page.locator(".combobox input").fill("hx");
    await page.getByRole("option", { name: /何欣/ }).click();
    await page.locator("#f-words").fill("You held the fort while I was travelling");
    await page.locator(".actions button.primary").click();
    await expect(page.locator(".document-head .state")).not.toHaveText(/填写|Draft/);
    await open(page, world, "/places/feedback");
    await expect(page.locator("tbody tr").filter({ hasText: "何欣" }).filter({ hasText: "刘洋" }).first()).toBeVisible();
});

test("the rule that brings a course is changed, tried on a review, and holds @every", async ({ page, world, t }) => {
    test.setTimeout(90_000);
    await signIn(page, world, "zhoumin", "/studio/review");
    await page.getByRole("tab", { name: t("Hooks") }).click();
    await page.locator(".code .cm-content").focus();
    await page.keyboard.press("ControlOrMeta+f");
    await page.keyboard.type("<= 2");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.keyboard.type("<= 4");
    await expect(page.locator(".problems")).toContainText(t("Nothing is wrong."));

    const trial = page.locator(".hooks-try");
    await trial.getByLabel(t("Function")).selectOption("after_confirm");
    await trial.locator(".combobox input").fill("郭峰");
    await page.getByRole("option", { name: /郭峰/ }).click();
    await trial.getByRole("button", { name: t("Run it") }).click();
    const { items } = await world.call("zhoumin", "GET", "/documents?form=review&limit=200");
    const tried = await world.call("zhoumin", "GET", `/documents/${items.find((one: { title: string }) => one.title.includes("郭峰")).id}`);
    const low = tried.data.scores.filter((row: { rating: string }) => Number(row.rating) <= 4).length;
    expect(low).toBeGreaterThan(1);
    await expect(trial.locator(".hook-result li").filter({ hasText: "course-assignment" })).toHaveCount(low);
    const learns = async () => (await world.call("zhoumin", "GET", "/documents?form=course-assignment&count=true")).total as number;
    const before = await learns();

    await page.getByRole("button", { name: t("Go live…") }).click();
    const reloaded = page.waitForEvent("load");
    await page.getByRole("dialog").getByRole("button", { name: t("Go live"), exact: true }).click();
    await reloaded;
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "review", data: { period: "2027-Q1", achievements: "Three customers", self_delivery: "4", self_ability: "3" } });
    const act = (login: string, action: string, body: object = {}) => world.call(login, "POST", `/documents/${id}/actions/${action}`, body);
    await act("liuyang", "hand-in");
    const { data } = await world.call("zhaolei", "GET", `/documents/${id}`);
    await act("zhaolei", "hand-in-review", { data: { scores: data.scores.map((row: object, i: number) => ({ ...row, rating: i === 1 ? "4" : "5" })), development: "Lead a project" } });
    await act("lina", "approve");
    await act("liuyang", "confirm");
    await expect.poll(learns, { timeout: 20_000 }).toBe(before + 1);
});
