/* browser/axe.ts - what of a page cannot be read by everybody.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/* What is seriously wrong, in words; empty: nothing. */
export async function wrongWith(page: Page, path: string): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    const wrong = violations.filter(({ impact }) => impact === "serious" || impact === "critical")
        .map((one) => `${path} ${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(" ")}`);

    if (await page.locator("h1").count() !== 1) wrong.push(`${path} has not one heading`);
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong.push(`${path} is wider than the screen`);
    return wrong;
}
