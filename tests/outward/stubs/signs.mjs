// outward/stubs/signs - signatures and encryption of the vendors, written from
// what they publish, by somebody who has not seen the client.
//
// Pure functions: text or bytes in, text or bytes out. One that opens throws
// an Error which says what is wrong; `selftest` holds each to known vectors.
//
// SPDX-License-Identifier: Apache-2.0
import { createCipheriv, createDecipheriv, createHash, createHmac, createPrivateKey,
         createPublicKey, randomBytes, sign as signWith, timingSafeEqual,
         verify as verifyWith } from "node:crypto";

const BLOCK = 32; // bytes to which WeCom and DingTalk pad, though AES has 16

export function same(a, b) {
    const x = Buffer.from(String(a)), y = Buffer.from(String(b));
    return x.length === y.length && timingSafeEqual(x, y);
}

function hmac(key, data) {
    return createHmac("sha256", key).update(data).digest("base64");
}

// --- DingTalk: robots of both directions; `ms` is milliseconds

export function dingtalkSign(ms, secret) {
    return hmac(secret, `${ms}\n${secret}`);
}

// --- Feishu: robots; `seconds`. Key and data are the other way round.

export function feishuSign(seconds, secret) {
    return hmac(`${seconds}\n${secret}`, "");
}

// Of callbacks: a plain hash over the raw body.
export function feishuSignature(seconds, nonce, encryptKey, body) {
    return createHash("sha256").update(`${seconds}${nonce}${encryptKey}`).update(body)
        .digest("hex");
}

export function feishuEncrypt(text, encryptKey, iv = randomBytes(16)) {
    const key = createHash("sha256").update(encryptKey).digest();
    const cipher = createCipheriv("aes-256-cbc", key, iv);
    return Buffer.concat([iv, cipher.update(text), cipher.final()]).toString("base64");
}

export function feishuDecrypt(encrypt, encryptKey) {
    const key = createHash("sha256").update(encryptKey).digest();
    const data = Buffer.from(encrypt, "base64");
    if (data.length < 32 || data.length % 16 !== 0) {
        throw new Error("not whole blocks behind a start vector");
    }
    const decipher = createDecipheriv("aes-256-cbc", key, data.subarray(0, 16));
    return Buffer.concat([decipher.update(data.subarray(16)), decipher.final()])
        .toString();
}

// --- WeCom, and events of DingTalk: an envelope with its owner inside

export function envelopeSignature(token, timestamp, nonce, encrypt) {
    return createHash("sha1")
        .update([token, timestamp, nonce, encrypt].map(String).sort().join(""))
        .digest("hex");
}

export function envelopeKey(encodingKey) {
    const key = Buffer.from(`${encodingKey}=`, "base64");
    if (encodingKey.length !== 43 || key.length !== 32) {
        throw new Error("an EncodingAESKey has 43 characters");
    }
    return key;
}

// What goes into the cipher, with its padding; `declared` lies about the length.
export function envelopePlain(message, owner, random = randomBytes(16), declared) {
    const text = Buffer.from(message);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(declared ?? text.length);
    const plain = Buffer.concat([random, length, text, Buffer.from(owner)]);
    const fill = BLOCK - plain.length % BLOCK;
    return Buffer.concat([plain, Buffer.alloc(fill, fill)]);
}

export function envelopeSeal(padded, encodingKey) {
    const key = envelopeKey(encodingKey);
    const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16));
    cipher.setAutoPadding(false);
    return Buffer.concat([cipher.update(padded), cipher.final()]).toString("base64");
}

export function envelopeEncrypt(message, owner, encodingKey, random) {
    return envelopeSeal(envelopePlain(message, owner, random), encodingKey);
}

// Returns the message; throws where padding, length or owner are not right.
export function envelopeDecrypt(encrypt, owner, encodingKey) {
    const key = envelopeKey(encodingKey);
    const data = Buffer.from(encrypt, "base64");
    if (data.length === 0 || data.length % BLOCK !== 0) {
        throw new Error("not whole blocks of 32 bytes");
    }
    const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16));
    decipher.setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(data), decipher.final()]);
    const fill = plain[plain.length - 1];
    if (fill < 1 || fill > BLOCK
        || plain.subarray(plain.length - fill).some((byte) => byte !== fill)) {
        throw new Error("the padding is wrong");
    }
    const body = plain.subarray(0, plain.length - fill);
    if (body.length < 20) {
        throw new Error("too short for a length");
    }
    const end = 20 + body.readUInt32BE(16);
    if (end > body.length) {
        throw new Error("the length is beyond the end");
    }
    if (body.subarray(end).toString() !== owner) {
        throw new Error("meant for another receiver");
    }
    return body.subarray(20, end).toString();
}

// --- Standard Webhooks; `body` raw, `seconds` those of the attempt

function webhookText(id, seconds, body) {
    return Buffer.concat([Buffer.from(`${id}.${seconds}.`), Buffer.from(body)]);
}

export function webhookSign(id, seconds, body, secret) {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return `v1,${hmac(key, webhookText(id, seconds, body))}`;
}

// Ed25519: `secret` is whsk_ and 32 bytes, or 64 of which the first count.
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

function rawKey(text, prefix) {
    return Buffer.from(text.replace(prefix, ""), "base64").subarray(0, 32);
}

export function webhookSignCurve(id, seconds, body, secret) {
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, rawKey(secret, /^whsk_/)]),
                                   format: "der", type: "pkcs8" });
    return `v1a,${signWith(null, webhookText(id, seconds, body), key).toString("base64")}`;
}

export function webhookVerifyCurve(id, seconds, body, signature, publicKey) {
    const key = createPublicKey({ key: Buffer.concat([SPKI, rawKey(publicKey, /^whpk_/)]),
                                  format: "der", type: "spki" });
    return verifyWith(null, webhookText(id, seconds, body), key,
                      Buffer.from(signature.replace(/^v1a,/, ""), "base64"));
}

// Whether one of the signatures in the header is good for one of the secrets.
export function webhookVerify(id, seconds, body, header, secrets) {
    return String(header).split(" ").some((one) => secrets.some((secret) => {
        if (one.startsWith("v1,") && secret.startsWith("whsec_")) {
            return same(one, webhookSign(id, seconds, body, secret));
        }
        return one.startsWith("v1a,") && secret.startsWith("whpk_")
            && webhookVerifyCurve(id, seconds, body, one, secret);
    }));
}

// The public half, whpk_…, of a secret whsk_… .
export function curvePublic(secret) {
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, rawKey(secret, /^whsk_/)]),
                                   format: "der", type: "pkcs8" });
    const der = createPublicKey(key).export({ format: "der", type: "spki" });
    return `whpk_${der.subarray(SPKI.length).toString("base64")}`;
}
