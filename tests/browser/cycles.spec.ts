/* browser/cycles.spec.ts - a cycle, from its launch to an appeal, by those whom
 * it concerns; and calibration by every hand.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import type { Page } from "@playwright/test";
import { wrongWith } from "./axe.ts";
import { given, judgeTeam, pastQuarter, launch, made, reviewNow } from "./cycles.ts";
import { expect, open, signIn, test, type World } from "./world.ts";

const CYCLE = "/places/reviews?cycle=quarterly-review";

async function change(page: Page, world: World, login: string, path: string): Promise<void> {
    await page.context().clearCookies();
    await signIn(page, world, login, path);
}

const person = (page: Page, name: string) => page.locator(".placed button", { hasText: name });
const row = (page: Page, value: string) => page.locator(".people-grid tbody tr").filter({ has: page.locator("th", { hasText: new RegExp(`^${value}`) }) });

async function giveReason(page: Page, reason: string): Promise<void> {
    const dialog = page.getByRole("dialog");
    await dialog.locator("textarea").fill(reason);
    await dialog.locator("button.primary").click();
    await expect(dialog).toHaveCount(0);
}

test("a review is launched, answered, calibrated, revealed, and appealed against @every", async ({ page, world, t, isMobile }) => {
    test.setTimeout(150_000);
    await reviewNow(world);
    await signIn(page, world, "zhoumin", CYCLE);
    await page.locator("[data-action=launch]").click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("select").first().selectOption(pastQuarter());
    await dialog.locator("select").nth(1).selectOption("sales-east");
    await dialog.getByRole("button", { name: t("Launch for {n}", { n: 5 }) }).click();
    await expect(page.locator(".stage").nth(1)).toContainText(t("given out"));
    const run = new URL(page.url()).searchParams.get("run")!;
    await given(world, run);

    await change(page, world, "zhangwei", "/places/reviews");
    await expect(page.locator(".rows > li.mine-waits").first()).toContainText(t("waits for you"));
    await page.locator(`.mine-waits a[href='/documents/${await made(world, run, "zhangwei")}']`).click();
    await page.getByLabel(/主要成果|What was achieved/).fill("Three customers signed.");
    for (const field of ["self_delivery", "self_ability"]) await page.locator(`#f-${field} .point`).first().click();
    await page.locator("[data-action=hand-in]").click();
    await expect(page.locator(".document-head .state")).toHaveText(/上级评价|Manager's review/);
    await judgeTeam(world, run, ["zhangwei"]);

    const calibration = `${CYCLE}&run=${run}&part=calibration`;
    await change(page, world, "zhaolei", calibration);
    await expect(row(page, "S").locator(".placed")).toHaveCount(2);
    await expect(page.getByText("赵磊", { exact: true })).toHaveCount(0); /* nobody calibrates themselves */
    await expect(page.locator(".problems li")).not.toHaveCount(0);
    expect(await wrongWith(page, calibration)).toEqual([]);
    if (isMobile) {
        await person(page, "张伟").click();
        await page.getByRole("dialog").locator("select").selectOption("A");
    } else {
        await person(page, "张伟").focus();
        for (const key of ["Space", "ArrowDown", "Space"]) await page.keyboard.press(key);
    }
    await giveReason(page, "Less than others of the same grade");
    await expect(row(page, "A").locator(".placed", { hasText: "张伟" })).toContainText("S → A");
    await expect(page.locator(".shares-value").first()).toContainText(t("before: {n}", { n: 2 }));

    await change(page, world, "zhoumin", `${CYCLE}&run=${run}&part=progress`);
    await page.locator("[data-action=reveal]").click();
    await page.getByRole("alertdialog").locator("button.danger").click();
    await expect(page.locator(".stage-head .good")).toHaveText(t("revealed"));

    await change(page, world, "zhangwei", `${CYCLE}&run=${run}`);
    await expect(page.locator(".result strong")).toHaveText("A");
    await page.locator("[data-action=appeal]").click();
    await giveReason(page, "One contract was not counted");
    await page.waitForURL(/\/documents\/\d+$/);
    await expect(page.getByLabel(/申诉理由|Why/)).toHaveValue("One contract was not counted");
    await page.locator("[data-action=send]").click();
    await expect(page.locator(".document-head .state")).toHaveText(/审理|Hearing/);

    const appeal = /\d+$/.exec(page.url())![0];
    await world.call("lina", "POST", `/documents/${appeal}/actions/approve`, { data: { grade: "S", because: "It was found" } });
    await world.call("hanmei", "POST", `/documents/${appeal}/actions/approve`, {});
    await open(page, world, `${CYCLE}&run=${run}`);
    await expect(page.locator(".result strong")).toHaveText("S");
    await page.locator(`.rows a[href='/documents/${await made(world, run, "zhangwei")}']`).click();
    await expect(page.locator("article")).toContainText("It was found");
});

test("whoever is late is reminded when HR says so", async ({ page, world, t }) => {
    await reviewNow(world);
    const run = await launch(world, "members(sales-east)");
    await signIn(page, world, "zhoumin", `${CYCLE}&run=${run}&part=progress`);
    const stage = page.locator(".stage").filter({ has: page.locator("[data-action=remind]") }).first();
    await stage.locator("[data-action=remind]").click();
    await page.getByRole("dialog").getByRole("button", { name: t("Remind now") }).click();
    await expect(page.locator(".toast")).toContainText(t("They are being told."));
    await expect(stage.locator("[data-action=remind]")).toBeVisible();
});

test("a person is dragged to another value, and back", async ({ page, world, isMobile, t }) => {
    test.skip(!!isMobile, "people are dragged on a desk");
    await reviewNow(world);
    const run = await launch(world, "members(sales-east)");
    await judgeTeam(world, run);
    await signIn(page, world, "zhaolei", `${CYCLE}&run=${run}&part=calibration`);
    await expect(page.locator(".people-grid thead th")).toHaveCount(4); /* three of potential */
    const id = await made(world, run, "liuyang");

    await person(page, "刘洋").dragTo(row(page, "B").locator("th"));
    await page.getByRole("dialog").getByRole("button", { name: t("Cancel") }).click();
    await expect(row(page, "S").locator(".placed")).toHaveCount(2);
    await person(page, "刘洋").dragTo(row(page, "B").locator("th"));
    await expect(page.getByRole("dialog")).toContainText(/S → B/);
    await giveReason(page, "Beside the others");
    await expect(row(page, "B").locator(".placed", { hasText: "刘洋" })).toBeVisible();
    expect((await world.call("zhaolei", "GET", `/documents/${id}`)).overrides[0]).toMatchObject({ computed: "S", value: "B", reason: "Beside the others" });

    await person(page, "刘洋").click();
    await page.getByRole("dialog").locator("select").selectOption({ index: 0 });
    await giveReason(page, "Looked at again");
    await expect(row(page, "S").locator(".placed", { hasText: "刘洋" })).toBeVisible();
    expect((await world.call("zhaolei", "GET", `/documents/${id}`)).overrides).toEqual([]);
});

test("who launches sees all groups and sets nothing in those of others", async ({ page, world, t }) => {
    await reviewNow(world);
    const run = await launch(world, "members(sales)");
    await signIn(page, world, "zhoumin", `${CYCLE}&run=${run}&part=calibration`);
    await expect(page.locator("tbody tr")).toHaveCount(3);
    await page.getByRole("button", { name: "华东销售组" }).click();
    await expect(page.locator(".placed")).toHaveCount(5);
    await expect(page.locator(".placed button")).toHaveCount(0);
    await open(page, world, `${CYCLE}&run=${run}&part=progress`);
    await expect(page.getByText(t("{n} take part", { n: 10 }))).toBeVisible();
    await expect(page.locator("tbody tr")).toHaveCount(10);
});

test("who only takes part sees what is theirs", async ({ page, world, t }) => {
    await signIn(page, world, "liuyang", `${CYCLE}&part=progress`);
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator("[data-action=launch]")).toHaveCount(0);
    await expect(page.getByRole("link", { name: t("Calibration") })).toHaveCount(0);
    await expect(page.locator(".rows > li")).toHaveCount(1);
});
