// oidc/suite - people sign in at a provider of others; forged answers do not
// let anybody in.
//
// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { Browser } from "./browser.mjs";
import { openForger } from "./forger.mjs";
import { openHouse, signInThere, signOutThere } from "./house.mjs";
import { check, end } from "./check.mjs";

const [base] = process.argv.slice(2);
async function admin(method, path, body) {
    const answer = await fetch(`${base}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${process.env.WEFT_ADMIN_TOKEN}`,
                   "Content-Type": "application/json" },
        body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, text, body: text ? JSON.parse(text) : null };
}

const backOf = (id) => `${base}/sign-in/${id}/callback`;
const me = async (browser) => {
    const answer = await browser.ask(`${base}/api/v1/me`);
    return answer.status === 200 ? JSON.parse(answer.text) : null;
};

// --- The provider of others

const house = await openHouse(backOf("house"), `${base}/`,
                              `${base}/sign-out/house/back-channel`);
const set = { id: "house", label: "The House", issuer: house.issuer, client: "weft",
              secret: "the-secret-of-weft", address: base, creates: true };

let answer = await admin("POST", "/admin/providers", set);
check(answer.status === 422 && answer.text.includes("https"),
      "plain http has to be meant", answer);
answer = await admin("POST", "/admin/providers", { ...set, inside: true });
check(answer.status === 200 && !answer.text.includes("the-secret-of-weft")
      && answer.body.items[0].secret === true, "a provider is set", answer);

const names = await (await fetch(`${base}/api/v1/providers`)).json();
check(names.items.length === 1 && names.items[0].label === "The House"
      && !names.items[0].issuer, "its name is told to everybody", names);

const ann = new Browser();
answer = await ann.ask(`${base}/inbox?due=today`);
check(answer.text.includes("/sign-in/house?next=/inbox%3Fdue%3Dtoday")
      && answer.text.includes("The House"), "the sign-in page has a button", answer);

// Out, there, and back.
let out = await ann.ask(`${base}/sign-in/house?next=/inbox`);
const asked = new URL(out.location);
check(out.status === 303 && out.location.startsWith(house.issuer)
      && asked.searchParams.get("code_challenge_method") === "S256"
      && asked.searchParams.get("response_type") === "code"
      && asked.searchParams.get("redirect_uri") === backOf("house"),
      "the browser is sent out", out);
check(out.cookies.length === 1 && /HttpOnly; SameSite=Lax/.test(out.cookies[0])
      && !out.cookies[0].includes(asked.searchParams.get("state")),
      "what it keeps is sealed", out.cookies);
const way = await signInThere(ann, out.location, "ann", backOf("house"));
check(way?.includes("code="), "the provider sends it back", way);
answer = await ann.ask(way);
check(answer.status === 303 && answer.location === `${base}/inbox`,
      "it is led on to where it was going", answer);
let who = await me(ann);
check(who?.login === "ann" && who.name === "Somebody called ann"
      && who.provider === "house", "who did not exist has an account", who);

// The same code and state again, with the same browser.
const thief = new Browser();
thief.jars.set(new URL(base).host, new Map(ann.jar(base)));
thief.jar(base).delete("weft");
answer = await thief.ask(way);
check(answer.status === 401 && !(await me(thief)), "a way back is taken once", answer);
// And with none.
answer = await new Browser().ask(way);
check(answer.status === 401, "another browser has no way back", answer);

// A second time she is who she is.
await admin("PATCH", "/people/ann", { name: "Ann herself" });
const again = new Browser();
out = await again.ask(`${base}/sign-in/house`);
await again.ask(await signInThere(again, out.location, "ann", backOf("house")));
who = await me(again);
check(who?.login === "ann" && who.name === "Ann herself",
      "an account is found by issuer and subject", who);

// A name that is taken here is not theirs for having it there.
const impostor = new Browser();
out = await impostor.ask(`${base}/sign-in/house`);
answer = await impostor.ask(
    await signInThere(impostor, out.location, "lina", backOf("house")));
check(answer.status === 401 && !(await me(impostor))
      && answer.text.includes("administrator"), "a name alone makes nobody", answer);
answer = await admin("POST", "/admin/providers/house/people",
                     { login: "lina", subject: "lina" });
check(answer.status === 204, "an administrator says who it is", answer);
answer = await admin("POST", "/admin/providers/house/people",
                     { login: "admin", subject: "lina" });
check(answer.status === 409, "and says it once", answer);
const lina = new Browser();
out = await lina.ask(`${base}/sign-in/house?next=//elsewhere.example`);
answer = await lina.ask(await signInThere(lina, out.location, "lina", backOf("house")));
check((await me(lina))?.login === "lina" && answer.location === `${base}/`,
      "then she signs in, and is led nowhere else", answer);

// Keys change.
await house.rotate("second");
const later = new Browser();
out = await later.ask(`${base}/sign-in/house`);
answer = await later.ask(await signInThere(later, out.location, "ben", backOf("house")));
check((await me(later))?.login === "ben", "a new key is fetched", answer);

// Who has left does not come in, whoever says so.
await admin("PATCH", "/people/ben", { active: false });
check(!(await me(later)), "who is set inactive is out at once", await me(later));
const gone = new Browser();
out = await gone.ask(`${base}/sign-in/house`);
answer = await gone.ask(await signInThere(gone, out.location, "ben", backOf("house")));
check(answer.status === 401 && !(await me(gone)), "and stays out", answer);

// No account of their own accord.
await admin("POST", "/admin/providers",
            { ...set, inside: true, creates: false, secret: undefined });
const stranger = new Browser();
out = await stranger.ask(`${base}/sign-in/house`);
answer = await stranger.ask(
    await signInThere(stranger, out.location, "cid", backOf("house")));
check(answer.status === 401 && answer.text.includes("administrator"),
      "without creates nobody new comes in; the secret stayed", answer);

// Out: here, and there.
const csrf = JSON.parse((await ann.ask(`${base}/api/v1/me`)).text) && (await ann.ask(`${base}/`))
    .text.match(/name="csrf" value="([^"]+)"/)?.[1];
answer = await ann.ask(`${base}/sign-out`, { method: "POST", form: { csrf } });
check(answer.status === 303 && answer.location === `${base}/sign-out/house`
      && !(await me(ann)), "signed out here", answer);
answer = await ann.ask(answer.location);
const leave = answer.text.match(/href="([^"]*session\/end[^"]*)"/)?.[1]
    ?.replaceAll("&amp;", "&");
check(leave?.startsWith(house.issuer) && leave.includes("client_id=weft"),
      "and may sign out there", answer);
answer = await ann.follow(leave);
check(answer.status === 200 && /logout|sign-out/i.test(answer.text),
      "which the provider takes", answer);

// Out there, and so here: the session by which one came there, and no other.
async function signInByHouse(name) {
    const browser = new Browser();
    const { location } = await browser.ask(`${base}/sign-in/house`);
    await browser.ask(await signInThere(browser, location, name, backOf("house")));
    return browser;
}
const here = await signInByHouse("ann"), elsewhere = await signInByHouse("ann");
check((await me(here))?.login === "ann" && (await me(elsewhere))?.login === "ann",
      "ann is signed in twice", await me(here));
answer = await signOutThere(here, house, `${base}/`);
check(!(await me(here)), "who signs out at the provider is out here", answer);
check((await me(elsewhere))?.login === "ann", "and only where they did", answer);

// --- Forged

const forger = await openForger();
await admin("POST", "/admin/providers", {
    id: "forger", issuer: forger.issuer, client: "weft", secret: "s&cr:et",
    address: base, creates: true, inside: true });

// One sign-in with a trick; what came of it.
async function forge(trick, { iss = forger.issuer, state, code = "a-code",
                              provider = "forger", error } = {}) {
    const browser = new Browser();
    forger.trick = trick;
    const { location } = await browser.ask(`${base}/sign-in/forger`);
    const sent = new URL(location).searchParams;
    forger.nonce = sent.get("nonce");
    forger.challenge = sent.get("code_challenge");
    const query = new URLSearchParams({ state: state ?? sent.get("state") });
    for (const [name, value] of Object.entries({ code, iss, error })) {
        if (value) {
            query.set(name, value);
        }
    }
    const came = await browser.ask(`${backOf(provider)}?${query}`);
    return { ...came, who: await me(browser) };
}

const now = Math.floor(Date.now() / 1000);
const refused = {
    "no algorithm": { sign: "none" },
    "the public key as a secret": { sign: "hmac" },
    "another's key under the same name": { sign: "other" },
    "a key that nobody has published": { sign: "unknown" },
    "a key of another kind": { sign: "curve" },
    "claims that were changed": { sign: "torn" },
    "another nonce": { claims: { nonce: "another" } },
    "no nonce": { without: ["nonce"] },
    "another audience": { claims: { aud: "else" } },
    "no audience": { without: ["aud"] },
    "two audiences and no word for whom": { claims: { aud: ["weft", "else"] } },
    "two audiences and the other is meant": { claims: { aud: ["weft", "else"], azp: "else" } },
    "another issuer": { claims: { iss: "https://id.example.com" } },
    "an issuer but for its slash": { claims: { iss: `${forger.issuer}/` } },
    "a time that is over": { claims: { exp: now - 120, iat: now - 300 } },
    "no end": { without: ["exp"] },
    "an end that is no number": { claims: { exp: "tomorrow" } },
    "made yesterday": { claims: { iat: now - 86400, exp: now + 300 } },
    "made tomorrow": { claims: { iat: now + 86400, exp: now + 90000 } },
    "not yet": { claims: { nbf: now + 3600 } },
    "nobody": { without: ["sub"] },
    "an empty name": { claims: { sub: "" } },
    "another access token": { claims: { at_hash: "AAAAAAAAAAAAAAAAAAAAAA" } },
};
for (const [what, trick] of Object.entries(refused)) {
    const came = await forge(trick);
    check(came.status === 401 && came.who === null, what, came);
}
check(forger.keysAsked <= 2, "unknown keys ask for keys once a minute", forger.keysAsked);

let came = await forge({}, { iss: house.issuer });
check(came.status === 401, "another provider answers (mix-up)", came);
came = await forge({}, { iss: null });
check(came.status === 401, "it says that it tells who it is, and does not", came);
came = await forge({}, { state: "another" });
check(came.status === 401, "another state", came);
came = await forge({}, { provider: "house" });
check(came.status === 401, "back at another provider's door", came);
came = await forge({}, { code: null, error: "access_denied" });
check(came.status === 401 && came.text.includes("access_denied"), "no code", came);

// Right but for nothing: so it is the tricks that are refused.
const half = createHash("sha256").update("an-access-token").digest()
    .subarray(0, 16).toString("base64url");
came = await forge({ claims: { at_hash: half, aud: ["weft", "else"], azp: "weft" } });
check(came.status === 303 && came.who?.login === "mallory", "what is right is taken", came);
const { form, headers } = forger.asked.at(-1);
const verifier = form.get("code_verifier");
check(createHash("sha256").update(verifier).digest("base64url") === forger.challenge,
      "the verifier is that of the challenge", verifier);
check(headers.authorization
      === `Basic ${Buffer.from("weft:s%26cr%3Aet").toString("base64")}`,
      "the secret goes into Basic, quoted", headers);
check(form.get("redirect_uri") === backOf("forger") && !form.get("client_secret"),
      "and nowhere else", form.toString());

// --- Logout tokens

async function mallory() {
    const browser = new Browser();
    forger.trick = { claims: { sid: "session-1" } };
    const { location } = await browser.ask(`${base}/sign-in/forger`);
    const sent = new URL(location).searchParams;
    forger.nonce = sent.get("nonce");
    await browser.ask(`${backOf("forger")}?${new URLSearchParams({
        state: sent.get("state"), code: "a-code", iss: forger.issuer })}`);
    return browser;
}
async function tell(token, provider = "forger", headers = {}) {
    const answer = await fetch(`${base}/sign-out/${provider}/back-channel`, {
        method: "POST", redirect: "manual", headers,
        body: new URLSearchParams({ logout_token: token }) });
    return { status: answer.status, text: await answer.text(),
             cache: answer.headers.get("cache-control") };
}
const one = await mallory();
check((await me(one))?.login === "mallory", "mallory is in", await me(one));
const refusedLogouts = {
    "no algorithm": { sign: "none" },
    "another's key": { sign: "other" },
    "another audience": { claims: { aud: "else" } },
    "another issuer": { claims: { iss: house.issuer } },
    "no event": { without: ["events"] },
    "another event": { claims: { events: { "http://schemas.openid.net/event/other": {} } } },
    "an event that is a text": { claims: { events: {
        "http://schemas.openid.net/event/backchannel-logout": "yes" } } },
    "a nonce, as of an ID token": { claims: { nonce: "a" } },
    "no name of its own": { without: ["jti"] },
    "nobody": { without: ["sub"] },
    "made yesterday": { claims: { iat: now - 86400, exp: now + 300 } },
    "over": { claims: { iat: now - 300, exp: now - 120 } },
    "no time": { without: ["iat"] },
    "no end": { without: ["exp"] },
};
for (const [what, trick] of Object.entries(refusedLogouts)) {
    const got = await tell(await forger.logout(trick));
    check(got.status === 400 && (await me(one)), `a logout token with ${what}`, got);
}
let heard = await tell("", "forger");
check(heard.status === 400, "none at all", heard);
heard = await tell(await forger.logout(), "house");
check(heard.status === 400 && (await me(one)), "at another provider's door", heard);
heard = await tell(await forger.logout(), "nowhere");
check(heard.status === 404, "at nobody's door", heard);
heard = await tell(await forger.logout({ claims: { sid: "another" } }));
check(heard.status === 200 && (await me(one)), "another session is not this one", heard);
heard = await tell(await forger.logout({ claims: { sid: "session-1", sub: "forged|2" } }));
check(heard.status === 200 && (await me(one)), "nor is it another person's", heard);
heard = await tell(await forger.logout(), "forger", { Origin: "https://evil.example" });
check(heard.status === 403 && (await me(one)), "no page of elsewhere sends one", heard);
const good = await forger.logout();
heard = await tell(good);
check(heard.status === 200 && !(await me(one)) && /no-store/.test(heard.cache),
      "what is right ends the session", heard);
const second = await mallory();
heard = await tell(good);
check(heard.status === 400 && (await me(second)), "and counts once", heard);
heard = await tell(await forger.logout({ claims: { sid: "session-1" }, without: ["sub"] }));
check(heard.status === 200 && !(await me(second)), "a session alone is enough", heard);

// A provider that says that it is another one; one that sends us elsewhere.
async function odd(id, about, redirect) {
    const one = await openForger();
    one.about = about;
    one.redirect = redirect && { at: "/.well-known/openid-configuration",
                                 to: one.issuer + redirect };
    await admin("POST", "/admin/providers", { id, issuer: one.issuer, client: "weft",
        address: base, inside: true });
    const got = await new Browser().ask(`${base}/sign-in/${id}`);
    one.close();
    return got;
}
came = await odd("liar", { issuer: house.issuer });
check(came.status === 503 && !came.location, "an issuer is what it is asked as", came);
came = await odd("plain", { code_challenge_methods_supported: ["plain"] });
check(came.status === 503, "PKCE with S256 or not at all", came);
came = await odd("mover", {}, "/moved");
check(came.status === 503, "redirects are not followed", came);

// --- Where outgoing questions may go

for (const [id, issuer] of Object.entries({
    loopback: "https://127.0.0.1:1", named: "https://localhost:1",
    private: "https://10.0.0.1", metadata: "https://169.254.169.254",
    mapped: "https://[::ffff:127.0.0.1]:1", six: "https://[::1]:1",
    nat64: "https://[64:ff9b::7f00:1]:1", decimal: "https://2130706433:1",
})) {
    answer = await admin("POST", "/admin/providers", { id, issuer, client: "weft",
        address: "https://weft.example.com" });
    came = await new Browser().ask(`${base}/sign-in/${id}`);
    check(answer.status === 200 && came.status === 403 && !came.location,
          `nothing is asked inside: ${issuer}`, came);
}
answer = await admin("DELETE", "/admin/providers/six");
check(answer.status === 204, "a provider goes", answer);
came = await new Browser().ask(`${base}/sign-in/six`);
check(came.status === 404, "and is gone", came);

house.close();
forger.close();
end();
