import { createHmac } from 'node:crypto';

/** Makes the secret of an endpoint, as text. @param edition 1 for the first */
export type SecretOf = (webhookId: string, edition: number) => Promise<string>;

/**
 * A secret is made of the id of its endpoint and of a key that the database does not hold, as are the links of offers: a
 * stolen table signs nothing. Written as Standard Webhooks 1.0 does: `whsec_` and base64 of 24 to 64 bytes, here 32.
 */
export function createSecretOf(key: () => Promise<Uint8Array>): SecretOf {
  return async (webhookId, edition) => {
    const bytes = createHmac('sha256', await key())
      .update(`${webhookId} ${edition}`)
      .digest();
    return `whsec_${bytes.toString('base64')}`;
  };
}

/**
 * Headers of Standard Webhooks 1.0 for one attempt: the signature is over id, time and body, so that none of them can be
 * exchanged, and an old message is seen to be old.
 * @param secrets all that hold now, the newest first: a signature for each
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, at, payload }: { id: string; at: Date; payload: string },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
