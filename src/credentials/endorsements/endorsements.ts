import {
  fieldProblem,
  formatInstant,
  type Json,
  type Page,
  type PageRequest,
  Problem,
  randomId,
  UniqueViolation,
} from '#kernel';
import { readInstant } from '../issue/dates.ts';
import type { PlainDeps } from '../plain/deps.ts';
import { DEFAULT_INSTANCE, readInstance } from '../plain/instances.ts';
import { claimOf, type PlainIssuance } from '../plain/issuance.ts';
import { type PlainIntent, rehearse } from '../plain/reserve.ts';
import { buildEndorsement, endorsementUrl } from './document.ts';
import type { EndorsedKind, EndorsementFilter, EndorsementReader, StoredEndorsement } from './ports.ts';
import { assertEndorsable, type TargetDeps } from './target.ts';

/** What is asked for; its shape was checked against openapi.yaml. */
export interface EndorsementInput {
  endorses: { kind: EndorsedKind; id: string };
  name: string;
  endorsementComment?: string;
  /** A day or an instant. Default: now. */
  validFrom?: string;
  validUntil?: string;
  /** Default true: with a status entry, by which it can be revoked. */
  revocable?: boolean;
}

export interface EndorsementCall {
  tenant: string;
  /** `key:ID` of the API key. */
  actor: string;
  body: EndorsementInput;
  idempotencyKey?: string;
}

/** What an institution says, signed, of a credential, an achievement or a profile of somebody else. */
export interface Endorsements {
  /**
   * @throws Problem `invalid-request`, `lint-failed` (pointers into the request), `idempotency-mismatch`, `conflict`,
   *   `clock-unsafe`, `signing-stopped`, `unavailable`
   */
  issue(call: EndorsementCall): Promise<StoredEndorsement>;
  list(filter: EndorsementFilter, page: PageRequest): Promise<Page<StoredEndorsement>>;
  /** Final. @throws Problem `not-found` (also for another tenant's), `conflict`: revoked already, or cannot be */
  revoke(input: {
    tenant: string;
    actor: string;
    id: string;
    reason: string;
  }): Promise<{ at: string; published: boolean }>;
}

export interface EndorsementDeps extends PlainDeps {
  reader: PlainDeps['reader'] & TargetDeps['reader'] & EndorsementReader;
  tenantOf: TargetDeps['tenantOf'];
  /** Everything of this deployment is fictitious. */
  specimen: boolean;
}

const OPERATION = 'createEndorsement';
const MARK = /^SPECIMEN\b/;

/** One person is enough, as for everything that awards nothing; it can be taken back. */
export function createEndorsements(deps: EndorsementDeps, issuance: PlainIssuance): Endorsements {
  const { reader, clock, publicUrl, specimen } = deps;

  async function prepare({ tenant, actor, body }: EndorsementCall): Promise<PlainIntent> {
    const { endorses, name, endorsementComment, revocable = true } = body;
    await assertEndorsable(deps, tenant, endorses);
    if (specimen !== MARK.test(name)) {
      throw fieldProblem('lint-failed', '/name', `must ${specimen ? '' : 'not '}begin SPECIMEN`, 'specimen');
    }
    const instance = readInstance(revocable ? `${DEFAULT_INSTANCE}+revocation` : DEFAULT_INSTANCE);
    const signing = await deps.authority.forTenant(tenant, 'assertion', instance.mechanism.algorithm);
    const { institution, did } = signing;
    const now = new Date(formatInstant(clock.now()));
    const zone = institution.profile.timeZone;
    const validFrom = instant(body, 'validFrom', 'first', zone) ?? formatInstant(now);
    const validUntil = instant(body, 'validUntil', 'last', zone);
    const credentialId = randomId(deps.random);
    const id = endorsementUrl(publicUrl, credentialId);
    const credential = buildEndorsement({
      ...{ id, institution, did, endorses: endorses.id, name, validFrom },
      ...(endorsementComment === undefined ? {} : { endorsementComment }),
      ...(validUntil === undefined ? {} : { validUntil }),
    });
    const about = { kind: endorses.kind, endorses: endorses.id };
    const intent: PlainIntent = {
      ...{ tenant, actor, signing, instance, credential, id, localId: id, now, credentialId, endorses: about },
    };
    await inRequest(() => rehearse(deps, intent));
    return intent;
  }

  return {
    async issue(call) {
      const { tenant, actor, body, idempotencyKey } = call;
      const idempotency = claimOf(OPERATION, idempotencyKey, body as unknown as Json);
      const credential = await issuance.issue({
        ...{ tenant, actor, prepare: () => prepare(call) },
        ...(idempotency ? { idempotency } : {}),
      });
      const stored = await reader.endorsement(credential.credentialId);
      if (!stored) throw new Error('an endorsement without its row');
      return stored;
    },

    list: (filter, page) => reader.endorsements(filter, page),

    async revoke({ tenant, actor, id, reason }) {
      const { credential } = (await reader.endorsement(id)) ?? {};
      if (credential?.tenant !== tenant) throw new Problem('not-found', 'there is no such endorsement');
      const { state: from, statusListId } = credential;
      if (statusListId === undefined) throw new Problem('conflict', 'it was issued without a status entry');
      if (from === 'revoked') throw new Problem('conflict', 'it is revoked, and revocation is final');
      const at = formatInstant(clock.now());
      try {
        await deps.transactor.commit([
          { op: 'plain.changeState', tenant, credentialId: id, from, to: 'revoked' },
          {
            ...{ op: 'audit.append', at, tenant, actor, operation: 'endorsement.revoke', object: id },
            detail: { reason, list: statusListId, index: credential.statusListIndex! },
          },
        ]);
      } catch (cause) {
        if (!(cause instanceof UniqueViolation)) throw cause;
        throw new Problem('conflict', 'its status was changed at the same time', { cause });
      }
      // What is stored counts: a list that cannot be signed now is signed when it is next asked for.
      const published = await deps.status.publish(statusListId).then(
        () => true,
        () => false,
      );
      return { at, published };
    },
  };
}

function instant(body: EndorsementInput, member: 'validFrom' | 'validUntil', edge: 'first' | 'last', zone?: string) {
  const text = body[member];
  if (text === undefined) return undefined;
  const found = readInstant(text, edge, zone);
  if (found !== undefined) return found;
  throw fieldProblem('invalid-request', `/${member}`, 'must be a day or an instant of whole seconds', 'date-times');
}

/** Where a member of the document comes from in the request; anything else is told by its place in the document. */
const SOURCES: Readonly<Record<string, string>> = {
  '/credentialSubject/id': '/endorses/id',
  '/credentialSubject/endorsementComment': '/endorsementComment',
  ...{ '/name': '/name', '/validFrom': '/validFrom', '/validUntil': '/validUntil' },
};

async function inRequest(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.errors.length === 0) throw error;
    const errors = error.errors.map((one) => {
      const pointer = Object.hasOwn(SOURCES, one.pointer) ? SOURCES[one.pointer] : undefined;
      return pointer === undefined
        ? { ...one, pointer: '', detail: `${one.pointer} ${one.detail}` }
        : { ...one, pointer };
    });
    throw new Problem(error.kind, 'the endorsement would break an issuing rule', { errors, cause: error });
  }
}
