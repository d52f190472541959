/* browser/options.spec.ts - what may be chosen where a function or other
 * documents give the options.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, signIn, test } from "./world.ts";

const xml = `<form xmlns="urn:weft:1" id="tint" label="Tint"><fields>
  <field id="colour" type="choice" label="Colour" options="lua:colours"/>
  <field id="course" type="choice" label="Course" options="course"/></fields>
  <workflow start="open"><step id="open" label="Open" by="creator" edit="*"><action id="end" label="End" to="done"/></step>
  <end id="done" label="Done"/></workflow>
  <access><create by="everyone"/><grant to="everyone" rights="read"/></access><hooks src="tint.lua"/></form>`;
const lua = `function colours() return { "blue", { id = "pink", label = "Bright pink" } } end\n`;

test("functions and documents give options", async ({ page, world, t }) => {
    const folder = mkdtempSync(join(tmpdir(), "tint-"));
    writeFileSync(join(folder, "tint.form.xml"), xml);
    writeFileSync(join(folder, "tint.lua"), lua);
    world.run("deploy", join(folder, "tint.form.xml"), join(folder, "tint.lua"), "--package", "performance");

    await signIn(page, world, "liuyang", "/new/tint");
    await page.locator("#f-colour").selectOption({ label: "Bright pink" });
    await page.locator("#f-course").click();
    await page.locator("input[role=combobox]").fill("e");
    await page.locator("[role=listbox] [role=option]").first().click();
    const kept = async () => (await world.call("liuyang", "GET", "/documents?form=tint&fields=colour%20course")).items[0];
    await expect.poll(async () => Object.keys((await kept())?.data ?? {}).sort().join()).toBe("colour,course");
    await page.goto(`${world.url}/documents/${(await kept()).id}`);
    await expect(page.locator("#f-colour")).toHaveValue("pink");
    await expect(page.locator("#f-course")).not.toHaveText(t("Choose…"));
});
