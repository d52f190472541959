// outward/stubs/envelope - a callback as WeCom and DingTalk's events have it: an
// encrypted text, signed beside it.
//
// SPDX-License-Identifier: Apache-2.0
import { envelopeEncrypt, envelopePlain, envelopeSeal,
         envelopeSignature } from "./signs.mjs";

const OTHER_KEY = "ZYXWVUTSRQPONMLKJIHGFEDCBA9876543210zyxwvut";

// Seals `text`, signs it, and does one thing wrong where the variant says so.
// `how.stamp` and `how.hours` are in the vendor's own unit; `how.echo` makes it
// the question whether an address is ours.
export function envelopeCall(text, { variant }, how) {
    const seals = {
        "wrong-key": () => envelopeEncrypt(text, how.owner, OTHER_KEY),
        "wrong-owner": () => envelopeEncrypt(text, "another-owner", how.aesKey),
        "wrong-length": () => envelopeSeal(
            envelopePlain(text, how.owner, undefined, 0x7fffffff), how.aesKey),
        "wrong-padding": () => {
            const plain = envelopePlain(text, how.owner);
            const last = plain[plain.length - 1];
            // The last byte alone looks right; 33 is right nowhere.
            plain[plain.length - (last > 1 ? 2 : 1)] = last > 1 ? last ^ 1 : 33;
            return envelopeSeal(plain, how.aesKey);
        },
        broken: () => "this is not Base64 of anything!",
    };
    const encrypt = (seals[variant]
                     ?? (() => envelopeEncrypt(text, how.owner, how.aesKey)))();
    const stamp = how.stamp + (variant === "late" ? -2 * how.hours
                               : variant === "future" ? 2 * how.hours : 0);
    const token = variant === "forged" ? "another-token" : how.token;
    const query = new URLSearchParams({ timestamp: stamp, nonce: how.nonce });
    if (variant !== "unsigned") {
        query.set(how.signed, envelopeSignature(token, stamp, how.nonce, encrypt));
    }
    const sent = variant === "tampered"
        ? (encrypt[0] === "A" ? "B" : "A") + encrypt.slice(1) : encrypt;
    if (how.echo) {
        query.set("echostr", sent);
        return { method: "GET", query, headers: {}, body: "" };
    }
    return { query, headers: { "Content-Type": how.type }, body: how.wrap(sent) };
}
