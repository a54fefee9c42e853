import type { HolderIdentifier, Holders } from '#holders';
import { type Clock, formatInstant } from '#kernel';
import type { Transfer } from './ports.ts';
import { Stopped, type Turn } from './turn.ts';

export interface PushDeps {
  holders: Pick<Holders, 'badgesOf'>;
  /** The released text of an award; undefined where it has none of that form, or was erased. */
  textOf(credentialId: string, form: Transfer['form']): Promise<string | undefined>;
  clock: Clock;
}

/** OB 3.0, 6.2.3. */
const OUTCOMES = { 200: 'replaced', 201: 'created', 304: 'unchanged' } as const;
const MEDIA_TYPES = { document: 'application/json', token: 'text/plain' } as const;
/** The host sends back what it was sent. */
const ECHO_BYTES = 4 * 1024 * 1024;

/** Sends one award as it was released. Sent twice it is the same badge: the host knows it by issuer and id. While a guardian acts nothing is sent. */
export async function pushStep({ holders, textOf, clock }: PushDeps, turn: Turn, row: Transfer): Promise<void> {
  const { keeperKind: kind, keeperValue: value, connectedAt } = turn.connection;
  const who: HolderIdentifier = { kind, value, provenAt: connectedAt };
  const own = (await holders.badgesOf([who])).some(
    ({ credentialId, state, as }) => credentialId === row.credentialId && state === 'active' && as === 'learner',
  );
  const text = own ? await textOf(row.credentialId, row.form) : undefined;
  if (text === undefined) throw new Stopped({ code: 'gone' });
  const headers = { 'content-type': MEDIA_TYPES[row.form], accept: '*/*' };
  const call = { method: 'POST', headers, body: text, maxBytes: ECHO_BYTES } as const;
  const { status } = await turn.call(`${turn.host.description.apiUrl}/credentials`, call, [200, 201, 304]);
  const { problem: _, ...rest } = row;
  const outcome = OUTCOMES[status as keyof typeof OUTCOMES];
  await turn.settle({ ...rest, state: 'done', outcome, settledAt: formatInstant(clock.now()) });
}
