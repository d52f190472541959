/* browser/totals.mjs - the totals of both runners, as a suite ends.
 *
 * A report that is not there, or was made by a run that broke, is a failure.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { readFileSync } from "node:fs";

let passed = 0, failed = 0, skipped = 0;

function read(name) {
    try {
        return JSON.parse(readFileSync(name, "utf8"));
    } catch {
        failed++;
        console.log(`failed: there is no report ${name}`);
        return undefined;
    }
}

const [unit, pages] = process.argv.slice(2).map(read);

if (unit) {
    passed += unit.numPassedTests;
    failed += unit.numFailedTests + (unit.success || unit.numFailedTests ? 0 : 1);
    skipped += unit.numPendingTests;
}
if (pages) {
    passed += pages.stats.expected + pages.stats.flaky;
    failed += pages.stats.unexpected + pages.errors.length;
    if (pages.stats.flaky) console.log(`${pages.stats.flaky} needed more than one try`);
    skipped += pages.stats.skipped;
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed ? 1 : 0);
