import { formatInstant, type Json, Problem, UniqueViolation } from '#kernel';
import { assertReleased, type Release } from '../approval/release.ts';
import { createFormIssuing, type IssueForms } from '../forms/issue-forms.ts';
import { createLatch } from '../latch.ts';
import type { CredentialRecord } from '../ports.ts';
import { abandon } from './abandon.ts';
import { assertAccredited } from './accredited.ts';
import { type Award, readAwards } from './awards.ts';
import { type IssuerDeps, STEP } from './deps.ts';
import { rehearseAwards } from './drafts.ts';
import { finish, type IssuedCredential, toIssued } from './finish.ts';
import { assertKey, OPERATION, replay, requestDigest } from './idempotency.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { assertEntitled, findAchievement, type Pinned } from './pin.ts';
import { readRequest } from './request.ts';
import { reserve } from './reserve.ts';
import { createRowIssuing, type RowIssuing } from './rows.ts';
import { securingNow, securingOf } from './securing.ts';

/** One request to issue; `body` is strictly parsed JSON. */
export interface IssueCall {
  /** Tenant of the principal: it issues in its own name only. */
  tenant: string;
  /** `key:ID` of the API key, or `system`. */
  actor: string;
  body: Json;
  idempotencyKey?: string;
  /** The rows of a batch these recipients are, one number each. */
  batch?: { batchId: string; rows: readonly number[] };
  /** That a second person approved it: where the institution wants that, nothing new is issued without. */
  release?: Release;
}

export interface Issuer {
  /**
   * Issues 1 to 100 credentials, all or none.
   * @returns in the order of the recipients; the same again for a repeated Idempotency-Key
   * @throws Problem `invalid-request`, `lint-failed`, `not-entitled`, `not-accredited`, `approval-required`,
   *   `idempotency-mismatch`, `conflict`, `clock-unsafe`, `signing-stopped`, `unavailable`
   */
  issue(call: IssueCall): Promise<IssuedCredential[]>;
  /** Everything `issue` would refuse, without storing or signing. @throws the same Problems */
  check(call: Pick<IssueCall, 'tenant' | 'body'>): Promise<Pinned>;
  /** Rows of a batch, for its worker. */
  rows: RowIssuing;
  /** Forms of an award that was issued, one for each holder: approved with the award. */
  issueForms: IssueForms;
  /** Whether it would sign now: false while the clock is behind the audit log. For the health page. */
  ready(): Promise<boolean>;
}

/** What steps 2 to 4 make of a request. */
export interface Planned {
  pinned: Pinned;
  awards: Award[];
  /** The recorded decision by which it is issued without accreditation. */
  decision: string | undefined;
}

/** Issues credentials. The numbered steps are the policy; each takes the whole list. */
export function createIssuer(deps: IssuerDeps): Issuer {
  const latch = createLatch(deps);
  /** Who holds an idempotency key; how the first one ended is read from the store. */
  const holding = oneAtATime<IssuedCredential[]>();
  const step = async (number: number) => deps.onStep?.(number);

  /** @param actor who is told of in the log when the institution is not accredited; a preview is not logged */
  async function plan(tenant: string, body: Json, now: Date, actor?: string): Promise<Planned> {
    // 2. The request satisfies its schema.
    await step(STEP.validate);
    const request = readRequest(body);

    // 3. This institution may award this achievement, and was accredited to on the day of each award.
    await step(STEP.entitlement);
    const found = await findAchievement(deps.reader, request);
    const securing = await securingNow(deps.authority, tenant, found);
    const { signing } = securing;
    const zone = signing.institution.profile.timeZone;
    const { random, ids } = deps;
    const setting = { now, zone, extension: found.extension, random, subjectIds: ids?.subject ?? random };
    const awards = readAwards(request, setting);
    const [awarded] = awards.map(({ awardedDate }) => awardedDate).sort();
    await assertEntitled(deps, { tenant, did: signing.did }, found, { awarded: awarded!, now });
    const decision = await assertAccredited(deps, { tenant, signing, achievement: found, awards, now, actor });

    // 4. One version of the definition and one profile, held from here to the signature.
    await step(STEP.pin);
    const pinned: Pinned = { achievement: found, ...securing };
    return { pinned, awards, decision };
  }

  async function run(call: IssueCall, key: KeyInUse | undefined): Promise<IssuedCredential[]> {
    // Anything new has been approved by a second person, where the institution wants one.
    await assertReleased(deps.reader, call);
    const now = new Date(formatInstant(deps.clock.now()));
    const { pinned, awards, decision } = await plan(call.tenant, call.body, now, call.actor);

    // 5. Ids, award ids and status indexes are reserved; the intent is durable before any signature.
    await step(STEP.reserve);
    const { tenant, actor, batch } = call;
    const idempotency = key && { operation: OPERATION, key: key.key, requestSha256: key.requestSha256 };
    const reserved = await reserve(deps, {
      tenant,
      actor,
      pinned,
      awards,
      now,
      ...(decision ? { decision } : {}),
      ...(idempotency ? { idempotency } : {}),
      ...(batch ? { batch } : {}),
    });
    if (!reserved) return again(call, key!);
    const rows = reserved.records;

    // 6. lint, 7. sign, 8. check the released text, 9. store.
    const prepared = { ...reserved, achievement: pinned.achievement, securing: pinned };
    const done = await finish(deps, latch, prepared, actor).catch(async (error) => {
      // Another process took us for dead: what it stored is the answer.
      if (error instanceof UniqueViolation) return reread(tenant, rows);
      // With a key the caller can come back for them; without one nobody can.
      if (!key) await abandon(deps, rows, 'issuing failed').catch(() => undefined);
      throw error;
    });

    // 10. Only now does anyone see them.
    await step(STEP.release);
    return done.map((row) => toIssued(deps.publicUrl, row));
  }

  /** Another request holds the key, or held it. */
  async function again(call: IssueCall, key: KeyInUse): Promise<IssuedCredential[]> {
    const record = await deps.reader.idempotency(call.tenant, OPERATION, key.key);
    if (!record) throw new Problem('unavailable', 'the request that held this Idempotency-Key is gone: try again');
    const rows = await replay(deps, record, key.requestSha256);
    if (rows.every((row) => row.phase === 'issued')) return rows.map((row) => toIssued(deps.publicUrl, row));
    return takeOver(call, rows);
  }

  /** The holder died between its intent and its answer. */
  async function takeOver(call: IssueCall, rows: CredentialRecord[]) {
    const first = rows[0]!;
    const achievement = await deps.reader.achievement(first.achievementId, first.achievementVersion);
    if (!achievement) throw new Error('a credential without its achievement');
    const securing = await securingOf(deps.authority, first, achievement);
    try {
      await finish(deps, latch, { records: rows, achievement, securing }, call.actor, { resumed: true });
    } catch (error) {
      // Not dead after all: it has stored them meanwhile, and what is stored is released.
      if (!(error instanceof UniqueViolation)) throw error;
    }
    const done = await reread(call.tenant, rows);
    return done.map((row) => toIssued(deps.publicUrl, row));
  }

  /** @throws Problem `conflict` when they were given up */
  async function reread(tenant: string, rows: readonly CredentialRecord[]): Promise<CredentialRecord[]> {
    const ids = rows.map((row) => row.credentialId);
    const stored = await deps.reader.credentialsByIds(tenant, ids);
    if (!stored.every((row) => row.phase === 'issued')) throw new Problem('conflict', 'the request was given up');
    return stored;
  }

  async function issue(call: IssueCall): Promise<IssuedCredential[]> {
    await latch.assertMaySign();
    // 1. A repeated request gets the answer of the first.
    await step(STEP.idempotency);
    if (call.idempotencyKey === undefined) return run(call, undefined);
    assertKey(call.idempotencyKey);
    const key: KeyInUse = { key: call.idempotencyKey, requestSha256: requestDigest(call.body) };
    return holding(JSON.stringify([call.tenant, key.key]), async () => {
      const record = await deps.reader.idempotency(call.tenant, OPERATION, key.key);
      return record ? again(call, key) : run(call, key);
    });
  }

  return {
    issue,
    async check({ tenant, body }) {
      const now = new Date(formatInstant(deps.clock.now()));
      const { pinned, awards } = await plan(tenant, body, now);
      rehearseAwards(deps, { tenant, pinned, awards, now });
      return pinned;
    },
    rows: createRowIssuing(deps, latch, plan),
    issueForms: createFormIssuing(deps, latch),
    ready: latch.maySign,
  };
}

interface KeyInUse {
  key: string;
  requestSha256: string;
}
