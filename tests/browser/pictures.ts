/* browser/pictures.ts - takes pictures of the places of the demo, in both
 * themes, into WEFT_PICTURES. They are looked at before they are kept.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Page } from "@playwright/test";
import { judgeTeam, launch, made, reviewNow } from "./cycles.ts";
import { open, signIn, test, type World } from "./world.ts";

const folder = process.env.WEFT_PICTURES!;
const desk = { width: 1200, height: 760 }, phone = { width: 360, height: 740 };

interface Shot { name: string; path: string | ((world: World) => Promise<string>); login?: string; phone?: boolean; lang?: string; then?: (page: Page) => Promise<void> }

const openAll = async (page: Page) => {
    await page.locator("[role=row][data-row='0']").focus();
    await page.keyboard.press("*");
    await page.locator("[role=row][aria-level='2']").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("*");
    await page.locator("[role=row][aria-level='3']").first().waitFor();
};

/* A sheet that waits for zhaolei. */
const sheet = async (world: World): Promise<string> => {
    const { items } = await world.call("zhaolei", "GET", "/work");
    return `/documents/${items.find((item: { level: string | null; document: { form: string } }) => item.level && item.document.form === "goal-sheet").document.id}`;
};

const bell = async (page: Page) => {
    await page.locator(".bell").click();
    await page.locator(".told-list").waitFor();
};

/* A tab of the studio, as somebody of the demo. */
const tab = (n: number, then?: (page: Page) => Promise<void>) => async (page: Page) => {
    await page.locator(".tab").nth(n).click();
    await then?.(page);
};
const tryAs = async (page: Page) => {
    await page.locator(".try .combobox input").fill("hexin");
    await page.getByRole("option", { name: /何欣/ }).click();
    await page.locator(".chain li").first().waitFor();
};
const runHook = async (page: Page) => {
    await page.locator(".code .cm-content").waitFor();
    await page.locator(".run select").selectOption("enter_tracking");
    await page.locator(".run button.primary").click();
    await page.locator(".hook-result").waitFor();
};

/* A team whose review is calibrated: a part of it. */
const calibrated = (part: string) => async (world: World): Promise<string> => {
    await reviewNow(world);
    const run = await launch(world);
    await judgeTeam(world, run);
    await world.call("zhaolei", "PUT", `/documents/${await made(world, run, "liuyang")}/override/grade`, { value: "B", reason: "与同级相比" });
    return `/places/reviews?cycle=quarterly-review&run=${run}&part=${part}`;
};

const assistant = async (page: Page) => {
    await page.locator(".assistant").click();
    await page.getByRole("dialog").waitFor();
};

/* Every place, on a desk and on a phone. */
const places: Shot[] = [
    { name: "today", path: "/" },
    { name: "goals", path: "/places/goals", login: "lina", then: openAll },
    { name: "inbox", path: "/inbox" },
    { name: "documents", path: "/documents?form=goal-sheet&state=any" },
    { name: "sheet", path: sheet },
    { name: "people", path: "/people" },
    { name: "person", path: "/people/liuyang", login: "liuyang", then: (page) => page.locator(".radar").scrollIntoViewIfNeeded() },
    { name: "feedback", path: "/places/feedback", login: "liuyang", lang: "en" },
    { name: "reviews", path: "/places/reviews", login: "zhangwei" },
    { name: "progress", path: calibrated("progress"), login: "zhoumin" },
    { name: "calibration", path: calibrated("calibration"), login: "zhaolei", lang: "en" },
    { name: "insight", path: "/insight", login: "chenguang" },
    { name: "report", path: "/insight/completion", login: "chenguang", lang: "en" },
    { name: "admin", path: "/admin/settings", login: "zhoumin" },
    { name: "assistant", path: "/", then: assistant },
    { name: "studio-gallery", path: "/studio", login: "zhoumin" },
    { name: "studio", path: "/studio/goal-sheet", login: "zhoumin" },
    { name: "preferences", path: "/preferences", lang: "en" },
];

/* What else is worth a picture. */
const shots: Shot[] = [
    ...places.flatMap((place) => [place, { ...place, name: `${place.name}-phone`, phone: true }]),
    { name: "more-phone", path: "/", login: "zhoumin", phone: true, then: (page) => page.locator(".all-places").click() },
    { name: "bell", path: "/", login: "liuyang", then: bell },
    { name: "board", path: "/documents?form=goal-sheet&state=any&view=board" },
    { name: "weekly-phone", path: "/new/weekly-report", login: "liuyang", phone: true },
    { name: "studio-chain", path: "/studio/goal-sheet", login: "zhoumin", then: tab(1, tryAs) },
    { name: "studio-try", path: "/studio/goal-sheet", login: "zhoumin", then: tab(2, tryAs) },
    { name: "studio-hooks", path: "/studio/goal-sheet", login: "zhoumin", lang: "en", then: tab(4, runHook) },
    { name: "goals-board", path: "/places/goals?view=board", login: "lina" },
];

for (const shot of shots)
    for (const theme of ["light", "dark"] as const)
        test(`${shot.name} ${theme}`, async ({ browser, world }) => {
            const context = await browser.newContext({
                viewport: shot.phone ? phone : desk, isMobile: !!shot.phone, hasTouch: !!shot.phone,
                locale: shot.lang ?? "zh-CN", colorScheme: theme, reducedMotion: "reduce", timezoneId: "Asia/Shanghai",
            });
            const page = await context.newPage();
            await signIn(page, world, shot.login ?? "zhaolei");
            await open(page, world, typeof shot.path === "string" ? shot.path : await shot.path(world));
            await page.locator(".wait").waitFor({ state: "detached" });
            await shot.then?.(page);
            await page.waitForLoadState("networkidle");
            await page.screenshot({ path: `${folder}/${shot.name}${theme === "dark" ? "-dark" : ""}.png` });
            await context.close();
        });
