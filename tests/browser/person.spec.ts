/* browser/person.spec.ts - a person's file: charts that their forms have, over
 * the last two periods, and what may not be seen.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { expect, signIn, test } from "./world.ts";

const plan = (wanted: Record<string, string>) => ({
    abilities: Object.entries(wanted).map(([what, to]) => ({ what, today_is: "1", wanted: to })),
    steps: [{ what: "Read", by: "2026-06-30" }],
});

test("a file shows abilities with those of the period before behind them @every", async ({ page, world }) => {
    const abilities = { "Speaking": "3", "Selling": "4", "Counting": "2" };
    await world.call("xujing", "POST", "/documents", { form: "development-plan", data: { period: "2026-H1", ...plan(abilities) } });
    await world.call("xujing", "POST", "/documents", { form: "development-plan", data: { period: "2026-H2", ...plan({ ...abilities, "Speaking": "5" }) } });
    await signIn(page, world, "xujing", "/people/xujing");
    const radar = page.locator(".radar");
    await expect(radar.locator("svg")).toHaveAttribute("aria-label", /Speaking 5, Selling 4, Counting 2.*Speaking 3/);
    await expect(radar.locator(".radar-before")).toBeVisible();
    await expect(radar.locator("figcaption")).toContainText("2026");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("two abilities are bars, not an area", async ({ page, world }) => {
    await world.call("xujing", "POST", "/documents", { form: "development-plan", data: { period: "2026-H2", ...plan({ "Speaking": "3", "Selling": "4" }) } });
    await signIn(page, world, "xujing", "/people/xujing");
    await expect(page.locator(".bars li")).toHaveText(["Speaking3", "Selling4"]);
    await expect(page.locator(".radar")).toHaveCount(0);
});

test("who may not see a plan sees no chart of it", async ({ page, world }) => {
    await world.call("xujing", "POST", "/documents", { form: "development-plan", data: { period: "2026-H2", ...plan({ "Speaking": "3", "Selling": "4", "Counting": "2" }) } });
    await signIn(page, world, "hexin", "/people/xujing");
    await expect(page.locator(".person-head h1")).toBeVisible();
    await expect(page.locator(".wait")).toHaveCount(0);
    await expect(page.locator(".chart")).toHaveCount(0);
});

test("a file prints without what is not of it", async ({ page, world }) => {
    await signIn(page, world, "liuyang", "/people/liuyang");
    await expect(page.locator(".radar")).toBeVisible();
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".places")).toBeHidden();
    await expect(page.locator(".foot")).toBeHidden();
    await expect(page.locator(".radar")).toBeVisible();
});
