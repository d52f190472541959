/* browser/owner.spec.ts - a business owner changes what the package leaves to
 * them: a level, a limit; and nothing else.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, goTo, open, signIn, test, type World } from "./world.ts";

function appoint(world: World): void {
    const file = join(mkdtempSync(join(tmpdir(), "weft-owner-")), "people.csv");

    writeFileSync(file, "login,name,roles\nzhaolei,赵磊,shop-lead\n");
    world.run("import", "people", file);
}

test("a level is left out and a limit lowered within the policy @every", async ({ page, world, t }) => {
    test.setTimeout(90_000);
    appoint(world);
    const before = await world.call("zhaolei", "GET", "/forms/bonus-item/adjustable");
    await signIn(page, world, "zhaolei");
    await goTo(page, "/studio");
    await page.locator("main[data-path='/studio'] .rows a").click();
    await expect(page.locator(".adjust > li")).toHaveCount(before.parts.length);

    await page.locator(".adjust > li").filter({ has: page.getByLabel(t("Most")) }).locator("input").fill("99");
    await page.getByRole("button", { name: t("See what changes") }).click();
    await expect(page.getByRole("alert")).toContainText("10"); /* the most that the policy lets it be */
    await expect(page.getByRole("button", { name: t("Go live") })).toBeDisabled();

    await page.locator(".adjust > li").filter({ has: page.getByLabel(t("Most")) }).locator("input").fill("8");
    await page.getByRole("button", { name: t("Leave it out") }).first().click();
    await page.getByLabel(t("Why?")).fill("The Spring sale");
    await page.getByRole("button", { name: t("See what changes") }).click();
    await expect(page.locator(".differences li")).toHaveCount(2);
    await page.getByRole("button", { name: t("Go live") }).click();
    await expect(page.locator(".toast")).toContainText(t("It is live."));
    const after = await world.call("zhaolei", "GET", "/forms/bonus-item/adjustable");
    expect(after.version).toBe(before.version + 1);
    expect(after.parts).toHaveLength(before.parts.length - 1);

    await open(page, world, "/studio/goal-sheet"); /* of which nothing is theirs */
    await expect(page.locator("main .empty")).toBeVisible();
});
