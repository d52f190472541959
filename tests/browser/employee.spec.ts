/* browser/employee.spec.ts - an employee's week: a goal sheet from the first
 * row to the chain of those who decide.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, open, signIn, test } from "./world.ts";

const goals = [["Sign contracts", "50", "120"], ["Keep customers", "30", "95"], ["Visit them", "20", "60"]];

test("a goal sheet is written, refused where it lacks something, and submitted @every", async ({ page, world, t }) => {
    await signIn(page, world, "hexin");
    await page.getByRole("link", { name: /季度目标表|Quarterly goal sheet/ }).click();
    await page.locator("#f-period").selectOption("2027-Q1").catch(() => page.locator("#f-period").selectOption({ index: 5 }));
    const table = page.locator(".items").first();

    for (const [i, [title, weight, target]] of goals.entries()) {
        await table.getByRole("button", { name: t("Add a row") }).click();
        await page.locator(`#f-goals-${i + 1}-title`).fill(title!);
        await page.locator(`#f-goals-${i + 1}-weight`).fill(weight!);
        if (i < 2) await page.locator(`#f-goals-${i + 1}-target`).fill(target!);
    }
    await expect(table.locator(".totals")).toContainText("100");

    await page.locator(".actions button").first().click();
    await expect(page.locator("#f-goals-3-target")).toHaveAttribute("aria-invalid", "true");
    await expect(table.locator(".findings .wrong").first()).toBeVisible();
    await page.locator("#f-goals-3-target").fill(goals[2]![2]!);
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    await page.locator(".actions button").first().click();

    await expect(page.locator(".chain .link.now")).toContainText(/./);
    await expect(page.locator(".items input")).toHaveCount(0);
    const id = /documents\/(\d+)/.exec(page.url())![1];
    const stored = await world.call("hexin", "GET", `/documents/${id}`);
    expect(stored.step).toBe("approval");
    expect(stored.data.goals.map((goal: { title: string }) => goal.title)).toEqual(goals.map(([title]) => title));

    await page.getByLabel(t("Say something")).fill("Please look at the third");
    await page.getByRole("button", { name: t("Send"), exact: true }).click();
    await expect(page.locator(".talk li")).toContainText("Please look at the third");
});

test("derived values follow what is typed", async ({ page, world }) => {
    const { id } = await world.call("hexin", "POST", "/documents", { form: "goal-sheet", data: { period: "2028-Q1", goals: [{ title: "One", weight: 100, target: 50 }] } });
    await world.call("hexin", "POST", `/documents/${id}/actions/submit`, {});
    for (const login of ["sunyue", "lina", "hanmei"]) await world.call(login, "POST", `/documents/${id}/actions/approve`, {}).catch(() => undefined);
    await signIn(page, world, "hexin", `/documents/${id}`);

    await page.locator("#f-goals-1-actual").fill("40");
    await expect(page.locator(".items td.of-number .shown").last()).toHaveText("80.0");
    await expect(page.locator(".field-view").filter({ hasText: /总分|Total/ }).locator(".shown")).toHaveText("80.0");
});

test("somebody is found by pinyin and by initials", async ({ page, world }) => {
    await signIn(page, world, "hexin", "/people");
    for (const words of ["zhaolei", "zl", "赵"]) {
        await page.getByRole("searchbox").fill(words);
        await expect(page.locator(".people")).toContainText("赵磊");
        await expect(page.locator(".people li")).not.toHaveCount(29);
    }
    await open(page, world, "/new/goal-sheet");
    await page.locator("#f-owner").click();
    await page.locator(".combobox input").fill("ly");
    await page.getByRole("option", { name: /刘洋/ }).click();
    await expect(page.locator(".combobox input")).toHaveValue("刘洋");
});

test("what is pressed is done, though a field that is left has something to say above it", async ({ page, world, t, isMobile }) => {
    test.skip(!!isMobile, "a mouse is pressed and let go");
    await signIn(page, world, "hexin", "/new/goal-sheet");
    await page.locator("#f-period").selectOption({ index: 5 });
    const table = page.locator(".items").first(), add = table.getByRole("button", { name: t("Add a row") });
    await add.click();
    await page.locator("#f-goals-1-title").focus();
    await add.hover();
    await page.mouse.down();
    await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
    await page.mouse.up();
    await expect(table.locator("tbody tr")).toHaveCount(2);
    await expect(table.locator(".findings .wrong").first()).toBeVisible();
});
