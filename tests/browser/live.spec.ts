/* browser/live.spec.ts - what others do shows while one looks, in all tabs, over
 * one stream of events.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Page } from "@playwright/test";
import { ask, expect, goTo, open, signIn, test } from "./world.ts";

const listening = (page: Page) => page.locator("html[data-live]").waitFor();

test("what arrives to be decided shows by itself @every", async ({ page, world }) => {
    await signIn(page, world, "zhaolei", "/inbox"); /* Today shows the first few */
    const count = page.locator(".places .count");
    await expect(count).toBeVisible();
    const before = Number(await count.textContent());
    await listening(page);
    await ask(world, "A plant for the office");
    await expect(page.locator(".rows > li").filter({ hasText: "A plant for the office" })).toBeVisible();
    await expect(count).toHaveText(String(before + 1));
    await goTo(page, "/people");
    await ask(world, "And a pot");
    await expect(count).toHaveText(String(before + 2));
});

test("an open document follows what somebody else does to it", async ({ page, world }) => {
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "request", data: { subject_line: "Pens" } });
    await signIn(page, world, "liuyang", `/documents/${id}`);
    await listening(page);
    await world.call("liuyang", "PATCH", `/documents/${id}`, { data: { text: "red ones" } });
    await expect(page.locator("#f-text")).toHaveValue("red ones");
    await world.call("liuyang", "POST", `/documents/${id}/comments`, { text: "as always" });
    await expect(page.locator(".talk").getByText("as always")).toBeVisible();
});

test("all tabs share one stream, and the next one goes on when it closes", async ({ page, world }) => {
    const streams: string[] = [];
    page.context().on("request", (request) => { if (request.url().includes("/api/v1/events")) streams.push(request.url()); });
    await signIn(page, world, "zhaolei", "/inbox");
    await expect.poll(() => streams.length).toBe(1);
    const second = await page.context().newPage();
    await open(second, world, "/inbox");
    await ask(world, "For both");
    for (const tab of [page, second]) await expect(tab.getByRole("link", { name: "For both" })).toBeVisible();
    expect(streams).toHaveLength(1);

    await page.close();
    await expect.poll(() => streams.length).toBe(2);
    await ask(world, "For who is left");
    await expect(second.getByRole("link", { name: "For who is left" })).toBeVisible();
});

test("a stream that breaks goes on where it was", async ({ page, world }) => {
    await signIn(page, world, "zhaolei", "/inbox");
    await listening(page);
    await page.context().setOffline(true);
    await ask(world, "Sent meanwhile");
    await page.context().setOffline(false);
    await expect(page.getByRole("link", { name: "Sent meanwhile" })).toBeVisible({ timeout: 20_000 });
});
