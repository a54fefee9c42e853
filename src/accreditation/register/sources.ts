import { type Clock, formatInstant, isObject, type JsonObject, parseStrictJson } from '#kernel';
import { legalInstant } from '../instants.ts';
import type { Grant, GrantEvent, Register, Succession } from '../model.ts';
import type { AccreditationReader, AccreditationRecord, GrantRows, HeldRegisterRecord } from '../ports.ts';
import { readEntries, readGrant, readRegister } from '../read.ts';
import type { RegisterAnswer } from '../walk.ts';
import { grantUrl } from './documents.ts';

export interface SourceDeps {
  reader: AccreditationReader;
  clock: Clock;
  publicUrl: string;
  /** The tenant that has this DID here; undefined for everybody else's. */
  tenantOf(did: string): string | undefined;
  didOf(tenant: string): string;
}

/** Registers that are at hand without the network. */
export interface LocalRegisters {
  /** This service's own, from its signed grants; undefined when the authority is not here. */
  own(authority: string, about: string): Promise<RegisterAnswer | undefined>;
  /** A held one that may be consulted and is not too old; undefined when there is none. */
  held(authority: string, about: string): Promise<RegisterAnswer | undefined>;
  /** Own, else held, else unknown: what issuing decides by. */
  atHand(authority: string, about: string): Promise<RegisterAnswer>;
  /** Everything own registers say about these parties, of one role or of any: the quick way up a chain. */
  grantsTo(parties: readonly string[], role?: 'Accredit'): Promise<Register[]>;
  /** Everything own registers say of whose place this party took, and those before it. */
  successionsTo(party: string): Promise<Pick<Register, 'accreditor' | 'successions'>[]>;
  /** An own register, as far as it is about parties whose bucket lies in [from, to). */
  part(tenant: string, accreditor: string, from: number, to: number): Promise<Register>;
}

/** Grants read before; signed text never changes, so it is read once. */
const REMEMBERED = 20_000;

export function createLocalRegisters(deps: SourceDeps): LocalRegisters {
  const { reader, clock, publicUrl } = deps;
  const remembered = new Map<string, Grant | undefined>();
  const opened = new Map<string, { heldId: string; register: Register }>();

  const grantOf = (row: AccreditationRecord): Grant | undefined => {
    const known = remembered.has(row.accreditationId);
    const grant = known ? remembered.get(row.accreditationId) : readGrant(parseStrictJson(row.signed));
    // The one looked at longest ago goes first.
    remembered.delete(row.accreditationId);
    if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value!);
    remembered.set(row.accreditationId, grant);
    return grant;
  };

  const eventsOf = ({ events }: GrantRows): GrantEvent[] =>
    events.map(({ tenant: _, accreditationId, by: __, ...event }) => ({
      ...event,
      grant: grantUrl(publicUrl, accreditationId),
      // Rows of the first version hold a day.
      effectiveAt: legalInstant(event.effectiveAt) ?? event.effectiveAt,
    }));

  const ownRegister = (tenant: string, accreditor: string, rows: GrantRows): Register => {
    const now = formatInstant(clock.now());
    return {
      url: `${publicUrl}/registry/${tenant}`,
      accreditor,
      published: now,
      validUntil: now,
      grants: rows.grants.flatMap((row) => grantOf(row) ?? []),
      events: eventsOf(rows),
      successions: [],
      source: 'own',
    };
  };

  async function own(authority: string, about: string): Promise<RegisterAnswer | undefined> {
    const tenant = deps.tenantOf(authority);
    if (tenant === undefined) return undefined;
    const [about_, delegations, successions] = await Promise.all([
      reader.grantsTo([about], { tenant }),
      reader.delegationsOf(tenant),
      reader.successionsBy(tenant),
    ]);
    const register = ownRegister(tenant, authority, joined(about_, delegations));
    return { outcome: 'ok', register: { ...register, successions } };
  }

  async function held(authority: string, about: string): Promise<RegisterAnswer | undefined> {
    const summary = (await reader.heldRegisters()).find((one) => one.accreditor === authority);
    if (!summary?.consult) return undefined;
    const age = clock.now().getTime() - Date.parse(summary.published);
    if (age > summary.maxAgeDays * 86_400_000) {
      return { outcome: 'unknown', code: 'held_register_too_old', detail: summary.published };
    }
    if (opened.get(authority)?.heldId !== summary.heldId) {
      const row = await reader.heldRegister(authority);
      const register = row && openHeld(row);
      if (!register) return { outcome: 'unknown', code: 'register_malformed', detail: summary.url };
      opened.set(authority, { heldId: row.heldId, register });
    }
    const { register } = opened.get(authority)!;
    const grants = register.grants.filter((one) => one.accredited === about || one.role === 'Accredit');
    const ids = new Set(grants.map(({ id }) => id));
    return {
      outcome: 'ok',
      register: { ...register, grants, events: register.events.filter((event) => ids.has(event.grant)) },
    };
  }

  return {
    own,
    held,
    async atHand(authority, about) {
      const answer = (await own(authority, about)) ?? (await held(authority, about));
      return answer ?? { outcome: 'unknown', code: 'register_not_at_hand', detail: authority };
    },
    async successionsTo(party) {
      const found = new Map<string, Succession[]>();
      const seen = new Set([party]);
      // Backwards from the party; a set grows while it is walked, and holds each party once.
      for (const did of seen) {
        for (const { tenant, successionId: _, by: __, ...row } of await reader.successionsOf(did)) {
          if (row.successor !== did) continue;
          const accreditor = deps.didOf(tenant);
          found.set(accreditor, [...(found.get(accreditor) ?? []), row]);
          seen.add(row.predecessor);
        }
      }
      return [...found].map(([accreditor, successions]) => ({ accreditor, successions }));
    },
    async grantsTo(parties, role) {
      const rows = await reader.grantsTo(parties, role ? { role } : {});
      const byTenant = Map.groupBy(rows.grants, (row) => row.tenant);
      const registers = [...byTenant].map(async ([tenant, grants]) => {
        const ids = new Set(grants.map((row) => row.accreditationId));
        const events = rows.events.filter((event) => ids.has(event.accreditationId));
        const register = ownRegister(tenant, grants[0]!.accreditor, { grants, events });
        return { ...register, successions: await reader.successionsBy(tenant) };
      });
      return Promise.all(registers);
    },
    async part(tenant, accreditor, from, to) {
      const [rows, successions] = await Promise.all([
        reader.registerPart(tenant, from, to),
        reader.successionsBy(tenant),
      ]);
      return { ...ownRegister(tenant, accreditor, rows), successions };
    },
  };
}

function joined(a: GrantRows, b: GrantRows): GrantRows {
  const seen = new Set(a.grants.map((row) => row.accreditationId));
  const more = b.grants.filter((row) => !seen.has(row.accreditationId));
  const added = new Set(more.map((row) => row.accreditationId));
  return {
    grants: [...a.grants, ...more],
    events: [...a.events, ...b.events.filter((event) => added.has(event.accreditationId))],
  };
}

/** A held register with all its parts as one; undefined when it is not what was imported. */
export function openHeld(row: Pick<HeldRegisterRecord, 'text' | 'accreditor'>): Register | undefined {
  const file = parseStrictJson(row.text, { bytes: Number.MAX_SAFE_INTEGER, keys: Number.MAX_SAFE_INTEGER });
  if (!isObject(file) || !isObject(file.register) || !Array.isArray(file.parts)) return undefined;
  const head = readRegister(file.register as JsonObject);
  if (!head || head.accreditor !== row.accreditor) return undefined;
  const register = withParts(head, file.parts.map(String));
  return register && { ...register, source: 'held' };
}

/**
 * Adds the entries of parts whose digests the caller has checked; undefined when one cannot be read. By the format,
 * delegations and their events stand in the head as well: whoever asks about one party reads only that party's part.
 */
export function withParts(head: Register, parts: readonly string[]): Register | undefined {
  const grants = new Map(head.grants.map((grant) => [grant.id, grant]));
  const events = new Map(head.events.map((event) => [JSON.stringify(event), event]));
  const successions = new Map(head.successions.map((row) => [JSON.stringify(row), row]));
  for (const part of parts) {
    const entries = readEntries(
      parseStrictJson(part, { bytes: Number.MAX_SAFE_INTEGER, keys: Number.MAX_SAFE_INTEGER }),
      head.accreditor,
    );
    if (!entries) return undefined;
    for (const grant of entries.grants) grants.set(grant.id, grant);
    for (const event of entries.events) events.set(JSON.stringify(event), event);
    for (const row of entries.successions) successions.set(JSON.stringify(row), row);
  }
  const { url, accreditor, published, validUntil } = head;
  return {
    ...{ url, accreditor, published, validUntil },
    successions: [...successions.values()],
    grants: [...grants.values()],
    events: [...events.values()],
  };
}
