// support/check - what suites in JavaScript count: what holds, and what does
// not, with what was there instead.
//
// SPDX-License-Identifier: Apache-2.0
const SHOWN = 2000; // characters of it

let passed = 0, failed = 0;

export function check(ok, what, got) {
    if (ok) {
        passed++;
    } else {
        failed++;
        console.log(`failed: ${what}: ${JSON.stringify(got)?.slice(0, SHOWN)}`);
    }
}

// The totals, and the end.
export function end() {
    console.log(`${passed} passed, ${failed} failed, 0 skipped`);
    process.exit(failed ? 1 : 0);
}
