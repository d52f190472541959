// oidc/house - the provider of others: oidc-provider, a certified one, with its
// own pages to sign in, which take any name.
//
// SPDX-License-Identifier: Apache-2.0
import { createServer } from "node:http";
import { generateKeyPair, exportJWK } from "jose";
import Provider from "oidc-provider";

async function key(kid) {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    return { ...await exportJWK(privateKey), kid, use: "sig", alg: "RS256" };
}

// What is said of whoever signs in there as `id`.
function account(id) {
    return {
        accountId: id,
        claims: async () => ({ sub: `house|${id}`, preferred_username: id,
                               name: `Somebody called ${id}`,
                               email: `${id}@house.example` }),
    };
}

function listen(server, port) {
    return new Promise((resolve) => {
        server.listen(port, "127.0.0.1", () => resolve(server.address().port));
    });
}

// Starts at a port that stays the same when its keys change.
export async function openHouse(back, out, told) {
    const server = createServer();
    const port = await listen(server, 0);
    const issuer = `http://127.0.0.1:${port}`;
    let answer;

    server.on("request", (req, res) => answer(req, res));
    async function rotate(kid) {
        const provider = new Provider(issuer, {
            clients: [{
                client_id: "weft", client_secret: "the-secret-of-weft",
                redirect_uris: [back], post_logout_redirect_uris: [out],
                backchannel_logout_uri: told, backchannel_logout_session_required: true,
                grant_types: ["authorization_code"], response_types: ["code"],
            }],
            jwks: { keys: [await key(kid)] },
            cookies: { keys: ["not a secret"] },
            claims: { openid: ["sub"], profile: ["name", "preferred_username"],
                      email: ["email"] },
            conformIdTokenClaims: false,
            pkce: { required: () => true },
            // Everything here is at loopback, which it would not ask by itself.
            fetch: (url, { dispatcher: _none, ...options }) => fetch(url, options),
            findAccount: async (_ctx, id) => {
                const found = account(id);
                return { accountId: found.accountId,
                         claims: async () => ({ ...await found.claims(), sub: id }) };
            },
            features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
        });
        answer = provider.callback();
    }
    await rotate("first");
    return { issuer, rotate, close: () => server.close() };
}

// Signs in as `name` on its pages, from the address that it was sent to until
// it sends the browser back.
export async function signInThere(browser, url, name, back) {
    const isBack = (location) => location.startsWith(back);
    let answer = await browser.follow(url, isBack);
    for (let page = 0; page < 3 && !answer.location; page++) {
        const [, action] = answer.text.match(/action="([^"]+)"/);
        const [, prompt] = answer.text.match(/name="prompt" value="([^"]+)"/);
        answer = await browser.ask(action, { method: "POST",
            form: prompt === "login" ? { prompt, login: name, password: "any" }
                                     : { prompt } });
        if (answer.location && !isBack(answer.location)) {
            answer = await browser.follow(answer.location, isBack);
        }
    }
    return answer.location;
}

// Signs out on its pages, which then tells those where one signed in by it.
export async function signOutThere(browser, house, back) {
    const query = new URLSearchParams({ client_id: "weft", post_logout_redirect_uri: back });
    const page = await browser.ask(`${house.issuer}/session/end?${query}`);
    const [, action] = page.text.match(/action="([^"]+)"/);
    const [, xsrf] = page.text.match(/name="xsrf" value="([^"]+)"/);
    return browser.ask(action, { method: "POST", form: { xsrf, logout: "yes" } });
}
