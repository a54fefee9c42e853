import { isObject, type JsonObject } from '#kernel';
import type { FetchedFile, Loaded } from './input/model.ts';
import { readBadge } from './model.ts';
import type { BadgeSubject } from './person.ts';
import type { Report } from './report.ts';
import { ACCEPT_JSON, type Session } from './session.ts';

/** Something that was brought from elsewhere: a report, and what whoever keeps it has to know. */
export interface Arrival {
  report: Report;
  /** The answer that held it, when it was fetched. */
  fetched?: FetchedFile;
  /** Only when document and proof hold: it is a badge, and the text is what was secured. */
  badge?: ArrivedBadge;
  /** An Open Badge of an edition before 3.0: what it says of itself, of which nothing was checked. */
  older?: OlderBadge;
}

export interface ArrivedBadge {
  form: 'json' | 'jwt';
  text: string;
  id: string;
  issuerId: string;
  issuerName?: string;
  name: string;
  /** dateTimeStamp, as written. */
  validFrom?: string;
  subject: BadgeSubject;
}

export interface OlderBadge {
  id?: string;
  name?: string;
  issuerName?: string;
}

/** @param genuine document and proof hold */
export async function arrivalOf(loaded: Loaded, report: Report, genuine: boolean, session: Session): Promise<Arrival> {
  const fetched = loaded.fetched ? { fetched: loaded.fetched } : {};
  if (loaded.kind === 'unread') {
    if (loaded.form !== 'open-badges-2') return { report, ...fetched };
    return { report, ...fetched, older: await olderBadge(loaded.document ?? {}, session) };
  }
  const badge = genuine ? readBadge(loaded.document) : undefined;
  if (!badge) return { report, ...fetched };
  const { id, issuer, achievement, validFrom, subject } = badge.model;
  return {
    ...{ report, ...fetched },
    badge: {
      ...{ form: loaded.kind === 'jwt' ? 'jwt' : 'json', text: loaded.text(), id, issuerId: issuer.id, subject },
      ...(issuer.name === undefined ? {} : { issuerName: issuer.name }),
      ...(validFrom === undefined ? {} : { validFrom }),
      name: achievement.name,
    },
  };
}

/**
 * Open Badges 2.0, 4.1: an assertion names or holds its badge class, and that its issuer. What stands at an address is asked
 * for; what cannot be had is not said.
 */
async function olderBadge(document: JsonObject, session: Session): Promise<OlderBadge> {
  const at = async (value: unknown): Promise<JsonObject | undefined> => {
    if (isObject(value)) return value;
    if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) return undefined;
    const found = await session.json(value, ACCEPT_JSON);
    return found.ok ? found.document : undefined;
  };
  // A picture may hold no more than the address of its assertion.
  const assertion = document.badge === undefined ? await at(document.id) : document;
  const badge = await at(assertion?.badge);
  const issuer = await at(badge?.issuer);
  const named = { id: line(document.id ?? document.uid), name: line(badge?.name), issuerName: line(issuer?.name) };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

const line = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, 500) : undefined;
