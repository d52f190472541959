/* browser/access.spec.ts - every place, in both themes: what a screen reader
 * needs is there, and nothing is wider than the screen.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import AxeBuilder from "@axe-core/playwright";
import { expect, open, signIn, test } from "./world.ts";

for (const scheme of ["light", "dark"] as const)
    test(`every place can be read, ${scheme} @every`, async ({ page, world }) => {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        const { items } = await world.call("zhaolei", "GET", "/documents?form=goal-sheet&limit=1");
        await signIn(page, world, "zhoumin");
        for (const path of ["/", "/inbox", "/documents", "/documents?form=goal-sheet&state=any", "/documents?form=goal-sheet&state=any&view=board", `/documents/${items[0].id}`,
            "/new/goal-sheet", "/new/review", "/people", "/people/liuyang", "/studio", "/studio/goal-sheet", "/admin", "/admin/settings", "/admin/tokens"]) {
            await open(page, world, path);
            await expect(page.locator("h1")).toHaveCount(1);
            await page.waitForLoadState("networkidle");
            const { violations } = await new AxeBuilder({ page }).analyze();
            const serious = violations.filter((violation) => violation.impact === "serious" || violation.impact === "critical");
            expect(serious.map((one) => `${path} ${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" ")}`)).toEqual([]);
            expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} fits the screen`).toBeLessThanOrEqual(0);
        }
    });
