import type { InstitutionReader, SigningAuthority } from '#institutions';
import {
  type Clock,
  dayIn,
  fieldProblem,
  formatInstant,
  type JsonObject,
  type Page,
  type PageRequest,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
} from '#kernel';
import type { ProofMaker } from '#proofs';
import { type DocumentSettings, grantDocument, registerDocument } from './documents.ts';
import { checkEventInput, checkGrantInput, type EventInput, type GrantInput } from './grant-input.ts';
import { type Standing, standing } from './match.ts';
import type {
  AccreditationEventRecord,
  AccreditationReader,
  AccreditationRecord,
  AccreditationWrite,
} from './ports.ts';

export interface AccreditationsDeps extends DocumentSettings {
  authority: SigningAuthority;
  proofs: ProofMaker;
  reader: AccreditationReader;
  institutions: Pick<InstitutionReader, 'institutions'>;
  transactor: Transactor<AccreditationWrite>;
  clock: Clock;
  random: Random;
}

export interface AccreditationView {
  record: AccreditationRecord;
  events: AccreditationEventRecord[];
  /** Legal standing today, in Asia/Manila. */
  standing: Standing;
}

export interface RegisterSummary {
  tenant: string;
  name: string;
  accreditor: string;
  url: string;
  grants: number;
}

export interface Accreditations {
  /** Signs and stores one grant. @throws Problem `invalid-request` with every bad field */
  grant(tenant: string, input: GrantInput, actor: string): Promise<AccreditationRecord>;
  /** Appends; nothing is ever edited. @throws Problem `not-found`, `invalid-request`, `conflict` */
  recordEvent(tenant: string, accreditationId: string, input: EventInput, actor: string): Promise<AccreditationView>;
  get(accreditationId: string): Promise<AccreditationView | undefined>;
  list(tenant: string, page: PageRequest): Promise<Page<AccreditationRecord>>;
  /** The signed register of one authority, exactly as served. @throws Problem `not-found` for no such institution */
  register(tenant: string): Promise<string>;
  /** Every institution that has granted anything. */
  registerIndex(): Promise<RegisterSummary[]>;
}

/** Older than this the register is signed again, well before its 24 hours are over. */
const RESIGN_AFTER_MS = 12 * 3_600_000;

export function createAccreditations(deps: AccreditationsDeps): Accreditations {
  const { authority, proofs, reader, transactor, clock, random } = deps;
  const published = new Map<string, { content: string; at: number; text: string }>();

  const sign = async (tenant: string, build: (did: string) => JsonObject, at: Date) => {
    const { did, signer } = await authority.forTenant(tenant, 'assertion');
    return { did, text: JSON.stringify(await proofs.sign(build(did), signer, formatInstant(at))) };
  };

  const view = async (record: AccreditationRecord): Promise<AccreditationView> => {
    const { events } = await reader.register(record.tenant);
    const own = events.filter((event) => event.accreditationId === record.accreditationId);
    return { record, events: own, standing: standingOf(record, own, dayIn(clock.now())) };
  };

  return {
    async grant(tenant, input, actor) {
      const checked = checkGrantInput(input);
      const accreditationId = randomId(random);
      const now = clock.now();
      const { did, text } = await sign(tenant, (issuer) => grantDocument(deps, accreditationId, issuer, checked), now);
      const row: AccreditationRecord = {
        tenant,
        accreditationId,
        accreditor: did,
        accredited: checked.accredited,
        verb: checked.verb ?? 'accredit',
        role: checked.role,
        scope: checked.scope,
        validFrom: checked.validFrom,
        ...(checked.validUntil ? { validUntil: checked.validUntil } : {}),
        signed: text,
        createdAt: formatInstant(now),
      };
      await transactor.commit([
        { op: 'accreditation.insert', row },
        audit(row, actor, 'accreditation.grant', row.createdAt, { role: row.role, verb: row.verb }),
      ]);
      return row;
    },

    async recordEvent(tenant, accreditationId, input, actor) {
      const checked = checkEventInput(input);
      const record = await reader.accreditation(accreditationId);
      // Another tenant's grant does not exist for this one.
      if (!record || record.tenant !== tenant) throw new Problem('not-found', 'there is no such accreditation');
      const { events, standing: today } = await view(record);
      if (checked.effectiveAt < record.validFrom) {
        throw fieldProblem('invalid-request', '/effectiveAt', 'must not be before the grant begins');
      }
      assertPossible(record, events, checked);
      const row: AccreditationEventRecord = {
        tenant,
        accreditationId,
        ...checked,
        recordedAt: formatInstant(clock.now()),
        by: actor,
      };
      await transactor.commit([
        { op: 'accreditationEvent.insert', row },
        audit(record, actor, `accreditation.${row.type}`, row.recordedAt, { effectiveAt: row.effectiveAt, was: today }),
      ]);
      return view(record);
    },

    async get(accreditationId) {
      const record = await reader.accreditation(accreditationId);
      return record && view(record);
    },

    list: (tenant, page) => reader.accreditations(tenant, page),

    async register(tenant) {
      const content = await reader.register(tenant);
      const key = sha256Hex(JSON.stringify([content.grants.map((grant) => grant.signed), content.events]));
      const now = clock.now();
      const held = published.get(tenant);
      const age = held && now.getTime() - held.at;
      if (held && held.content === key && age! >= 0 && age! < RESIGN_AFTER_MS) return held.text;
      const { text } = await sign(tenant, (did) => registerDocument(deps, tenant, did, content, now), now);
      published.set(tenant, { content: key, at: now.getTime(), text });
      return text;
    },

    async registerIndex() {
      const out: RegisterSummary[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await deps.institutions.institutions({ limit: 200, ...(cursor ? { cursor } : {}) });
        for (const { tenant, profile } of page.items) {
          const { grants } = await reader.register(tenant);
          if (grants.length === 0) continue;
          const url = `${deps.publicUrl}/registry/${tenant}`;
          out.push({ tenant, name: profile.name, accreditor: grants[0]!.accreditor, url, grants: grants.length });
        }
        cursor = page.next;
        if (!cursor) return out;
      }
    },
  };
}

/** A withdrawal is final, and only what is suspended can be reinstated. */
function assertPossible(record: AccreditationRecord, events: AccreditationEventRecord[], next: EventInput): void {
  if (events.some((event) => event.type === 'withdrawn')) {
    throw new Problem('conflict', 'this accreditation was withdrawn; a new one must be granted');
  }
  const then = standingOf(record, events, next.effectiveAt);
  if (next.type === 'reinstated' && then !== 'suspended') {
    throw fieldProblem('conflict', '/type', 'the accreditation is not suspended on that day');
  }
  if (next.type === 'suspended' && then === 'suspended') {
    throw fieldProblem('conflict', '/type', 'the accreditation is already suspended on that day');
  }
}

function standingOf(record: AccreditationRecord, events: readonly AccreditationEventRecord[], day: string): Standing {
  const id = record.accreditationId;
  return standing(
    { ...record, id },
    events.map((event) => ({ ...event, grant: event.accreditationId })),
    day,
  );
}

function audit(
  record: AccreditationRecord,
  actor: string,
  operation: string,
  at: string,
  detail: Record<string, string>,
): AccreditationWrite {
  const { tenant, accreditationId: object } = record;
  return { op: 'audit.append', at, tenant, actor, operation, object, objectSha256: sha256Hex(record.signed), detail };
}
