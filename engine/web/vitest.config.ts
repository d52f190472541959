/* vitest.config.ts - the tests that need no browser.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { defineConfig } from "vitest/config";
import { words } from "./tools/words.ts";

export default defineConfig({
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    plugins: [words()],
    test: { include: ["tests/**/*.test.ts"] },
});
