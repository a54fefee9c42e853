import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';
import { readText } from '../read-text.ts';
import { ask, refusal } from './http.ts';

const CONFIRMATIONS = ['none', 'txCode', 'email'];

export const offerCreate: Command = {
  usage: 'CREDENTIAL --url URL --key-file FILE [--confirmation none|txCode|email] [--days N] [--json]',
  summary:
    'Offers an award (the id of its credential) to whoever gets the link: prints the link for a browser, the one for a wallet, and ' +
    'the code where one is asked for. They are shown once; the code goes to the recipient by another way than the link.',

  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        'key-file': { type: 'string' },
        confirmation: { type: 'string' },
        days: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const [credentialId, ...others] = positionals;
    const { url, 'key-file': file, confirmation, days } = values;
    if (credentialId === undefined || others.length > 0) throw new UsageError('give the id of one credential');
    if (url === undefined || !URL.canParse(url)) throw new UsageError('--url is missing: the address of the service');
    if (file === undefined) throw new UsageError('--key-file is missing: a file with an API key of the institution');
    if (confirmation !== undefined && !CONFIRMATIONS.includes(confirmation)) {
      throw new UsageError(`--confirmation must be ${CONFIRMATIONS.join(', ')}`);
    }
    if (days !== undefined && !/^\d{1,4}$/.test(days)) throw new UsageError('--days must be a number');
    const body = {
      credentialId,
      ...(confirmation === undefined ? {} : { confirmation }),
      ...(days === undefined ? {} : { lifetimeDays: Number(days) }),
    };
    const answer = await ask(new URL('/v1/offers', url).href, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${readText(file).trim()}` },
      body: JSON.stringify(body),
    });
    if (answer.status !== 201 || !answer.json) throw new UsageError(refusal(answer));
    if (values.json) {
      io.out(`${JSON.stringify(answer.json)}\n`);
      return 0;
    }
    const { id, claimUrl, credentialOfferLink, expiresAt, txCode } = answer.json;
    io.out(`offer ${id}, until ${expiresAt}\n  browser ${claimUrl}\n  wallet  ${credentialOfferLink}\n`);
    if (txCode !== undefined) io.out(`  code    ${txCode}\n`);
    return 0;
  },
};
