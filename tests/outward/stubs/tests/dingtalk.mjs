// outward/stubs/tests/dingtalk - what the stub takes from a client of DingTalk,
// what it refuses, and what it calls with.
//
// SPDX-License-Identifier: Apache-2.0
import { createHmac } from "node:crypto";
import { envelopeDecrypt, envelopeEncrypt, envelopeSignature } from "../signs.mjs";
import { listener, start } from "../start.mjs";

const NOW = 1577262236757; // the reference's vector
const SIGN = "NFgscsWZTPJ9O7VeKpDVvlj5V7UAiLTAlK8UYdPyU1M%3D";
const KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const text = { msgtype: "text", text: { content: "周报" } };
const card = (part) => ({ msgtype: "actionCard", actionCard: { title: "t", text: "x", ...part } });
const signed = `access_token=sign&timestamp=${NOW}&sign=${SIGN}`;
const send = "/dingtalk/robot/send?";

// [what, query, body, headers or nothing, errcode]
const robots = [
    ["signed", signed, text, , 0],
    ["markdown", signed, { msgtype: "markdown", markdown: { title: "t", text: "# x" } }, , 0],
    ["one button", signed, card({ singleTitle: "看", singleURL: "https://a.b/c" }), , 0],
    ["two buttons", signed, card({ btns: [{ title: "1", actionURL: "https://a.b/1" },
                                          { title: "2", actionURL: "dingtalk://x" }] }), , 0],
    ["a link", signed, { msgtype: "link", link: { title: "t", text: "x",
                                                  messageUrl: "https://a.b" } }, , 0],
    ["a feed", signed, { msgtype: "feedCard", feedCard: { links: [
        { title: "t", messageURL: "https://a.b", picURL: "https://a.b/p" }] } }, , 0],
    ["no token", "x=y", text, , 300001],
    ["another token", signed.replace("=sign", "=robot"), text, , 300001],
    ["toString as token", signed.replace("=sign", "=toString"), text, , 300001],
    ["a wrong sign", signed.replace("NFg", "NFh"), text, , 310000],
    ["seconds", `access_token=sign&timestamp=1577262236&sign=${SIGN}`, text, , 310000],
    ["no sign", "access_token=sign", text, , 310000],
    ["no keyword", "access_token=keyword", { msgtype: "text", text: { content: "x" } }, ,
     310000],
    ["a keyword", "access_token=keyword", text, , 0],
    ["from elsewhere", "access_token=ip", text, , 310000],
    ["another type", signed, text, { "Content-Type": "text/plain" }, 43004],
    ["no type", signed, text, {}, 43004],
    ["no JSON", signed, "{", , 40035],
    ["a list", signed, "[]", , 40035],
    ["too long", signed, { msgtype: "text", text: { content: "x".repeat(20000) } }, , 460101],
    ["an unknown kind", signed, { msgtype: "voice", voice: {} }, , 400105],
    ["an inherited kind", signed, { msgtype: "toString" }, , 400105],
    ["an empty text", signed, { msgtype: "text", text: { content: " " } }, , 40035],
    ["no part", signed, { msgtype: "text" }, , 40035],
    ["a card without buttons", signed, card({}), , 40035],
    ["a card of one half", signed, card({ singleTitle: "x" }), , 40035],
    ["a button of javascript", signed, card({ btns: [{ title: "x", actionURL: "javascript:1" }] }),
     , 40035],
    ["a body that says why", signed, { ...text, why: "x", status: 500 }, , 0],
];

async function robot(check, stub) {
    await stub.steer("clock", { at: NOW });
    await stub.steer("setup", { dingtalk: { perMinute: 0 } });
    for (const [what, query, body, headers, code] of robots) {
        const got = await stub.post(send + query, body, headers);
        check(got.status === 200 && got.json?.errcode === code && got.json.errmsg,
              `robot: ${what}`, got);
    }
    const got = await stub.post(send + signed, "", {}, "GET");
    check(got.json?.errcode === 43002, "robot: GET", got);

    await stub.steer("setup", { dingtalk: { robots: { ip: { ips: ["127.0.0.0/8"] } } } });
    const near = await stub.post(`${send}access_token=ip`, text);
    check(near.json?.errcode === 0, "robot: from an address of the list", near);
    for (const [hours, code] of [[1, 0], [1.001, 310000], [-1, 0], [-1.001, 310000]]) {
        await stub.steer("clock", { shift: hours * 3600_000 });
        const late = await stub.post(send + signed, text);
        check(late.json?.errcode === code, `robot: ${hours} hours later`, late);
    }
    await stub.steer("clock", { shift: 0 });
}

// A sign with a plus in it, put into the address as it is.
async function plus(check, stub) {
    const sign = (ms) => createHmac("sha256", "SECweft").update(`${ms}\nSECweft`).digest("base64");
    let ms = NOW;
    while (!sign(ms).includes("+")) {
        ms++;
    }
    const query = `${send}access_token=sign&timestamp=${ms}&sign=`;
    let got = await stub.post(query + sign(ms), text);
    check(got.json?.errcode === 310000, "robot: a sign not encoded", got);
    got = await stub.post(query + encodeURIComponent(sign(ms)), text);
    check(got.json?.errcode === 0, "robot: the same, encoded", got);
}

async function limit(check, stub) {
    await stub.steer("reset");
    await stub.steer("clock", { at: NOW });
    for (let n = 1; n <= 21; n++) {
        const got = await stub.post(send + signed, text);
        check(got.json?.errcode === (n <= 20 ? 0 : 130101), `the message ${n} of a minute`, got);
    }
    const next = async (ms) => {
        await stub.steer("clock", { shift: ms });
        return (await stub.post(send + signed, text)).json?.errcode;
    };
    check(await next(61_000) === 130101, "a minute later it is still locked out");
    check(await next(601_000) === 0, "after ten it is not");
    const { dingtalk } = await stub.read("count");
    check(dingtalk.received === 21 && dingtalk.refused === 2 && dingtalk.keys === 1,
          "what was said again has one key", dingtalk);
    const all = await stub.read("received?vendor=dingtalk&once=1");
    check(all.length === 1 && all[0].json.text.content === "周报"
          && all[0].query.access_token === "sign"
          && all[0].headers["content-type"] === "application/json"
          && all[0].body === JSON.stringify(text), "what is kept can be read", all);
    const [no] = await stub.read("refused");
    check(no.why.startsWith("130101") && no.answer.errcode === 130101, "and what is not", no);
}

const sample = (more = {}) => ({ robotCode: "dingweft", userIds: ["lina"], msgKey: "sampleText",
                                 msgParam: '{"content":"x"}', ...more });

const people = [
    ["a text", sample(), (j) => j.processQueryKey && j.invalidStaffIdList.length === 0],
    ["a card", sample({ msgKey: "sampleActionCard", msgParam: JSON.stringify({
        title: "t", text: "x", singleTitle: "s", singleURL: "https://a.b" }) }),
     (j) => j.processQueryKey],
    ["one who is unknown", sample({ userIds: ["lina", "ghost"] }),
     (j) => j.processQueryKey && j.invalidStaffIdList[0] === "ghost"],
    ["only unknown ones", sample({ userIds: ["ghost"] }), (j) => j.code === "staffId.notExisted"],
    ["nobody", sample({ userIds: [] }), (j) => j.code === "invalidParameter.userIds.invalid"],
    ["21 people", sample({ userIds: Array(21).fill("lina") }),
     (j) => j.code === "invalidParameter.userIds.invalid"],
    ["another robot", sample({ robotCode: "x" }),
     (j) => j.code === "invalidParameter.robotCode.notExsit"],
    ["another message", sample({ msgKey: "toString" }),
     (j) => j.code === "invalidParameter.msgKey.invalid"],
    ["parameters not in a string", sample({ msgParam: { content: "x" } }),
     (j) => j.code === "invalidParameter.msgParam.invalid"],
    ["a card without its address", sample({ msgKey: "sampleActionCard", msgParam: JSON.stringify({
        title: "t", text: "x", singleTitle: "s" }) }),
     (j) => j.code === "invalidParameter.msgParam.invalid"],
];

async function app(check, stub) {
    await stub.steer("reset");
    const door = "/dingtalk/v1.0/oauth2/accessToken";
    let got = await stub.post(door, { appKey: "dingweft", appSecret: "x" });
    check(got.status === 400 && got.json.code === "invalidClientIdOrSecret", "a wrong secret", got);
    got = await stub.post(door, { appKey: "dingweft", appSecret: "dingtalk-app-secret" });
    check(got.json?.accessToken && got.json.expireIn === 7200, "a token", got);
    const type = { "Content-Type": "application/json" };
    const token = { ...type, "x-acs-dingtalk-access-token": got.json.accessToken };
    const batch = "/dingtalk/v1.0/robot/oToMessages/batchSend";
    for (const [what, body, fine] of people) {
        const answer = await stub.post(batch, body, token);
        check(fine(answer.json) && (answer.status === 200) === !!answer.json.processQueryKey,
              `people: ${what}`, answer);
    }
    const bad = (answer) => answer.status === 400
        && answer.json.code === "InvalidAuthentication";
    check(bad(await stub.post(batch, sample(), type)), "no token");
    await stub.steer("clock", { shift: 7199_000 });
    check((await stub.post(batch, sample(), token)).status === 200, "a token holds 7200 s");
    await stub.steer("clock", { shift: 7201_000 });
    check(bad(await stub.post(batch, sample(), token)), "and no longer");

    const old = await stub.post("/dingtalk/gettoken?appkey=dingweft"
                                + "&appsecret=dingtalk-app-secret", "", {}, "GET");
    check(old.json?.errcode === 0 && old.json.access_token, "a token of the older kind", old);
    const work = `/dingtalk/topapi/message/corpconversation/asyncsend_v2?access_token=`;
    const notice = { agent_id: 100200, userid_list: "lina", msg: { msgtype: "markdown",
                     markdown: { title: "t", text: "x" } } };
    got = await stub.post(work + old.json.access_token, notice);
    check(got.json?.errcode === 0 && got.json.task_id, "a notice", got);
    got = await stub.post(work + old.json.access_token, { ...notice, userid_list: "ghost" });
    check(got.json?.errcode === 33012, "a notice for nobody", got);
    got = await stub.post(`${work}x`, notice);
    check(got.json?.errcode === 88 && got.json.sub_code === "40014", "a notice, no token", got);
    await stub.steer("mode", { mode: "expire", vendor: "dingtalk" });
    got = await stub.post(work + old.json.access_token, notice);
    check(got.json?.errcode === 88, "a notice, all tokens expired", got);
}

// What a receiver has to check, written once more.
function opinion(one, now) {
    const stamp = one.headers.timestamp;
    const sign = createHmac("sha256", "dingtalk-app-secret")
        .update(`${stamp}\ndingtalk-app-secret`).digest("base64");
    return one.headers.sign !== sign ? "sign" : Math.abs(now - stamp) > 3600_000 ? "time" : "";
}

async function calls(check, stub) {
    await stub.steer("reset");
    await stub.steer("clock", { at: NOW });
    const us = await listener();
    for (const [variant, wrong] of [["good", ""], ["replayed", ""], ["forged", "sign"],
                                    ["unsigned", "sign"], ["late", "time"],
                                    ["future", "time"], ["elsewhere", ""]]) {
        const said = await stub.callback("dingtalk", "message", us.url, { variant });
        const one = us.came.at(-1);
        check(said.got.status === 200 && opinion(one, NOW) === wrong, `a message, ${variant}`,
              one);
    }
    const [good, again] = us.came;
    check(good.body === again.body && good.headers.sign === again.headers.sign,
          "a replay has the same bytes");
    check(JSON.parse(us.came.at(-1).body).sessionWebhook.includes("169.254"),
          "answers are wanted inside");
    const message = JSON.parse(good.body);
    const reply = await stub.post(message.sessionWebhook.slice(stub.base.length), text);
    check(reply.json?.errcode === 0, "a reply to the session", reply);
    await stub.steer("clock", { shift: 5401_000 });
    const late = await stub.post(message.sessionWebhook.slice(stub.base.length), text);
    check(late.json?.errcode === 300001, "a reply too late", late);
    await stub.steer("clock", { shift: 0 });

    await stub.callback("dingtalk", "voice", us.url, { text: "上周谁表扬了我" });
    let body = JSON.parse(us.came.at(-1).body);
    check(body.msgtype === "audio" && body.content.recognition === "上周谁表扬了我"
          && !body.text, "a voice", body);
    await stub.callback("dingtalk", "outsider", us.url);
    body = JSON.parse(us.came.at(-1).body);
    check(!("senderStaffId" in body), "somebody from outside", body);
    const twice = await stub.callback("dingtalk", "group", us.url, { times: 2 });
    check(twice.length === 2 && us.came.at(-1).body === us.came.at(-2).body
          && JSON.parse(us.came.at(-1).body).conversationType === "2", "the same twice", twice);
    us.stop();
}

async function events(check, stub) {
    await stub.steer("reset");
    await stub.steer("clock", { at: NOW });
    let word = "success", token = "tok";
    const us = await listener(() => {
        const encrypt = envelopeEncrypt(word, "dingweft", KEY);
        return { body: JSON.stringify({ encrypt, timeStamp: String(NOW), nonce: "n",
                                        msg_signature: envelopeSignature(token, NOW, "n",
                                                                         encrypt) }) };
    });
    const verdict = (one) => {
        const query = one.url.searchParams;
        const { encrypt } = JSON.parse(one.body);
        if (query.get("msg_signature") !== envelopeSignature(
            "tok", query.get("timestamp"), query.get("nonce"), encrypt)) {
            return "signature";
        }
        if (Math.abs(NOW - query.get("timestamp")) > 3600_000) {
            return "time";
        }
        try {
            return JSON.parse(envelopeDecrypt(encrypt, "dingweft", KEY)).EventType;
        } catch (problem) {
            return problem.message;
        }
    };
    for (const [variant, must] of [
        ["good", /^check_url$/], ["forged", /signature/], ["tampered", /signature/],
        ["unsigned", /signature/], ["late", /time/], ["wrong-key", /padding|length|short|receiver/],
        ["wrong-owner", /receiver/], ["wrong-length", /length/],
        ["wrong-padding", /padding/], ["broken", /whole/]]) {
        const said = await stub.callback("dingtalk", "check", us.url, { variant });
        check(said.opinion === "" && must.test(verdict(us.came.at(-1))),
              `an event, ${variant}`, [said, verdict(us.came.at(-1))]);
    }
    await stub.callback("dingtalk", "event", us.url, { with: { EventType: "user_leave_org" } });
    check(verdict(us.came.at(-1)) === "user_leave_org", "an event of any kind");
    word = "no";
    let said = await stub.callback("dingtalk", "check", us.url);
    check(/says no/.test(said.opinion), "an answer of another word", said);
    [word, token] = ["success", "other"];
    said = await stub.callback("dingtalk", "check", us.url);
    check(/signature/.test(said.opinion), "an answer signed wrongly", said);
    us.stop();
}

export async function run(check) {
    const stub = await start("vendors.mjs");
    try {
        for (const part of [robot, plus, limit, app, calls, events]) {
            await part(check, stub);
        }
    } finally {
        stub.stop();
    }
}
