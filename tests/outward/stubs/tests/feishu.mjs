// outward/stubs/tests/feishu - what the stub takes from a client of Feishu, what
// it refuses, and what it calls with.
//
// SPDX-License-Identifier: Apache-2.0
import { createHash, createHmac } from "node:crypto";
import { feishuDecrypt, feishuSign } from "../signs.mjs";
import { listener, start } from "../start.mjs";

const NOW = 1599360473_000;
const SIGN = "zHYqvr+englviAGw9vjBdqceUbmLpXnjOH0nou2nOqs=";
const hook = "/feishu/open-apis/bot/v2/hook/";
const signed = { timestamp: "1599360473", sign: SIGN };
const text = { msg_type: "text", content: { text: "周报" } };
const post = (content) => ({ msg_type: "post", content: { post: { zh_cn: { title: "t",
                                                                           content } } } });
const button = { tag: "button", text: { tag: "plain_text", content: "批准" },
                 value: { token: "yes-token" } };
const card = { header: { title: { tag: "plain_text", content: "t" } },
               elements: [{ tag: "div", text: { tag: "lark_md", content: "周报" } },
                          { tag: "action", actions: [button] }] };
const swapped = createHmac("sha256", "weft").update("1599360473\nweft").digest("base64");

// [what, robot, body, code, headers]
const robots = [
    ["signed", "sign", { ...signed, ...text }, 0],
    ["a number as its time", "sign", { ...signed, timestamp: 1599360473, ...text }, 0],
    ["key and data swapped", "sign", { ...signed, sign: swapped, ...text }, 19021],
    ["milliseconds", "sign", { ...signed, timestamp: "1599360473000", ...text }, 19021],
    ["not signed", "sign", text, 19021],
    ["a post", "open", post([[{ tag: "text", text: "x" },
                              { tag: "a", text: "y", href: "https://a.b" },
                              { tag: "at", user_id: "all" }]]), 0],
    ["a post of no lines", "open", post([{ tag: "text", text: "x" }]), 9499],
    ["a post of an unknown part", "open", post([[{ tag: "toString" }]]), 9499],
    ["a link of javascript", "open", post([[{ tag: "a", text: "y", href: "javascript:1" }]]), 9499],
    ["a card", "open", { msg_type: "interactive", card }, 0],
    ["a newer card", "open", { msg_type: "interactive", card: { schema: "2.0", body: {
        elements: [{ tag: "markdown", content: "x" }] } } }, 0],
    ["a card in the content", "open", { msg_type: "interactive", content: { card } }, 9499],
    ["a card as a string", "open", { msg_type: "interactive", card: JSON.stringify(card) }, 9499],
    ["a card of nothing", "open", { msg_type: "interactive", card: { elements: [] } }, 9499],
    ["a button without words", "open", { msg_type: "interactive", card: {
        elements: [{ tag: "action", actions: [{ tag: "button" }] }] } }, 9499],
    ["an image", "open", { msg_type: "image", content: { image_key: "img_1" } }, 0],
    ["an unknown kind", "open", { msg_type: "toString", content: {} }, 9499],
    ["DingTalk's form", "open", { msgtype: "text", text: { content: "x" } }, 9499],
    ["another type", "open", text, 9499, { "Content-Type": "text/plain" }],
    ["no JSON", "open", "{", 9499],
    ["21 KB", "open", { msg_type: "text", content: { text: "x".repeat(21 << 10) } }, 9499],
    ["a keyword", "keyword", text, 0],
    ["no keyword", "keyword", { msg_type: "text", content: { text: "x" } }, 19024],
    ["from elsewhere", "ip", text, 19022],
    ["another robot", "none", text, 19001],
    ["an inherited robot", "toString", text, 19001],
];

async function robot(check, stub) {
    await stub.steer("clock", { at: NOW });
    await stub.steer("setup", { feishu: { perSecond: 0 } });
    for (const [what, who, body, code, headers] of robots) {
        const got = await stub.post(hook + who, body, headers);
        check(got.json?.code === code && got.json.msg && got.status === (code === 9499 ? 400 : 200),
              `robot: ${what}`, got);
    }
    for (const [shift, code] of [[3600, 0], [3601, 19021], [-3600, 0], [-3601, 19021]]) {
        await stub.steer("clock", { shift: shift * 1000 });
        const got = await stub.post(`${hook}sign`, { ...signed, ...text });
        check(got.json?.code === code, `robot: ${shift} seconds later`, got);
    }
    await stub.steer("reset");
    await stub.steer("clock", { at: NOW });
    const count = { 0: 0, 11232: 0 };
    for (let n = 0; n < 6; n++) {
        count[(await stub.post(`${hook}open`, text)).json.code]++;
    }
    check(count[0] === 5 && count[11232] === 1, "5 in a second", count);
    for (let n = 0; n < 100; n++) {
        await stub.steer("clock", { shift: 1000 + n * 250 });
        count[(await stub.post(`${hook}open`, text)).json.code]++;
    }
    check(count[0] < 106 && count[11232] > 1, "100 in a minute", count);
    const [first, ...more] = await stub.read("received?vendor=feishu");
    check(more.every((one) => one.key === first.key), "the same has one key");
    await stub.post(`${hook}sign`, { timestamp: "1599360500", ...text,
                                     sign: feishuSign("1599360500", "weft") });
    await stub.post(`${hook}sign`, { ...signed, ...text });
    const [a, b] = (await stub.read("received?path=/open-apis/bot/v2/hook/sign"));
    check(a.key === b.key && a.json.sign !== b.json.sign, "whenever it is signed", [a, b]);
}

const message = (more) => ({ receive_id: "ou_lina", msg_type: "text",
                             content: '{"text":"x"}', ...more });
const cardMessage = (more) => message({ msg_type: "interactive", content: JSON.stringify(card),
                                        ...more });

// [what, body, code, kind of id]
const people = [
    ["a text", message(), 0],
    ["by another id", message({ receive_id: "lina" }), 0, "user_id"],
    ["a card", cardMessage(), 0],
    ["a post", message({ msg_type: "post", content: JSON.stringify({ zh_cn: { content: [[
        { tag: "text", text: "x" }]] } }) }), 0],
    ["content that is no string", message({ content: { text: "x" } }), 230001],
    ["content that is no JSON", message({ content: "x" }), 230001],
    ["a torn card", message({ msg_type: "interactive", content: '{"elements":5}' }), 230099],
    ["a card too big", cardMessage({ content: JSON.stringify({
        ...card, x: "x".repeat(31 << 10) }) }), 230025],
    ["somebody unknown", message({ receive_id: "ou_ghost" }), 230013],
    ["no kind of id", message(), 99992402, "name"],
    ["a long uuid", message({ uuid: "x".repeat(51) }), 230001],
];

async function app(check, stub) {
    await stub.steer("reset");
    await stub.steer("setup", { feishu: { appPerSecond: 0 } });
    const door = "/feishu/open-apis/auth/v3/tenant_access_token/internal";
    let got = await stub.post(door, { app_id: "cli_weft", app_secret: "x" });
    check(got.json?.code === 10014, "a wrong secret", got);
    check((await stub.post(door, {})).json?.code === 10003, "nothing said");
    got = await stub.post(door, { app_id: "cli_weft", app_secret: "feishu-app-secret" });
    check(got.json?.code === 0 && got.json.expire === 7200, "a token", got);
    const type = { "Content-Type": "application/json; charset=utf-8" };
    const token = { ...type, Authorization: `Bearer ${got.json.tenant_access_token}` };
    const send = (body, kind = "open_id", headers = token) => stub.post(
        `/feishu/open-apis/im/v1/messages?receive_id_type=${kind}`, body, headers);
    for (const [what, body, code, kind] of people) {
        const answer = await send(body, kind);
        check(answer.json?.code === code && answer.status === (code ? 400 : 200)
              && (code || answer.json.data.message_id), `people: ${what}`, answer);
    }
    const one = await send(message({ uuid: "key-1" }));
    const two = await send(message({ uuid: "key-1" }));
    const kept = await stub.read("received?path=/open-apis/im");
    check(one.json.data.message_id === two.json.data.message_id && kept.at(-1).key === "key-1"
          && /once/.test(kept.at(-1).notes[0]), "the same uuid is one message", kept.at(-1));
    check((await send(message(), "open_id", type)).json.code === 99991661, "no token");
    await stub.steer("setup", { feishu: { appPerSecond: 5 } });
    await stub.steer("clock", { at: NOW });
    const fresh = await stub.post(door, { app_id: "cli_weft", app_secret: "feishu-app-secret" });
    token.Authorization = `Bearer ${fresh.json.tenant_access_token}`;
    for (let n = 0; n < 6; n++) {
        got = await send(message({ receive_id: "ou_boss" }));
    }
    check(got.status === 429 && got.json.code === 99991400
          && got.headers["x-ogw-ratelimit-reset"] === "1", "6 to one in a second", got);

    const us = await listener();
    const sent = await send(cardMessage({ receive_id: "ou_maker" }));
    check(sent.json?.code === 0, "another card", sent);
    const said = await stub.callback("feishu", "button", us.url);
    const { event } = open(us.came.at(-1));
    check(said.opinion === "" && event.action.value.token === "yes-token"
          && event.operator.open_id === "ou_maker"
          && event.context.open_message_id === sent.json.data.message_id,
          "its button is pressed", event);
    us.stop();
    const path = `/feishu/open-apis/im/v1/messages/${sent.json.data.message_id}`;
    got = await stub.post(path, { content: JSON.stringify(card) }, token, "PATCH");
    check(got.json?.code === 0, "the card is replaced", got);
    got = await stub.post(`${path}/reply`, message(), token);
    check(got.json?.code === 0, "a reply", got);
    got = await stub.post(`${path}/resources/file_1?type=file`, "", token, "GET");
    check(/^OggS/.test(got.text), "a sound is fetched", got);
    got = await stub.post("/feishu/open-apis/speech_to_text/v1/speech/file_recognize", {
        speech: { speech: "AAAA" },
        config: { file_id: "0123456789abcdef", format: "pcm", engine_type: "16k_auto" } }, token);
    check(got.json?.data.recognition_text === "上周谁表扬了我", "and recognised", got);
    await stub.steer("mode", { mode: "expire", vendor: "feishu" });
    check((await send(message())).json.code === 99991663, "a token that has expired");
}

function open(one) {
    const body = JSON.parse(one.body);
    return body.encrypt ? JSON.parse(feishuDecrypt(body.encrypt, "ekey")) : body;
}

// What is wrong with a callback, or its kind; a receiver's work once more.
function verdict(one) {
    const stamp = one.headers["x-lark-request-timestamp"];
    const must = createHash("sha256").update(
        `${stamp}${one.headers["x-lark-request-nonce"]}ekey${one.body}`).digest("hex");
    if (one.headers["x-lark-signature"] !== must) {
        return "signature";
    }
    if (Math.abs(NOW / 1000 - stamp) > 3600) {
        return "time";
    }
    try {
        const said = open(one);
        return (said.token ?? said.header.token) === "vtok" && !said.header?.wrong
            ? said.type ?? said.header?.event_type ?? "old" : "token";
    } catch {
        return "closed";
    }
}

async function calls(check, stub) {
    await stub.steer("reset");
    await stub.steer("clock", { at: NOW });
    let answer = () => "{}";
    const us = await listener((one) => ({ body: answer(one) }));
    for (const [variant, must] of [
        ["good", "im.message.receive_v1"], ["replayed", "im.message.receive_v1"],
        ["forged", "signature"], ["unsigned", "signature"], ["tampered", "signature"],
        ["late", "time"], ["future", "time"], ["wrong-key", "closed"], ["broken", "closed"],
        ["wrong-token", "token"]]) {
        const said = await stub.callback("feishu", "message", us.url, { variant });
        const got = verdict(us.came.at(-1));
        check(said.opinion === "" && got === must, `a message, ${variant}`, [said, got]);
    }
    check(us.came[0].body === us.came[1].body, "a replay has the same bytes");
    const { event } = open(us.came[0]);
    check(JSON.parse(event.message.content).text === "周报 还差什么"
          && event.sender.sender_id.open_id === "ou_lina", "who says what", event);

    answer = (one) => JSON.stringify({ challenge: open(one).challenge });
    let said = await stub.callback("feishu", "verify", us.url);
    check(said.opinion === "" && verdict(us.came.at(-1)) === "url_verification",
          "an address is verified", said);
    answer = () => '{"challenge":"x"}';
    said = await stub.callback("feishu", "verify", us.url);
    check(/challenge/.test(said.opinion), "by its challenge only", said);
    answer = () => '{"toast":{"type":"success","content":"好"}}';
    said = await stub.callback("feishu", "button-old", us.url, { user: "ou_boss" });
    const old = open(us.came.at(-1));
    check(said.opinion === "" && old.open_id === "ou_boss" && old.action.value.token
          && verdict(us.came.at(-1)) === "old", "a button of the older form", old);
    answer = () => "ok";
    said = await stub.callback("feishu", "button", us.url);
    check(/toast/.test(said.opinion), "wants a toast", said);
    await stub.callback("feishu", "voice", us.url);
    const voice = open(us.came.at(-1)).event.message;
    check(voice.message_type === "audio" && JSON.parse(voice.content).file_key, "a voice", voice);
    await stub.callback("feishu", "event", us.url, { with: { event: { x: 1 } } });
    check(open(us.came.at(-1)).event.x === 1, "an event");

    await stub.steer("setup", { feishu: { encryptKey: "" } });
    await stub.callback("feishu", "message", us.url);
    check(!("x-lark-signature" in us.came.at(-1).headers)
          && JSON.parse(us.came.at(-1).body).header.token === "vtok", "plain, without a key");
    us.stop();
}

export async function run(check) {
    const stub = await start("vendors.mjs");
    try {
        for (const part of [robot, app, calls]) {
            await part(check, stub);
        }
    } finally {
        stub.stop();
    }
}
