/* browser/playwright.config.ts - which browser, how large, in which language.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { defineConfig } from "@playwright/test";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const desk = { viewport: { width: 1440, height: 900 } };

export default defineConfig({
    testDir: ".",
    outputDir: "../../build/browser",
    fullyParallel: true,
    workers: 2,
    retries: 2, /* a browser on a busy machine; what needed one is told */
    timeout: 40_000,
    expect: { timeout: 8_000 },
    reporter: [["list"], ["json", { outputFile: "../../build/playwright.json" }]],
    use: {
        launchOptions: {
            executablePath: "/usr/bin/chromium",
            args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update",
                "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        },
        trace: "on-first-retry", /* of every test it costs an eighth of the time */
        timezoneId: "Asia/Shanghai",
    },
    projects: [
        { name: "desk-zh", use: { ...desk, locale: "zh-CN" } },
        { name: "phone-en", use: { ...phone, locale: "en" } },
        { name: "desk-en", use: { ...desk, locale: "en" }, grep: /@every/ },
        { name: "phone-zh", use: { ...phone, locale: "zh-CN" }, grep: /@every/ },
    ],
});
