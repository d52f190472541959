// outward/stubs/tests/all - holds the stubs to what the vendors publish, and
// prints totals. A part whose libraries are not there is skipped.
//
// SPDX-License-Identifier: Apache-2.0
const parts = ["vectors", "dingtalk", "wecom", "feishu", "webhook", "modes", "smtp"];
let passed = 0, failed = 0, skipped = 0;

function checker(part) {
    return (ok, what, got) => {
        if (ok) {
            passed++;
            return;
        }
        failed++;
        console.log(`failed: ${part}: ${what}: ${JSON.stringify(got)?.slice(0, 600)}`);
    };
}

for (const part of parts) {
    const check = checker(part);
    try {
        const { run } = await import(`./${part}.mjs`);
        await run(check);
    } catch (problem) {
        if (/^Cannot find package/.test(problem.message)) {
            skipped++;
            console.log(`skipped: ${part}: ${problem.message}`);
        } else {
            check(false, "runs to its end", problem.stack);
        }
    }
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
