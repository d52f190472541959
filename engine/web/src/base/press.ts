/* base/press.ts - whether somebody is pressing something just now.
 *
 * What moves while it is pressed is not hit when it is let go: a page that would
 * say something above it waits until then.
 *
 * SPDX-License-Identifier: Apache-2.0 */
let pressed: Promise<void> | undefined, letGo: (() => void) | undefined;

addEventListener("pointerdown", () => { pressed ??= new Promise((done) => { letGo = done; }); }, true);

/* The click comes with the release: it is over one turn later. */
function release(): void {
    const done = letGo;

    pressed = undefined;
    letGo = undefined;
    if (done) setTimeout(done);
}
for (const end of ["pointerup", "pointercancel", "dragend", "blur"]) addEventListener(end, (event) => { if (end !== "blur" || event.target === window) release(); }, true);

export const isPressed = (): boolean => pressed !== undefined;

/* At once where nothing is. */
export const released = (): Promise<void> => pressed ?? Promise.resolve();
