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
  /** `evt_` and the number of its entry in the audit log. */
  id: string;
  type: EventType;
  /** When it happened: whole-second UTC. */
  createdAt: string;
  /** Slug of the institution. */
  institution: string;
  data: Record<string, string | number>;
}

const ID = /^evt_([1-9]\d{0,14})$/;

export const eventIdOf = (seq: number): string => `evt_${seq}`;

/** The number of the entry; undefined for a text that is no id of an event. */
export function seqOfEvent(id: string): number | undefined {
  const digits = ID.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function envelopeOf(
  publicUrl: string,
  entry: { seq: number; at: string; tenant: string },
  { type, kind, id, data }: { type: EventType } & Told,
  credential?: CredentialOfEvent,
): EventEnvelope {
  const envelope = {
    version: '1',
    id: eventIdOf(entry.seq),
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
