/* main.tsx - the script takes over the page that the server has written.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { render } from "preact";
import { Frame } from "./app/frame.tsx";
import { loadMe } from "./app/me.ts";
import { startRouter } from "./app/router.ts";
import { askWork, waiting } from "./app/waiting.ts";
import { loadLanguage } from "./i18n/index.ts";

async function start(): Promise<void> {
    const app = document.getElementById("app")!;

    await Promise.all([loadLanguage(), loadMe()]);
    await startRouter();
    app.textContent = "";
    render(<Frame />, app);
    document.documentElement.dataset.ready = "";
}

/* What may wait until the page can be used. */
async function startLater(): Promise<void> {
    const { startSending } = await import("./offline/send.ts");

    startSending();
    if (!waiting.value) await askWork().catch(() => undefined);
    await navigator.serviceWorker?.register("/sw.js").catch(() => undefined);
}

void start().then(() => (globalThis.requestIdleCallback ?? setTimeout)(() => void startLater()));
