import { type Api, openApi, SERVICE } from '../api.ts';
import { command, ServiceRefused, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { openProgress, PROGRESS } from '../progress.ts';
import { INSTITUTION, KEY } from './commands.ts';

interface Listed {
  id: string;
  state: string;
}

/** Revocations under way at once: each is a commit of its own, and those of one list are published together. */
const PARALLEL = 32;

/** After a compromise (BK-3): everything a key signed, listed or revoked. What was revoked already is passed over, so it can be run again. */
export const keysWithdraw = command({
  operands: { ...INSTITUTION, ...KEY },
  options: {
    revoke: { says: 'Revoke them; can be run again' },
    reason: { value: 'TEXT', says: 'Why; people are told. Needed with --revoke' },
    ...PROGRESS,
    ...SERVICE,
  },
  summary: 'Lists every credential that a key signed, or revokes them all',
  about:
    'One line for each credential, its id and its state. With --revoke only those that could not be revoked are told. It takes a key of the institution itself, of an issuer.',
  examples: [
    'keys withdraw specimen-college key-1-assertion --url https://badges.example.edu --key-file issuer.key',
    "keys withdraw specimen-college key-1-assertion --revoke --reason 'The key was stolen' --url https://badges.example.edu --key-file issuer.key",
  ],
  exits: { 1: 'some could not be revoked' },

  async run({ operands: { key: keyId }, values, json }, io) {
    const { revoke, reason } = values;
    if (revoke && !reason) throw new UsageError('--reason is missing: people are told why');
    const api = await openApi(values);
    const progress = openProgress(io, values.progress);
    let [listed, revoked] = [0, 0];
    const failed: string[] = [];
    for await (const items of api.all<Listed>('/v1/credentials', { keyId })) {
      listed += items.length;
      const open = items.filter((one) => one.state !== 'revoked');
      for (const { id, state } of revoke ? [] : items)
        io.out(json ? `${JSON.stringify({ id, state })}\n` : `${id} ${state}\n`);
      for (let first = 0; revoke && first < open.length; first += PARALLEL) {
        const some = open.slice(first, first + PARALLEL);
        const answers = await Promise.all(some.map(({ id }) => revokeOne(api, id, reason!)));
        for (const [index, { id }] of some.entries()) {
          // Forms of one award are revoked together: the other one was first.
          const fault = answers[index] && (await revokeOne(api, id, reason!));
          if (fault) failed.push(`${id}: ${fault}`);
          else revoked++;
          if (json && !fault) io.out(`${JSON.stringify({ id, state: 'revoked' })}\n`);
        }
        progress.show(`${revoked} revoked, ${failed.length} could not be`);
      }
    }
    progress.end();
    for (const one of failed) io.err(`${one}\n`);
    io.err(`${listed} credentials are signed by ${keyId}; ${revoked} revoked now, ${failed.length} could not be\n`);
    return failed.length === 0 ? EXIT.done : EXIT.fails;
  },
});

/** @returns what went wrong; what is revoked already is no fault. @throws what is no answer */
async function revokeOne(api: Api, id: string, reason: string): Promise<string | undefined> {
  const path = `/v1/credentials/${id.split('/').at(-1)}`;
  try {
    await api.call('POST', `${path}/status`, { action: 'revoke', reason });
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceRefused)) throw error;
    const { state } = await api.call<Listed>('GET', path);
    return state === 'revoked' ? undefined : error.message;
  }
}
