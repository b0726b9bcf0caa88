// What Node makes of signatures: its own crypto, the standardwebhooks package, and our example client.
//
// Reads a list of vectors on standard input. For each it prints who accepts it at the moment of its timestamp, and the
// same message signed anew with its signing key.

import * as crypto from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [packages, example] = process.argv.slice(2);
const { Webhook } = createRequire(packages)("standardwebhooks");
const client = await import(example);

function check(vector) {
  const body = Buffer.from(vector.body_base64, "base64");
  const content = Buffer.concat([Buffer.from(`${vector.id}.${vector.timestamp}.`), body]);
  const headers = {
    "webhook-id": vector.id,
    "webhook-timestamp": vector.timestamp,
    "webhook-signature": vector.signature,
  };
  const seconds = Number(vector.timestamp);
  Date.now = () => seconds * 1000;
  return vector.scheme === "v1a" ? asymmetric() : symmetric();

  function asymmetric() {
    const x = Buffer.from(vector.verifying_key.slice("whpk_".length), "base64").toString("base64url");
    const key = crypto.createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    const fits = (entry) =>
      entry.startsWith("v1a,") && crypto.verify(null, content, key, Buffer.from(entry.slice(4), "base64"));
    return {
      accepted_by: {
        "node:crypto": vector.signature.split(" ").some(fits),
        bank_client: client.verify(body, headers, vector.verifying_key, seconds),
      },
      signed_anew: client.sign(body, vector.signing_key, vector.id, seconds)["webhook-signature"],
    };
  }

  function symmetric() {
    return {
      accepted_by: { standardwebhooks: accepts(new Webhook(vector.verifying_key)) },
      signed_anew: new Webhook(vector.signing_key).sign(vector.id, new Date(seconds * 1000), body.toString()),
    };
  }

  function accepts(webhook) {
    try {
      webhook.verify(body.toString(), headers, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  }
}

console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(check)));
