/* browser/home.spec.ts - the script takes over the page that the server wrote: it
 * attaches to what stands there, and what stands there is what it would draw.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask, expect, open, ready, signIn, test } from "./world.ts";

/* What both write, without what only a page without script needs. */
const drawn = ([parts, html]: [string[], string?]): string[] => {
    const from = html ? new DOMParser().parseFromString(html, "text/html") : document;

    return parts.map((part) => {
        const copy = from.querySelector(part)!.cloneNode(true) as Element;
        copy.querySelectorAll("[name=csrf], noscript").forEach((one) => one.remove());
        copy.querySelectorAll("button").forEach((button) => ["type", "formaction"].forEach((name) => button.removeAttribute(name)));
        return copy.innerHTML;
    });
};
test.use({ serviceWorkers: "block" }); /* it would answer instead of the server */

const parts = [".places", ".main > .head", ".main > .block:nth-of-type(1)", ".main > .block:nth-of-type(2)"];

test("what the server wrote stays, and is what the script draws @every", async ({ page, world, lang }) => {
    for (const n of [1, 2, 3]) await ask(world, `Chair ${n}`); /* more than Home shows */
    await signIn(page, world, "zhaolei");
    const written = await page.evaluate(drawn, [parts, await (await page.request.get(world.url, { headers: { "Accept-Language": lang } })).text()]);

    await page.addInitScript(() => document.addEventListener("DOMContentLoaded", () => {
        for (const one of document.querySelectorAll("#app *")) (one as { written?: boolean }).written = true;
    }));
    await open(page, world, "/");
    const kept = (part: string) => page.locator(part).evaluateAll((all) => all.map((one) => (one as { written?: boolean }).written ?? false));
    for (const part of [".places a", ".rows h3 a", ".rows .buttons button"]) expect(new Set(await kept(part)), part).toEqual(new Set([true]));
    expect(await page.evaluate(drawn, [parts])).toEqual(written);

    await page.locator(".places a[href='/inbox']").click();
    await page.locator(".places a[href='/']").click();
    await page.locator(".rows h3 a").first().waitFor();
    await expect.poll(() => page.evaluate(drawn, [parts])).toEqual(written);
});

test("what was typed before the script came is there after it, and is sent with the decision", async ({ page, world }) => {
    let go = () => undefined as void;
    const held = new Promise<void>((resolve) => { go = resolve; });
    await signIn(page, world, "zhaolei");
    await page.route("**/assets/main-*.js", async (route) => { await held; await route.continue(); });
    await page.goto(world.url);
    const row = page.locator(".rows > li").filter({ has: page.locator("[data-action=approve]") }).first();
    const link = page.locator(`.rows a[href='${await row.locator("h3 a").getAttribute("href")}']`);
    await row.locator("summary").first().click();
    await row.locator("textarea").fill("For the long evenings");
    go();
    await ready(page);
    await expect(row.locator("textarea")).toHaveValue("For the long evenings");
    const id = (await link.first().getAttribute("href"))!.split("/").pop();
    await row.locator("[data-action=approve]").click();
    await expect(link).toHaveCount(0);
    const { items } = await world.call("zhaolei", "GET", `/documents/${id}/history`);
    expect(JSON.stringify(items)).toContain("For the long evenings");
});

test("on a phone the bar shows five places, and the others when they are asked for @every", async ({ page, world, t, isMobile }) => {
    test.skip(!isMobile);
    await signIn(page, world, "zhoumin");
    const links = page.locator(".places a:visible"), more = page.getByRole("button", { name: t("More"), exact: true });
    await expect(links).toHaveCount(5);
    await more.click();
    await expect(page.locator(".places a[href='/studio']")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(links).toHaveCount(5);
    await more.click();
    await page.locator(".places a[href='/people']").click();
    await expect(page.locator(".places a[aria-current]")).toBeVisible();
    await expect(links).toHaveCount(5);
    await expect(page.locator(".places a[aria-current]")).toHaveAttribute("href", "/people");
});
