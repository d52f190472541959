/* browser/access.spec.ts - every place: what a screen reader needs is there, and
 * nothing is wider than the screen.
 *
 * Four runs have both themes in both languages, and each theme on a phone and
 * on a desk.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import AxeBuilder from "@axe-core/playwright";
import { expect, open, signIn, test } from "./world.ts";

const places = [
    "/", "/inbox", "/documents", "/documents?form=goal-sheet&state=any", "/documents?form=goal-sheet&state=any&view=board",
    "/new/goal-sheet", "/new/review", "/people", "/people/liuyang", "/studio", "/studio/goal-sheet",
    "/admin", "/admin/settings", "/admin/tokens",
];

test("every place can be read @every", async ({ page, world, lang, isMobile }) => {
    test.setTimeout(120_000);
    const dark = (lang === "zh-CN") !== !!isMobile;
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
    const { items } = await world.call("zhaolei", "GET", "/documents?form=goal-sheet&limit=1");
    const wrong: string[] = [];
    await signIn(page, world, "zhoumin");
    for (const path of [...places, `/documents/${items[0].id}`]) {
        await open(page, world, path);
        await page.locator("h1").first().waitFor();
        await page.locator(".wait").waitFor({ state: "detached" });
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const one of violations)
            if (one.impact === "serious" || one.impact === "critical")
                wrong.push(`${path} ${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(" ")}`);
        if (await page.locator("h1").count() !== 1) wrong.push(`${path} has not one heading`);
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong.push(`${path} is wider than the screen`);
    }
    expect(wrong).toEqual([]);
});
