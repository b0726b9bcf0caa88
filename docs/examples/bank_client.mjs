// A bank's end of the link in one file, to copy from: keys, signature, a call, the check of its answer.
//
//     node bank_client.mjs keys
//     node bank_client.mjs post https://HOST/bank/v1/BANK/withdrawals < message.json
//     node bank_client.mjs get  https://HOST/bank/v1/BANK/withdrawals/REFERENCE
//
// `post` and `get` read two environment variables: BANK_KEY, your secret key (whsk_...), and SERVICE_KEY, the
// service's public key for you (whpk_...). To repeat a call after a timeout, set MESSAGE_ID to the id it had.
// Needs Node 18 or newer and no packages.

import * as crypto from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const TOLERANCE_S = 300;

// An Ed25519 key of 32 bytes in the envelope that Node reads (RFC 8410).
const SECRET_ENVELOPE = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_ENVELOPE = Buffer.from("302a300506032b6570032100", "hex");

function secretKey(text) {
  const der = Buffer.concat([SECRET_ENVELOPE, Buffer.from(text.replace(/^whsk_/, ""), "base64")]);
  return crypto.createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

function publicKey(text) {
  const der = Buffer.concat([PUBLIC_ENVELOPE, Buffer.from(text.replace(/^whpk_/, ""), "base64")]);
  return crypto.createPublicKey({ key: der, format: "der", type: "spki" });
}

function signedContent(messageId, timestamp, body) {
  return Buffer.concat([Buffer.from(`${messageId}.${timestamp}.`), body]);
}

/** The three headers that go with this body, a Buffer. */
export function sign(body, secretKeyText, messageId, nowS) {
  const signature = crypto.sign(null, signedContent(messageId, nowS, body), secretKey(secretKeyText));
  return {
    "webhook-id": messageId,
    "webhook-timestamp": String(nowS),
    "webhook-signature": "v1a," + signature.toString("base64"),
  };
}

/** Did the owner of this key sign exactly this, now? The names in `headers` are in lower case. */
export function verify(body, headers, publicKeyText, nowS) {
  const timestamp = headers["webhook-timestamp"] ?? "";
  if (!/^[0-9]{10}$/.test(timestamp) || Math.abs(nowS - Number(timestamp)) >= TOLERANCE_S) return false;
  const content = signedContent(headers["webhook-id"] ?? "", timestamp, body);
  const key = publicKey(publicKeyText);
  return (headers["webhook-signature"] ?? "")
    .split(" ")
    .filter((entry) => entry.startsWith("v1a,"))
    .some((entry) => crypto.verify(null, content, key, Buffer.from(entry.slice(4), "base64")));
}

/** Send one signed call; return the answer, a problem included. Throws if it is not ours to trust. */
export async function call(url, body) {
  const messageId = process.env.MESSAGE_ID || `msg_${crypto.randomUUID()}`;
  const headers = sign(body ?? Buffer.alloc(0), process.env.BANK_KEY, messageId, now());
  const answer = await fetch(url, {
    method: body ? "POST" : "GET",
    body,
    headers: { ...headers, "content-type": "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  const content = Buffer.from(await answer.arrayBuffer());
  if (!verify(content, Object.fromEntries(answer.headers), process.env.SERVICE_KEY, now())) {
    throw new Error(`status ${answer.status}, and the answer is not signed by the service: ${content}`);
  }
  const document = JSON.parse(content);
  const digest = "sha256:" + crypto.createHash("sha256").update(body ?? "").digest("hex");
  if (document.in_reply_to !== messageId || document.request_digest !== digest) {
    throw new Error("the answer belongs to another request: do not act on it");
  }
  return document;
}

function now() {
  return Math.floor(Date.now() / 1000);
}

function newKeys() {
  const pair = crypto.generateKeyPairSync("ed25519");
  const last32 = (key, type) => key.export({ format: "der", type }).subarray(-32).toString("base64");
  console.log("secret key, keep it:     whsk_" + last32(pair.privateKey, "pkcs8"));
  console.log("public key, register it: whpk_" + last32(pair.publicKey, "spki"));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [verb, url] = process.argv.slice(2);
  if (verb === "keys") newKeys();
  else if (verb === "post" && url) console.log(JSON.stringify(await call(url, readFileSync(0)), null, 2));
  else if (verb === "get" && url) console.log(JSON.stringify(await call(url), null, 2));
  else {
    console.error("usage: node bank_client.mjs keys | post URL < message.json | get URL");
    process.exit(2);
  }
}
