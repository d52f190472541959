/* browser/studio.spec.ts - forms are made by those who need them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, open, signIn, test } from "./world.ts";

test("a bonus for two pilot stores, from a clone to live @every", async ({ page, world, t }) => {
    await signIn(page, world, "zhoumin", "/studio");
    await page.locator(".gallery li").filter({ hasText: /季度目标表|Quarterly goal sheet/ }).getByRole("button").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("Name"), { exact: true }).fill("Store sheet");
    await dialog.getByLabel(t("Id")).fill("store-sheet");
    await dialog.getByRole("button", { name: t("Make it") }).click();
    await expect(page.locator("h1")).toContainText("Store sheet");

    await page.locator(".palette").getByRole("button", { name: t("Percent") }).click();
    const inspector = page.locator(".inspector");
    await inspector.getByLabel(t("Label"), { exact: true }).fill("Customer satisfaction bonus");
    await inspector.getByLabel(t("Most"), { exact: true }).fill("20");
    await inspector.getByLabel(t("Most"), { exact: true }).blur();
    await expect(page.locator(".canvas")).toContainText("Customer satisfaction bonus");
    await expect(page.locator(".problems")).toContainText(t("Nothing is wrong."));

    await page.getByRole("button", { name: t("Go live…") }).click();
    const live = page.getByRole("dialog", { name: t("Go live") });
    await expect(live.locator(".differences")).toContainText("Customer satisfaction bonus");
    await live.getByLabel(t("A pilot: only these units")).check();
    await live.locator(".pilots input").nth(0).check();
    await live.locator(".pilots input").nth(1).check();
    await live.getByRole("button", { name: t("Go live"), exact: true }).click();
    await expect(page.locator(".tab").first()).toBeVisible();

    await expect.poll(async () => (await world.call("zhoumin", "GET", "/forms/store-sheet/versions")).items.map((one: { state: string }) => one.state).sort()).toEqual(["live", "pilot"]);
    const { items } = await world.call("zhoumin", "GET", "/forms/store-sheet/versions");
    expect(items.find((one: { state: string }) => one.state === "pilot").pilot).toMatch(/members\(.+\).*members\(.+\)/);
});

test("a level is taken out, goes live, and comes back with one button", async ({ page, world, t, isMobile }) => {
    test.skip(!!isMobile, "the studio is for a desk; the test before shows that a phone can");
    await signIn(page, world, "zhoumin", "/studio/goal-sheet");
    await page.getByRole("tab", { name: t("Chain") }).click();
    await expect(page.locator(".level")).toHaveCount(3);
    await page.getByRole("button", { name: /删除 部门负责人|Remove Head of the unit/ }).click();
    await expect(page.locator(".level")).toHaveCount(2);
    await page.getByRole("button", { name: t("Go live…") }).click();
    const reloaded = page.waitForEvent("load");
    await page.getByRole("dialog").getByRole("button", { name: t("Go live"), exact: true }).click();
    await reloaded;
    expect((await world.call("zhoumin", "GET", "/forms/goal-sheet")).version).toBe(2);
    const levels = async () => (await world.call("zhoumin", "GET", "/forms/goal-sheet")).steps.find((step: { id: string }) => step.id === "approval").levels.length;
    expect(await levels()).toBe(2);

    await open(page, world, "/studio/goal-sheet");
    await page.getByRole("tab", { name: t("Versions") }).click();
    await page.getByRole("button", { name: t("Back to the version before") }).first().click();
    await page.getByRole("dialog").locator("button.primary").click();
    await expect.poll(levels).toBe(3);
});

test("the text and the picture are one, and what is not drawn stays", async ({ page, world, t, isMobile }) => {
    test.skip(!!isMobile, "the text is for a desk");
    const before = await (await fetch(`${world.url}/api/v1/forms/goal-sheet/xml`, { headers: { Authorization: `Bearer ${world.token("zhoumin")}` } })).text();
    await signIn(page, world, "zhoumin", "/studio/goal-sheet");
    const sent = page.waitForRequest((request) => request.url().includes("/definitions") && (request.postData() ?? "").includes('label="Who"'));
    await page.locator(".handle button").first().click();
    await page.locator(".inspector").getByLabel(t("Label"), { exact: true }).fill("Who");
    await page.locator(".inspector").getByLabel(t("Label"), { exact: true }).blur();
    expect((await sent).postData()).toBe(before.replace('label="员工"', 'label="Who"'));

    await page.getByRole("tab", { name: "XML" }).click();
    await expect(page.locator(".code .cm-content")).toContainText("Who");
    await page.locator(".code .cm-line").filter({ hasText: 'id="urgent"' }).click();
    await page.keyboard.press("End");
    await page.keyboard.type("<nonsense/>");
    await expect(page.locator(".problems")).toContainText(t("Line {n}", { n: 12 }).slice(0, 4));
    await expect(page.getByRole("button", { name: t("Go live…") })).toBeDisabled();
    await page.getByRole("button", { name: t("Undo") }).click();
});

test("the chain is tried as a real person", async ({ page, world, t }) => {
    await signIn(page, world, "zhoumin", "/studio/goal-sheet");
    await page.getByRole("tab", { name: t("Chain") }).click();
    await page.locator(".try .combobox input").fill("hexin");
    await page.getByRole("option", { name: /何欣/ }).click();
    await expect(page.locator(".try .chain li")).toHaveCount(3);
});

test("running documents are moved to a new version, after it is shown what becomes of them", async ({ page, world, t, isMobile }) => {
    test.skip(!!isMobile, "versions are for a desk");
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "request", data: { subject_line: "Lamp" } });
    const xml = await (await fetch(`${world.url}/api/v1/forms/request/xml`, { headers: { Authorization: `Bearer ${world.token("admin")}` } })).text();
    const deployed = await fetch(`${world.url}/api/v1/definitions`, { method: "POST", body: xml.replace('max="120"', 'max="90"'), headers: { "Authorization": `Bearer ${world.token("admin")}`, "Content-Type": "application/xml" } });
    expect(deployed.status).toBe(200);
    await signIn(page, world, "admin", "/studio/request");
    await page.getByRole("tab", { name: t("Versions") }).click();
    await page.getByRole("button", { name: t("Move documents here…") }).click();
    const dialog = page.getByRole("dialog");
    const before = (await world.call("admin", "GET", "/forms/request/versions")).items.find((one: { version: number }) => one.version === 1).documents;
    await expect(dialog.getByRole("status")).toContainText(t("{n} documents run on other versions; of {m} looked at, {k} would move.", { n: before, m: before, k: before }));
    await dialog.getByRole("button", { name: t("Move them") }).click();
    await expect(dialog.locator("progress")).toBeVisible();
    await expect.poll(async () => (await world.call("liuyang", "GET", `/documents/${id}`)).version).toBe(2);
});

test("a form in English has its Chinese beside it", async ({ page, world, t, isMobile }) => {
    test.skip(!!isMobile, "the studio is for a desk");
    const folder = mkdtempSync(join(tmpdir(), "weft-english-"));
    writeFileSync(`${folder}/package.xml`, '<package xmlns="urn:weft:1" id="english" label="English" lang="en"/>');
    writeFileSync(`${folder}/note.form.xml`, '<form xmlns="urn:weft:1" id="note" label="Note"><fields><field id="words" type="text" label="Words"/></fields>'
        + '<workflow start="draft"><step id="draft" label="Draft" by="creator" edit="*"><action id="close" label="Close" to="done"/></step><end id="done" label="Done"/></workflow>'
        + '<access><create by="everyone"/><grant to="creator" rights="read"/></access></form>');
    world.run("deploy", folder);
    await signIn(page, world, "admin", "/studio/note");
    await page.locator(".handle button").first().click();
    await expect(page.locator(".inspector").getByLabel(t("Label"), { exact: true })).toHaveValue("Words");
    const sent = page.waitForRequest((request) => request.url().includes("/definitions") && (request.postData() ?? "").includes("文字"));
    await page.locator(".inspector").getByLabel(t("Label in Chinese")).fill("文字");
    await page.locator(".inspector").getByLabel(t("Label in Chinese")).blur();
    expect((await sent).postData()).toContain('<t xml:lang="zh-CN" label="文字"/>');
});
