// outward/stubs/dingtalk - DingTalk's side: custom robots, an app's messages to
// people, and what it calls us with. Its hosts oapi and api are one here.
//
// What PROTOCOLS does not say (tokens and personal messages of an app, the
// wording of errors) is general knowledge of the vendor's pages.
//
// SPDX-License-Identifier: Apache-2.0
import { dingtalkSign, envelopeDecrypt, envelopeSignature, same } from "./signs.mjs";
import { allowed, contentKey, isJson, isText, isUrl, parse, refuse, Refusal,
         say } from "./desk.mjs";
import { envelopeCall } from "./envelope.mjs";

const HOUR = 3600_000;

export const name = "dingtalk";

export function account() {
    return {
        robots: {
            sign: { secret: "SECweft" },
            keyword: { keywords: ["周报", "Weft"] },
            ip: { ips: ["203.0.113.0/24"] },
        },
        perMinute: 20, lockMs: 600_000, tokenSeconds: 7200,
        appKey: "dingweft", appSecret: "dingtalk-app-secret", agentId: "100200",
        robotCode: "dingweft", corpId: "dingcorp", chatbotUserId: "$:LWCP_v1:$bot",
        token: "tok", aesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        users: ["lina", "boss", "maker"],
        sessions: {}, // session -> until
    };
}

// --- What is sent to it

function no(code, message) {
    return refuse(`${code} ${message}`, { errcode: code, errmsg: message });
}

export function limited() {
    return no(130101, "send too fast, exceed 20 times per minute");
}

export function failing(code, message = "failed") {
    return no(code, message);
}

const links = ["http:", "https:", "dingtalk:"];

const forms = {
    text: (m) => isText(m.content) || "text.content",
    markdown: (m) => isText(m.title) && isText(m.text) || "markdown.title or .text",
    link: (m) => isText(m.title) && isText(m.text) && isUrl(m.messageUrl, links)
        || "link.title, .text or .messageUrl",
    actionCard: (m) => {
        if (!isText(m.title) || !isText(m.text)) {
            return "actionCard.title or .text";
        }
        if (m.singleTitle !== undefined || m.singleURL !== undefined) {
            return isText(m.singleTitle) && isUrl(m.singleURL, links)
                || "actionCard.singleTitle or .singleURL";
        }
        return Array.isArray(m.btns) && m.btns.length > 0
            && m.btns.every((b) => isText(b?.title) && isUrl(b?.actionURL, links))
            || "actionCard.btns";
    },
    feedCard: (m) => Array.isArray(m.links) && m.links.length > 0
        && m.links.every((l) => isText(l?.title) && isUrl(l?.messageURL, links)
                                && isUrl(l?.picURL)) || "feedCard.links",
};

// True, or an answer that refuses.
function message(json) {
    const form = Object.hasOwn(forms, json.msgtype ?? "") && forms[json.msgtype];
    if (!form) {
        return no(400105, `unsupported message type ${json.msgtype}`);
    }
    const part = json[json.msgtype];
    const wrong = part && typeof part === "object" ? form(part) : json.msgtype;
    return wrong === true || no(40035, `缺少参数 ${wrong}`);
}

function notes(json) {
    const text = json.markdown?.text ?? json.text?.content ?? "";
    return (json.at?.atMobiles ?? []).filter((mobile) => !text.includes(`@${mobile}`))
        .map((mobile) => `@${mobile} does not stand in the text: nobody is called`);
}

function json(request) {
    if (request.method !== "POST") {
        return no(43002, "requires POST");
    }
    if (!isJson(request)) {
        return no(43004, "无效的HTTP HEADER Content-Type");
    }
    if (request.body.length > 20_000) {
        return no(460101, "message too long, exceed 20000 bytes");
    }
    return parse(request.body) ?? no(40035, "缺少参数 json");
}

function secured(robot, request, desk) {
    const { query } = request;
    if (robot.secret) {
        const stamp = query.get("timestamp") ?? "";
        if (!/^\d{13}$/.test(stamp) || Math.abs(desk.now() - Number(stamp)) > HOUR) {
            return no(310000, "invalid timestamp");
        }
        if (!same(query.get("sign") ?? "", dingtalkSign(stamp, robot.secret))) {
            return no(310000, "sign not match");
        }
    }
    if (robot.keywords
        && !robot.keywords.some((word) => request.body.toString().includes(word))) {
        return no(310000, "keywords not in content");
    }
    if (robot.ips && !allowed(request.from, robot.ips)) {
        return no(310000, `ip ${request.from} not in whitelist`);
    }
    return true;
}

function robotSend(request, mine, desk) {
    const token = request.query.get("access_token") ?? "";
    if (!Object.hasOwn(mine.robots, token)) {
        return no(300001, "token is not exist");
    }
    const body = json(request);
    if (body instanceof Refusal) {
        return body;
    }
    const safe = secured(mine.robots[token], request, desk);
    if (safe !== true) {
        return safe;
    }
    if (desk.tooFast(`dingtalk ${token}`, mine.perMinute, 60_000, mine.lockMs)) {
        return limited();
    }
    const fine = message(body);
    return fine === true
        ? say({ errcode: 0, errmsg: "ok" },
              { notes: notes(body), key: contentKey(request.path + token, body) })
        : fine;
}

function sessionSend(request, mine, desk) {
    const body = json(request);
    if (body instanceof Refusal) {
        return body;
    }
    if (!(mine.sessions[request.query.get("session")] > desk.now())) {
        return no(300001, "session is not exist or expired");
    }
    const fine = message(body);
    return fine === true
        ? say({ errcode: 0, errmsg: "ok" }, { key: contentKey(request.path, body) })
        : fine;
}

// The newer face of the vendor: HTTP status and a code in words.
function wrong(code, text, status = 400) {
    return refuse(`${code} ${text}`, { code, requestid: "STUB-REQUEST", message: text },
                  status);
}

function newToken(request, mine, desk) {
    const body = parse(request.body) ?? {};
    if (request.method !== "POST" || !isJson(request)) {
        return wrong("InvalidParameter", "a POST of application/json is wanted");
    }
    if (body.appKey !== mine.appKey || !same(body.appSecret ?? "", mine.appSecret)) {
        return wrong("invalidClientIdOrSecret", "无效的clientId或者clientSecret");
    }
    return say({ accessToken: desk.issue(name, mine.tokenSeconds),
                 expireIn: mine.tokenSeconds }, { aside: true });
}

function oldToken(request, mine, desk) {
    const { query } = request;
    if (query.get("appkey") !== mine.appKey
        || !same(query.get("appsecret") ?? "", mine.appSecret)) {
        return no(40096, "不合法的appKey或appSecret");
    }
    return say({ errcode: 0, errmsg: "ok", expires_in: mine.tokenSeconds,
                 access_token: desk.issue(name, mine.tokenSeconds) }, { aside: true });
}

// The parameters of the messages that every robot has.
const samples = {
    sampleText: ["content"], sampleMarkdown: ["title", "text"],
    sampleLink: ["title", "text", "messageUrl"],
    sampleActionCard: ["title", "text", "singleTitle", "singleURL"],
    sampleActionCard2: ["title", "text", "actionTitle1", "actionURL1", "actionTitle2",
                        "actionURL2"],
    sampleActionCard6: ["title", "text", "buttonTitle1", "buttonUrl1", "buttonTitle2",
                        "buttonUrl2"],
};

function batchSend(request, mine, desk) {
    const token = request.headers["x-acs-dingtalk-access-token"];
    if (desk.standing(name, token) !== "good") {
        return wrong("InvalidAuthentication", "不合法的access_token");
    }
    const body = isJson(request) && parse(request.body);
    if (!body) {
        return wrong("InvalidParameter", "a POST of application/json is wanted");
    }
    if (body.robotCode !== mine.robotCode) {
        return wrong("invalidParameter.robotCode.notExsit", "机器人不存在"); // its spelling
    }
    if (!Array.isArray(body.userIds) || body.userIds.length < 1 || body.userIds.length > 20) {
        return wrong("invalidParameter.userIds.invalid", "1 to 20 userIds");
    }
    const parts = Object.hasOwn(samples, body.msgKey ?? "") && samples[body.msgKey];
    const given = typeof body.msgParam === "string" ? parse(Buffer.from(body.msgParam)) : null;
    if (!parts) {
        return wrong("invalidParameter.msgKey.invalid", `no message ${body.msgKey}`);
    }
    if (!given || !parts.every((part) => isText(given[part])
                               && (!/url/i.test(part) || isUrl(given[part], links)))) {
        return wrong("invalidParameter.msgParam.invalid",
                     `msgParam is JSON in a string, with ${parts.join(", ")}`);
    }
    const unknown = body.userIds.filter((user) => !mine.users.includes(user));
    if (unknown.length === body.userIds.length) {
        return wrong("staffId.notExisted", `no such staff: ${unknown}`);
    }
    if (desk.tooFast("dingtalk app", mine.appPerMinute, 60_000)) {
        return wrong("Throttling.Api", "too many requests", 429);
    }
    return say({ processQueryKey: desk.id("query-"), invalidStaffIdList: unknown,
                 flowControlledStaffIdList: [] },
               { key: contentKey(request.path, body) });
}

function inner(code, text) { // errcode 88 wraps what is wrong with the token
    return refuse(`88 ${code} ${text}`, {
        errcode: 88, sub_code: String(code), sub_msg: text,
        errmsg: `ding talk error[subcode=${code},submsg=${text}]`, request_id: "stub" });
}

const workForms = {
    text: (m) => isText(m.content), markdown: (m) => isText(m.title) && isText(m.text),
    link: (m) => isText(m.title) && isText(m.text) && isUrl(m.messageUrl, links),
    // One button by itself, or several with how they lie: not both.
    action_card: (m) => isText(m.title) && isText(m.markdown)
        && (m.btn_json_list === undefined
            ? isText(m.single_title) && isUrl(m.single_url, links)
            : m.single_title === undefined && m.single_url === undefined
              && ["0", "1"].includes(m.btn_orientation)
              && Array.isArray(m.btn_json_list) && m.btn_json_list.length > 0
              && m.btn_json_list.every((b) => isText(b?.title)
                                              && isUrl(b?.action_url, links))),
    oa: (m) => isUrl(m.message_url, links) && m.body !== null && typeof m.body === "object",
};

function workNotice(request, mine, desk) {
    if (desk.standing(name, request.query.get("access_token")) !== "good") {
        return inner(40014, "不合法的access_token");
    }
    const body = json(request);
    if (body instanceof Refusal) {
        return body;
    }
    const users = String(body.userid_list ?? "").split(",").filter(Boolean);
    if (String(body.agent_id) !== mine.agentId) {
        return no(40056, "不合法的agentid");
    }
    if (users.length < 1 || users.length > 100) {
        return no(40035, "缺少参数 userid_list");
    }
    if (!users.some((user) => mine.users.includes(user))) {
        return no(33012, "无效的USERID");
    }
    const { msgtype } = body.msg ?? {};
    const part = body.msg?.[msgtype];
    if (!Object.hasOwn(workForms, msgtype ?? "") || !part || typeof part !== "object"
        || !workForms[msgtype](part)) {
        return no(40035, "不合法的参数 msg");
    }
    return say({ errcode: 0, errmsg: "ok", task_id: ++desk.ids, request_id: "stub" },
               { key: contentKey(request.path, body) });
}

const doors = {
    "/robot/send": robotSend,
    "/robot/sendBySession": sessionSend,
    "/v1.0/oauth2/accessToken": newToken,
    "/gettoken": oldToken,
    "/v1.0/robot/oToMessages/batchSend": batchSend,
    "/topapi/message/corpconversation/asyncsend_v2": workNotice,
};

export function answer(request, mine, desk) {
    return Object.hasOwn(doors, request.path)
        ? doors[request.path](request, mine, desk)
        : refuse("404", { errcode: 404, errmsg: "请求的URI地址不存在" }, 404);
}

// --- What it calls us with

function robotCall(ask, mine, desk) {
    const ms = desk.now() + (ask.variant === "late" ? -2 * HOUR
                             : ask.variant === "future" ? 2 * HOUR : 0);
    const session = desk.id("session-");
    const secret = ask.variant === "forged" ? "another-secret" : mine.appSecret;
    const body = {
        msgtype: "text", text: { content: ask.text ?? "周报 还差什么" },
        msgId: desk.id("msg"), createAt: ms, conversationType: "1",
        conversationId: "cidWeft==", senderId: "$:LWCP_v1:$sender", senderNick: "李娜",
        senderStaffId: ask.user ?? mine.users[0], senderCorpId: mine.corpId,
        chatbotUserId: mine.chatbotUserId, chatbotCorpId: mine.corpId, isAdmin: false,
        robotCode: mine.robotCode,
        sessionWebhook: `${desk.base}/dingtalk/robot/sendBySession?session=${session}`,
        sessionWebhookExpiredTime: ms + 1.5 * HOUR,
    };
    mine.sessions[session] = body.sessionWebhookExpiredTime;
    if (ask.kind === "group") {
        Object.assign(body, { conversationType: "2", conversationTitle: "人事", isInAtList: true,
                              atUsers: [{ dingtalkId: mine.chatbotUserId }] });
    }
    if (ask.kind === "voice") {
        delete body.text;
        Object.assign(body, { msgtype: "audio", content: {
            duration: 2000, downloadCode: "code", recognition: ask.text ?? "" } });
    }
    if (ask.kind === "outsider") {
        delete body.senderStaffId;
        delete body.senderCorpId;
    }
    if (ask.variant === "elsewhere") {
        body.sessionWebhook = "http://169.254.169.254/latest/meta-data/";
    }
    const headers = { "Content-Type": "application/json; charset=utf-8" };
    if (ask.variant !== "unsigned") {
        Object.assign(headers, { timestamp: String(ms), sign: dingtalkSign(ms, secret) });
    }
    return { headers, body: JSON.stringify({ ...body, ...ask.with }) };
}

function eventCall(ask, mine, desk) {
    const what = ask.kind === "check" ? { EventType: "check_url" }
        : { EventType: "user_modify_org", eventId: desk.id("event"),
            CorpId: mine.corpId, UserId: [mine.users[0]], TimeStamp: String(desk.now()) };
    return envelopeCall(JSON.stringify({ ...what, ...ask.with }), ask, {
        owner: mine.appKey, token: mine.token, aesKey: mine.aesKey,
        stamp: desk.now(), hours: HOUR, nonce: desk.id("nonce"),
        signed: "msg_signature", wrap: (encrypt) => JSON.stringify({ encrypt }),
        type: "application/json; charset=utf-8" });
}

const kinds = { message: robotCall, group: robotCall, voice: robotCall,
                outsider: robotCall, check: eventCall, event: eventCall };

export function call(ask, mine, desk) {
    return kinds[ask.kind]?.(ask, mine, desk);
}

// Whether the vendor would be content with what we answered; "" or what is wrong.
export function judge(ask, sent, got, mine) {
    if (got.status !== 200) {
        return `HTTP ${got.status}`;
    }
    if (kinds[ask.kind] === robotCall) {
        return "";
    }
    const reply = parse(Buffer.from(got.body));
    if (!reply || !["msg_signature", "timeStamp", "nonce", "encrypt"]
        .every((part) => reply[part] !== undefined)) {
        return "the answer has no msg_signature, timeStamp, nonce and encrypt";
    }
    if (!same(reply.msg_signature, envelopeSignature(
        mine.token, reply.timeStamp, reply.nonce, reply.encrypt))) {
        return "the answer's signature is wrong";
    }
    try {
        const word = envelopeDecrypt(reply.encrypt, mine.appKey, mine.aesKey);
        return word === "success" ? "" : `the answer says ${word}`;
    } catch (problem) {
        return `the answer cannot be opened: ${problem.message}`;
    }
}
