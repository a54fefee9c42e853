import type { InstitutionReader, SigningAuthority } from '#institutions';
import {
  type Clock,
  fieldProblem,
  formatInstant,
  type JsonObject,
  type Page,
  type PageRequest,
  Problem,
  parseStrictJson,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { ProofMaker } from '#proofs';
import { assertAdmissible } from './admission.ts';
import type { TrustPolicy } from './chain.ts';
import { isClosed } from './climb.ts';
import { checkEventInput, type EventInput } from './inputs/event.ts';
import { checkGrantInput, type GrantInput } from './inputs/grant.ts';
import { legalInstant } from './instants.ts';
import { contradiction, IN_FORCE, type Standing, standing } from './lifecycle.ts';
import type { Grant, GrantEvent } from './model.ts';
import type {
  AccreditationEventRecord,
  AccreditationFilter,
  AccreditationReader,
  AccreditationRecord,
  AccreditationSearch,
  AccreditationWrite,
} from './ports.ts';
import { readGrant } from './read.ts';
import { type DocumentSettings, grantDocument, grantUrl } from './register/documents.ts';
import type { LocalRegisters } from './register/sources.ts';

export interface AccreditationsDeps extends DocumentSettings {
  authority: SigningAuthority;
  proofs: ProofMaker;
  reader: AccreditationReader;
  institutions: Pick<InstitutionReader, 'institution'>;
  registers: Pick<LocalRegisters, 'grantsTo'>;
  policy: TrustPolicy;
  /** How many credentials of this service the party was awarded by that instant or later; undefined for a party elsewhere. */
  issuedSince(party: string, from: string): Promise<number | undefined>;
  transactor: Transactor<AccreditationWrite>;
  clock: Clock;
  random: Random;
}

export interface AccreditationView {
  record: AccreditationRecord;
  /** As signed. */
  grant: Grant;
  events: AccreditationEventRecord[];
  /** Legal standing at the instant asked about; `closed` when the party is, by this authority's own register. */
  standing: Standing;
  /** After an annulment: how many credentials of this service lie in the voided time. They are reviewed, never revoked by it. */
  toReview?: number;
}

export interface EventPreview {
  of: AccreditationView;
  /** With the instant from which it has effect. */
  event: AccreditationEventRecord;
  /** Standing at that instant. */
  becomes: Standing;
}

export interface RegisterSummary {
  tenant: string;
  name: string;
  accreditor: string;
  url: string;
  grants: number;
}

/** About which moment, and as known when; both default to now. Whole-second UTC instants. */
export interface Moment {
  at?: string;
  knownAt?: string;
}

export interface Accreditations {
  /**
   * Signs and stores one grant; with `supersedes` the earlier one ends in the same commit.
   * @throws Problem `invalid-request` with every bad field, or the link of the chain under which it does not fit
   */
  grant(tenant: string, input: GrantInput, actor: string): Promise<AccreditationRecord>;
  /** Appends; nothing is ever edited. @throws Problem `not-found`, `invalid-request`, `conflict` */
  recordEvent(tenant: string, accreditationId: string, input: EventInput, actor: string): Promise<AccreditationView>;
  /** The grant as it would stand with this event, of which nothing is kept. @throws the same */
  previewEvent(tenant: string, accreditationId: string, input: EventInput, actor: string): Promise<EventPreview>;
  get(accreditationId: string, moment?: Moment): Promise<AccreditationView | undefined>;
  /** Grants with their standing, oldest first. What was not recorded by `knownAt` is left out. */
  list(filter: AccreditationFilter, page: PageRequest, moment?: Moment): Promise<Page<AccreditationView>>;
  /** The same, of what is looked for in all registers. */
  search(search: AccreditationSearch, page: PageRequest, moment?: Moment): Promise<Page<AccreditationView>>;
  /** Every institution that has granted anything. */
  registerIndex(): Promise<RegisterSummary[]>;
}

export function createAccreditations(deps: AccreditationsDeps): Accreditations {
  const { authority, proofs, reader, transactor, clock, random, publicUrl } = deps;
  const now = () => formatInstant(clock.now());

  const sign = async (tenant: string, build: (did: string) => JsonObject, at: string) => {
    const { did, signer } = await authority.forTenant(tenant, 'assertion');
    return JSON.stringify(await proofs.sign(build(did), signer, at));
  };

  const view = async (record: AccreditationRecord, moment: Moment = {}): Promise<AccreditationView> => {
    const knownAt = moment.knownAt ?? now();
    const events = (await reader.accreditationEvents(record.accreditationId)).filter(
      (event) => event.recordedAt <= knownAt,
    );
    const grant = grantOf(record);
    return {
      record,
      grant,
      events,
      standing: standing(grant, eventsOf(publicUrl, events), moment.at ?? knownAt, knownAt),
    };
  };

  /** What was recorded of the party itself ends its grants by the same authority, as it does for a verifier. */
  const unlessClosed = async (of: AccreditationView, moment: Moment = {}): Promise<AccreditationView> => {
    if (!IN_FORCE[of.standing]) return of;
    const { tenant, accredited } = of.record;
    const successions = (await reader.successionsOf(accredited)).filter((row) => row.tenant === tenant);
    const knownAt = moment.knownAt ?? now();
    const closed = isClosed(accredited, { successions }, moment.at ?? knownAt, knownAt);
    return closed ? { ...of, standing: 'closed' } : of;
  };

  const viewPage = async ({ items, next }: Page<AccreditationRecord>, moment?: Moment) => {
    const views = await Promise.all(items.map(async (record) => unlessClosed(await view(record, moment), moment)));
    return { items: views.filter((one) => one.standing !== 'not_recorded'), ...(next ? { next } : {}) };
  };

  /** Our own, and about the same party: nobody ends what another granted. */
  const ownGrant = async (tenant: string, url: string, pointer: string): Promise<AccreditationView> => {
    const prefix = grantUrl(publicUrl, '');
    const record = url.startsWith(prefix) ? await reader.accreditation(url.slice(prefix.length)) : undefined;
    if (!record || record.tenant !== tenant)
      throw fieldProblem('invalid-request', pointer, 'is no grant of this authority');
    return view(record);
  };

  /** The event as it would be stored; refused when it cannot stand beside what is there. */
  const eventRow = (of: AccreditationView, input: EventInput, actor: string): AccreditationEventRecord => {
    const { record, grant, events } = of;
    const { effectiveAt = grant.validFrom, ...rest } = input;
    // Recorded time never runs backwards within a grant, whatever the clocks of two processes say.
    const recordedAt = [now(), grant.recordedAt, ...events.map((event) => event.recordedAt)].sort().at(-1)!;
    const { tenant, accreditationId } = record;
    const row: AccreditationEventRecord = { tenant, accreditationId, ...rest, effectiveAt, recordedAt, by: actor };
    assertPossible(grant, eventsOf(publicUrl, events), eventsOf(publicUrl, [row])[0]!, recordedAt);
    return row;
  };

  const prepared = async (tenant: string, accreditationId: string, input: EventInput, actor: string) => {
    const checked = checkEventInput(input);
    const record = await reader.accreditation(accreditationId);
    // Another tenant's grant does not exist for this one.
    if (!record || record.tenant !== tenant) throw new Problem('not-found', 'there is no such accreditation');
    const of = await view(record);
    if (checked.supersededBy !== undefined) {
      const next = await ownGrant(tenant, checked.supersededBy, '/supersededBy');
      if (next.record.accreditationId === accreditationId || next.grant.accredited !== of.grant.accredited) {
        throw fieldProblem('invalid-request', '/supersededBy', 'must be another grant to the same party');
      }
    }
    return { of, row: eventRow(of, checked, actor) };
  };

  return {
    async grant(tenant, input, actor) {
      const checked = checkGrantInput(input);
      const accreditationId = randomId(random);
      const at = now();
      const { did } = await authority.forTenant(tenant, 'assertion');
      await assertAdmissible(deps.registers, deps.policy, did, checked, at);
      const earlier =
        checked.supersedes === undefined ? undefined : await ownGrant(tenant, checked.supersedes, '/supersedes');
      if (earlier && earlier.grant.accredited !== checked.accredited) {
        throw fieldProblem('invalid-request', '/supersedes', 'is a grant to somebody else');
      }
      const url = grantUrl(publicUrl, accreditationId);
      const ended =
        earlier &&
        eventRow(
          earlier,
          {
            type: 'superseded',
            effectiveAt: checked.validFrom,
            reason: 'superseded by a later grant',
            supersededBy: url,
          },
          actor,
        );
      const text = await sign(tenant, (issuer) => grantDocument(deps, accreditationId, issuer, checked, at), at);
      // What could not be read again would stand in the register for ever.
      if (!readGrant(parseStrictJson(text))) throw new Problem('invalid-request', 'the grant cannot be written down');
      const row: AccreditationRecord = {
        ...{ tenant, accreditationId, accreditor: did, accredited: checked.accredited },
        ...{ verb: checked.verb, role: checked.role, scope: checked.scope, validFrom: checked.validFrom },
        ...(checked.validUntil ? { validUntil: checked.validUntil } : {}),
        signed: text,
        createdAt: at,
      };
      await transactor.commit([
        { op: 'accreditation.insert', row },
        audit(row, actor, 'accreditation.grant', at, { role: row.role, verb: row.verb }),
        ...(ended ? eventWrites(earlier, ended, actor) : []),
      ]);
      return row;
    },

    async previewEvent(tenant, accreditationId, input, actor) {
      const { of, row } = await prepared(tenant, accreditationId, input, actor);
      const events = eventsOf(publicUrl, [...of.events, row]);
      const { effectiveAt } = events.at(-1)!;
      return { of, event: row, becomes: standing(of.grant, events, effectiveAt, row.recordedAt) };
    },

    async recordEvent(tenant, accreditationId, input, actor) {
      const { of, row } = await prepared(tenant, accreditationId, input, actor);
      const { record } = of;
      const toReview = row.type === 'annulled' ? await deps.issuedSince(record.accredited, row.effectiveAt) : undefined;
      await transactor.commit(eventWrites(of, row, actor, toReview)).catch((error: unknown) => {
        if (error instanceof UniqueViolation) throw new Problem('conflict', 'something else was recorded meanwhile');
        throw error;
      });
      return { ...(await view(record)), ...(toReview === undefined ? {} : { toReview }) };
    },

    async get(accreditationId, moment) {
      const record = await reader.accreditation(accreditationId);
      return record && unlessClosed(await view(record, moment), moment);
    },

    list: async (filter, page, moment) => viewPage(await reader.accreditations(filter, page), moment),
    search: async (search, page, moment) => viewPage(await reader.searchAccreditations(search, page), moment),

    async registerIndex() {
      const rows = await reader.registers();
      const named = rows.map(async ({ tenant, accreditor, grants }) => {
        const name = (await deps.institutions.institution(tenant))?.profile.name ?? tenant;
        return { tenant, name, accreditor, url: `${publicUrl}/registry/${tenant}`, grants };
      });
      return Promise.all(named);
    },
  };

  function grantOf(record: AccreditationRecord): Grant {
    const grant = readGrant(parseStrictJson(record.signed));
    if (!grant) throw new Error(`the grant ${record.accreditationId} cannot be read`);
    return grant;
  }
}

function eventsOf(publicUrl: string, rows: readonly AccreditationEventRecord[]): GrantEvent[] {
  return rows.map(({ tenant: _, accreditationId, by: __, ...event }) => ({
    ...event,
    effectiveAt: legalInstant(event.effectiveAt) ?? event.effectiveAt,
    grant: grantUrl(publicUrl, accreditationId),
  }));
}

/** @throws Problem `conflict` naming the event beside which this one cannot stand */
function assertPossible(grant: Grant, events: readonly GrantEvent[], next: GrantEvent, now: string): void {
  if (next.effectiveAt < grant.validFrom) {
    throw fieldProblem('invalid-request', '/effectiveAt', 'must not be before the grant begins', 'before_grant');
  }
  if (next.type === 'annulled') {
    if (next.effectiveAt > now) {
      throw fieldProblem(
        'invalid-request',
        '/effectiveAt',
        'an annulment reaches back; for a later day record a withdrawal',
        'annulment_ahead',
      );
    }
    const before = events.find((event) => event.type === 'annulled' && event.effectiveAt <= next.effectiveAt);
    if (before) throw contradictory('/type', before, grant);
    return;
  }
  const annulled = events.find((event) => event.type === 'annulled');
  if (annulled) throw contradictory('/type', annulled, grant);
  const found = contradiction(grant, [...events, next]);
  if (!found) return;
  if (found !== next) throw contradictory('/effectiveAt', found, grant);
  const at = standing(grant, events, next.effectiveAt, now);
  throw new Problem('conflict', `${next.type} cannot follow: the accreditation is ${at} then (${grant.id})`, {
    errors: [{ pointer: '/type', detail: `cannot follow: the accreditation is ${at} then`, code: 'contradiction' }],
    extensions: { link: grant.id },
  });
}

function contradictory(pointer: string, event: GrantEvent, grant: Grant): Problem {
  const what = `${event.type} with effect from ${event.effectiveAt}, recorded ${event.recordedAt}`;
  return new Problem('conflict', `cannot stand beside what is recorded: ${what} (${grant.id})`, {
    errors: [{ pointer, detail: `cannot stand beside: ${what}`, code: 'contradiction' }],
    extensions: { link: grant.id },
  });
}

function eventWrites(
  of: AccreditationView,
  row: AccreditationEventRecord,
  actor: string,
  toReview?: number,
): AccreditationWrite[] {
  const detail = {
    effectiveAt: row.effectiveAt,
    was: of.standing,
    ...(toReview === undefined ? {} : { toReview }),
  };
  return [
    { op: 'accreditationEvent.insert', row, after: of.events.length },
    audit(of.record, actor, `accreditation.${row.type}`, row.recordedAt, detail),
  ];
}

function audit(
  record: AccreditationRecord,
  actor: string,
  operation: string,
  at: string,
  detail: Record<string, string | number>,
): AccreditationWrite {
  const { tenant, accreditationId: object } = record;
  return { op: 'audit.append', at, tenant, actor, operation, object, objectSha256: sha256Hex(record.signed), detail };
}
