import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '#kernel';
import { createHolder, readKey } from '../../api/vc-api/holder.ts';
import type { Asking, HttpAnswer } from '../../support/ask.ts';
import type { ReplicaProcess } from '../../support/processes.ts';
import { type WalletKey, walletKey } from '../../wallets/support/keys.ts';
import { PRE_AUTHORIZED, SLUG } from '../../wallets/support/world.ts';

export type Door = 'vc-api' | 'oid4vci';

/** What a wallet was given, or that it was refused for good. */
export type Outcome = { credential: string; notification?: string } | { refused: string };

/** One wallet and one offer. */
export interface Claiming {
  door: Door;
  secret: string;
  /** PKCS#8, base64: known before the first question, so that whoever is stopped can ask again. */
  key: string;
}

/** What a wallet has in its hand between the start of an exchange and its end. */
export type Begun = { challenge: string; domain: string } | { token: string; nonce: string };

/** What happened to requests on their way; none of it may change an outcome. */
export interface Troubles {
  /** Connections that a dying replica took with it, or that it did not take. */
  cut: number;
  /** Answers 503 and 429. */
  later: number;
  /** Tokens, nonces and questions that were too old. */
  anew: number;
}

const PATIENCE = 600;
const V2 = 'https://www.w3.org/ns/credentials/v2';

/**
 * A request that is sent again, as it is, until somebody answers it: a wallet does not know what became of the first one.
 */
export async function insist(
  replica: ReplicaProcess,
  path: string,
  asking: Asking,
  troubles: Troubles,
): Promise<HttpAnswer> {
  for (let tries = 0; tries < PATIENCE; tries++) {
    const answer = await replica.ask(path, asking).catch(() => undefined);
    if (answer && answer.status !== 503 && answer.status !== 429) return answer;
    if (answer) troubles.later++;
    else troubles.cut++;
    await sleep(Math.min(1_000 * Number(answer?.headers['retry-after'] ?? 0.5), 10_000));
  }
  throw new Error(`nobody answers ${path.replace(/[\w-]{40,}/, '...')}`);
}

const json = (body: unknown, token?: string): Asking => ({
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  },
  body: JSON.stringify(body),
});
const form = (fields: Record<string, string>): Asking => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});
const exchangeOf = (secret: string) => `/vc-api/workflows/claim/exchanges/${secret}`;
const wallets = `/institutions/${SLUG}/oid4vci`;
const issuerOf = (publicUrl: string) => `${publicUrl}/institutions/${SLUG}`;

export const didOf = ({ door, key }: Claiming): string => (door === 'vc-api' ? holderOf(key).did : keyOf(key).did.key);

/** Up to the point where only the answer is missing. A refusal means that somebody else has the badge. */
export async function begin(one: Claiming, on: ReplicaProcess, troubles: Troubles): Promise<Begun | Outcome> {
  if (one.door === 'vc-api') {
    let asked = await insist(on, exchangeOf(one.secret), json({}), troubles);
    // Another message was first.
    for (; asked.status === 409; troubles.anew++) asked = await insist(on, exchangeOf(one.secret), json({}), troubles);
    if (asked.status !== 200) return refusedBy(asked, [410]);
    const { verifiablePresentationRequest: question } = JSON.parse(asked.text);
    // Over and well, for somebody.
    return question ? { challenge: question.challenge, domain: question.domain } : { refused: 'complete' };
  }
  for (let tries = 0; tries < PATIENCE; tries++) {
    const offer = await insist(on, `${wallets}/offers/${one.secret}`, {}, troubles);
    if (offer.status !== 200) return refusedBy(offer, [404, 410]);
    const code = JSON.parse(offer.text).grants[PRE_AUTHORIZED]['pre-authorized_code'];
    const asking = form({ grant_type: PRE_AUTHORIZED, 'pre-authorized_code': code });
    const given = await insist(on, '/oauth/token', asking, troubles);
    if (given.status === 200) return { token: JSON.parse(given.text).access_token, nonce: await nonceOf(on, troubles) };
    // The token was lost on its way with the replica that gave it: the code is used up.
    if (given.status !== 400) throw new Error(`${given.status} ${given.text}`);
    troubles.anew++;
  }
  throw new Error('no token');
}

const nonceOf = async (on: ReplicaProcess, troubles: Troubles): Promise<string> =>
  JSON.parse((await insist(on, `${wallets}/nonce`, { method: 'POST' }, troubles)).text).c_nonce;

/** The rest, on another replica. What became too old meanwhile is asked for again on the first. */
export async function finish(
  one: Claiming,
  begun: Begun,
  { first, other, publicUrl }: { first: ReplicaProcess; other: ReplicaProcess; publicUrl: string },
  troubles: Troubles,
): Promise<Outcome> {
  for (let at = begun, tries = 0; tries < PATIENCE; tries++) {
    const said =
      'challenge' in at ? await answer(one, at, other, troubles) : await ask(one, at, other, publicUrl, troubles);
    if (typeof said === 'object') {
      if ('credential' in said) await accept(one, said, at, first, troubles);
      return said;
    }
    troubles.anew++;
    if (said === 'nonce' && 'token' in at) {
      at = { token: at.token, nonce: await nonceOf(first, troubles) };
    } else {
      const again = await begin(one, first, troubles);
      if ('refused' in again || 'credential' in again) return again;
      at = again;
    }
  }
  throw new Error('the exchange does not end');
}

async function answer(
  { secret, key }: Claiming,
  { challenge, domain }: { challenge: string; domain: string },
  on: ReplicaProcess,
  troubles: Troubles,
): Promise<Outcome | 'anew' | 'nonce'> {
  const holder = holderOf(key);
  const presentation = { '@context': [V2], type: ['VerifiablePresentation'], holder: holder.did };
  const verifiablePresentation = await holder.present(presentation, { challenge, domain });
  const said = await insist(on, exchangeOf(secret), json({ verifiablePresentation }), troubles);
  if (said.status === 200) return { credential: inPresentation(said.text) };
  const problem = JSON.parse(said.text) as JsonObject;
  // Another message was first, or this one was, and its answer was lost: the next question tells.
  if (said.status === 409 && problem.code === 'exchange_moved') return 'anew';
  if (said.status === 400) return 'anew';
  return refusedBy(said, [409, 410]);
}

/** Exactly as it came: a credential is bytes. */
function inPresentation(text: string): string {
  const [start, end] = ['"verifiableCredential":[', ']}}'];
  if (!text.endsWith(end)) throw new Error('this is no presentation of one credential');
  return text.slice(text.indexOf(start) + start.length, -end.length);
}

async function ask(
  { key }: Claiming,
  { token, nonce }: { token: string; nonce: string },
  on: ReplicaProcess,
  publicUrl: string,
  troubles: Troubles,
): Promise<Outcome | 'anew' | 'nonce'> {
  const proof = await keyOf(key).proof({ aud: issuerOf(publicUrl), nonce });
  const body = { credential_configuration_id: 'badge.ldp_vc', proofs: { jwt: [proof] } };
  const said = await insist(on, `${wallets}/credential`, json(body, token), troubles);
  if (said.status === 200) {
    const [start, end] = ['{"credentials":[{"credential":', '}],"notification_id":'];
    const credential = said.text.slice(start.length, said.text.lastIndexOf(end));
    return { credential, notification: JSON.parse(said.text).notification_id };
  }
  const { error } = JSON.parse(said.text) as { error?: string };
  if (error === 'invalid_nonce') return 'nonce';
  if (error === 'invalid_token') return 'anew';
  if (error === 'credential_request_denied') return { refused: error };
  throw new Error(`${said.status} ${said.text}`);
}

/** Says on the first replica that it has the badge. */
async function accept(
  { door, secret }: Claiming,
  { notification }: { notification?: string },
  at: Begun,
  on: ReplicaProcess,
  troubles: Troubles,
): Promise<void> {
  const said =
    door === 'oid4vci' && 'token' in at
      ? await insist(
          on,
          `${wallets}/notification`,
          json({ notification_id: notification, event: 'credential_accepted' }, at.token),
          troubles,
        )
      : await insist(on, exchangeOf(secret), json({}), troubles);
  // The token ran out since it got the badge: it cannot say so any more.
  if (said.status === 401) troubles.anew++;
  else if (said.status > 204) throw new Error(`${said.status} ${said.text}`);
}

function refusedBy({ status, text }: HttpAnswer, expected: readonly number[]): Outcome {
  if (!expected.includes(status)) throw new Error(`${status} ${text}`);
  return { refused: String(JSON.parse(text).code ?? status) };
}

const holderOf = (key: string) => createHolder(undefined, key);
const keyOf = (key: string): WalletKey => walletKey('Ed25519', readKey(key));
