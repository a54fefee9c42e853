import { openApi, SERVICE } from '../api.ts';
import { command, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

interface Offer {
  id: string;
  claimUrl: string;
  credentialOfferLink?: string;
  expiresAt: string;
  txCode?: string;
}

export const offerCreate = command({
  operands: { credential: { name: 'CREDENTIAL', says: 'The id of the credential of the award' } },
  options: {
    confirmation: {
      value: 'HOW',
      choices: ['none', 'txCode', 'email'],
      says: 'How the taker shows to be the recipient',
    },
    days: { value: 'N', says: 'For how long it can be taken' },
    ...SERVICE,
  },
  summary: 'Offers an award to whoever gets the link',
  about:
    'Prints the link for a browser, the one for a wallet, and the code where one is asked for. They are shown once; the code goes to the recipient by another way than the link.',
  examples: [
    'offer create 0123456789abcdefghjkmnpqrs --confirmation txCode --url https://badges.example.edu --key-file issuer.key',
  ],

  async run({ operands, values, json }, io) {
    const { confirmation, days } = values;
    if (days !== undefined && !/^\d{1,4}$/.test(days)) throw new UsageError('--days must be a number');
    const offer = await (await openApi(values)).call<Offer>('POST', '/v1/offers', {
      credentialId: operands.credential,
      ...(confirmation === undefined ? {} : { confirmation }),
      ...(days === undefined ? {} : { lifetimeDays: Number(days) }),
    });
    if (json) {
      io.out(`${JSON.stringify(offer)}\n`);
      return EXIT.done;
    }
    const { id, claimUrl, credentialOfferLink, expiresAt, txCode } = offer;
    io.out(`offer ${id}, until ${expiresAt}\n  browser ${claimUrl}\n  wallet  ${credentialOfferLink}\n`);
    if (txCode !== undefined) io.out(`  code    ${txCode}\n`);
    return EXIT.done;
  },
});
