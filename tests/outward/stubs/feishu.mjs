// outward/stubs/feishu - Feishu's side: custom robots, an app's messages to
// people and its cards, recognised speech, and what it calls us with.
//
// What PROTOCOLS does not say (most of an app's messages, codes of refusals) is
// general knowledge of the vendor's pages.
//
// SPDX-License-Identifier: Apache-2.0
import { feishuDecrypt, feishuEncrypt, feishuSign, feishuSignature, same } from "./signs.mjs";
import { allowed, contentKey, isJson, isText, isUrl, parse, refuse, Refusal,
         say } from "./desk.mjs";

const HOUR = 3600; // seconds

export const name = "feishu";

export function account() {
    return {
        robots: {
            sign: { secret: "weft" },
            keyword: { keywords: ["周报", "Weft"] },
            ip: { ips: ["203.0.113.0/24"] },
            open: {},
        },
        perMinute: 100, perSecond: 5, appPerSecond: 5, tokenSeconds: 7200,
        appId: "cli_weft", appSecret: "feishu-app-secret", access: "",
        encryptKey: "ekey", // empty: callbacks are plain, and not signed
        verificationToken: "vtok", tenantKey: "tenant",
        users: { // whom the app may write to, by each kind of id
            open_id: ["ou_lina", "ou_boss", "ou_maker"],
            user_id: ["lina", "boss", "maker"],
            union_id: ["on_lina", "on_boss", "on_maker"],
            email: ["lina@example.com"], chat_id: ["oc_team"],
        },
        recognised: "上周谁表扬了我",
        sent: {}, // uuid -> { id, until }
    };
}

// --- What is sent to it

function no(code, message, status = 200, headers = {}) {
    return refuse(`${code} ${message}`, { code, msg: message, data: {} }, status, headers);
}

export function limited() {
    return no(99991400, "request trigger frequency limit", 429,
              { "x-ogw-ratelimit-limit": "100", "x-ogw-ratelimit-reset": "1" });
}

export function failing(code, message = "failed") {
    return no(code, message);
}

const isObject = (value) => value !== null && typeof value === "object"
    && !Array.isArray(value);

const inText = {
    text: (one) => typeof one.text === "string",
    a: (one) => typeof one.text === "string" && isUrl(one.href, ["http:", "https:", "lark:"]),
    at: (one) => isText(one.user_id), img: (one) => isText(one.image_key),
    md: (one) => typeof one.text === "string",
};

function isPost(languages) {
    return isObject(languages) && Object.keys(languages).length > 0
        && Object.entries(languages).every(([key, one]) => /^(zh_cn|en_us|ja_jp)$/.test(key)
            && Array.isArray(one?.content) && one.content.every((line) => Array.isArray(line)
                && line.every((part) => Object.hasOwn(inText, part?.tag ?? "")
                                         && inText[part.tag](part))));
}

function isCard(card) {
    if (!isObject(card)) {
        return false;
    }
    if (card.type === "template") {
        return isText(card.data?.template_id);
    }
    const elements = card.schema === "2.0" ? card.body?.elements
        : card.elements ?? Object.values(card.i18n_elements ?? {}).flat();
    return Array.isArray(elements) && elements.length > 0
        && elements.every((one) => isObject(one) && isText(one.tag))
        && buttons(card).every((one) => isObject(one.text) && isText(one.text.content));
}

// All buttons in a card, wherever they lie.
export function buttons(card) {
    const found = [];
    const walk = (value) => {
        if (value !== null && typeof value === "object") {
            if (value.tag === "button") {
                found.push(value);
            }
            Object.values(value).forEach(walk);
        }
    };
    walk(card);
    return found;
}

// What a robot and an app can say, apart from cards.
const contents = {
    text: (content) => isText(content.text), image: (content) => isText(content.image_key),
    share_chat: (content) => isText(content.share_chat_id ?? content.chat_id),
};

function robotForm(body) {
    if (body.msg_type === "interactive") {
        return isCard(body.card);
    }
    return isObject(body.content) && (body.msg_type === "post" ? isPost(body.content.post)
        : Object.hasOwn(contents, body.msg_type ?? "") && contents[body.msg_type](body.content));
}

function secured(robot, request, body, desk) {
    if (robot.ips && !allowed(request.from, robot.ips)) {
        return no(19022, "Ip Not Allowed");
    }
    if (robot.secret) {
        const stamp = String(body.timestamp ?? "");
        if (!/^\d{10}$/.test(stamp) || Math.abs(desk.now() / 1000 - Number(stamp)) > HOUR
            || !same(body.sign ?? "", feishuSign(stamp, robot.secret))) {
            return no(19021, "sign match fail or timestamp is not within one hour"
                      + " from current time");
        }
    }
    const said = JSON.stringify(body.card ?? body.content ?? "");
    return robot.keywords && !robot.keywords.some((word) => said.includes(word))
        ? no(19024, "Key Words Not Found") : null;
}

function robotSend(request, mine, desk) {
    const token = request.path.split("/").pop();
    if (request.method !== "POST" || !isJson(request) || request.body.length > 20 << 10) {
        return no(9499, "Bad Request", 400);
    }
    if (!Object.hasOwn(mine.robots, token)) {
        return no(19001, "param invalid: incoming webhook access token invalid");
    }
    const body = parse(request.body);
    if (!body) {
        return no(9499, "Bad Request", 400);
    }
    const unsafe = secured(mine.robots[token], request, body, desk);
    if (unsafe) {
        return unsafe;
    }
    if (desk.tooFast(`feishu ${token}`, mine.perMinute, 60_000)
        || desk.tooFast(`feishu ${token} s`, mine.perSecond, 1000)) {
        return no(11232, "frequency limited");
    }
    if (!robotForm(body)) {
        return no(9499, "Bad Request", 400);
    }
    return say({ StatusCode: 0, StatusMessage: "success", code: 0, data: {}, msg: "success" },
               { key: contentKey(request.path, body, ["timestamp", "sign"]) });
}

function getToken(request, mine, desk) {
    const body = isJson(request) && parse(request.body);
    if (!body || !isText(body.app_id)) {
        return no(10003, "invalid param", 400);
    }
    if (body.app_id !== mine.appId || !same(body.app_secret ?? "", mine.appSecret)) {
        return no(10014, "app secret invalid");
    }
    if (desk.standing(name, mine.access) !== "good") {
        mine.access = desk.issue(name, mine.tokenSeconds);
    }
    return say({ code: 0, msg: "ok", tenant_access_token: mine.access,
                 expire: mine.tokenSeconds }, { aside: true });
}

function stranger(request, desk) {
    const [, token] = (request.headers.authorization ?? "").match(/^Bearer (\S+)$/) ?? [];
    switch (desk.standing(name, token)) {
    case "good":
        return null;
    case "missing":
        return no(99991661, "Missing access token for authorization", 400);
    default: // one that has expired is no longer known
        return no(99991663, "Invalid access token for authorization", 400);
    }
}

// The message in `body`, checked; its content is JSON in a string.
function message(request, desk) {
    const unknown = stranger(request, desk);
    if (unknown) {
        return unknown;
    }
    const body = isJson(request) && parse(request.body);
    const wrong = (what) => no(230001, "Your request contains an invalid request parameter,"
                               + ` ext=${what}`, 400);
    if (!body) {
        return wrong("the body is not JSON");
    }
    const content = typeof body.content === "string" && parse(Buffer.from(body.content));
    if (!content) {
        return wrong("content is not JSON in a string");
    }
    const kind = request.method === "PATCH" ? "interactive" : body.msg_type;
    const most = kind === "text" ? 150 << 10 : 30 << 10;
    if (Buffer.byteLength(body.content) > most) {
        return no(230025, "The length of the message content reaches its limit", 400);
    }
    if (kind === "interactive") {
        return isCard(content) ? { ...body, inner: content }
            : no(230099, "Failed to create card content, ext=ErrCode: 200621; ErrMsg: parse"
                 + " card json err", 400);
    }
    const fine = kind === "post" ? isPost(content)
        : Object.hasOwn(contents, kind ?? "") && contents[kind](content);
    if (!fine) {
        return wrong("invalid msg_type or content");
    }
    return isText(body.uuid ?? "x", 50) ? { ...body, inner: content } : wrong("uuid");
}

// Once for each uuid within an hour.
function deliver(body, mine, desk, path) {
    const key = body.uuid ?? contentKey(path, body, ["inner"]);
    const before = body.uuid && mine.sent[body.uuid];
    const again = before?.until > desk.now();
    const id = again ? before.id : desk.id("om_");
    if (body.uuid && !again) {
        mine.sent[body.uuid] = { id, until: desk.now() + HOUR * 1000 };
    }
    return say({ code: 0, msg: "success", data: {
        message_id: id, msg_type: body.msg_type, create_time: String(desk.now()),
        chat_id: "oc_p2p", deleted: false, updated: false } },
               { key, notes: again ? ["the same uuid within an hour: people see it once"] : [] });
}

function send(request, mine, desk) {
    const body = message(request, desk);
    if (body instanceof Refusal) {
        return body;
    }
    const kind = request.query.get("receive_id_type") ?? "";
    if (!Object.hasOwn(mine.users, kind)) {
        return no(99992402, "field validation failed: receive_id_type", 400);
    }
    if (!mine.users[kind].includes(body.receive_id)) {
        return no(230013, "Bot has NO availability to this user.", 400);
    }
    if (desk.tooFast(`feishu to ${body.receive_id}`, mine.appPerSecond, 1000)) {
        return limited();
    }
    return deliver(body, mine, desk, request.path);
}

function onMessage(request, mine, desk) {
    const [, , id, act] = request.path.match(/^(.*\/messages)\/([^/]+)\/?(.*)$/);
    if (act.startsWith("resources/") && request.method === "GET") {
        return stranger(request, desk) ?? (request.query.get("type") === "file"
            ? say("OggS\0not a sound", { aside: true, headers: {
                "Content-Type": "application/octet-stream" } })
            : no(234001, "Invalid request param.", 400));
    }
    const body = message(request, desk);
    if (body instanceof Refusal) {
        return body;
    }
    if (act === "reply" && request.method === "POST") {
        return deliver(body, mine, desk, request.path);
    }
    return act === "" && request.method === "PATCH"
        ? say({ code: 0, msg: "success", data: {} },
              { key: contentKey(request.path, body, ["inner"]) })
        : no(99991404, `no act ${act} on ${id}`, 404);
}

function recognise(request, mine, desk) {
    const unknown = stranger(request, desk);
    if (unknown) {
        return unknown;
    }
    const { speech, config } = parse(request.body) ?? {};
    if (!isText(speech?.speech) || !/^[0-9A-Za-z]{16}$/.test(config?.file_id ?? "")
        || config.format !== "pcm" || config.engine_type !== "16k_auto") {
        return no(99992402, "field validation failed", 400);
    }
    return say({ code: 0, msg: "success", data: { recognition_text: mine.recognised } },
               { aside: true });
}

const doors = {
    "POST /open-apis/auth/v3/tenant_access_token/internal": getToken,
    "POST /open-apis/im/v1/messages": send,
    "POST /open-apis/speech_to_text/v1/speech/file_recognize": recognise,
};

export function answer(request, mine, desk) {
    const door = `${request.method} ${request.path}`;
    if (/^\/open-apis\/bot\/v2\/hook\/[^/]+$/.test(request.path)) {
        return robotSend(request, mine, desk);
    }
    if (/^\/open-apis\/im\/v1\/messages\/[^/]+/.test(request.path)) {
        return onMessage(request, mine, desk);
    }
    return Object.hasOwn(doors, door) ? doors[door](request, mine, desk)
        : refuse("404", "404 page not found", 404);
}

// --- What it calls us with

function pressed(ask, mine, desk) {
    const card = (one) => one.json?.card
        ?? (one.json?.msg_type === "interactive" && parse(Buffer.from(one.json.content)));
    const sent = desk.pressed(ask, name, (one) => card(one) && buttons(card(one)).length > 0);
    const button = sent && buttons(card(sent))[ask.press ?? 0];
    return {
        value: button?.value ?? button?.behaviors?.find((b) => b.type === "callback")?.value
            ?? { token: "one-of-ours" },
        message: sent?.answer?.data?.message_id ?? "om_1",
        user: ask.user ?? sent?.json.receive_id ?? mine.users.open_id[0],
    };
}

const events = {
    message: (ask, mine, desk, ms) => ["im.message.receive_v1", {
        sender: { sender_id: { open_id: ask.user ?? mine.users.open_id[0],
                               union_id: mine.users.union_id[0],
                               user_id: mine.users.user_id[0] },
                  sender_type: "user", tenant_key: mine.tenantKey },
        message: { message_id: desk.id("om_in_"), create_time: ms, chat_id: "oc_p2p",
                   chat_type: "p2p", message_type: "text",
                   content: JSON.stringify({ text: ask.text ?? "周报 还差什么" }) },
    }],
    voice: (ask, mine, desk, ms) => {
        const [type, event] = events.message(ask, mine, desk, ms);
        Object.assign(event.message, { message_type: "audio", content: JSON.stringify(
            { file_key: "file_1", duration: 2000 }) });
        return [type, event];
    },
    button: (ask, mine, desk) => {
        const { value, message: id, user } = pressed(ask, mine, desk);
        return ["card.action.trigger", {
            operator: { tenant_key: mine.tenantKey, open_id: user }, token: desk.id("c-"),
            action: { value, tag: "button" },
            context: { open_message_id: id, open_chat_id: "oc_p2p" } }];
    },
    event: (ask, mine) => ["contact.user.updated_v3", {
        object: { open_id: mine.users.open_id[0] } }],
};

function text(ask, mine, desk, seconds) {
    const token = ask.variant === "wrong-token" ? "another-token" : mine.verificationToken;
    if (ask.kind === "verify") {
        return { challenge: desk.id("challenge-"), token, type: "url_verification", ...ask.with };
    }
    if (ask.kind === "button-old") {
        const { value, message: id, user } = pressed(ask, mine, desk);
        return { open_id: user, user_id: "", open_message_id: id, tenant_key: mine.tenantKey,
                 token, action: { value, tag: "button" }, ...ask.with };
    }
    const ms = String(seconds * 1000);
    const [type, event] = events[ask.kind](ask, mine, desk, ms);
    return { schema: "2.0", header: {
        event_id: desk.id("event-"), event_type: type, create_time: ms, token,
        app_id: mine.appId, tenant_key: mine.tenantKey }, event, ...ask.with };
}

export function call(ask, mine, desk) {
    if (!Object.hasOwn(events, ask.kind) && !["verify", "button-old"].includes(ask.kind)) {
        return undefined;
    }
    const { variant } = ask;
    const hours = variant === "late" ? -2 : variant === "future" ? 2 : 0;
    const seconds = Math.floor(desk.now() / 1000) + hours * HOUR;
    const headers = { "Content-Type": "application/json; charset=utf-8" };
    let body = JSON.stringify(text(ask, mine, desk, seconds));
    if (!mine.encryptKey) {
        return { headers, body };
    }
    const key = variant === "wrong-key" ? "another-key" : mine.encryptKey;
    const encrypt = variant === "broken" ? "this is not Base64 of anything!"
        : feishuEncrypt(body, key);
    body = JSON.stringify({ encrypt });
    const nonce = desk.id("nonce");
    const signer = variant === "forged" ? "another-key" : mine.encryptKey;
    if (variant !== "unsigned") {
        Object.assign(headers, {
            "X-Lark-Request-Timestamp": String(seconds), "X-Lark-Request-Nonce": nonce,
            "X-Lark-Signature": feishuSignature(seconds, nonce, signer, body) });
    }
    return { headers, body: variant === "tampered" ? body.replace(/}$/, " }") : body };
}

// Whether the vendor would be content with what we answered.
export function judge(ask, sent, got, mine) {
    if (got.status !== 200) {
        return `HTTP ${got.status}`;
    }
    const said = parse(Buffer.from(got.body));
    if (ask.kind === "verify") {
        const asked = parse(Buffer.from(sent.body));
        try {
            const plain = asked.encrypt
                ? JSON.parse(feishuDecrypt(asked.encrypt, mine.encryptKey)) : asked;
            return said?.challenge === plain.challenge ? "" : "the answer is not the challenge";
        } catch (problem) {
            return `there was nothing to answer: ${problem.message}`;
        }
    }
    if (ask.kind.startsWith("button") && got.body !== "") {
        return said && (said.toast === undefined || isText(said.toast?.content)) ? ""
            : "the answer is no toast or card";
    }
    return "";
}
