/* browser/files.spec.ts - files are given, recorded, read and taken away again;
 * without a network they wait with the draft.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { wrongWith } from "./axe.ts";
import { ask, expect, open, signIn, test, type World } from "./world.ts";

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const picture = { name: "taxi.png", mimeType: "image/png", buffer: PNG };
const note = { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("To the station and back") };

async function claim(world: World): Promise<string> {
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "expense", data: {
        purpose: "Train", route: "direct", lines: [{ what: "Ticket", amount: { amount: 1200, currency: "EUR" } }] } });
    return id;
}

test("receipts are given, looked at, and read by whoever decides @every", async ({ page, world, t }) => {
    const id = await claim(world);
    await signIn(page, world, "liuyang", `/documents/${id}`);
    await page.locator("#f-receipts").setInputFiles([picture, note]);
    await expect(page.locator(".file-input .file-one")).toHaveCount(2);
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("saved"));
    await expect(page.locator(".file-input img")).toBeVisible();
    expect(await wrongWith(page, "receipts")).toEqual([]);

    await page.locator("#f-receipts").setInputFiles({ name: "run.txt", mimeType: "text/plain", buffer: Buffer.from("\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0") });
    await expect(page.locator(".file-give [role=alert]")).toContainText("run.txt");
    await page.getByRole("button", { name: t("Take {name} away", { name: "note.txt" }) }).click();
    await expect(page.locator(".file-input .file-one")).toHaveCount(1);
    await page.locator("[data-action=submit]").click();
    await expect(page.locator(".document-head .state")).toHaveText(/审批|Approval/);

    await page.context().clearCookies();
    await signIn(page, world, "zhaolei", `/documents/${id}`);
    const link = page.locator(".file-list a", { hasText: "taxi.png" });
    const address = await link.getAttribute("href");
    const read = await page.request.get(world.url + address);
    expect(read.status()).toBe(200);
    expect((await read.body()).equals(PNG)).toBe(true);
    const { data } = await world.call("zhaolei", "GET", `/documents/${id}`);
    expect(data.receipts.map((file: { name: string }) => file.name)).toEqual(["taxi.png"]);
});

test("a voice is recorded, heard, and given with the praise @every", async ({ page, world, t }) => {
    await page.context().grantPermissions(["microphone"]);
    await signIn(page, world, "liuyang", "/new/praise");
    await page.locator("[data-action=record]").click();
    await expect(page.getByText(t("recording…"))).toBeAttached();
    await expect(page.locator("[data-action=stop]")).toContainText("0:01");
    await page.locator("[data-action=stop]").click();
    await expect(page.locator(".file-input audio")).toBeVisible();
    await page.waitForURL(/\/documents\/\d+$/); /* it is on the server */
    const id = /\d+$/.exec(page.url())![0];
    const { data } = await world.call("liuyang", "GET", `/documents/${id}`);
    expect(data.voice.type).toBe("audio/webm");
    expect(data.voice.seconds).toBeGreaterThan(0.9);
    expect(data.voice.seconds).toBeLessThan(30);
});

test("a voice is said beneath a document, and heard by whoever reads it @every", async ({ page, world, t }) => {
    await page.context().grantPermissions(["microphone"]);
    const id = await ask(world, "A lamp");
    await signIn(page, world, "zhaolei", `/documents/${id}`);
    const talk = page.locator(".talk");
    await talk.locator("[data-action=record]").click();
    await expect(talk.locator("[data-action=stop]")).toContainText("0:01");
    await talk.locator("[data-action=stop]").click();
    await expect(talk.locator("form audio")).toBeVisible();
    await talk.getByRole("button", { name: t("Send"), exact: true }).click();
    await expect(talk.locator("li audio")).toHaveCount(1);
    await expect(talk.locator("form audio")).toHaveCount(0);
    expect(await wrongWith(page, "talk")).toEqual([]);

    await page.context().clearCookies();
    await signIn(page, world, "liuyang", `/documents/${id}`);
    const address = await talk.locator("li audio").getAttribute("src");
    expect((await page.request.get(world.url + address)).headers()["content-type"]).toContain("audio/webm");
    const { items } = await world.call("liuyang", "GET", `/documents/${id}/comments`);
    expect(items).toMatchObject([{ text: "", author: { login: "zhaolei" }, files: [{ type: "audio/webm" }] }]);
});

test("what one is saying is not lost: neither by going away nor without a network", async ({ page, world, t }) => {
    const id = await ask(world, "A lamp");
    await signIn(page, world, "zhaolei", `/documents/${id}`);
    const words = page.getByLabel(t("Say something"));
    await words.fill("Which one?");
    await open(page, world, "/people");
    await open(page, world, `/documents/${id}`);
    await expect(words).toHaveValue("Which one?");
    await page.route(/comments$/, async (route) => {
        await route.fetch();
        await route.abort();
    }, { times: 1 });
    await page.getByRole("button", { name: t("Send"), exact: true }).click();
    await expect(page.locator(".toast.wrong")).toBeVisible();
    await expect(words).toHaveValue("Which one?");
    await page.getByRole("button", { name: t("Send"), exact: true }).click();
    await expect(words).toHaveValue("");
    await expect(page.locator(".talk li")).toHaveCount(1); /* said once, though sent twice */
});

test("a page that may not use the microphone says so", async ({ page, world, t }) => {
    await page.addInitScript(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError")); });
    await signIn(page, world, "liuyang", "/new/praise");
    await page.locator("[data-action=record]").click();
    await expect(page.locator(".file-give [role=alert]")).toHaveText(t("This page may not use the microphone. Allow it in the browser, or choose a recording."));
});

test("a file that is given without a network is sent when there is one @every", async ({ page, world, t }) => {
    const id = await claim(world);
    await signIn(page, world, "liuyang");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await open(page, world, `/documents/${id}`);
    await page.locator("#f-receipts").waitFor();
    await page.context().setOffline(true);
    await page.locator("#f-receipts").setInputFiles(note);
    await expect(page.locator(".file-one")).toContainText(t("kept here until there is a network"));
    await expect(page.locator(".document-head [role=status]")).toHaveText(t("kept in this browser"));

    await page.context().setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.locator(".file-one")).not.toContainText(t("kept here until there is a network"), { timeout: 20_000 });
    const { data } = await world.call("liuyang", "GET", `/documents/${id}`);
    expect(data.receipts.map((file: { name: string; size: number }) => [file.name, file.size])).toEqual([["note.txt", note.buffer.length]]);
});

test("files are attached beside the fields; without a network that is said", async ({ page, world, t }) => {
    const id = await ask(world, "A lamp");
    await signIn(page, world, "zhaolei", `/documents/${id}`);
    await page.locator("#attach").setInputFiles(note);
    await expect(page.locator(".file-list a", { hasText: "note.txt" })).toBeVisible();
    await expect(page.locator(".file-list")).toContainText("赵磊");
    await page.context().setOffline(true);
    await page.locator("#attach").setInputFiles(picture);
    await expect(page.locator(".file-give [role=alert]")).toContainText(t("This needs a network. Try again when there is one."));
    const { items } = await world.call("liuyang", "GET", `/documents/${id}/files`);
    expect(items.map((file: { name: string }) => file.name)).toEqual(["note.txt"]);
});
