/* browser/pictures.config.ts - pictures of the places for docs/pictures; how,
 * tells docs/web.md.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import base from "./playwright.config.ts";

export default { ...base, testMatch: "pictures.ts", retries: 0, projects: [{ name: "pictures", use: {} }] };
