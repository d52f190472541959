/* browser/pictures.ts - pictures of every place of the demo: on a desk and on a
 * phone, in both languages and both themes, into WEFT_PICTURES. They are looked
 * at; docs/pictures keeps a few of them (tests/browser/pictures keep).
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { judgeTeam, launch, made, reviewNow } from "./cycles.ts";
import { open, signIn, test, type World } from "./world.ts";

const folder = process.env.WEFT_PICTURES!;
const desk = { viewport: { width: 1200, height: 760 } };
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

interface Shot {
    name: string;
    path: string | ((world: World) => Promise<string>);
    login?: string; /* undefined: zhaolei, a manager; "": nobody */
    then?: (page: Page, world: World) => Promise<void>;
    on?: "desk" | "phone"; /* undefined: both */
    print?: boolean; /* as it is printed, all of it */
    plain?: boolean; /* a page that no script wakes */
}

/* --- What is looked at */

/* A document of a form that waits for zhaolei. */
const waits = (form: string) => async (world: World): Promise<string> => {
    const { items } = await world.call("zhaolei", "GET", "/work");
    return `/documents/${items.find((item: { level: string | null; document: { form: string } }) => item.level && item.document.form === form).document.id}`;
};

const first = (login: string, query: string) => async (world: World): Promise<string> =>
    `/documents/${(await world.call(login, "GET", `/documents?${query}&limit=1`)).items[0].id}`;

const claim = async (world: World): Promise<string> => {
    const lines = [["Train to Shenzhen", 88600], ["Two nights", 134000], ["Taxi", 7200]];
    const { id } = await world.call("liuyang", "POST", "/documents", { form: "expense", data: { purpose: "Visit to the foundry", route: "direct",
        lines: lines.map(([what, amount]) => ({ what, amount: { amount, currency: "EUR" } })) } });
    return `/documents/${id}`;
};

/* A team whose review is calibrated: a part of it. */
const calibrated = (part: string) => async (world: World): Promise<string> => {
    await reviewNow(world);
    const run = await launch(world);
    await judgeTeam(world, run);
    await world.call("zhaolei", "PUT", `/documents/${await made(world, run, "liuyang")}/override/grade`, { value: "B", reason: "与同级相比" });
    return `/places/reviews?cycle=quarterly-review&run=${run}&part=${part}`;
};

/* zhaolei owns a part of the stores' bonus. */
const appointed = (path: string) => async (world: World): Promise<string> => {
    const file = join(mkdtempSync(join(tmpdir(), "weft-owner-")), "people.csv");
    writeFileSync(file, "login,name,roles\nzhaolei,赵磊,shop-lead\n");
    world.run("import", "people", file);
    return path;
};

/* --- What is done there first */

const openAll = async (page: Page) => {
    await page.locator("[role=row][data-row='0']").focus();
    await page.keyboard.press("*");
    await page.locator("[role=row][aria-level='2']").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("*");
    await page.locator("[role=row][aria-level='3']").first().waitFor();
};

const press = (selector: string, then = "[role=dialog], [role=alertdialog]") => async (page: Page) => {
    await page.locator(selector).first().click();
    await page.locator(then).first().waitFor();
};

const see = (selector: string) => async (page: Page) => {
    await page.locator(selector).first().waitFor();
    await page.locator(selector).first().scrollIntoViewIfNeeded();
};

const submitEmpty = async (page: Page) => {
    await page.locator(".items > button").first().click();
    await page.locator(".actions button.primary").click();
    await page.locator(".findings .wrong").first().waitFor();
};

const withoutNetwork = async (page: Page) => {
    await page.context().setOffline(true);
    await page.locator("#f-subject_line").fill("Two chairs for the visitors");
    await page.locator(".network").waitFor();
};

const bothWrote = async (page: Page, world: World) => {
    const id = /\d+$/.exec(page.url())![0];
    await page.locator("#f-purpose").fill("To the foundry and back");
    await world.call("liuyang", "PATCH", `/documents/${id}`, { data: { purpose: "Visit to both foundries" } });
    await page.locator(".conflicts").waitFor();
};

const say = (words: string) => async (page: Page) => {
    await page.locator(".assistant").click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    if (!words) return;
    await dialog.locator("input, textarea").first().fill(words);
    await page.keyboard.press("Enter");
    await dialog.locator("form").first().waitFor();
    await page.waitForLoadState("networkidle");
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
const change = async (page: Page) => {
    await page.locator(".handle button[aria-pressed]").nth(1).click();
    await page.locator(".inspector input").first().fill("What is to be reached");
    await page.locator(".inspector input").first().blur();
    await page.locator(".document-head .state").waitFor();
    await page.locator(".document-head button.primary:enabled").click();
    await page.locator(".differences li").first().waitFor();
};

/* Rows with nothing in them: each lacks all that is asked for. */
const twentyWrong = async (page: Page) => {
    const add = page.locator(".items").first().locator("> button");
    for (let i = 0; i < 7; i++) await add.click();
    await page.locator(".actions button").first().click();
    await page.locator(".items .findings .wrong").first().waitFor();
};
const sessionEnds = async (page: Page) => {
    await page.locator("#f-subject_line").fill("A chair");
    await page.waitForURL(/documents/);
    await page.locator(".chain li").first().waitFor();
    await page.locator(".talk .dim").first().waitFor();
    await page.context().clearCookies();
    await page.locator("#f-text").fill("A good one, please");
    await page.getByRole("dialog").waitFor();
};
const newcomer = (path: string) => async (world: World) => { world.hire("newbie", "Nia Best", "zhaolei"); return path; };

const shots: Shot[] = [
    { name: "sign-in", path: "/", login: "" },
    { name: "today", path: "/" },
    { name: "today-employee", path: "/", login: "liuyang" },
    { name: "today-empty", path: newcomer("/"), login: "newbie" },
    { name: "bell-empty", path: newcomer("/"), login: "newbie", then: press(".bell", "[role=dialog] .empty") },
    { name: "goals-empty", path: newcomer("/places/goals"), login: "newbie" },
    { name: "feedback-empty", path: newcomer("/places/feedback"), login: "newbie" },
    { name: "reviews-empty", path: newcomer("/places/reviews"), login: "newbie" },
    { name: "insight-empty", path: newcomer("/insight"), login: "newbie" },
    { name: "documents-empty", path: newcomer("/documents"), login: "newbie" },
    { name: "person-empty", path: newcomer("/people/newbie"), login: "newbie" },
    { name: "people-nobody", path: "/people?q=qqqq" },
    { name: "more", path: "/", login: "zhoumin", on: "phone", then: (page) => page.locator(".all-places").click() },
    { name: "bell", path: "/", login: "liuyang", then: press(".bell", ".told-list") },
    { name: "assistant", path: "/", then: say("") },
    { name: "assistant-asked", path: "/", login: "liuyang", then: say("我还有哪些任务没交?") },
    { name: "goals", path: "/places/goals", login: "lina", then: openAll },
    { name: "goals-board", path: "/places/goals?view=board", login: "lina" },
    { name: "goals-list", path: "/places/goals?view=list", login: "lina" },
    { name: "goals-beside", path: "/places/goals", login: "lina", then: press(".look-cell button") },
    { name: "inbox", path: "/inbox" },
    { name: "inbox-look", path: "/inbox", then: press(".inbox-row button[aria-label]") },
    { name: "inbox-many", path: "/inbox", then: (page) => page.locator("section.block h2 input").first().check() },
    { name: "inbox-refuse", path: "/inbox", then: press("[data-action=reject]") },
    { name: "inbox-empty", path: "/inbox", login: "hexin" },
    { name: "documents", path: "/documents?form=goal-sheet&state=any" },
    { name: "documents-all", path: "/documents" },
    { name: "board", path: "/documents?form=goal-sheet&state=any&view=board" },
    { name: "sheet", path: waits("goal-sheet") },
    { name: "sheet-under", path: waits("goal-sheet"), then: see(".talk") },
    { name: "sheet-new", path: "/new/goal-sheet", login: "hexin", then: submitEmpty },
    { name: "sheet-twenty-wrong", path: "/new/goal-sheet", login: "hexin", then: twentyWrong },
    { name: "session-ended", path: "/new/request", login: "liuyang", then: sessionEnds },
    { name: "goal", path: first("liuyang", "form=goal&filter[owner]=liuyang"), login: "liuyang" },
    { name: "review", path: first("zhoumin", "form=review"), login: "zhoumin" },
    { name: "claim", path: claim, login: "liuyang" },
    { name: "conflict", path: claim, login: "liuyang", then: bothWrote },
    { name: "offline", path: "/new/request", login: "liuyang", then: withoutNetwork },
    { name: "weekly", path: "/new/weekly-report", login: "liuyang" },
    { name: "praise", path: "/new/praise", login: "liuyang" },
    { name: "people", path: "/people" },
    { name: "person", path: "/people/liuyang", login: "liuyang" },
    { name: "person-radar", path: "/people/liuyang", login: "liuyang", then: see(".radar") },
    { name: "person-print", path: "/people/liuyang", login: "liuyang", print: true },
    { name: "sheet-print", path: waits("goal-sheet"), print: true },
    { name: "person-other", path: "/people/hexin", login: "liuyang" },
    { name: "feedback", path: "/places/feedback", login: "liuyang" },
    { name: "reviews", path: "/places/reviews", login: "zhangwei" },
    { name: "reviews-mine", path: calibrated("mine"), login: "liuyang" },
    { name: "progress", path: calibrated("progress"), login: "zhoumin" },
    { name: "calibration", path: calibrated("calibration"), login: "zhaolei" },
    { name: "insight", path: "/insight", login: "chenguang" },
    { name: "report", path: "/insight/completion", login: "chenguang" },
    { name: "report-lights", path: "/insight/lights", login: "chenguang" },
    { name: "admin", path: "/admin", login: "zhoumin" },
    { name: "admin-roles", path: "/admin/roles", login: "zhoumin" },
    { name: "admin-connections", path: "/admin/connections", login: "zhoumin" },
    { name: "admin-jobs", path: "/admin/jobs", login: "zhoumin" },
    { name: "admin-usage", path: "/admin/usage", login: "zhoumin" },
    { name: "away", path: "/inbox", then: press(".head button") },
    { name: "admin-audit", path: "/admin/audit", login: "zhoumin" },
    { name: "admin-settings", path: "/admin/settings", login: "zhoumin" },
    { name: "admin-tokens", path: "/admin/tokens", login: "zhoumin" },
    { name: "studio-gallery", path: "/studio", login: "zhoumin" },
    { name: "studio-clone", path: "/studio", login: "zhoumin", then: press(".gallery li button") },
    { name: "studio", path: "/studio/goal-sheet", login: "zhoumin" },
    { name: "studio-chain", path: "/studio/goal-sheet", login: "zhoumin", then: tab(1, tryAs) },
    { name: "studio-try", path: "/studio/goal-sheet", login: "zhoumin", then: tab(2, tryAs) },
    { name: "studio-access", path: "/studio/goal-sheet", login: "zhoumin", then: tab(3) },
    { name: "studio-hooks", path: "/studio/goal-sheet", login: "zhoumin", then: tab(4, runHook) },
    { name: "studio-xml", path: "/studio/goal-sheet", login: "zhoumin", then: tab(5, see(".code .cm-content")) },
    { name: "studio-versions", path: "/studio/goal-sheet", login: "zhoumin", then: tab(6) },
    { name: "studio-live", path: "/studio/goal-sheet", login: "zhoumin", then: change },
    { name: "adjust", path: appointed("/studio/bonus-item") },
    { name: "preferences", path: "/preferences" },
    { name: "nothing", path: "/nowhere", plain: true },
    { name: "not-mine", path: first("zhoumin", "form=review"), login: "hexin" },
];

for (const shot of shots)
    for (const lang of ["zh", "en"])
        for (const device of ["desk", "phone"].filter((one) => !shot.on || shot.on === one))
            test(`${shot.name} ${device} ${lang}`, async ({ browser, world }) => {
                const context = await browser.newContext({ ...device === "phone" ? phone : desk,
                    locale: lang === "zh" ? "zh-CN" : "en", reducedMotion: "reduce", timezoneId: "Asia/Shanghai" });
                const page = await context.newPage();
                const path = typeof shot.path === "string" ? shot.path : await shot.path(world);
                if (shot.login === "") await page.goto(world.url + path);
                else {
                    await signIn(page, world, shot.login ?? "zhaolei");
                    await (shot.plain ? page.goto(world.url + path) : open(page, world, path));
                    await page.locator(".wait").waitFor({ state: "detached" });
                }
                await page.waitForLoadState("networkidle");
                await shot.then?.(page, world);
                await page.locator(".wait").waitFor({ state: "detached" });
                if (shot.print) await page.emulateMedia({ media: "print" });
                for (const theme of shot.print ? ["light"] as const : ["light", "dark"] as const) {
                    await page.emulateMedia({ colorScheme: theme });
                    await page.screenshot({ path: `${folder}/${[shot.name, device === "phone" ? "phone" : "", theme === "dark" ? "dark" : "", lang].filter(Boolean).join("-")}.png`, fullPage: !!shot.print });
                }
                await context.close();
            });
