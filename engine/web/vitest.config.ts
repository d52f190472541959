/* vitest.config.ts - the tests that need no browser.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { defineConfig } from "vitest/config";

export default defineConfig({
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    test: { include: ["tests/**/*.test.ts"] },
});
