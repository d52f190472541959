// outward/stubs/tests/webhook - what the stub takes as a receiver of Standard
// Webhooks, what it refuses, and what it sends.
//
// SPDX-License-Identifier: Apache-2.0
import { curvePublic, webhookSign, webhookSignCurve, webhookVerify } from "../signs.mjs";
import { listener, start } from "../start.mjs";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID = "msg_p5jXN8AQM9LWM0D4loKWxJek", SECONDS = 1614265330;
const BODY = '{"test": 2432232314}';
const good = {
    "Content-Type": "application/json", "webhook-id": ID, "webhook-timestamp": `${SECONDS}`,
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

function signed(body, type, id = ID) {
    return { ...good, "Content-Type": type, "webhook-id": id,
             "webhook-signature": webhookSign(id, SECONDS, body, SECRET) };
}

const event = (more) => JSON.stringify({ specversion: "1.0", id: ID, source: "/a", type: "t",
                                         ...more });
const cloud = "application/cloudevents+json; charset=UTF-8";

// [what, body, headers, status]
const asked = [
    ["the vector", BODY, good, 200],
    ["signatures of two secrets", BODY, { ...good,
        "webhook-signature": `v1,AAAA ${good["webhook-signature"]}` }, 200],
    ["another secret", BODY, { ...good,
        "webhook-signature": webhookSign(ID, SECONDS, BODY, "whsec_AAAA") }, 401],
    ["other bytes", '{"test":2432232314}', good, 401],
    ["no signature", BODY, { ...good, "webhook-signature": "" }, 401],
    ["no version", BODY, { ...good, "webhook-signature": good["webhook-signature"].slice(3) }, 401],
    ["no id", BODY, { ...good, "webhook-id": "" }, 400],
    ["an id with a dot", BODY, signed(BODY, "application/json", "a.b"), 400],
    ["milliseconds", BODY, { ...good, "webhook-timestamp": `${SECONDS}000` }, 400],
    ["no time", BODY, { ...good, "webhook-timestamp": "" }, 400],
    ["another type", BODY, { ...good, "Content-Type": "text/plain" }, 415],
    ["no JSON", "{", signed("{", "application/json"), 422],
    ["a CloudEvent", event(), signed(event(), cloud), 200],
    ["one without a source", event({ source: "" }), signed(event({ source: "" }), cloud), 422],
    ["one of another id", event({ id: "x" }), signed(event({ id: "x" }), cloud), 422],
    ["one with a bad name", event({ aB: 1 }), signed(event({ aB: 1 }), cloud), 422],
    ["a batch", `[${event()}]`, signed(`[${event()}]`, "application/cloudevents-batch+json"), 200],
    ["no batch", event(), signed(event(), "application/cloudevents-batch+json"), 422],
];

export async function run(check) {
    const stub = await start("vendors.mjs");
    try {
        await stub.steer("clock", { at: SECONDS * 1000 });
        for (const [what, body, headers, status] of asked) {
            const got = await stub.post("/webhook/main", body, headers);
            check(got.status === status, what, got);
        }
        check((await stub.post("/webhook/none", BODY, good)).status === 404, "no receiver");
        check((await stub.post("/webhook/main", "", good, "GET")).status === 405, "GET");
        check((await stub.post("/webhook/old", BODY, good)).status === 401, "another's secret");
        for (const [shift, status] of [[300, 200], [301, 400], [-300, 200], [-301, 400]]) {
            await stub.steer("clock", { shift: shift * 1000 });
            const got = await stub.post("/webhook/main", BODY, good);
            check(got.status === status, `${shift} seconds later`, got);
        }
        await stub.steer("clock", { shift: 0 });
        const once = await stub.read("received?vendor=webhook&once=1");
        check(once.length === 1 && once[0].key === ID, "the id is the key", once);

        const secret = `whsk_${Buffer.alloc(32, 7).toString("base64")}`;
        await stub.steer("setup", { webhook: { receivers: {
            curve: { secrets: [curvePublic(secret)] } } } });
        const curve = { ...good,
                        "webhook-signature": webhookSignCurve(ID, SECONDS, BODY, secret) };
        check((await stub.post("/webhook/curve", BODY, curve)).status === 200, "Ed25519");
        check((await stub.post("/webhook/curve", BODY, good)).status === 401, "HMAC for it");

        const us = await listener();
        for (const [variant, fine] of [["good", true], ["forged", false], ["tampered", false],
                                       ["unsigned", false], ["late", true]]) {
            await stub.callback("webhook", "event", us.url, { variant });
            const { headers, body } = us.came.at(-1);
            const is = webhookVerify(headers["webhook-id"], headers["webhook-timestamp"], body,
                                     headers["webhook-signature"], [SECRET]);
            check(is === fine, `sent: ${variant}`, us.came.at(-1));
        }
        check(SECONDS - us.came.at(-1).headers["webhook-timestamp"] > 300, "late is late");
        us.stop();
    } finally {
        stub.stop();
    }
}
