// outward/stubs/wecom - WeCom's side: group robots, an app's messages to people
// and its cards, and what it calls us with.
//
// What PROTOCOLS does not say (most of an app's messages, codes of refusals) is
// general knowledge of the vendor's pages. It looks at no Content-Type.
//
// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { envelopeDecrypt, envelopeSignature, same } from "./signs.mjs";
import { allowed, contentKey, isText, isUrl, parse, refuse, say } from "./desk.mjs";
import { envelopeCall } from "./envelope.mjs";

const HOURS = 3600; // seconds in one
const CARD_LIFE = 72 * 3600_000;

export const name = "wecom";

export function account() {
    return {
        robots: { key: {} }, perMinute: 20,
        corpId: "wwcorp", secret: "wecom-app-secret", agentId: 1000002, tokenSeconds: 7200,
        ips: null, // those that may call with a token
        token: "tok", aesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        users: ["lina", "boss", "maker"], appPerMinute: 0,
        bot: { id: "aib-weft", token: "tok", // its envelopes name no owner
               aesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG" },
        access: "", media: [],
        tasks: {}, // task_id -> true
        codes: {}, // response_code -> until
        replies: {}, // of response_url -> until
    };
}

function no(code, message) {
    return refuse(`${code} ${message}`, {
        errcode: code, errmsg: `${message}, hint: [stub], from ip: 127.0.0.1` });
}

export function limited() {
    return no(45009, "api freq out of limit");
}

export function failing(code, message = "failed") {
    return no(code, message);
}

function bad(part) {
    return no(40058, `${part}. invalid Request Parameter`);
}

// --- What a message is made of; each returns nothing, or what is wrong

const isCard = (action) => action?.type === 1 ? isUrl(action.url)
    : action?.type === 2 && isText(action.appid);

const cards = {
    text_notice: (c) => !isText(c.main_title?.title) && !isText(c.sub_title_text)
        ? "template_card.main_title.title and sub_title_text are empty"
        : !isCard(c.card_action) && "template_card.card_action is invalid",
    news_notice: (c) => !isText(c.main_title?.title)
        ? "template_card.main_title.title is empty"
        : !isCard(c.card_action) && "template_card.card_action is invalid",
    button_interaction: (c) => {
        const list = c.button_list;
        const keys = new Set((list ?? []).map?.((one) => one?.key));
        return !isText(c.main_title?.title) ? "template_card.main_title.title is empty"
            : !Array.isArray(list) || list.length < 1 || list.length > 6
              ? "template_card.button_list has 1 to 6"
            : !list.every((one) => isText(one?.text)
                && (one.type === 1 ? isUrl(one.url) : isText(one.key, 1024)))
              ? "template_card.button_list.text or .key is invalid"
            : keys.size !== list.length && "template_card.button_list.key is not unique";
    },
};
const interactive = ["button_interaction"];

function card(part, ofApp, mine) {
    const kind = part.card_type;
    if (!Object.hasOwn(cards, kind ?? "") || (!ofApp && interactive.includes(kind))) {
        return bad("template_card.card_type is invalid");
    }
    const wrong = cards[kind](part);
    if (wrong) {
        return bad(wrong);
    }
    const task = part.task_id;
    if (task === undefined && !interactive.includes(kind)) {
        return null;
    }
    if (!/^[0-9A-Za-z_\-@]{1,128}$/.test(task ?? "")) {
        return bad("template_card.task_id is missing or invalid");
    }
    if (Object.hasOwn(mine.tasks, task)) {
        return bad("template_card.task_id is duplicated");
    }
    mine.tasks[task] = true;
    return null;
}

function long(most, field) {
    return (part, ofApp) => !isText(part.content) ? no(44004, "empty content")
        : !ofApp && Buffer.byteLength(part.content) > most
          ? bad(`${field}.content exceed max length ${most}`) : null;
}

const forms = {
    text: long(2048, "text"),
    markdown: long(4096, "markdown"),
    markdown_v2: long(4096, "markdown_v2"),
    image: (part, ofApp, mine) => ofApp ? media(part, mine)
        : createHash("md5").update(Buffer.from(part.base64 ?? "", "base64"))
            .digest("hex") === part.md5 ? null : bad("image.md5 is not of image.base64"),
    file: (part, ofApp, mine) => media(part, mine),
    news: (part) => Array.isArray(part.articles) && part.articles.length > 0
        && part.articles.length <= 8
        && part.articles.every((one) => isText(one?.title) && isUrl(one?.url))
        ? null : bad("news.articles is invalid"),
    textcard: (part, ofApp) => ofApp && isText(part.title) && isText(part.description)
        && isUrl(part.url) ? null : bad("textcard is invalid"),
    template_card: card,
};

function media(part, mine) {
    return mine.media.includes(part.media_id) ? null : no(40007, "invalid media_id");
}

function wrongWith(body, ofApp, mine) {
    const form = Object.hasOwn(forms, body?.msgtype ?? "") && forms[body.msgtype];
    if (!form) {
        return no(40008, body ? "invalid message type"
            : "Warning: wrong json format. invalid message type");
    }
    const part = body[body.msgtype];
    return part && typeof part === "object" && !Array.isArray(part)
        ? form(part, ofApp, mine) : bad(`${body.msgtype} is missing`);
}

// --- What is sent to it

function robotSend(request, mine, desk) {
    const key = request.query.get("key") ?? "";
    if (!Object.hasOwn(mine.robots, key)) {
        return no(93000, "invalid webhook url");
    }
    if (request.method !== "POST") {
        return no(43002, "require POST method");
    }
    if (desk.tooFast(`wecom ${key}`, mine.perMinute, 60_000)) {
        return limited();
    }
    const body = parse(request.body);
    return wrongWith(body, false, mine) ?? say({ errcode: 0, errmsg: "ok" }, {
        key: contentKey(request.path + key, body) });
}

function getToken(request, mine, desk) {
    if (request.query.get("corpid") !== mine.corpId) {
        return no(40013, "invalid corpid");
    }
    if (!same(request.query.get("corpsecret") ?? "", mine.secret)) {
        return no(40001, "invalid credential");
    }
    // While one is good the same is told again.
    if (desk.standing(name, mine.access) !== "good") {
        mine.access = desk.issue(name, mine.tokenSeconds);
    }
    return say({ errcode: 0, errmsg: "ok", access_token: mine.access,
                 expires_in: mine.tokenSeconds }, { aside: true });
}

// Null, or why one may not call with this token from here.
function stranger(request, mine, desk) {
    const refusals = { missing: [41001, "access_token missing"],
                       unknown: [40014, "invalid access_token"],
                       expired: [42001, "access_token expired"] };
    const how = refusals[desk.standing(name, request.query.get("access_token"))];
    return how ? no(...how)
        : mine.ips && !allowed(request.from, mine.ips)
          ? no(60020, "not allow to access from your ip") : null;
}

function unknown(body, mine) {
    const users = String(body.touser ?? "").split("|").filter(Boolean);
    if (users.length === 0) {
        return no(82001, "All specified target user or party or tag is empty");
    }
    const not = users[0] === "@all" ? [] : users.filter((user) => !mine.users.includes(user));
    return not.length === users.length ? no(81013, "user & party & tag all invalid") : not;
}

function send(request, mine, desk) {
    const who = stranger(request, mine, desk);
    if (who) {
        return who;
    }
    const body = parse(request.body);
    if (body && Number(body.agentid) !== mine.agentId) {
        return no(40056, "invalid agentid");
    }
    const not = body ? unknown(body, mine) : [];
    if (!Array.isArray(not)) {
        return not;
    }
    if (desk.tooFast("wecom app", mine.appPerMinute, 60_000)) {
        return limited();
    }
    const wrong = wrongWith(body, true, mine);
    if (wrong) {
        return wrong;
    }
    const notes = [];
    const key = body.template_card?.task_id ?? contentKey(request.path, body);
    if (body.enable_duplicate_check === 1) {
        const span = Math.min(body.duplicate_check_interval ?? 1800, 4 * 3600) * 1000;
        if (desk.tooFast(`wecom again ${key}`, 1, span)) {
            notes.push("the same again within duplicate_check_interval: people see it once");
        }
    }
    if (Buffer.byteLength(body[body.msgtype].content ?? "") > 2048) {
        notes.push("cut at 2048 bytes");
    }
    const told = { errcode: 0, errmsg: "ok", invaliduser: not.join("|"),
                   msgid: desk.id("msgid-") };
    if (interactive.includes(body.template_card?.card_type)) {
        told.response_code = code(mine, desk);
    }
    return say(told, { key, notes });
}

function code(mine, desk) {
    const fresh = desk.id("response-");
    mine.codes[fresh] = desk.now() + CARD_LIFE;
    return fresh;
}

function update(request, mine, desk) {
    const who = stranger(request, mine, desk);
    if (who) {
        return who;
    }
    const body = parse(request.body);
    if (!(mine.codes[body?.response_code] > desk.now())) {
        return bad("response_code is invalid, used or expired");
    }
    if (!isText(body.button?.replace_name) && !body.template_card) {
        return bad("button.replace_name or template_card is missing");
    }
    delete mine.codes[body.response_code]; // it is good once
    return say({ errcode: 0, errmsg: "ok", invaliduser: [] }, { key: body.response_code });
}

function botReply(request, mine, desk) {
    const id = request.path.split("/").pop();
    if (!(mine.replies[id] > desk.now())) {
        return no(40058, "response_url is invalid, used or expired");
    }
    const body = parse(request.body);
    const wrong = wrongWith(body, false, mine);
    if (wrong) {
        return wrong;
    }
    delete mine.replies[id];
    return say({ errcode: 0, errmsg: "ok" }, { key: id });
}

const doors = {
    "/cgi-bin/webhook/send": robotSend,
    "/cgi-bin/gettoken": getToken,
    "/cgi-bin/message/send": send,
    "/cgi-bin/message/update_template_card": update,
};

export function answer(request, mine, desk) {
    if (request.path.startsWith("/cgi-bin/aibot/response/")) {
        return botReply(request, mine, desk);
    }
    return Object.hasOwn(doors, request.path) ? doors[request.path](request, mine, desk)
        : refuse("404", { errcode: -1, errmsg: "no such url" }, 404);
}

// --- What it calls us with

function xml(fields) {
    const parts = Object.entries(fields).map(([tag, value]) => {
        const text = ["number", "bigint"].includes(typeof value) ? value
            : value !== null && typeof value === "object" ? xml(value).slice(5, -6)
            : `<![CDATA[${String(value).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
        return `<${tag}>${text}</${tag}>`;
    });
    return `<xml>${parts.join("")}</xml>`;
}

const DOCTYPE = '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;">]>';

function appText(ask, mine, desk) {
    const common = { ToUserName: mine.corpId, FromUserName: ask.user ?? mine.users[0],
                     CreateTime: Math.floor(desk.now() / 1000) };
    const id = { MsgId: 4561255354251345000n + BigInt(++desk.ids), AgentID: mine.agentId };
    switch (ask.kind) {
    case "voice":
        return { ...common, MsgType: "voice", MediaId: "media-1", Format: "amr", ...id };
    case "button": {
        const pressed = desk.pressed(ask, name, (one) => one.json?.template_card?.button_list);
        const button = pressed?.json.template_card;
        return { ...common, MsgType: "event", Event: "template_card_event",
                 EventKey: button?.button_list[ask.press ?? 0].key ?? "approve",
                 TaskId: button?.task_id ?? "task-1",
                 CardType: button?.card_type ?? "button_interaction",
                 ResponseCode: code(mine, desk), AgentID: mine.agentId };
    }
    case "event":
        return { ...common, MsgType: "event", Event: "enter_agent", EventKey: "",
                 AgentID: mine.agentId };
    default:
        return { ...common, MsgType: "text", Content: ask.text ?? "周报 还差什么", ...id };
    }
}

function appCall(ask, mine, desk) {
    const how = { owner: mine.corpId, token: mine.token, aesKey: mine.aesKey,
                  stamp: Math.floor(desk.now() / 1000), hours: HOURS, nonce: desk.id("nonce"),
                  signed: "msg_signature", type: "text/xml; charset=utf-8" };
    if (ask.kind === "verify") {
        return envelopeCall(echo(desk), ask, { ...how, echo: true });
    }
    const inner = xml({ ...appText(ask, mine, desk), ...ask.with });
    const hostile = ask.variant === "entities-inside"
        ? DOCTYPE + inner.replace(/<Content>.*<\/Content>/, "<Content>&b;</Content>") : inner;
    how.wrap = (encrypt) => {
        const outer = xml({ ToUserName: mine.corpId, AgentID: mine.agentId, Encrypt: encrypt });
        return ask.variant === "entities"
            ? DOCTYPE + outer.replace(`<![CDATA[${mine.corpId}]]>`, "&b;") : outer;
    };
    return envelopeCall(hostile, ask, how);
}

function echo(desk) {
    return String(1616140317555161061n + BigInt(++desk.ids));
}

function botCall(ask, mine, desk) {
    const how = { owner: "", token: mine.bot.token, aesKey: mine.bot.aesKey,
                  stamp: Math.floor(desk.now() / 1000), hours: HOURS, nonce: desk.id("nonce"),
                  signed: "msg_signature", type: "application/json",
                  wrap: (encrypt) => JSON.stringify({ encrypt }) };
    if (ask.kind === "bot-verify") {
        return envelopeCall(echo(desk), ask, { ...how, echo: true });
    }
    const reply = desk.id("reply-");
    mine.replies[reply] = desk.now() + 3600_000;
    const what = { msgid: desk.id("bot-msg-"), aibotid: mine.bot.id, chattype: "single",
                   from: { userid: ask.user ?? mine.users[0] }, msgtype: "text",
                   text: { content: ask.text ?? "周报 还差什么" },
                   response_url: `${desk.base}/wecom/cgi-bin/aibot/response/${reply}` };
    if (ask.kind === "bot-group") {
        Object.assign(what, { chattype: "group", chatid: "wrchat" });
    }
    if (ask.kind === "bot-voice") {
        delete what.text;
        Object.assign(what, { msgtype: "voice", voice: { content: ask.text ?? "上周谁表扬了我" } });
    }
    if (ask.variant === "elsewhere") {
        what.response_url = "http://169.254.169.254/latest/meta-data/";
    }
    return envelopeCall(JSON.stringify({ ...what, ...ask.with }), ask, how);
}

const kinds = {
    verify: appCall, message: appCall, voice: appCall, button: appCall, event: appCall,
    bot: botCall, "bot-group": botCall, "bot-voice": botCall, "bot-verify": botCall,
};

export function call(ask, mine, desk) {
    return Object.hasOwn(kinds, ask.kind) ? kinds[ask.kind](ask, mine, desk) : undefined;
}

// A reply in the answer: encrypted, as XML or JSON.
function passive(text, ofBot, mine) {
    const parts = parse(Buffer.from(text)) ?? Object.fromEntries(
        ["Encrypt", "MsgSignature", "TimeStamp", "Nonce"].map((tag) => [tag.toLowerCase(),
            text.match(new RegExp(`<${tag}>(?:<!\\[CDATA\\[)?([^<\\]]*)`))?.[1]]));
    const { encrypt, msgsignature, timestamp, nonce } = parts;
    const keys = ofBot ? mine.bot : mine;
    if (!encrypt || !same(msgsignature ?? "",
                          envelopeSignature(keys.token, timestamp, nonce, encrypt))) {
        return { opinion: "the answer has no Encrypt with a good MsgSignature" };
    }
    try {
        return { opinion: "", reply: envelopeDecrypt(encrypt, ofBot ? "" : mine.corpId,
                                                     keys.aesKey) };
    } catch (problem) {
        return { opinion: `the answer cannot be opened: ${problem.message}` };
    }
}

// Whether the vendor would be content with what we answered.
export function judge(ask, sent, got, mine) {
    const ofBot = ask.kind.startsWith("bot");
    if (got.status !== 200) {
        return `HTTP ${got.status}`;
    }
    if (ask.kind.endsWith("verify")) {
        let must;
        try {
            const { aesKey } = ofBot ? mine.bot : mine;
            must = envelopeDecrypt(new URL(sent.url).searchParams.get("echostr"),
                                   ofBot ? "" : mine.corpId, aesKey);
        } catch (problem) {
            return `there was nothing to answer: ${problem.message}`;
        }
        return got.body === must ? "" : `the answer is not the plain echostr ${must}`;
    }
    return got.body === "" || got.body === "success" ? "" : passive(got.body, ofBot, mine);
}
