/* main.tsx - the script takes over the page that the server has written: it
 * attaches to what stands there and draws only what is missing.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { hydrate } from "preact";
import { Frame } from "./app/frame.tsx";
import { onNews, startListening } from "./app/live.ts";
import { loadMe } from "./app/me.ts";
import { here, startRouter } from "./app/router.ts";
import { askTold, unread } from "./app/told.ts";
import { askWork, waiting } from "./app/waiting.ts";
import { done, nextTask } from "./base/later.ts";
import { loadLanguage } from "./i18n/index.ts";

/* Effects, which ask for what is shown, run after a frame; a page that is not
 * seen has none. */
const begun = () => new Promise<void>((resolve) => {
    const later = () => setTimeout(resolve);

    if (document.hidden) setTimeout(later, 50);
    else requestAnimationFrame(() => requestAnimationFrame(later));
});

async function start(): Promise<void> {
    await Promise.all([loadLanguage(), loadMe()]);
    await startRouter();
    await nextTask(); /* what was just loaded took one */
    const app = document.getElementById("app")!;
    if (app.dataset.at !== here.value.path) app.replaceChildren(); /* what a worker had kept, of another place */
    hydrate(<Frame />, app);
    await done();
    await begun();
    document.documentElement.dataset.ready = "";
}

/* What may wait until the page can be used. */
async function startLater(): Promise<void> {
    const { startSending } = await import("./offline/send.ts");

    startSending();
    startListening();
    onNews((news) => { /* Today and the inbox ask for themselves */
        if ((news.work || news.all) && here.value.path !== "/" && here.value.path !== "/inbox") void askWork().catch(() => undefined);
        if ((news.told || news.all) && here.value.path !== "/") void askTold().catch(() => undefined);
    });
    if (unread.value === undefined) await askTold().catch(() => undefined);
    if (!waiting.value) await askWork().catch(() => undefined);
    await navigator.serviceWorker?.register("/sw.js").catch(() => undefined);
}

void start().then(() => (globalThis.requestIdleCallback ?? setTimeout)(() => void startLater()));
