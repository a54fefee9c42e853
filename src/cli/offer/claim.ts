import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { isObject } from '#kernel';
import { type Command, UsageError } from '../command.ts';
import { ask, ClaimRefused } from './http.ts';
import { type ReadOffer, readOffer } from './read-offer.ts';
import { type Claimed, claim } from './wallet.ts';
import { openWalletKey } from './wallet-key.ts';

const FORMATS = ['ldp_vc', 'jwt_vc_json'];

/** What the service's verifier says of the badge. */
interface Verdict {
  verdict: string;
  recognition: string;
  sentence: string;
}

export const offerClaim: Command = {
  usage: 'LINK --out FILE [--key FILE] [--tx-code CODE] [--format ldp_vc|jwt_vc_json] [--wait SECONDS] [--json]',
  summary:
    'A wallet of two files: takes an offer (openid-credential-offer:// link, or the address of an offer or of its page), writes the badge ' +
    'to --out and its key to --key (made when it is not there; default FILE.key), and asks the service of the issuer to verify it.',

  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        key: { type: 'string' },
        'tx-code': { type: 'string' },
        format: { type: 'string', default: 'ldp_vc' },
        wait: { type: 'string', default: '60' },
        json: { type: 'boolean', default: false },
      },
    });
    const [link, ...others] = positionals;
    const { out, format } = values;
    if (link === undefined || others.length > 0) throw new UsageError('give one link');
    if (out === undefined) throw new UsageError('--out is missing: where to put the badge');
    if (existsSync(out)) throw new UsageError(`${out} is there already`);
    if (!FORMATS.includes(format)) throw new UsageError(`--format must be ${FORMATS.join(' or ')}`);
    if (!/^\d{1,4}$/.test(values.wait)) throw new UsageError('--wait must be seconds');
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
      if (values.json) io.out(`${JSON.stringify({ claimed: false, detail: error.message })}\n`);
      else io.err(`not claimed: ${error.message}\n`);
      return 1;
    }
    // Kept before it is said to be kept.
    writeFileSync(out, claimed.credential, { flag: 'wx' });
    await claimed.keep();
    const found = await verdictOf(claimed);
    const { issuer, configuration } = claimed;
    if (values.json) {
      const result = { claimed: true, issuer, configuration, format, holder: key.did, file: out, keyFile, ...found };
      io.out(`${JSON.stringify(result)}\n`);
    } else {
      io.out(`${out}: a badge of ${issuer}, bound to ${key.did}\n${keyFile}: its key, keep it\n`);
      io.out(
        found
          ? `${new URL(issuer).host} says: ${found.sentence}\n`
          : `not verified: ask ${new URL('/verify', issuer)}\n`,
      );
    }
    return found && found.verdict !== 'valid' ? 1 : 0;
  },
};

/** @throws UsageError when one is wanted and nobody can be asked for it */
async function txCodeFor({ preAuthorized }: ReadOffer, given: string | undefined): Promise<string | undefined> {
  const wanted = preAuthorized?.txCode;
  if (!wanted) return undefined;
  if (given !== undefined) return given;
  const what = wanted.description ?? 'the code of this offer';
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
      if (error instanceof UsageError) return undefined;
      throw error;
    },
  );
  const { verdict, recognition, sentence } = answer?.status === 200 && answer.json ? answer.json : {};
  if (typeof verdict !== 'string' || typeof recognition !== 'string' || !isObject(sentence)) return undefined;
  return { verdict, recognition, sentence: String(sentence.en) };
}
