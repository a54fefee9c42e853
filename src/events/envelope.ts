import type { EventType, Told } from './vocabulary.ts';

/** Of an award, by its web copy: ids, and the address where it is read. Nothing personal. */
export interface CredentialOfEvent {
  credentialId: string;
  awardId: string;
  achievementId: string;
  achievementVersion: number;
  batchId?: string;
}

/** What is sent: the same bytes each time, however often. */
export interface EventEnvelope {
  /** Version of this envelope. Members may be added to it and to `data`; none is taken away. */
  version: '1';
  /** As `eventIdOf` makes it. */
  id: string;
  type: EventType;
  /** When it happened: whole-second UTC. */
  createdAt: string;
  /** Slug of the institution. */
  institution: string;
  data: Record<string, string | number>;
}

const ID = /^evt_([1-9]\d{0,14})_[0-9a-f]{16}$/;

/**
 * The number of the entry in the audit log, and the beginning of its hash: after a restore the numbers since the backup are
 * given out again, and whoever remembers ids must not take another event for one that is known.
 */
export const eventIdOf = ({ seq, hash }: { seq: number; hash: string }): string => `evt_${seq}_${hash.slice(0, 16)}`;

/** The number of the entry; undefined for a text that is no id of an event. */
export function seqOfEvent(id: string): number | undefined {
  const digits = ID.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function envelopeOf(
  publicUrl: string,
  entry: { seq: number; hash: string; at: string; tenant: string },
  { type, kind, id, data }: { type: EventType } & Told,
  credential?: CredentialOfEvent,
): EventEnvelope {
  const envelope = {
    version: '1',
    id: eventIdOf(entry),
    type,
    createdAt: entry.at,
    institution: entry.tenant,
  } as const;
  switch (kind) {
    case 'credential': {
      const more = credential && {
        ...{ awardId: credential.awardId, achievementId: credential.achievementId },
        achievementVersion: credential.achievementVersion,
        ...(credential.batchId === undefined ? {} : { batchId: credential.batchId }),
        achievementUrl: `${publicUrl}/achievements/${credential.achievementId}`,
      };
      return { ...envelope, data: { credentialId: id, url: `${publicUrl}/credentials/${id}`, ...more, ...data } };
    }
    case 'batch':
      return { ...envelope, data: { batchId: id, url: `${publicUrl}/v1/batches/${id}`, ...data } };
    case 'webhook':
      return { ...envelope, data: { webhookId: id, url: `${publicUrl}/v1/webhooks/${id}` } };
  }
}
