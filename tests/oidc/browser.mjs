// oidc/browser - what a browser does on the way: cookies of each host, and
// redirects one by one.
//
// SPDX-License-Identifier: Apache-2.0
export class Browser {
    jars = new Map();

    jar(url) {
        const { host } = new URL(url);
        if (!this.jars.has(host)) {
            this.jars.set(host, new Map());
        }
        return this.jars.get(host);
    }

    async ask(url, { method = "GET", form, headers = {} } = {}) {
        const jar = this.jar(url);
        const answer = await fetch(url, {
            method, redirect: "manual",
            headers: {
                Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
                ...headers,
            },
            body: form && new URLSearchParams(form),
        });
        for (const cookie of answer.headers.getSetCookie()) {
            const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
            if (/max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) {
                jar.delete(name);
            } else {
                jar.set(name, value);
            }
        }
        const location = answer.headers.get("location");
        return { status: answer.status, text: await answer.text(),
                 cookies: answer.headers.getSetCookie(),
                 location: location && new URL(location, url).href };
    }

    // Follows redirects until `stop` is true of the next address, or they end.
    async follow(url, stop = () => false) {
        let answer = await this.ask(url);
        while (answer.location && !stop(answer.location)) {
            answer = await this.ask(answer.location);
        }
        return answer;
    }
}
