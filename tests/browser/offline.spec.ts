/* browser/offline.spec.ts - without a network, and when two write at once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask, expect, open, ready, signIn, test } from "./world.ts";

test("what is written without a network is sent when there is one @every", async ({ page, world, t }) => {
    await signIn(page, world, "liuyang");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await open(page, world, "/new/request");
    await page.context().setOffline(true);
    await page.locator("#f-subject_line").fill("Written in the train");
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("kept in this browser"));
    await expect(page.locator(".network")).toBeVisible();
    await page.locator(".actions button").first().click();
    await expect(page.getByText(t("Kept here; it is sent when there is a network."))).toBeVisible();

    await page.goto(`${world.url}/`);
    await ready(page);
    await expect(page.locator(".network")).toContainText(t("{n} changes wait to be sent.", { n: 1 }));
    await page.context().setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.locator(".network")).toHaveCount(0, { timeout: 20_000 });
    const { items } = await world.call("zhaolei", "GET", "/work");
    expect(items.filter((item: { document: { title: string } }) => item.document.title === "Written in the train")).toHaveLength(1);
});

test("a place that was never seen is drawn without a network, though another was kept", async ({ page, world, t }) => {
    await signIn(page, world, "zhaolei");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await open(page, world, "/"); /* the worker has seen what Home asks */
    await page.context().setOffline(true);
    await page.goto(`${world.url}/inbox`);
    await ready(page);
    await expect(page.locator(".places a[aria-current]")).toHaveAttribute("href", "/inbox");
    await expect(page.locator("h1")).toHaveText(t("Inbox"));
    await expect(page.locator(".inbox-row").first()).toBeVisible();
    await expect(page.locator(".main form.row")).toHaveCount(0);
});

test("an answer that gets lost is not done twice", async ({ page, world }) => {
    const id = await ask(world, "A plant");
    await signIn(page, world, "zhaolei", "/inbox");
    await page.route(/actions\/approve/, async (route) => {
        await route.fetch();
        await route.abort();
    }, { times: 1 });
    await page.locator(".inbox-row").filter({ hasText: "A plant" }).locator("[data-action=approve]").click();
    await expect(page.locator(".network")).toBeVisible();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.locator(".network")).toHaveCount(0);
    const { items } = await world.call("liuyang", "GET", `/documents/${id}/history`);
    expect(items.filter((event: { kind: string }) => event.kind === "approve")).toHaveLength(1);
});

test("two who change the same field are both shown, and one chooses", async ({ page, world, t }) => {
    await page.route(/api\/v1\/events/, (route) => route.abort()); /* or the page would follow */
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "request", data: { subject_line: "Paper", text: "white" } });
    await signIn(page, world, "liuyang", `/documents/${id}`);
    await page.locator("#f-text").waitFor();
    await world.call("liuyang", "PATCH", `/documents/${id}`, { data: { text: "recycled", needed_by: "2027-01-01" } });
    await page.locator("#f-text").fill("blue");

    const conflict = page.locator(".conflicts");
    await expect(conflict).toContainText("blue");
    await expect(conflict).toContainText("recycled");
    await conflict.getByRole("button", { name: t("Keep mine") }).click();
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    const { data } = await world.call("liuyang", "GET", `/documents/${id}`);
    expect(data).toMatchObject({ text: "blue", needed_by: "2027-01-01" });
});

test("changes to other fields are put together without a question", async ({ page, world, t }) => {
    await page.route(/api\/v1\/events/, (route) => route.abort());
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "request", data: { subject_line: "Pens" } });
    await signIn(page, world, "liuyang", `/documents/${id}`);
    await page.locator("#f-text").waitFor();
    await world.call("liuyang", "PATCH", `/documents/${id}`, { data: { subject_line: "Ten pens" } });
    await page.locator("#f-text").fill("red ones");
    await expect(page.locator("#f-subject_line")).toHaveValue("Ten pens");
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    expect((await world.call("liuyang", "GET", `/documents/${id}`)).data).toEqual({ subject_line: "Ten pens", text: "red ones" });
});

/* What is sent when the network comes back must not be what a page is bringing
 * itself just then: it would meet its own change as somebody else's. */
test("a page and the sender of what was left do not get into each other's way", async ({ page, world, t }) => {
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "request", data: { subject_line: "Pens" } });
    await signIn(page, world, "liuyang", `/documents/${id}`);
    const changes: string[] = [];
    page.on("request", (request) => { if (request.method() === "PATCH") changes.push(request.url()); });
    await page.locator("#f-text").fill("red ones");
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("not saved yet"));
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    expect(changes).toHaveLength(1);
});

test("what was typed and taken back leaves nothing that waits", async ({ page, world, t }) => {
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "request", data: { subject_line: "Pens", text: "red" } });
    await signIn(page, world, "liuyang", `/documents/${id}`);
    await page.locator("#f-text").fill("blue");
    await page.locator("#f-text").fill("red");
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    await page.reload();
    await ready(page);
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    await expect(page.locator(".network")).toHaveCount(0);
});

test("a form whose version changed under a draft: what was typed is found, and what has no place any more is shown", async ({ page, world, t }) => {
    const admin = { "Authorization": `Bearer ${world.token("admin")}` };
    const xml = await (await fetch(`${world.url}/api/v1/forms/request/xml`, { headers: admin })).text();
    await signIn(page, world, "liuyang");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await open(page, world, "/new/request");
    await page.context().setOffline(true);
    await page.locator("#f-subject_line").fill("From the train");
    await page.locator("#f-text").fill("Two pages of it");
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("kept in this browser"));
    await page.goto(`${world.url}/inbox`);
    await ready(page);
    const deployed = await fetch(`${world.url}/api/v1/definitions?package=starter`, { method: "POST", body: xml.replace(/<field id="text"[^]*?<\/field>/, ""), headers: { ...admin, "Content-Type": "application/xml" } });
    expect(await deployed.text()).toContain("request");
    await page.context().setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    const link = page.locator(".network a");
    await expect(link).toContainText(t("not sent: see what is wrong"), { timeout: 20_000 });
    await link.click();
    await expect(page.locator("#f-subject_line")).toHaveValue("From the train");
    await expect(page.locator(".conflicts")).toContainText("Two pages of it");
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    await expect(page.locator(".conflicts")).toContainText("Two pages of it");
    await expect(page.locator(".network")).toHaveCount(0);
});

test("an action whose answer gets lost on its own page is done once, and the page goes on", async ({ page, world, t }) => {
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "request", data: { subject_line: "A plant" } });
    await signIn(page, world, "liuyang", `/documents/${id}`);
    await page.route(/actions\/submit/, async (route) => {
        await route.fetch();
        await route.abort();
    }, { times: 1 });
    await page.locator(".actions button.primary").click();
    await expect(page.getByText(t("Kept here; it is sent when there is a network."))).toBeVisible();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.locator(".chain .link.now")).toContainText("赵磊");
    await expect(page.locator(".document-head .state")).not.toHaveText(/填写|Draft/);
    const { items } = await world.call("liuyang", "GET", `/documents/${id}/history`);
    expect(items.filter((event: { kind: string }) => event.kind === "submit")).toHaveLength(1);
});

test("a page that was kept without a network shows what has become of it", async ({ page, world, t }) => {
    await signIn(page, world, "liuyang");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await open(page, world, "/new/request");
    await page.context().setOffline(true);
    await page.locator("#f-subject_line").fill("From the train");
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("kept in this browser"));
    await page.context().setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    await expect(page).toHaveURL(/\/documents\/\d+$/);
});
