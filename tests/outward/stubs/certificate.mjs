// outward/stubs/certificate - a certificate of this run's, signed by itself, for
// localhost and 127.0.0.1.
//
// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// {key, cert} as PEM, or null where there is no openssl.
export function certificate() {
    const folder = mkdtempSync(join(tmpdir(), "weft-stub-"));
    const [key, cert] = [join(folder, "key"), join(folder, "cert")];
    try {
        execFileSync("openssl", [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
            "-nodes", "-days", "3650", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", key, "-out", cert], { stdio: "ignore" });
        return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
    } catch {
        return null;
    } finally {
        rmSync(folder, { recursive: true });
    }
}
