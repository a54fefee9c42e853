import { envelopeOf, eventOf } from '#events';
import { formatInstant } from '#kernel';
import type { AuditEntry } from '#observability';
import type { DeliveryRecord, WebhookReader, WebhookRecord } from './ports.ts';

/** Events are kept, and can be asked for again, for so long. */
export const KEPT_DAYS = 30;
const DAY = 86_400_000;
/** Entries of the log looked at in one commit. */
const ENTRIES = 500;

export const keptFrom = (now: Date): string => formatInstant(new Date(now.getTime() - KEPT_DAYS * DAY));

interface Projected {
  /** Number of the last entry that was looked at. */
  position: number;
  rows: DeliveryRecord[];
  /** There are further entries. */
  more: boolean;
}

/**
 * What an endpoint is to be told of the next entries of the log. The log is the outbox: an act and its entry are one commit,
 * and nothing was written for endpoints meanwhile.
 * @returns undefined when there are none
 */
export async function project(
  { reader, publicUrl }: { reader: Pick<WebhookReader, 'entriesAfter' | 'credentialsOfEvents'>; publicUrl: string },
  webhook: WebhookRecord,
  now: Date,
): Promise<Projected | undefined> {
  const { tenant, webhookId } = webhook;
  const entries = await reader.entriesAfter(tenant, webhook.position, ENTRIES);
  const last = entries.at(-1);
  if (!last) return undefined;
  const told = entries.flatMap((entry) => {
    const event = toldTo(webhook, entry, now);
    return event ? [{ entry, event }] : [];
  });
  const ids = told.flatMap(({ event: { kind, id } }) => (kind === 'credential' ? [id] : []));
  const rows = await reader.credentialsOfEvents(tenant, [...new Set(ids)]);
  const credentials = new Map(rows.map((row) => [row.credentialId, row]));
  const dueAt = formatInstant(now);
  return {
    position: last.seq,
    more: entries.length === ENTRIES,
    rows: told.map(({ entry, event }): DeliveryRecord => {
      const envelope = envelopeOf(publicUrl, entry, event, credentials.get(event.id));
      return {
        ...{ tenant, webhookId, seq: entry.seq, eventId: envelope.id, eventType: event.type, subject: event.id },
        ...{ payload: JSON.stringify(envelope), eventAt: entry.at, state: 'pending', attempts: 0, dueAt },
      };
    }),
  };
}

function toldTo({ webhookId, eventTypes }: WebhookRecord, entry: AuditEntry, now: Date) {
  // An endpoint that was paused for long is not told of everything since.
  if (entry.at < keptFrom(now)) return undefined;
  const event = eventOf(entry);
  if (!event) return undefined;
  if (event.kind === 'webhook') return event.id === webhookId ? event : undefined;
  return eventTypes === undefined || eventTypes.includes(event.type) ? event : undefined;
}
