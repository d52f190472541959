/* browser/sign-in.spec.ts - in, out, in again without losing one's place.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask, expect, open, password, ready, signIn, test } from "./world.ts";

test("a wrong password is said, a right one leads to where one was going", async ({ page, world }) => {
    await page.goto(`${world.url}/people/liuyang`);
    await page.fill("[name=login]", "zhaolei");
    await page.fill("[name=password]", "wrong-password");
    await page.click("form button");
    await expect(page.getByRole("alert")).toBeVisible();

    await page.fill("[name=login]", "zhaolei");
    await page.fill("[name=password]", password);
    await page.click("form button");
    await page.waitForURL(`${world.url}/people/liuyang`);
    await ready(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("刘洋");
});

test("a session that ends while one types is renewed in place", async ({ page, world, t }) => {
    await signIn(page, world, "liuyang", "/new/request");
    await page.locator("#f-subject_line").fill("A chair");
    await page.waitForURL(/documents/);
    await page.locator(".chain li").first().waitFor(); /* all that the page asks for by itself is there */
    await expect(page.getByText(t("Nobody has said anything yet."))).toBeVisible();
    await page.context().clearCookies();
    await page.locator("#f-text").fill("A good one, please");

    const dialog = page.getByRole("dialog", { name: t("Please sign in again") });
    await dialog.getByLabel(t("Password")).fill(password);
    await dialog.getByRole("button", { name: t("Sign in") }).click();
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    const { items } = await world.call("liuyang", "GET", "/documents?form=request&mine=true&sort=-created&limit=1&fields=text");
    expect(items[0].data.text).toBe("A good one, please");
});

test("signing out leaves nothing on the device", async ({ page, world, t }) => {
    await ask(world, "Secret chair");
    await signIn(page, world, "zhaolei");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await open(page, world, "/inbox");
    await page.context().setOffline(true);
    await page.getByRole("button", { name: /同意|Approve/ }).first().click();
    await expect(page.locator(".network")).toBeVisible();
    await page.context().setOffline(false);

    await page.getByRole("button", { name: t("Sign out") }).click();
    await page.locator("[name=password]").waitFor();
    const left = await page.evaluate(async () => {
        const db = await new Promise<IDBDatabase>((resolve) => { const r = indexedDB.open("weft", 1); r.onsuccess = () => resolve(r.result); });
        const drafts = await new Promise<number>((resolve) => { const r = db.transaction("drafts").objectStore("drafts").count(); r.onsuccess = () => resolve(r.result); });
        const answers = (await caches.has("weft-answers")) ? (await (await caches.open("weft-answers")).keys()).filter((request) => request.url.includes("/api/")).length : 0;
        return { drafts, answers };
    });
    expect(left).toEqual({ drafts: 0, answers: 0 });
});

test.describe("without script", () => {
    test.use({ javaScriptEnabled: false });
    test("what waits can be decided", async ({ page, world }) => {
        const id = await ask(world, "A lamp");
        await page.goto(world.url);
        await page.fill("[name=login]", "zhaolei");
        await page.fill("[name=password]", password);
        await page.click("form button");
        await page.locator(`button[formaction$="${id}/actions/approve"]`).click();
        await expect(page.getByText("A lamp")).toHaveCount(0);
        expect((await world.call("liuyang", "GET", `/documents/${id}`)).step).toBe("done");
    });
});
