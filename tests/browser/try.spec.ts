/* browser/try.spec.ts - a draft is tried before it is live: as somebody, and
 * each hook of it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, signIn, test } from "./world.ts";

test("a draft is seen as somebody will have it, and as those whom it asks @every", async ({ page, world, t }) => {
    await signIn(page, world, "zhoumin", "/studio/goal-sheet");
    await page.getByRole("tab", { name: t("Chain") }).click();
    await page.getByRole("button", { name: /删除 部门负责人|Remove Head of the unit/ }).click();
    await page.locator(".try .combobox input").fill("hexin");
    await page.getByRole("option", { name: /何欣/ }).click();
    await expect(page.locator(".try .chain li")).toHaveCount(2); /* the live form has three */
    await page.getByRole("button", { name: t("See the form as they do") }).click();

    const tried = page.locator(".tried");
    await expect(tried.locator(".group, .field-view").filter({ hasText: "何欣" }).first()).toBeVisible();
    await expect(page.locator(".unseen")).toContainText(/等级|Grade/);
    await expect(tried.locator("#f-urgent, input[type=checkbox]").first()).toBeEnabled();
    await page.locator(".eyes").getByText("孙悦").click();
    await expect(tried.getByText("何欣").first()).toBeVisible();
    await expect(tried.locator("input, textarea, select")).toHaveCount(0); /* whoever approves changes nothing here */

    await page.locator(".eyes label").first().click();
    await tried.locator("input[type=checkbox]").first().check(); /* urgent: only the manager */
    await expect(page.locator(".chain li.skipped")).toHaveCount(1);
    const live = await world.call("zhoumin", "GET", "/forms/goal-sheet");
    expect(live.version).toBe(1);
});

test("a hook is written, tried, and goes live with its form @every", async ({ page, world, t }) => {
    test.setTimeout(90_000);
    const { id: sheet } = await world.call("zhoumin", "POST", "/documents", { form: "goal-sheet", data: { period: "2029-Q1", goals: [{ title: "Doors", weight: 100, target: 4 }] } });
    await signIn(page, world, "zhoumin", "/studio/goal-sheet");
    await page.getByRole("tab", { name: t("Hooks") }).click();
    await expect(page.locator(".code .cm-content")).toContainText("function validate");
    await page.getByLabel(t("Add a function")).selectOption("before_submit");
    await expect(page.locator(".code .cm-content")).toContainText("before_submit");
    await page.keyboard.type('doc.urgent = true doc.goals[1].actual = 3 log("seen", doc.period) notify("manager(owner)", "look")');

    const trial = page.locator(".hooks-try");
    await trial.getByLabel(t("Function")).selectOption("before_submit");
    await trial.locator(".combobox input").fill("2029");
    await page.getByRole("option", { name: /2029/ }).click();
    await trial.getByRole("button", { name: t("Run it") }).click();
    const result = trial.locator(".hook-result");
    await expect(result.getByRole("row").filter({ hasText: /紧急|Urgent/ })).toContainText(t("yes"));
    await expect(result.getByRole("row").filter({ hasText: /实际值|Actual/ })).toContainText("3");
    await expect(result.getByRole("row").filter({ hasText: /总分|Total/ })).toContainText("75"); /* formulas follow */
    await expect(result).toContainText("notify");
    await expect(result.locator(".log")).toHaveText("seen 2029-Q1");
    expect((await world.call("zhoumin", "GET", `/documents/${sheet}`)).data.urgent).toBeUndefined();

    const write = async (text: string) => {
        await page.locator(".code .cm-content").focus();
        await page.keyboard.press("ControlOrMeta+a");
        await page.keyboard.press("Delete");
        await page.keyboard.type(text);
    };
    await write("-- two lines\nfunction before_submit(doc, act) doc.owner.boss.name = 1 end");
    await trial.getByRole("button", { name: t("Run it") }).click();
    await expect(result.getByRole("alert")).toContainText(t("Line {n}", { n: 2 }));
    await expect(result.getByRole("alert")).toContainText("boss");
    await write("function before_submit(doc, act)");
    await expect(page.locator(".problems")).toContainText("<eof>");
    await write("function before_submit(doc, act) doc.urgent = true end");
    await expect(page.locator(".problems")).toContainText(t("Nothing is wrong."));
    await page.getByRole("button", { name: t("Go live…") }).click();
    const reloaded = page.waitForEvent("load");
    await page.getByRole("dialog").getByRole("button", { name: t("Go live"), exact: true }).click();
    await reloaded;
    expect((await world.call("zhoumin", "GET", "/forms/goal-sheet/hooks")).text).toBe("function before_submit(doc, act) doc.urgent = true end");
    const { id } = await world.call("hexin", "POST", "/documents", { form: "goal-sheet", data: { period: "2029-Q2", goals: [{ title: "Windows", weight: 100, target: 4 }] } });
    await world.call("hexin", "POST", `/documents/${id}/actions/submit`, {});
    expect((await world.call("hexin", "GET", `/documents/${id}`)).data.urgent).toBe(true);
});
