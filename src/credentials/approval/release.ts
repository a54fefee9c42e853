import { canonicalPerson } from '#auth';
import type { Institution, InstitutionReader } from '#institutions';
import { type Json, Problem } from '#kernel';
import { requestDigest } from '../issue/idempotency.ts';

/** Only this file can make a release, at run time too. */
const KEY = Symbol('release');

interface Bound {
  tenant: string;
  /** Digest of the request, or the batch it is a part of. */
  of: string;
}

/**
 * Proof that one person prepared and another one approved a request or a batch of one tenant, good for one issuance. In an
 * institution that wants two persons there is no other way to a credential: `issue` demands it and uses it up.
 */
export class Release {
  readonly #bound: Bound;
  #used = false;

  private constructor(key: symbol, bound: Bound) {
    if (key !== KEY) throw new Error('a release is made by releaseRequest() or releaseBatch() only');
    this.#bound = bound;
  }

  /** @internal */
  static make(key: symbol, bound: Bound): Release {
    return new Release(key, bound);
  }

  /** @internal Uses the release up, whatever the outcome. @returns what does not match, or undefined */
  static use(release: unknown, given: Bound): string | undefined {
    if (typeof release !== 'object' || release === null || !(#used in release)) return 'is not a release';
    if (release.#used) return 'has been used';
    release.#used = true;
    if (release.#bound.tenant !== given.tenant) return 'is for another tenant';
    if (release.#bound.of !== given.of) return 'is for another request';
    return undefined;
  }
}

/** Who prepared and who approved, as stored with the thing they did it to. */
export interface Persons {
  prepared: string | undefined;
  approved: string | undefined;
}

/** For exactly this request. @throws Problem `person-required`, `same-person` */
export function releaseRequest(tenant: string, body: Json, persons: Persons): Release {
  assertTwoPersons(persons);
  return Release.make(KEY, { tenant, of: requestDigest(body) });
}

/** For some rows of this batch. @throws Problem `person-required`, `same-person` */
export function releaseBatch(tenant: string, batchId: string, persons: Persons): Release {
  assertTwoPersons(persons);
  return Release.make(KEY, { tenant, of: batchOf(batchId) });
}

/**
 * Persons, not keys: another key of the same person, or another spelling, is the same person.
 * @throws Problem `person-required` when either is unknown, `same-person`
 */
export function assertTwoPersons({ prepared, approved }: Persons): void {
  if (!approved) throw new Problem('person-required', 'approving takes a key that names its person');
  if (!prepared) {
    throw new Problem('person-required', 'this was prepared with a key that names no person: prepare it again');
  }
  if (canonicalPerson(prepared) === canonicalPerson(approved)) {
    throw new Problem('same-person', 'whoever prepared this may not approve it, with whatever key');
  }
}

/** Anything but one person is two: unknown means refuse. */
export const wantsTwoPersons = (institution: Institution | undefined): boolean =>
  (institution?.approval ?? 'one-person') !== 'one-person';

/**
 * The one place where the rule of two persons is enforced, before anything new is reserved or signed. Read from the store
 * each time: a policy that was just set holds at once, in every process.
 * @throws Problem `approval-required`; Error (a fault of ours) when the release is for something else or used
 */
export async function assertReleased(
  reader: Pick<InstitutionReader, 'institution'>,
  call: { tenant: string; body: Json; batch?: { batchId: string }; release?: Release },
): Promise<void> {
  const { tenant, body, batch, release } = call;
  if (release !== undefined) {
    const of = batch ? batchOf(batch.batchId) : requestDigest(body);
    const wrong = Release.use(release, { tenant, of });
    if (wrong) throw new Error(`refused to issue: the release ${wrong}`);
  } else if (wantsTwoPersons(await reader.institution(tenant))) {
    throw new Problem('approval-required', 'this institution issues only what a second person approved');
  }
}

/** No digest looks like it. */
const batchOf = (batchId: string): string => `batch:${batchId}`;
