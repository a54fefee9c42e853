import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { isObject, Problem } from '#kernel';
import { command, type Io, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { visible } from '../failure.ts';
import { ask, ClaimRefused } from '../http.ts';
import { readBytes } from '../read-text.ts';
import { type ReadOffer, readOffer } from './read-offer.ts';
import { type Claimed, claim } from './wallet.ts';
import { openWalletKey } from './wallet-key.ts';

/** What the service's verifier says of the badge. */
interface Verdict {
  verdict: string;
  recognition: string;
  sentence: string;
}

export const offerClaim = command({
  operands: {
    link: { name: 'LINK', says: 'openid-credential-offer:// link, or the address of an offer or of its page' },
  },
  options: {
    out: { value: 'FILE', required: true, says: 'Where to put the badge' },
    key: { value: 'FILE', says: 'Key of the wallet (a JWK), made when it is not there; default the other FILE.key' },
    'tx-code': { value: 'CODE', says: 'The code of the offer, where it asks for one' },
    format: { value: 'FORMAT', choices: ['ldp_vc', 'jwt_vc_json'], otherwise: 'ldp_vc', says: 'Form of the badge' },
    wait: { value: 'SECONDS', otherwise: '60', says: 'How long to wait for a badge that is still being made' },
  },
  summary: 'Takes an offer as a wallet of two files',
  about: 'The badge and its key are written, and the service of the issuer is asked to verify the badge.',
  examples: [
    "offer claim 'openid-credential-offer://?credential_offer_uri=...' --out badge.json",
    'offer claim - --out badge.json < link.txt',
  ],
  exits: {
    1: 'the offer is over, the code is wrong, or the badge is not valid',
    4: 'the service of the issuer did not answer',
  },

  async run({ operands, values, json }, io) {
    const { out, format } = values;
    if (existsSync(out)) throw new UsageError(`${out} is there already`);
    if (!/^\d{1,4}$/.test(values.wait)) throw new UsageError('--wait must be seconds');
    const link = await linkOf(operands.link, io);
    const keyFile = values.key ?? `${out}.key`;
    const key = openWalletKey(keyFile);
    const options = { key, format, waitMs: 1_000 * Number(values.wait) };
    let claimed: Claimed;
    try {
      const offer = await readOffer(link);
      const txCode = await txCodeFor(offer, values['tx-code']);
      claimed = await claim(offer, { ...options, ...(txCode === undefined ? {} : { txCode }) });
    } catch (error) {
      if (!(error instanceof ClaimRefused)) throw error;
      if (json) io.out(`${JSON.stringify({ claimed: false, detail: error.message })}\n`);
      else io.err(`not claimed: ${visible(error.message)}\n`);
      return EXIT.fails;
    }
    // Kept before it is said to be kept.
    writeFileSync(out, claimed.credential, { flag: 'wx' });
    await claimed.keep();
    const found = await verdictOf(claimed);
    const { issuer, configuration } = claimed;
    if (json) {
      const result = { claimed: true, issuer, configuration, format, holder: key.did, file: out, keyFile, ...found };
      io.out(`${JSON.stringify(result)}\n`);
    } else {
      io.out(`${out}: a badge of ${visible(issuer)}, bound to ${key.did}\n${keyFile}: its key, keep it\n`);
      io.out(
        found
          ? `${new URL(issuer).host} says: ${visible(found.sentence)}\n`
          : `not verified: ask ${new URL('/verify', issuer)}\n`,
      );
    }
    return found && found.verdict !== 'valid' ? EXIT.fails : EXIT.done;
  },
});

/** Whoever has the link has the badge: from standard input nobody else on this machine sees it. */
const linkOf = async (given: string, io: Io): Promise<string> =>
  given === '-' ? (await readBytes('-', io)).toString('utf8').trim() : given;

/** @throws UsageError when one is wanted and nobody can be asked for it */
async function txCodeFor({ preAuthorized }: ReadOffer, given: string | undefined): Promise<string | undefined> {
  const wanted = preAuthorized?.txCode;
  if (!wanted) return undefined;
  if (given !== undefined) return given;
  const what = visible(wanted.description ?? 'the code of this offer');
  if (!process.stdin.isTTY) throw new UsageError(`--tx-code is missing: ${what}`);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await prompt.question(`${what}: `)).trim();
  } finally {
    prompt.close();
  }
}

/** By the verifier of the service that issued it: what others think of it they must ask themselves. */
async function verdictOf({ issuer, credential }: Claimed): Promise<Verdict | undefined> {
  const body = JSON.stringify({ text: credential });
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(new URL('/v1/verifications', issuer).href, { method: 'POST', headers, body }).catch(
    (error: unknown) => {
      if (error instanceof UsageError || error instanceof Problem) return undefined;
      throw error;
    },
  );
  const { verdict, recognition, sentence } = answer?.status === 200 && answer.json ? answer.json : {};
  if (typeof verdict !== 'string' || typeof recognition !== 'string' || !isObject(sentence)) return undefined;
  return { verdict, recognition, sentence: String(sentence.en) };
}
