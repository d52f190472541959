/* browser/led.spec.ts - the button of a card in a chat leads to the page, which
 * asks before anything is done.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { ask, expect, open, signIn, test } from "./world.ts";

test("a link that names an action asks first", async ({ page, world, t }) => {
    const id = await ask(world, "A desk");
    const state = async () => (await world.call("zhaolei", "GET", `/documents/${id}`)).state;

    await signIn(page, world, "zhaolei");
    await open(page, world, `/documents/${id}?act=approve`);
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("A desk");
    expect(new URL(page.url()).search).toBe("");
    expect(await state()).toBe("open");
    await dialog.getByRole("button", { name: t("Approve") }).click();
    await expect.poll(state).toBe("done");

    await open(page, world, `/documents/${id}?act=approve`);
    await expect(page.locator(".document-head")).toContainText("A desk");
    await expect(page.getByRole("dialog")).toHaveCount(0);
});
