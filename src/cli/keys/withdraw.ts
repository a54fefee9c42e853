import { type Command, UsageError } from '../command.ts';
import { keysCall, SERVICE_USAGE } from './api.ts';

interface Listed {
  id: string;
  state: string;
}

/** Revocations under way at once: each is a commit of its own, and those of one list are published together. */
const PARALLEL = 32;

/** After a compromise (BK-3): everything a key signed, listed or revoked. What was revoked already is passed over, so it can be run again. */
export const keysWithdraw: Command = {
  usage: `INSTITUTION KEY [--revoke --reason TEXT] ${SERVICE_USAGE}`,
  summary: 'Lists every credential that a key signed; with --revoke revokes them, and can be run again.',

  async run(args, io) {
    const options = { revoke: { type: 'boolean' }, reason: { type: 'string' } } as const;
    const { values, positionals, at } = keysCall(args, options);
    const [keyId, more] = positionals;
    if (keyId === undefined || more !== undefined) throw new UsageError('name one key, as `keys list` shows it');
    if (values.revoke && !values.reason) throw new UsageError('--reason is missing: people are told why');
    let [listed, revoked] = [0, 0];
    const failed: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const query = new URLSearchParams({ keyId, limit: '200', ...(cursor ? { cursor } : {}) });
      const page = await at<{ items: Listed[]; next?: string }>('GET', `/v1/credentials?${query}`);
      listed += page.items.length;
      const open = page.items.filter((one) => one.state !== 'revoked');
      if (!values.revoke) for (const one of page.items) io.out(`${one.id} ${one.state}\n`);
      for (let first = 0; values.revoke && first < open.length; first += PARALLEL) {
        const work = open.slice(first, first + PARALLEL).map(async ({ id }) => {
          const body = { action: 'revoke', reason: String(values.reason) };
          const name = id.split('/').at(-1)!;
          await at('POST', `/v1/credentials/${name}/status`, body).then(
            () => revoked++,
            (error: Error) => failed.push(`${id}: ${error.message}`),
          );
        });
        await Promise.all(work);
      }
      cursor = page.next;
      more = cursor !== undefined;
    }
    for (const one of failed) io.err(`${one}\n`);
    io.err(`${listed} credentials are signed by ${keyId}; ${revoked} revoked now, ${failed.length} could not be\n`);
    return failed.length === 0 ? 0 : 1;
  },
};
