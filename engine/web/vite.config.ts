/* vite.config.ts - the application as files that the server carries.
 *
 * Out comes build/web, in the form that engine/http/asset.h describes: hashed
 * and compressed assets, and the fragments of every page with the policy that
 * fits them. What is larger than promised fails the build.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { icons } from "./src/style/icons.ts";
import { checkBudgets } from "./tools/budgets.ts";
import { words } from "./tools/words.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const sha = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/* Before the first paint: the theme that was chosen. After it: the script. */
const loader = (main: string, zh: string) => `{
const d=document.documentElement;
try{const t=localStorage.theme;if(t)d.dataset.theme=t}catch{}
addEventListener("DOMContentLoaded",()=>{if(document.getElementById("data"))
requestAnimationFrame(()=>setTimeout(()=>{d.lang.startsWith("zh")&&import("/${zh}");import("/${main}")}))})}`;

const policy = (script: string, style: string) =>
    `default-src 'none'; script-src 'self' ${sha(script)}; style-src 'self' ${sha(style)}; ` +
    "manifest-src 'self'; worker-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
    "font-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const sprite = () =>
    `<svg hidden>${Object.entries(icons).map(([id, path]) =>
        `<symbol id="i-${id}" viewBox="0 0 20 20"><path d="${path}"/></symbol>`).join("")}</svg>\n`;

const manifest = (icon: string) => JSON.stringify({
    name: "Weft", short_name: "Weft", start_url: "/", scope: "/", display: "standalone",
    background_color: "#ffffff", theme_color: "#ffffff",
    icons: [{ src: `/${icon}`, sizes: "any", type: "image/svg+xml", purpose: "any maskable" }],
});

/* A worker that the browser compares byte by byte: it names every file. */
function workerText(code: string, files: string[]) {
    const version = createHash("sha256").update(files.join()).digest("hex").slice(0, 12);
    return `const VERSION=${JSON.stringify(version)},FILES=${JSON.stringify(files)};\n${code}`;
}

function shell(): Plugin {
    return {
        name: "weft-shell",
        enforce: "post",
        /* Behind all others: Vite writes into the chunks until then. */
        generateBundle: { order: "post", handler(_options, bundle) {
            const find = (start: string, end: string) => {
                const name = Object.keys(bundle).find((file) =>
                    file.startsWith(`assets/${start}-`) && file.endsWith(end));
                if (!name) this.error(`there is no ${start}*${end}`);
                return name;
            };
            const text = (name: string) => {
                const file = bundle[name]!;
                return file.type === "chunk" ? file.code : String(file.source);
            };
            const critical = find("critical", ".css");
            const style = text(critical).trim();
            const script = loader(find("main", ".js"), find("zh", ".js"));
            const worker = find("worker", ".js");
            const icon = find("icon", ".svg");
            const workerCode = text(worker);
            for (const name of Object.keys(bundle))
                if (name === critical || name === worker || /assets\/critical-.*\.js$/.test(name))
                    delete bundle[name];
            const assets = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
            const emit = (fileName: string, source: string | Uint8Array) =>
                this.emitFile({ type: "asset", fileName, source });

            checkBudgets(bundle, style + script, (message) => this.error(message));
            for (const name of assets) {
                const file = bundle[name]!;
                emit(`${name}.gz`, gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 }));
            }
            const worked = workerText(workerCode, assets.map((name) => `/${name}`).sort());
            emit("root/sw.js", worked);
            emit("root/sw.js.gz", gzipSync(worked, { level: 9 }));
            emit("root/manifest.webmanifest", manifest(icon));
            emit("shell/policy", policy(script, style));
            emit("shell/body.html", sprite());
            emit("shell/head.html",
                `<link rel="icon" href="/${icon}">\n<link rel="manifest" href="/manifest.webmanifest">\n` +
                '<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme:light)">\n' +
                '<meta name="theme-color" content="#16181b" media="(prefers-color-scheme:dark)">\n' +
                `<meta name="description" content="Weft">\n<style>${style}</style>\n<script>${script}</script>\n`);
        } },
    };
}

export default defineConfig({
    root: here("."),
    resolve: { alias: { "#api": here("../../build/openapi.ts") } },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
        outDir: here("../../build/web"),
        emptyOutDir: true,
        target: "es2022",
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        cssMinify: true,
        reportCompressedSize: false,
        rollupOptions: {
            input: {
                main: here("src/main.tsx"),
                critical: here("src/critical.ts"),
                worker: here("src/offline/worker.ts"),
                zh: "virtual:zh",
            },
            output: {
                entryFileNames: "assets/[name]-[hash].js",
                chunkFileNames: "assets/[name]-[hash].js",
                assetFileNames: "assets/[name]-[hash][extname]",
            },
            preserveEntrySignatures: "allow-extension",
        },
    },
    plugins: [words(), shell()],
});
