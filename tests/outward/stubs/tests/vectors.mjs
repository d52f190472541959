// outward/stubs/tests/vectors - signatures and encryption, byte for byte: our
// reference's vectors, and examples that the vendors publish.
//
// SPDX-License-Identifier: Apache-2.0
import * as s from "../signs.mjs";

const random = Buffer.from("0123456789abcdef");

// [what it is, what comes out, what must]
const vectors = [
    ["DingTalk's robot", () => s.dingtalkSign("1577262236757", "SECweft"),
     "NFgscsWZTPJ9O7VeKpDVvlj5V7UAiLTAlK8UYdPyU1M="],
    ["Feishu's robot", () => s.feishuSign("1599360473", "weft"),
     "zHYqvr+englviAGw9vjBdqceUbmLpXnjOH0nou2nOqs="],
    ["Feishu's callback", () => s.feishuSignature("1599360473", "nonce", "ekey", '{"a":1}'),
     "04037a992364593c26f138c83904a880e1d57dc148e29fa56c29c4b3d6ec6432"],
    ["WeCom's envelope", () => s.envelopeEncrypt(
        "<xml><Content>周报</Content></xml>", "wwcorp",
        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", random),
     "Q3stYC6hdFzMh9T8HCvyDMqYq+3LWRBafgYE/6+E3kZiCLtExp8BuJfUTPU6tC5xJanC+cAn+bnE6ZrB44ZBTw=="],
    ["WeCom's envelope, opened", () => s.envelopeDecrypt(
        "Q3stYC6hdFzMh9T8HCvyDMqYq+3LWRBafgYE/6+E3kZiCLtExp8BuJfUTPU6tC5xJanC+cAn+bnE6ZrB44ZBTw==",
        "wwcorp", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
     "<xml><Content>周报</Content></xml>"],
    ["WeCom's signature", () => s.envelopeSignature(
        "tok", "1409659813", "1372623149",
        "Q3stYC6hdFzMh9T8HCvyDMqYq+3LWRBafgYE/6+E3kZiCLtExp8BuJfUTPU6tC5xJanC+cAn+bnE6ZrB44ZBTw=="),
     "4df9e7eaa248e4dc14faad1ce0150e89d3502dfc"],
    ["Standard Webhooks", () => s.webhookSign(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", '{"test": 2432232314}',
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
     "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="],

    // Examples in the vendors' own pages and libraries.
    ["Feishu's example of encryption", () => s.feishuDecrypt(
        "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=", "test key"), "hello world"],
    ["WeCom's example of a signature", () => s.envelopeSignature(
        "QDG6eK", "1409659589", "263014780",
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="),
     "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"],
    ["WeCom's example of an echo", () => s.envelopeDecrypt(
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
        "wx5823bf96d3bd56c7", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"),
     "1616140317555161061"],
    ["DingTalk's example of an event", () => s.envelopeDecrypt(
        "1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRW"
        + "VdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgn"
        + "NOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==",
        "suite4xxxxxxxxxxxxxxx", "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"),
     '{"EventType":"check_create_suite_url","Random":"LPIdSnlF",'
     + '"TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}'],

    // RFC 8032, 7.1, the secret and the public key of test 1.
    ["the public key of Ed25519", () => s.curvePublic(
        `whsk_${Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                            "hex").toString("base64")}`),
     `whpk_${Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                         "hex").toString("base64")}`],
];

const refused = [
    ["a flipped bit in the padding", /padding/, (key) => {
        const plain = s.envelopePlain("x", "wwcorp", random);
        plain[plain.length - 2] ^= 1;
        return s.envelopeDecrypt(s.envelopeSeal(plain, key), "wwcorp", key);
    }],
    ["a length beyond the end", /length/, (key) => s.envelopeDecrypt(
        s.envelopeSeal(s.envelopePlain("x", "wwcorp", random, 99), key), "wwcorp", key)],
    ["another receiver", /receiver/, (key) => s.envelopeDecrypt(
        s.envelopeEncrypt("x", "wwother", key), "wwcorp", key)],
    ["half a block", /whole/, (key) => s.envelopeDecrypt("AAAA", "wwcorp", key)],
    ["a short key", /43/, () => s.envelopeKey("abc")],
];

export async function run(check) {
    for (const [what, act, must] of vectors) {
        const got = act();
        check(got === must, what, got);
    }
    const key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    for (const [what, says, act] of refused) {
        let got = "opened";
        try {
            act(key);
        } catch (problem) {
            got = problem.message;
        }
        check(says.test(got), `${what} is refused`, got);
    }
    for (let length = 0; length <= 33; length++) { // every padding, 32 among them
        const text = "x".repeat(length);
        const opened = s.envelopeDecrypt(s.envelopeEncrypt(text, "o", key), "o", key);
        check(opened === text, `an envelope of ${length}`, opened);
    }
    check(s.feishuDecrypt(s.feishuEncrypt("周报", "k"), "k") === "周报", "Feishu both ways");

    const secret = `whsk_${Buffer.alloc(32, 7).toString("base64")}`;
    const sign = s.webhookSignCurve("msg_1", 1, "{}", secret);
    const open = s.curvePublic(secret);
    check(s.webhookVerify("msg_1", 1, "{}", `v1,AAAA ${sign}`, [open]), "v1a is verified");
    check(!s.webhookVerify("msg_1", 1, "{ }", sign, [open]), "over other bytes it is not");
    check(!s.webhookVerify("msg_1", 1, "{}", "v1a,AAAA", [open]), "nor is a torn one");
}
