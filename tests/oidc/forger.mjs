// oidc/forger - a provider that answers what it is told to: right but for one
// thing.
//
// SPDX-License-Identifier: Apache-2.0
import { createServer } from "node:http";
import { generateKeyPair, exportJWK, exportSPKI, SignJWT, UnsecuredJWT } from "jose";

export async function openForger() {
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    const other = await generateKeyPair("RS256");
    const curve = await generateKeyPair("ES256");
    const jwk = { ...await exportJWK(publicKey), kid: "one", use: "sig", alg: "RS256" };
    const forger = { trick: {}, asked: [], keys: [jwk], about: {}, keysAsked: 0 };

    async function token({ nonce }) {
        const now = Math.floor(Date.now() / 1000);
        const { trick } = forger;
        const claims = { iss: forger.issuer, aud: "weft", sub: "forged|1", nonce,
                         iat: now, exp: now + 300, preferred_username: "mallory",
                         ...trick.claims };
        for (const name of trick.without ?? []) {
            delete claims[name];
        }
        const jwt = new SignJWT(claims);
        switch (trick.sign) {
        case "none":
            return new UnsecuredJWT(claims).encode();
        case "hmac": // with what everybody knows, the public key
            return jwt.setProtectedHeader({ alg: "HS256", kid: "one" })
                .sign(new TextEncoder().encode(await exportSPKI(publicKey)));
        case "other":
            return jwt.setProtectedHeader({ alg: "RS256", kid: "one" })
                .sign(other.privateKey);
        case "unknown":
            return jwt.setProtectedHeader({ alg: "RS256", kid: "two" })
                .sign(other.privateKey);
        case "curve":
            return jwt.setProtectedHeader({ alg: "ES256", kid: "one" })
                .sign(curve.privateKey);
        case "torn": {
            const whole = await jwt.setProtectedHeader({ alg: "RS256", kid: "one" })
                .sign(privateKey);
            const [head, , signature] = whole.split(".");
            const body = Buffer.from(JSON.stringify({ ...claims, sub: "house|lina" }));
            return [head, body.toString("base64url"), signature].join(".");
        }
        default:
            return jwt.setProtectedHeader({ alg: "RS256", kid: "one" }).sign(privateKey);
        }
    }

    // What it says when somebody is signed out there, right but for `trick`.
    forger.logout = async (trick = {}) => {
        const now = Math.floor(Date.now() / 1000);
        const claims = { iss: forger.issuer, aud: "weft", iat: now, exp: now + 120,
                         jti: `logout-${Math.random()}`, sub: "forged|1",
                         events: { "http://schemas.openid.net/event/backchannel-logout": {} },
                         ...trick.claims };
        for (const name of trick.without ?? []) {
            delete claims[name];
        }
        if (trick.sign === "none") {
            return new UnsecuredJWT(claims).encode();
        }
        return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one",
            typ: "logout+jwt" }).sign(trick.sign === "other" ? other.privateKey : privateKey);
    };

    const server = createServer(async (req, res) => {
        const url = new URL(req.url, forger.issuer);
        let body = "";
        for await (const part of req) {
            body += part;
        }
        const say = (data, status = 200) => {
            res.writeHead(status, { "Content-Type": "application/json" });
            res.end(JSON.stringify(data));
        };
        if (forger.redirect && url.pathname === forger.redirect.at) {
            res.writeHead(302, { Location: forger.redirect.to });
            res.end();
        } else if (["/.well-known/openid-configuration", "/moved"].includes(url.pathname)) {
            say({ issuer: forger.issuer,
                  authorization_endpoint: `${forger.issuer}/authorize`,
                  token_endpoint: `${forger.issuer}/token`,
                  jwks_uri: `${forger.issuer}/keys`,
                  authorization_response_iss_parameter_supported: true,
                  ...forger.about });
        } else if (url.pathname === "/keys") {
            forger.keysAsked++;
            say({ keys: forger.keys });
        } else if (url.pathname === "/token") {
            forger.asked.push({ form: new URLSearchParams(body), headers: req.headers });
            say({ access_token: "an-access-token", token_type: "Bearer",
                  id_token: await token({ nonce: forger.nonce }) });
        } else {
            say({ error: "not here" }, 404);
        }
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    forger.issuer = `http://127.0.0.1:${server.address().port}`;
    forger.close = () => server.close();
    // The keys change: what is signed with the old one is signed with none.
    forger.publishOther = async () => {
        forger.keys = [jwk, { ...await exportJWK(other.publicKey), kid: "two",
                              use: "sig", alg: "RS256" }];
    };
    return forger;
}
