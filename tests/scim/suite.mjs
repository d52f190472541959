// scim/suite - what a directory does with people and teams: finds, creates,
// patches, filters, deactivates. Resources and messages go through the schemas
// of scimmy; what a patch should come to is what scim-patch makes of it.
//
// SPDX-License-Identifier: Apache-2.0
import SCIMMY from "scimmy";
import { scimPatch } from "scim-patch";
import { check, end } from "./check.mjs";

const [base] = process.argv.slice(2);
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
SCIMMY.Schemas.User.extend(SCIMMY.Schemas.EnterpriseUser);

async function ask(method, path, body, headers = {}) {
    const answer = await fetch(path.startsWith("/") ? base + path : path, {
        method,
        headers: {
            Authorization: `Bearer ${process.env.WEFT_SCIM_TOKEN}`,
            ...(body ? { "Content-Type": "application/scim+json" } : {}),
            ...headers,
        },
        body: body ? JSON.stringify(body) : undefined,
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers,
             body: text ? JSON.parse(text) : null };
}

const users = (query = "") => ask("GET", `/scim/v2/Users${query}`);
const filter = text => users(`?filter=${encodeURIComponent(text)}`);
const operations = list => ({ schemas: [PATCH], Operations: list });
const patch = (user, list) =>
    ask("PATCH", `/scim/v2/Users/${user.id}`, operations(list));

// Whether their schema takes the resource as one that a server may send.
function isUser(resource) {
    try {
        return !!new SCIMMY.Schemas.User(resource, "out", "/scim/v2/Users").id;
    } catch (problem) {
        return problem.message;
    }
}

function isError(answer, status, type) {
    const { schemas, status: told, scimType } = answer.body;
    return answer.status === status && told === String(status)
        && scimType === type
        && schemas[0] === "urn:ietf:params:scim:api:messages:2.0:Error"
        && answer.headers.get("content-type").includes("application/scim+json");
}

// --- What the server says of itself

let answer = await ask("GET", "/scim/v2/ServiceProviderConfig");
check(answer.body.patch.supported && !answer.body.bulk.supported
      && answer.body.etag.supported, "config", answer.body);
answer = await ask("GET", "/scim/v2/Schemas");
check(answer.body.totalResults === 3, "schemas", answer.body);
check((await ask("GET", `/scim/v2/Schemas/${USER}`)).body.id === USER, "schema");
answer = await ask("GET", "/scim/v2/ResourceTypes/User");
check(answer.body.schemaExtensions[0].schema === ENTERPRISE, "type", answer.body);

// --- Who may not

answer = await ask("GET", "/scim/v2/Users", null,
                   { Authorization: `Bearer ${process.env.WEFT_READ_TOKEN}` });
check(isError(answer, 403), "a token without the scope", answer.body);
answer = await ask("GET", "/scim/v2/Users", null, { Authorization: "Bearer weft_x" });
check(isError(answer, 401), "no token", answer.body);
answer = await ask("GET", "/api/v1/me");
check(answer.status === 403, "another door than its own", answer);
check(isError(await ask("GET", "/scim/v2/Users/1"), 404), "nobody");

// --- Create, find

const wanted = new SCIMMY.Schemas.User({
    userName: "Wu.Min@example.com", externalId: "ext-7", active: true,
    name: { givenName: "Min", familyName: "Wu" },
    emails: [{ value: "wu@example.com", type: "work", primary: true }],
    title: "Clerk", locale: "en_US",
    [ENTERPRISE]: { department: "Sales", employeeNumber: "77" },
}, "in");
answer = await ask("POST", "/scim/v2/Users", { schemas: [USER, ENTERPRISE], ...wanted });
const wu = answer.body;
check(answer.status === 201 && isUser(wu) === true, "create", [answer.status, wu, isUser(wu)]);
check(answer.headers.get("location") === `/scim/v2/Users/${wu.id}`
      && wu.meta.location === `/scim/v2/Users/${wu.id}`, "location");
check(answer.headers.get("etag") === wu.meta.version, "etag", wu.meta);
check(wu.userName === "wu.min@example.com" && wu.displayName === "Min Wu"
      && wu.externalId === "ext-7" && wu.locale === "en-US"
      && wu[ENTERPRISE].department === "sales"
      && wu[ENTERPRISE].employeeNumber === "77", "what was created", wu);
answer = await ask("POST", "/scim/v2/Users", { userName: "wu.min@example.com" });
check(isError(answer, 409, "uniqueness"), "a name twice", answer.body);
answer = await ask("POST", "/scim/v2/Users", { displayName: "Nobody" });
check(isError(answer, 400, "invalidValue"), "no name", answer.body);
answer = await ask("POST", "/scim/v2/Users", {
    userName: "eve", [ENTERPRISE]: { manager: { value: "1" } } });
check(isError(answer, 400, "invalidValue"), "no such manager", answer.body);

const lina = (await filter('userName eq "LINA"')).body.Resources[0];
check(lina && isUser(lina) === true && lina.groups[0].display === "red",
      "who came from a file", lina);

// --- Filters and pages

for (const [text, n] of [
    ['userName eq "wu.min@example.com"', 1], ['externalId eq "ext-7"', 1],
    [`id eq "${wu.id}"`, 1], ['emails.value eq "wu@example.com"', 1],
    ['emails[type eq "work" and value co "wu@"]', 1],
    ['displayName co "wu" and active eq true', 1],
    ['userName eq "nobody"', 0], ['active eq false', 0],
    ['userName sw "wu" or userName sw "li"', 2],
    ['not (userName sw "wu") and title pr', 0],
    ['USERNAME EQ "lina"', 1], [`${USER}:userName eq "lina"`, 1],
    [`${ENTERPRISE}:department eq "sales"`, 2], ['meta.lastModified gt "2000"', 3],
]) {
    answer = await filter(text);
    check(answer.status === 200 && answer.body.totalResults === n
          && answer.body.Resources.length === n, text, answer.body);
}
for (const text of ["userName", "userName eq", 'userName xx "a"', "((", 'a eq "b" and'])
    check(isError(await filter(text), 400, "invalidFilter"), text);
answer = await users("?startIndex=2&count=1");
check(answer.body.totalResults === 3 && answer.body.itemsPerPage === 1
      && answer.body.startIndex === 2 && answer.body.Resources.length === 1
      && answer.body.Resources[0].id === lina.id, "a page", answer.body);
check((await users("?count=0")).body.Resources.length === 0, "only the number");
answer = await users("?attributes=userName");
check(!answer.body.Resources[0].displayName && answer.body.Resources[0].id,
      "some attributes", answer.body);
answer = await ask("GET", `/scim/v2/Users/${lina.id}?attributes=userName`);
check(!answer.body.displayName && answer.body.userName && answer.body.id === lina.id,
      "some attributes of one", answer.body);
answer = await ask("GET", `/scim/v2/Users/${lina.id}?excludedAttributes=displayName`);
check(!answer.body.displayName && answer.body.userName, "all but one", answer.body);

// --- Patches: as their library would make them, and as directories send them

async function same(user, list, what) {
    const before = (await ask("GET", `/scim/v2/Users/${user.id}`)).body;
    const theirs = scimPatch(structuredClone(before), structuredClone(list));
    const ours = (await patch(user, list)).body;
    for (const key of ["displayName", "title", "active", "emails"])
        check(JSON.stringify(ours[key]) === JSON.stringify(theirs[key]),
              `${what}: ${key}`, [ours[key], theirs[key]]);
}
await same(wu, [{ op: "replace", path: "title", value: "Lead" }], "replace");
await same(wu, [{ op: "replace", value: { title: "Head", displayName: "Wu Min" } }],
           "without a path");
await same(wu, [{ op: "replace", path: 'emails[type eq "work"].value',
                  value: "wu.min@example.com" }], "within a list");
await same(wu, [{ op: "remove", path: "title" }], "remove");
await same(wu, [{ op: "replace", path: "active", value: false },
                { op: "add", path: "title", value: "Gone" }], "two at once");

answer = await patch(wu, [{ op: "Replace", path: "active", value: "True" }]);
check(answer.body.active === true, "the word True", answer.body);
answer = await patch(wu, [{ op: "Add", path: `${ENTERPRISE}:manager`,
                            value: lina.id }]);
check(answer.body[ENTERPRISE].manager.value === lina.id, "manager", answer.body);
answer = await patch(wu, [{ op: "replace",
    value: { [`${ENTERPRISE}:department`]: "West", "name.formatted": "Wu M." } }]);
check(answer.body[ENTERPRISE].department === "west"
      && answer.body.displayName === "Wu M.", "paths as keys", answer.body);
answer = await patch(wu, [{ op: "replace", path: "title", value: "X" },
                          { op: "replace", path: "timezone", value: "Mars/One" }]);
check(isError(answer, 400, "invalidValue"), "one that is not valid", answer.body);
check((await ask("GET", `/scim/v2/Users/${wu.id}`)).body.title === "Gone",
      "all of a patch or nothing");
check(isError(await patch(wu, [{ op: "jump", value: 1 }]), 400, "invalidSyntax"), "op");
check(isError(await patch(wu, [{ op: "remove" }]), 400, "noTarget"), "no target");

// --- Tags

const now = await ask("GET", `/scim/v2/Users/${wu.id}`);
answer = await ask("PATCH", `/scim/v2/Users/${wu.id}`,
    operations([{ op: "replace", path: "title", value: "Y" }]), { "If-Match": 'W/"old"' });
check(isError(answer, 412), "a stale tag", answer.body);
answer = await ask("GET", `/scim/v2/Users/${wu.id}`, null,
                   { "If-None-Match": now.headers.get("etag") });
check(answer.status === 304, "not modified", answer.status);

// --- Replace: the extension is left alone where it is not sent

answer = await ask("PUT", `/scim/v2/Users/${wu.id}`,
                   { userName: "wu", displayName: "Wu", active: true },
                   { "If-Match": now.headers.get("etag") });
check(answer.status === 200 && answer.body.userName === "wu" && !answer.body.title
      && !answer.body.emails && answer.body[ENTERPRISE].manager.value === lina.id,
      "replace", answer.body);

// --- Groups

answer = await ask("GET", "/scim/v2/Groups?filter=displayName%20eq%20%22red%22");
const red = answer.body.Resources[0];
check(red.members.length === 1 && red.members[0].value === lina.id, "a team", red);
answer = await ask("POST", "/scim/v2/Groups", {
    displayName: "Blue", externalId: "g1", members: [{ value: wu.id }] });
const blue = answer.body;
check(answer.status === 201 && !!new SCIMMY.Schemas.Group(blue, "out", "/x").id,
      "a new group", blue);
answer = await ask("POST", "/scim/v2/Groups", { displayName: "Blue" });
check(isError(answer, 409, "uniqueness"), "a group twice", answer.body);
const group = (list) => ask("PATCH", `/scim/v2/Groups/${blue.id}`, operations(list));
answer = await group([{ op: "add", path: "members", value: [{ value: lina.id }, { value: wu.id }] }]);
check(answer.body.members.length === 2, "members added", answer.body);
answer = await group([{ op: "remove", path: `members[value eq "${wu.id}"]` }]);
check(answer.body.members.length === 1 && answer.body.members[0].value === lina.id,
      "a member removed", answer.body);
answer = await group([{ op: "replace", path: "displayName", value: "Navy" }]);
check(answer.body.displayName === "Navy" && answer.body.members.length === 1,
      "renamed", answer.body);
answer = await ask("GET", `/scim/v2/Users/${lina.id}`);
check(answer.body.groups.map(g => g.display).join() === "Navy,red",
      "groups of a user", answer.body.groups);
answer = await group([{ op: "add", path: "members", value: [{ value: "1" }] }]);
check(isError(answer, 400, "invalidValue"), "nobody as a member", answer.body);
check((await ask("DELETE", `/scim/v2/Groups/${blue.id}`)).status === 204, "removed");
check(isError(await ask("GET", `/scim/v2/Groups/${blue.id}`), 404), "gone");

// --- Gone: 204, 404, in no list; the same person when they come back

check((await ask("DELETE", `/scim/v2/Users/${wu.id}`)).status === 204, "deleted");
check(isError(await ask("GET", `/scim/v2/Users/${wu.id}`), 404), "not there");
check((await filter('userName eq "wu"')).body.totalResults === 0, "in no list");
answer = await ask("POST", "/scim/v2/Users", { userName: "wu", displayName: "Wu" });
check(answer.status === 201 && answer.body.id === wu.id && answer.body.active,
      "comes back", answer.body);

// --- Who is deactivated is out at the next request

const mine = (path, headers) => fetch(base + path, { headers });
const bearer = { Authorization: `Bearer ${process.env.WEFT_READ_TOKEN}` };
const signedIn = await fetch(`${base}/api/v1/session`, {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ login: "lina", password: process.env.WEFT_ADMIN_PASSWORD }),
});
const file = await (await fetch(`${base}/api/v1/files?name=note.txt`, {
    method: "POST", headers: bearer, body: "Only for whoever may see it",
})).json();
const cookie = { Cookie: signedIn.headers.getSetCookie().map(c => c.split(";")[0]).join("; ") };
const doors = {
    "a token": ["/api/v1/me", bearer],
    "a session": ["/api/v1/me", cookie],
    "a file": [`/api/v1/files/${file.id}`, cookie],
    "a calendar": [`/calendar/${process.env.WEFT_CALENDAR_TOKEN}.ics`, {}],
};
const status = async ([path, headers]) => (await mine(path, headers)).status;

for (const [what, door] of Object.entries(doors))
    check(await status(door) === 200, `${what} before`, await status(door));
const stream = (await mine("/api/v1/events", cookie)).body
    .pipeThrough(new TextDecoderStream()).getReader();
let heard = (await stream.read()).value;
check(/event: ready/.test(heard), "a stream before", heard);

await patch(lina, [{ op: "replace", path: "active", value: false }]);
for (const [what, door] of Object.entries(doors))
    check([401, 404].includes(await status(door)), `${what} is closed`, await status(door));
for (let part; !(part = await stream.read()).done;)
    heard += part.value;
check(/event: end/.test(heard), "the stream ends", heard);

end();
