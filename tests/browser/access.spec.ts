/* browser/access.spec.ts - every place: what a screen reader needs is there, and
 * nothing is wider than the screen.
 *
 * Four runs have both themes in both languages, and each theme on a phone and
 * on a desk.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { wrongWith } from "./axe.ts";
import { expect, open, signIn, test } from "./world.ts";

const places = [
    "/", "/inbox", "/documents", "/documents?form=goal-sheet&state=any", "/documents?form=goal-sheet&state=any&view=board",
    "/insight", "/insight/completion", "/places/goals", "/places/goals?view=board", "/places/feedback", "/places/reviews", "/places/reviews?cycle=quarterly-review", "/places/reviews?cycle=quarterly-review&part=calibration",
    "/new/goal-sheet", "/new/review", "/people", "/people/liuyang", "/studio", "/studio/goal-sheet",
    "/admin", "/admin/roles", "/admin/connections", "/admin/jobs", "/admin/settings", "/admin/audit", "/admin/usage", "/admin/tokens", "/preferences",
];

/* As many as a busy machine looks at in the time of a test. */
const AT_ONCE = 5;

for (let first = 0; first < places.length; first += AT_ONCE)
    test(`every place can be read, from ${places[first]} on @every`, async ({ page, world, lang, isMobile }) => {
        test.setTimeout(90_000);
        const dark = (lang === "zh-CN") !== !!isMobile;
        await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
        const { items } = await world.call("zhaolei", "GET", "/documents?form=goal-sheet&limit=1");
        const wrong: string[] = [];
        await signIn(page, world, "zhoumin");
        for (const path of [...places.slice(first, first + AT_ONCE), ...first + AT_ONCE >= places.length ? [`/documents/${items[0].id}`] : []]) {
            await open(page, world, path);
            await page.locator("h1").first().waitFor();
            await page.locator(".wait").waitFor({ state: "detached" });
            wrong.push(...await wrongWith(page, path));
        }
        expect(wrong).toEqual([]);
    });
