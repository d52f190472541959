// outward/stubs/tests/wecom - what the stub takes from a client of WeCom, what
// it refuses, and what it calls with.
//
// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { envelopeDecrypt, envelopeEncrypt, envelopeSignature } from "../signs.mjs";
import { listener, start } from "../start.mjs";

const NOW = 1409659813_000;
const KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const hook = "/wecom/cgi-bin/webhook/send?key=key";
const text = { msgtype: "text", text: { content: "周报", mentioned_list: ["@all"] } };
const markdown = (content) => ({ msgtype: "markdown", markdown: { content } });
const cardOf = (part) => ({ msgtype: "template_card", template_card: part });
const notice = { card_type: "text_notice", main_title: { title: "t" },
                 card_action: { type: 1, url: "https://a.b" } };
const choice = (task) => ({ card_type: "button_interaction", main_title: { title: "批准?" },
    task_id: task, button_list: [{ text: "批准", style: 1, key: "yes-token" },
                                 { text: "退回", key: "no-token" }] });
const picture = Buffer.from("a picture");

// [what, body, errcode]
const robots = [
    ["a text", text, 0],
    ["2048 bytes", { msgtype: "text", text: { content: "x".repeat(2048) } }, 0],
    ["2049 bytes", { msgtype: "text", text: { content: "x".repeat(2046) + "周" } }, 40058],
    ["markdown", markdown('<font color="info">x</font> <@lina>'), 0],
    ["markdown too long", markdown("x".repeat(4097)), 40058],
    ["nothing said", markdown(""), 44004],
    ["news", { msgtype: "news", news: { articles: [{ title: "t", url: "https://a.b" }] } }, 0],
    ["news of nothing", { msgtype: "news", news: { articles: [] } }, 40058],
    ["a picture", { msgtype: "image", image: { base64: picture.toString("base64"),
        md5: createHash("md5").update(picture).digest("hex") } }, 0],
    ["a picture's wrong sum", { msgtype: "image", image: {
        base64: picture.toString("base64"), md5: "x" } }, 40058],
    ["an unknown file", { msgtype: "file", file: { media_id: "x" } }, 40007],
    ["a card", cardOf(notice), 0],
    ["a card of no kind", cardOf({ ...notice, card_type: "x" }), 40058],
    ["a card that leads nowhere", cardOf({ ...notice, card_action: {} }), 40058],
    ["a card without a word", cardOf({ ...notice, main_title: {} }), 40058],
    ["buttons, which only apps have", cardOf(choice("t1")), 40058],
    ["an unknown kind", { msgtype: "toString" }, 40008],
    ["a kind without its part", { msgtype: "text" }, 40058],
    ["no JSON", "{", 40008],
];

async function robot(check, stub) {
    await stub.steer("clock", { at: NOW });
    await stub.steer("setup", { wecom: { perMinute: 0 } });
    for (const [what, body, code] of robots) {
        const got = await stub.post(hook, body);
        check(got.status === 200 && got.json?.errcode === code && got.json.errmsg,
              `robot: ${what}`, got);
    }
    let got = await stub.post(`${hook}x`, text);
    check(got.json?.errcode === 93000, "robot: another key", got);
    await stub.steer("setup", { wecom: { perMinute: 20 } });
    for (let n = 1; n <= 21; n++) {
        got = await stub.post(hook, text);
        check(got.json?.errcode === (n <= 20 ? 0 : 45009), `the message ${n} of a minute`, got);
    }
    await stub.steer("clock", { shift: 60_000 });
    got = await stub.post(hook, text);
    check(got.json?.errcode === 0, "and the minute after", got);
}

// [what, body, errcode or a check of the answer]
const app = { touser: "lina", agentid: 1000002 };
const people = [
    ["a text", { ...app, ...text }, 0],
    ["one who is unknown", { ...app, ...text, touser: "lina|ghost" },
     (j) => j.errcode === 0 && j.invaliduser === "ghost" && j.msgid],
    ["only unknown ones", { ...app, ...text, touser: "ghost" }, 81013],
    ["nobody", { ...app, ...text, touser: "" }, 82001],
    ["everybody", { ...app, ...text, touser: "@all" }, 0],
    ["another agent", { ...app, ...text, agentid: 1 }, 40056],
    ["a text card", { ...app, msgtype: "textcard", textcard: {
        title: "t", description: "d", url: "https://a.b" } }, 0],
    ["a text card to nowhere", { ...app, msgtype: "textcard", textcard: {
        title: "t", description: "d" } }, 40058],
    ["buttons", { ...app, ...cardOf(choice("task-7")) },
     (j) => j.errcode === 0 && j.response_code],
    ["the same task again", { ...app, ...cardOf(choice("task-7")) }, 40058],
    ["no task", { ...app, ...cardOf(choice(undefined)) }, 40058],
    ["a task with a space", { ...app, ...cardOf(choice("a b")) }, 40058],
    ["a button without a key", { ...app, ...cardOf({ ...choice("t8"),
        button_list: [{ text: "x" }] }) }, 40058],
    ["two buttons of one key", { ...app, ...cardOf({ ...choice("t9"),
        button_list: [{ text: "x", key: "k" }, { text: "y", key: "k" }] }) }, 40058],
    ["no buttons", { ...app, ...cardOf({ ...choice("t10"), button_list: [] }) }, 40058],
    ["no JSON", "{", 40008],
];

async function application(check, stub) {
    await stub.steer("reset");
    const token = "/wecom/cgi-bin/gettoken?corpid=wwcorp&corpsecret=";
    const get = (path) => stub.post(path, "", {}, "GET");
    check((await get(token)).json?.errcode === 40001, "no secret");
    check((await get(token.replace("wwcorp", "x"))).json?.errcode === 40013, "another company");
    const got = await get(`${token}wecom-app-secret`);
    check(got.json?.errcode === 0 && got.json.expires_in === 7200, "a token", got);
    const again = await get(`${token}wecom-app-secret`);
    check(again.json.access_token === got.json.access_token, "the same while it is good");

    const send = `/wecom/cgi-bin/message/send?access_token=${got.json.access_token}`;
    for (const [what, body, must] of people) {
        const { json } = await stub.post(send, body);
        check(typeof must === "number" ? json?.errcode === must : must(json), `people: ${what}`,
              json);
    }
    const twice = { ...app, ...text, enable_duplicate_check: 1 };
    await stub.post(send, twice);
    await stub.post(send, twice);
    const kept = await stub.read("received?vendor=wecom");
    check(/people see it once/.test(kept.at(-1).notes[0])
          && kept.at(-1).key === kept.at(-2).key, "the same again is noted", kept.at(-1));

    const us = await listener();
    await stub.callback("wecom", "button", us.url, { press: 1, user: "boss" });
    const { body } = us.came[0];
    const plain = envelopeDecrypt(body.match(/<Encrypt><!\[CDATA\[(.*?)\]\]>/)[1], "wwcorp", KEY);
    const field = (tag) => plain.match(new RegExp(`<${tag}><!\\[CDATA\\[(.*?)\\]\\]>`))?.[1];
    check(field("Event") === "template_card_event" && field("EventKey") === "no-token"
          && field("TaskId") === "task-7" && field("FromUserName") === "boss",
          "the second button of the card is pressed", plain);
    us.stop();
    const update = send.replace("send", "update_template_card");
    const change = { userids: ["boss"], agentid: 1000002, response_code: field("ResponseCode"),
                     button: { replace_name: "已退回" } };
    check((await stub.post(update, change)).json?.errcode === 0, "the card is replaced");
    check((await stub.post(update, change)).json?.errcode === 40058, "once");

    check((await stub.post("/wecom/cgi-bin/message/send", text)).json?.errcode === 41001,
          "no token");
    check((await stub.post(`${send}x`, text)).json?.errcode === 40014, "a wrong token");
    await stub.steer("mode", { mode: "expire" });
    check((await stub.post(send, text)).json?.errcode === 42001, "a token that has expired");
    const fresh = await get(`${token}wecom-app-secret`);
    check(fresh.json.access_token !== got.json.access_token, "then there is another");
    await stub.steer("setup", { wecom: { ips: ["203.0.113.7"] } });
    const far = await stub.post(send.replace(got.json.access_token, fresh.json.access_token),
                                { ...app, ...text });
    check(far.json?.errcode === 60020, "from an address that is not trusted", far);
}

// What is wrong with a callback, or what it says; a receiver's work once more.
function verdict(one, owner = "wwcorp") {
    const query = one.url.searchParams;
    const encrypt = query.get("echostr") ?? (one.body.startsWith("{")
        ? JSON.parse(one.body).encrypt
        : one.body.match(/<Encrypt><!\[CDATA\[(.*?)\]\]><\/Encrypt>/)[1]);
    if (query.get("msg_signature") !== envelopeSignature(
        "tok", query.get("timestamp"), query.get("nonce"), encrypt)) {
        return "signature";
    }
    if (Math.abs(NOW / 1000 - query.get("timestamp")) > 3600) {
        return "time";
    }
    try {
        return envelopeDecrypt(encrypt, owner, KEY);
    } catch (problem) {
        return problem.message;
    }
}

const variants = [
    ["good", /<Content><!\[CDATA\[周报\]\]><\/Content>/], ["replayed", /<Content>/],
    ["forged", /^signature/], ["unsigned", /^signature/], ["tampered", /^signature/],
    ["late", /^time/], ["future", /^time/], ["wrong-key", /padding|length|short|receiver/],
    ["wrong-owner", /receiver/], ["wrong-length", /length/], ["wrong-padding", /padding/],
    ["broken", /whole/], ["entities", /<Content>/], ["entities-inside", /&b;/],
];

async function calls(check, stub) {
    await stub.steer("reset");
    await stub.steer("clock", { at: NOW });
    let answer = () => "";
    const us = await listener((one) => ({ body: answer(one) }));
    for (const [variant, must] of variants) {
        const said = await stub.callback("wecom", "message", us.url, { variant, text: "周报" });
        check(said.opinion === "" && must.test(verdict(us.came.at(-1))),
              `a message, ${variant}`, [said, verdict(us.came.at(-1))]);
    }
    check(us.came[0].body === us.came[1].body && us.came[0].url.href === us.came[1].url.href,
          "a replay has the same bytes");
    check(/<MsgId>4561255354251345\d\d\d<\/MsgId>/.test(verdict(us.came[0])),
          "a number of 64 bits", verdict(us.came[0]));
    check(us.came.at(-2).body.includes("<!DOCTYPE"), "entities outside");

    answer = (one) => verdict(one);
    let said = await stub.callback("wecom", "verify", us.url);
    check(said.opinion === "" && us.came.at(-1).method === "GET"
          && /^\d{19}$/.test(said.got.body), "an address is verified", said);
    answer = (one) => `"${verdict(one)}"`;
    said = await stub.callback("wecom", "verify", us.url);
    check(/not the plain echostr/.test(said.opinion), "not in quotes", said);
    said = await stub.callback("wecom", "verify", us.url, { variant: "forged" });
    check(verdict(us.came.at(-1)) === "signature", "nor by a forger", said);

    const reply = (text, token) => {
        const encrypt = envelopeEncrypt(text, "wwcorp", KEY);
        return `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[`
            + `${envelopeSignature(token, "1", "n", encrypt)}]]></MsgSignature>`
            + `<TimeStamp>1</TimeStamp><Nonce><![CDATA[n]]></Nonce></xml>`;
    };
    answer = () => reply("<xml>hi</xml>", "tok");
    said = await stub.callback("wecom", "message", us.url);
    check(said.opinion === "" && said.reply === "<xml>hi</xml>", "a passive reply", said);
    answer = () => reply("<xml>hi</xml>", "x");
    said = await stub.callback("wecom", "message", us.url);
    check(/MsgSignature/.test(said.opinion), "one signed wrongly", said);

    answer = () => "";
    await stub.callback("wecom", "voice", us.url);
    check(/<MsgType><!\[CDATA\[voice/.test(verdict(us.came.at(-1)))
          && !/Recognition/.test(verdict(us.came.at(-1))), "a voice has no text");
    await stub.callback("wecom", "voice", us.url, { with: { Recognition: "x]]>y" } });
    check(verdict(us.came.at(-1)).includes("<Recognition><![CDATA[x]]]]><![CDATA[>y]]>"),
          "or has, for some");
    await stub.callback("wecom", "event", us.url);
    check(/enter_agent/.test(verdict(us.came.at(-1))), "an event");
    us.stop();
}

async function bot(check, stub) {
    await stub.steer("reset");
    await stub.steer("clock", { at: NOW });
    const us = await listener();
    const came = () => JSON.parse(verdict(us.came.at(-1), ""));
    await stub.callback("wecom", "bot", us.url, { text: "我有多少积分" });
    const one = came();
    check(one.text.content === "我有多少积分" && one.chattype === "single" && one.from.userid
          && us.came[0].body.startsWith('{"encrypt":'), "the bot is asked", one);
    const reply = (body) => stub.post(one.response_url.slice(stub.base.length), body);
    check((await reply({ msgtype: "x" })).json?.errcode === 40008, "a reply of no kind");
    check((await reply(markdown("12"))).json?.errcode === 0, "a reply");
    check((await reply(markdown("12"))).json?.errcode === 40058, "only one");
    await stub.callback("wecom", "bot-voice", us.url, { text: "上周谁表扬了我" });
    check(came().voice.content === "上周谁表扬了我" && !came().text, "a voice has text", came());
    await stub.callback("wecom", "bot-group", us.url);
    check(came().chattype === "group" && came().chatid, "in a group", came());
    await stub.callback("wecom", "bot", us.url, { variant: "elsewhere" });
    check(came().response_url.includes("169.254"), "an answer inside is wanted", came());
    await stub.callback("wecom", "bot", us.url, { variant: "wrong-owner" });
    check(verdict(us.came.at(-1), "") === "meant for another receiver", "of another owner");
    us.stop();
}

export async function run(check) {
    const stub = await start("vendors.mjs");
    try {
        for (const part of [robot, application, calls, bot]) {
            await part(check, stub);
        }
    } finally {
        stub.stop();
    }
}
