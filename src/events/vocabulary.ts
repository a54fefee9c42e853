type Detail = Readonly<Record<string, string | number | boolean>>;

/** What an event is about: the thing whose events are told in order. */
export interface Told {
  /** Of a credential more is looked up; of the others there is nothing to know but what the entry says. */
  kind: 'credential' | 'batch' | 'webhook';
  id: string;
  /** Members of `data` besides. Ids and words of this service: nothing that a person typed. */
  data?: Record<string, string>;
}

/** @returns undefined for an entry of that operation that is another event, or none */
type Tell = (object: string, detail: Detail) => Told | undefined;

interface EventRow {
  /** By the operation of the audit log that tells of the act, and is committed with it. */
  from: Readonly<Record<string, Tell>>;
  /** Its name in the server-sent events of a class list, which have no other subject. */
  stream?: string;
}

/** A form for a wallet is told of as what its offer went through. */
const award =
  (status: string): Tell =>
  (id, { formOf }) =>
    formOf === undefined ? { kind: 'credential', id, data: { status } } : undefined;

/** What happens to an offer happens to its award. Entries from before the award was written down in them tell nothing. */
const offered =
  (more: (detail: Detail) => Record<string, string> | undefined): Tell =>
  (offerId, detail) => {
    const data = more(detail);
    return typeof detail.credential === 'string' && data
      ? { kind: 'credential', id: detail.credential, data: { offerId, ...data } }
      : undefined;
  };

const batch =
  (state?: string): Tell =>
  (id, detail) =>
    state === undefined || detail.state === state ? { kind: 'batch', id } : undefined;

/**
 * Everything that is told to programs, however it reaches them: the one list of names. Each is an entry of the audit log,
 * which is committed together with the act: an event is lost if and only if the act is, and none is told that did not happen.
 */
export const EVENTS = {
  'credential.prepared': { from: { 'credential.prepare': award('prepared') } },
  'credential.issued': { from: { 'credential.issue': award('active') } },
  /** Prepared, and given up before it was issued. */
  'credential.abandoned': { from: { 'credential.abandon': award('abandoned') } },
  'credential.offered': { from: { 'offer.create': offered(() => ({})) } },
  /** A wallet took it (`door` says by which protocol), or its learner took it from the claim page. */
  'credential.claimed': {
    from: {
      'offer.take': offered(({ door }) => ({ door: String(door) })),
      'offer.accept': offered(({ by }) => (by === 'page' ? { door: 'page' } : undefined)),
    },
  },
  'credential.walletAccepted': { from: { 'offer.accept': offered(({ by }) => (by === 'wallet' ? {} : undefined)) } },
  'credential.suspended': { from: { 'credential.suspend': award('suspended') } },
  'credential.reinstated': { from: { 'credential.reinstate': award('active') } },
  'credential.revoked': { from: { 'credential.revoke': award('revoked') } },
  /** Something for a person to look into: whoever was offered it says it is not theirs, or what it rests on has changed. */
  'credential.flagged': {
    from: {
      'offer.withdraw': offered(({ by }) => (by === 'holder' ? { reason: 'not_theirs' } : undefined)),
      'conferral.flag': (conferralId, { credential }) =>
        typeof credential === 'string'
          ? { kind: 'credential', id: credential, data: { conferralId, reason: 'components_changed' } }
          : undefined,
    },
  },
  'batch.done': { from: { 'batch.finish': batch('done') }, stream: 'done' },
  'batch.failed': { from: { 'batch.finish': batch('failed') }, stream: 'failed' },
  'batch.cancelled': { from: { 'batch.cancel': batch() }, stream: 'cancelled' },
  /** Asked for by whoever looks whether an endpoint works, and told to that endpoint only. */
  'webhook.test': { from: { 'webhook.test': (id) => ({ kind: 'webhook', id }) } },
} as const satisfies Record<string, EventRow>;

export type EventType = keyof typeof EVENTS;

export const EVENT_TYPES = Object.keys(EVENTS) as EventType[];
const ROWS: readonly (readonly [EventType, EventRow])[] = Object.entries(EVENTS) as [EventType, EventRow][];

/** Name of the last server-sent event of a class list in this state; undefined while it is not over. */
export function streamEventOf(state: string): string | undefined {
  const type = `batch.${state}`;
  const row = ROWS.find(([name]) => name === type)?.[1];
  return row?.stream;
}

/** What an entry of the audit log tells; undefined for most of them. One entry is at most one event. */
export function eventOf(entry: {
  operation: string;
  object: string;
  detail?: Detail;
}): ({ type: EventType } & Told) | undefined {
  for (const [type, { from }] of ROWS) {
    const tell = Object.hasOwn(from, entry.operation) ? from[entry.operation] : undefined;
    const told = tell?.(entry.object, entry.detail ?? {});
    if (told) return { type, ...told };
  }
  return undefined;
}
