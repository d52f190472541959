// outward/stubs/webhook - a receiver of Standard Webhooks 1.0.0, each below a
// name of its own (/webhook/NAME), and a sender of them.
//
// The standard leaves a receiver's refusals to itself, but for their status.
//
// SPDX-License-Identifier: Apache-2.0
import { webhookSign, webhookSignCurve, webhookVerify } from "./signs.mjs";
import { isText, refuse, say } from "./desk.mjs";

const TOLERANCE = 300; // seconds

export const name = "webhook";

export function account() {
    return {
        // More than one secret: the time in which one is replaced.
        receivers: {
            main: { secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] },
            old: { secrets: ["whsec_b2xkIHNlY3JldCBvZiAyNCBieXRlcyE="] },
        },
        perMinute: 0,
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", // of what it sends
        curve: "", // whsk_…: it signs with Ed25519 as well
    };
}

function no(status, problem, headers) {
    return refuse(`${status} ${problem}`, { error: problem }, status, headers);
}

export function limited() {
    return no(429, "too many requests", { "Retry-After": "1" });
}

export function failing(code, message = "failed") {
    return no(code, message);
}

const required = ["id", "source", "type"];

function event(one) {
    if (one?.specversion !== "1.0" || !required.every((part) => isText(one[part]))) {
        return "specversion, id, source or type of the event is missing";
    }
    if (one.data !== undefined && one.data_base64 !== undefined) {
        return "data and data_base64 are both there";
    }
    return Object.keys(one).every((part) => /^[a-z0-9]+$/.test(part) || part === "data_base64")
        ? "" : "an attribute's name has more than lower-case letters and digits";
}

// What is wrong with the body, or "".
function content(request, id) {
    const type = (request.headers["content-type"] ?? "").toLowerCase();
    let body;
    try {
        body = JSON.parse(request.body.toString());
    } catch {
        return "the body is not JSON";
    }
    if (type.startsWith("application/cloudevents-batch+json")) {
        return Array.isArray(body) ? body.map(event).find(Boolean) ?? ""
            : "a batch is an array";
    }
    if (type.startsWith("application/cloudevents+json")) {
        return event(body) || (body.id === id ? "" : "id is not the webhook-id");
    }
    return body !== null && typeof body === "object" ? "" : "the body is no object";
}

export function answer(request, mine, desk) {
    const who = request.path.slice(1);
    if (!Object.hasOwn(mine.receivers, who)) {
        return no(404, "no such receiver");
    }
    if (request.method !== "POST") {
        return no(405, "only POST", { Allow: "POST" });
    }
    const type = request.headers["content-type"] ?? "";
    if (!/^application\/(json|cloudevents(-batch)?\+json)\b/i.test(type)) {
        return no(415, `the type ${type} is not JSON`);
    }
    const id = request.headers["webhook-id"] ?? "";
    const stamp = request.headers["webhook-timestamp"] ?? "";
    if (!id || id.includes(".")) {
        return no(400, "webhook-id is missing or has a dot");
    }
    if (!/^\d{1,12}$/.test(stamp)
        || Math.abs(desk.now() / 1000 - Number(stamp)) > TOLERANCE) {
        return no(400, "webhook-timestamp is missing, or more than 5 minutes away");
    }
    const { secrets } = mine.receivers[who];
    if (!webhookVerify(id, stamp, request.body, request.headers["webhook-signature"] ?? "",
                       secrets)) {
        return no(401, "no signature matches");
    }
    if (desk.tooFast(`webhook ${who}`, mine.receivers[who].perMinute ?? mine.perMinute,
                     60_000)) {
        return limited();
    }
    const problem = content(request, id);
    return problem ? no(422, problem) : say({ ok: true }, { key: id });
}

// --- What it calls us with

const DAY = 86_400;

export function call(ask, mine, desk) {
    if (ask.kind !== "event") {
        return undefined;
    }
    const off = { late: -DAY, future: DAY }[ask.variant] ?? 0;
    const seconds = Math.floor(desk.now() / 1000) + off;
    const id = `msg_${desk.id("stub")}`;
    const body = JSON.stringify({ type: "document.approved",
                                  timestamp: new Date(desk.now()).toISOString(),
                                  data: { id: "42" }, ...ask.with });
    const secret = ask.variant === "forged"
        ? "whsec_YW5vdGhlciBzZWNyZXQsIDI0IGJ5dGVzIQ==" : mine.secret;
    const signatures = [webhookSign(id, seconds, body, secret)];
    if (mine.curve) {
        signatures.unshift(webhookSignCurve(id, seconds, body, mine.curve));
    }
    const headers = { "Content-Type": "application/json", "webhook-id": id,
                      "webhook-timestamp": String(seconds) };
    if (ask.variant !== "unsigned") {
        headers["webhook-signature"] = signatures.join(" ");
    }
    return { headers, body: ask.variant === "tampered" ? body.replace("42", "43") : body };
}

export function judge(ask, sent, got) {
    return got.status >= 200 && got.status < 300 ? "" : `HTTP ${got.status}`;
}
