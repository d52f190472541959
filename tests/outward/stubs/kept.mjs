// outward/stubs/kept - what a stub was sent, for a test to read and to wait for;
// and the door by which it is steered.
//
// SPDX-License-Identifier: Apache-2.0
export class Kept {
    all = [];
    waiting = [];

    add(one) {
        this.all.push({ n: this.all.length + 1, ...one });
        this.waiting = this.waiting.filter((look) => !look());
    }

    chosen(query) {
        const after = Number(query.get("after") ?? 0);
        const keys = new Set();
        return this.all.slice(after).filter((one) => {
            if ((query.get("vendor") ?? one.vendor) !== one.vendor
                || !(one.path ?? "").startsWith(query.get("path") ?? "")) {
                return false;
            }
            const key = `${one.vendor} ${one.key}`;
            const again = query.get("once") && keys.has(key);
            keys.add(key);
            return !again;
        });
    }

    // Resolves with what `query` chooses: once there are ?atleast= of them, or
    // the ?wait= is over.
    read(query) {
        const least = Number(query.get("atleast") ?? 0);
        const after = Number(query.get("after") ?? 0);
        const enough = () => this.all.length - after >= least
            && this.chosen(query).length >= least;
        if (enough()) {
            return this.chosen(query);
        }
        return new Promise((resolve) => {
            const timer = setTimeout(() => resolve(this.chosen(query)),
                                     Number(query.get("wait") ?? 0));
            this.waiting.push(() => {
                if (!enough()) {
                    return false;
                }
                clearTimeout(timer);
                resolve(this.chosen(query));
                return true;
            });
        });
    }
}

// Answers a request by what `controls` has for its "METHOD path": a function of
// its JSON and its query, whose result is the answer, and what it throws 422.
export async function control(controls, method, url, body, out) {
    const act = controls[`${method} ${url.pathname}`];
    let status = 200, result;
    try {
        result = act ? await act(body.length > 0 ? JSON.parse(body.toString()) : {},
                                 url.searchParams)
            : { problem: `${method} ${url.pathname}: nothing is steered so` };
        status = act ? 200 : 404;
    } catch (problem) {
        [status, result] = [422, { problem: problem.message }];
    }
    out.writeHead(status, { "Content-Type": "application/json" });
    out.end(JSON.stringify(result));
}

// A server's listener which has only controls.
export function serveControls(controls) {
    return async (request, out) => {
        const parts = [];
        for await (const part of request) {
            parts.push(part);
        }
        control(controls, request.method, new URL(request.url, "http://stub"),
                Buffer.concat(parts), out);
    };
}
