/* browser/tree.spec.ts - documents that hang beneath each other: opened level
 * by level, by keyboard, narrowed, and a hundred thousand of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Page } from "@playwright/test";
import { expect, goTo, signIn, test, type World } from "./world.ts";

test.use({ serviceWorkers: "block" }); /* what it asks for could not be made up */

interface Goal { id: string; title: string; below: number; progress?: number }

const tops = async (world: World, login: string): Promise<Goal[]> =>
    (await world.call(login, "GET", "/documents?form=goal&tree=true&state=open&sort=created&limit=100")).items;
const rowOf = (page: Page, title: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name: title, exact: true }) });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.querySelector("a")?.textContent);

test("goals are a place of the package, from the company to a person @every", async ({ page, world, lang, t }) => {
    const [first] = await tops(world, "liuyang");
    await signIn(page, world, "liuyang");
    await goTo(page, "/places/goals");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(lang === "en" ? "Goals" : "目标");
    await expect(page.locator(".places a[aria-current=page]")).toHaveAttribute("href", "/places/goals");

    const row = rowOf(page, first!.title);
    await expect(row).toHaveAttribute("aria-level", "1");
    await row.getByRole("button", { name: t("Open {title}", { title: first!.title }) }).click();
    await expect(row).toHaveAttribute("aria-expanded", "true");
    await expect(page.locator("[role=row][aria-level='2']")).toHaveCount(first!.below);
    await expect(row.locator(".bar")).toContainText("%");
    await page.getByRole("button", { name: t("Board") }).click();
    await expect(page.locator(".lane").first()).toBeVisible();
    await page.getByRole("button", { name: t("List"), exact: true }).click();
    await expect(page.locator(".table")).toBeVisible();
});

test("the tree is gone through by keyboard alone", async ({ page, world }) => {
    const [first] = await tops(world, "liuyang");
    const { items: [child] } = await world.call("liuyang", "GET", `/documents/${first!.id}/children?tree=true&state=open&sort=created`);
    await signIn(page, world, "liuyang", "/places/goals");
    const row = rowOf(page, first!.title);
    await row.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.locator("[role=row][aria-level='2']")).toHaveCount(first!.below);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => focused(page)).toBe(child.title);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => focused(page)).toBe(first!.title);
    await page.keyboard.press("ArrowLeft");
    await expect(row).toHaveAttribute("aria-expanded", "false");
    await page.keyboard.press("*");
    await expect(page.locator("[role=row][aria-expanded=true]")).toHaveCount((await tops(world, "liuyang")).filter((goal) => goal.below).length);
    await page.keyboard.press("Space");
    await expect(page.getByRole("dialog")).toContainText(first!.title);
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe(first!.title);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/documents/${first!.id}$`));
});

test("a goal is looked at and brought forward without leaving the tree", async ({ page, world, t }) => {
    const { items } = await world.call("liuyang", "GET", "/documents?form=goal&subject=liuyang&state=open");
    const goal = items[0]!;
    await signIn(page, world, "liuyang", "/places/goals?mine=true");
    await rowOf(page, goal.title).getByRole("button", { name: t("Look at {title}", { title: goal.title }) }).click();
    const beside = page.getByRole("dialog");
    await beside.locator("#f-actual").fill("900");
    await beside.getByRole("textbox", { name: t("Say something") }).fill("Two more contracts");
    await beside.getByRole("button", { name: t("Send") }).click();
    await expect(beside.getByText("Two more contracts")).toBeVisible();
    await expect.poll(async () => (await world.call("liuyang", "GET", `/documents/${goal.id}`)).data.actual).toBe(900);
});

test("a goal is hung beneath another one by keyboard and by hand, and back again", async ({ page, world, t }) => {
    const make = async (title: string, parent?: string): Promise<string> =>
        (await world.call("liuyang", "POST", "/documents", { form: "goal", data: { title, kind: "objective", parent } })).id;
    const one = await make("Oak tree"), other = await make("Elm tree");
    const leaf = await make("Leaf tree", one);
    const parentNow = async () => (await world.call("liuyang", "GET", `/documents/${leaf}`)).data.parent ?? null;
    await signIn(page, world, "liuyang", "/places/goals?mine=true&q=tree");
    const row = rowOf(page, "Leaf tree"), to = rowOf(page, "Elm tree");
    await rowOf(page, "Oak tree").focus();
    await page.keyboard.press("ArrowRight");
    await expect(row).toBeVisible();

    await row.focus();
    await page.keyboard.press("m");
    await expect(row).toHaveClass(/held/);
    await to.focus();
    await page.keyboard.press("m");
    await expect.poll(parentNow).toBe(other);
    await page.locator(".toast").getByRole("button", { name: t("Undo") }).click();
    await expect.poll(parentNow).toBe(one);

    await expect(rowOf(page, "Oak tree")).toHaveAttribute("aria-expanded", "true");
    await row.dragTo(to);
    await expect.poll(parentNow).toBe(other);
    await row.focus();
    await page.keyboard.press("m");
    await page.keyboard.press("t");
    await expect.poll(parentNow).toBe(null);
    await expect(row).toHaveAttribute("aria-level", "1");
});

test("a tree is narrowed by unit and period, and begins where that does", async ({ page, world, t }) => {
    await signIn(page, world, "liuyang", "/places/goals");
    await page.getByLabel(t("Unit"), { exact: true }).selectOption("sales-east");
    await expect(page).toHaveURL(/unit=sales-east/);
    const { items } = await world.call("liuyang", "GET", "/documents?form=goal&tree=true&state=open&unit=sales-east");
    await expect(page.locator("[role=row][aria-level='1']")).toHaveCount(items.length);
    await page.getByLabel(t("Light"), { exact: true }).selectOption("red");
    await expect(page.getByText(t("Nothing matches."))).toBeVisible();
});

/* Ten at the top, a hundred beneath each, a hundred beneath each of those. */
async function synthetic(page: Page): Promise<void> {
    const goal = (id: string, below: number) => ({
        id, form: "goal", version: 1, title: `Goal ${id}`, step: "active", state: "open", below,
        progress: Number(id) % 100, data: { result: Number(id) % 100, weight: 1 },
    });
    await page.route(/\/api\/v1\/documents(\/\d+\/children)?\?.*tree=true/, (route) => {
        const url = new URL(route.request().url());
        const parent = /\/documents\/(\d+)\/children/.exec(url.pathname)?.[1];
        const start = Number(url.searchParams.get("cursor") ?? 0);
        const all = parent ? 100 : 10, below = !parent ? 100 : parent.length === 2 ? 100 : 0;
        const ids = Array.from({ length: Math.min(100, all - start) }, (_one, i) => `${parent ?? ""}${String(start + i + (parent ? 100 : 10))}`);
        return route.fulfill({ json: { items: ids.map((id) => goal(id, below)), next: null } });
    });
}

/* How long frames take while one scrolls, a notch of the wheel a frame. */
const framesOf = (page: Page, from: number): Promise<number[]> => page.locator(".tree-rows").evaluate(async (box, start) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const took: number[] = [];
    box.scrollTop = box.scrollHeight * start;
    let before = await frame();
    for (let i = 0; i < 120; i++) {
        box.scrollTop += 120;
        const now = await frame();
        took.push(now - before);
        before = now;
    }
    return took.sort((a, b) => a - b);
}, from);

const middle = (numbers: number[]) => numbers[Math.floor(numbers.length / 2)]!;

test("a hundred thousand goals scroll as smoothly as a thousand", async ({ page, world }, info) => {
    info.setTimeout(120_000);
    await synthetic(page);
    await signIn(page, world, "liuyang", "/places/goals");
    const rows = page.locator(".tree-rows");
    const total = async () => Number(await page.getByRole("treegrid").getAttribute("aria-rowcount"));
    await page.locator("[role=row][data-row='0']").focus();
    await page.keyboard.press("*");
    await expect.poll(total).toBe(1 + 10 + 1000);
    const few = await framesOf(page, 0);
    /* Each level of the second kind is opened by its own row. */
    for (let i = 0; i < 10; i++) {
        const before = await total();
        await rows.evaluate((box, row) => { box.scrollTop = row * parseFloat(getComputedStyle(box).getPropertyValue("--row")); }, i * 10_101 + 1);
        await page.locator(`[role=row][data-row='${i * 10_101 + 1}']`).focus();
        await page.keyboard.press("*");
        await expect.poll(total, { timeout: 30_000 }).toBe(before + 10_000);
    }
    expect(await total()).toBe(1 + 10 + 1000 + 100_000);
    expect(await page.locator("[role=row]").count()).toBeLessThan(80);

    const many = await framesOf(page, 0.5);
    info.annotations.push({ type: "frames", description: `a thousand ${middle(few).toFixed(1)} ms, a hundred thousand ${middle(many).toFixed(1)} ms` });
    console.log(info.annotations.at(-1)!.description);
    expect(middle(many)).toBeLessThan(Math.max(34, 1.5 * middle(few)));
    await rows.evaluate((box) => { box.scrollTop = box.scrollHeight; });
    await expect(page.locator(`[role=row][data-row='${101_009}']`)).toBeVisible();
});
