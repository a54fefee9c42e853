import type { AchievementVersion } from '#achievements';
import { formatInstant, isObject, type JsonObject, nextTurn, Problem, parseStrictJson, sha256Hex } from '#kernel';
import { type Mismatch, openJwt } from '#proofs';
import { type Latch, type Stopped, stop, stopIfWrong } from '../latch.ts';
import { type LintToken, lint } from '../lint.ts';
import type { CredentialRecord, CredentialWrite } from '../ports.ts';
import { type IssuerDeps, STEP } from './deps.ts';
import { lintContext } from './pin.ts';
import type { Securing } from './securing.ts';
import { signLinted } from './sign.ts';

/** One credential as released: the text is exactly what is stored and served. */
export interface IssuedCredential {
  credentialId: string;
  awardId: string;
  subjectId: string;
  /** Its address. */
  url: string;
  text: string;
  sha256: string;
  /** As stored. */
  record: CredentialRecord;
}

/** Intents of one request that are durable, and what they are signed with. */
export interface Prepared {
  readonly records: readonly CredentialRecord[];
  readonly achievement: AchievementVersion;
  readonly securing: Securing;
  /** From drawing them up, by credential id; what has none is held against the rules now. Each is used up. */
  readonly tokens?: Map<string, LintToken>;
}

export const toIssued = (publicUrl: string, record: CredentialRecord): IssuedCredential => ({
  credentialId: record.credentialId,
  awardId: record.awardId,
  subjectId: record.recipient.subjectId,
  url: `${publicUrl}/credentials/${record.credentialId}`,
  text: record.signed!,
  sha256: record.sha256!,
  record: inOrder(record),
});

/** As the store gives it: whoever asks again with the same key gets the same text, whichever of the two is shown. */
const ORDER: Record<keyof CredentialRecord, true> = {
  ...{ tenant: true, credentialId: true, awardId: true, edition: true, achievementId: true, achievementVersion: true },
  ...{ recipient: true, statusListId: true, statusListIndex: true, statusPurpose: true, keyId: true, phase: true },
  ...{ state: true, awardedDate: true, validFrom: true, validUntil: true, proofCreated: true, unsigned: true },
  ...{ signed: true, sha256: true, idempotencyKey: true, batchId: true, batchRow: true, preparedAt: true },
  ...{ issuedAt: true, jwtKeyId: true, jwtSha256: true, jwt: true, formOf: true, offerId: true, erasedAt: true },
};
const MEMBERS = Object.keys(ORDER) as (keyof CredentialRecord)[];

function inOrder(record: CredentialRecord): CredentialRecord {
  const ordered: Record<string, unknown> = {};
  for (const name of MEMBERS) if (record[name] !== undefined) ordered[name] = record[name];
  return ordered as unknown as CredentialRecord;
}

/** Signed in one turn of the loop: about a millisecond. */
const IN_TURN = 8;
/** Credentials, from which on a list waits for what is learnt of its first ones: the others then cost a hundredth. */
const LONG = 20;
/** Of so many. */
const SEEN = 4;

/**
 * Steps 6 to 9 for prepared rows of one request: all are signed and checked before the first is stored. Also finishes
 * what a crash left behind: the texts, keys and `created` are fixed. Both forms of a credential are stored at once.
 * @param store commits step 9; what else is given to it is stored with it or not at all
 * @throws Problem `signing-stopped` (and stops the key) when a signature does not pass its own check
 */
export async function finish(
  deps: IssuerDeps,
  latch: Latch,
  { records: rows, achievement, securing, tokens }: Prepared,
  actor: string,
  detail: Record<string, boolean> = {},
  store: (writes: CredentialWrite[]) => Promise<void> = (writes) => deps.transactor.commit(writes),
): Promise<CredentialRecord[]> {
  const step = async (number: number) => deps.onStep?.(number);
  const learnt = async (at: number) => {
    if (rows.length >= LONG && at < SEEN) await deps.learnt?.();
  };
  await latch.assertMaySign();

  await step(STEP.lint);
  const linted: { row: CredentialRecord; token: LintToken }[] = [];
  for (const row of rows) {
    if (row.keyId !== securing.signing.keyId || row.jwtKeyId !== securing.jwt?.signing.keyId) {
      throw new Error('signing with another key than the intent names');
    }
    const token = tokens?.get(row.credentialId);
    tokens?.delete(row.credentialId);
    if (token) {
      linted.push({ row, token });
      continue;
    }
    await nextTurn();
    const context = lintContext(deps, row.tenant, securing.signing.did, achievement, new Date(row.proofCreated));
    linted.push({ row, token: lint(row.unsigned, context) });
  }

  await step(STEP.sign);
  const signed: { row: CredentialRecord; text: string; jwt?: string }[] = [];
  const checks: Promise<Fault | undefined>[] = [];
  for (const [at, { row, token }] of linted.entries()) {
    if (at % IN_TURN === 0) await nextTurn();
    await learnt(at);
    const { proofs, tokens } = deps;
    const failed = (keyId: string, error: unknown) => stopIfWrong(deps, { ...row, keyId }, error);
    const by = { proofs, tokens, tenant: row.tenant, securing, created: row.proofCreated, failed };
    const { document, jwt } = await signLinted(token, row.unsigned, by);
    const text = deps.serialize?.(document) ?? withProof(row.unsigned, document);
    signed.push({ row, text, ...(jwt === undefined ? {} : { jwt }) });
    // In another thread, perhaps, while the next is signed here.
    checks.push(checkForms(deps, row, { text, jwt }));
    checks.at(-1)!.catch(() => undefined);
  }

  await step(STEP.check);
  const outcomes = await Promise.allSettled(checks);
  for (const one of outcomes) {
    if (one.status === 'fulfilled' && one.value) await stop(deps, one.value.what, one.value.reason, one.value.found);
  }
  for (const one of outcomes) if (one.status === 'rejected') throw one.reason;
  if (signed.length !== rows.length) throw new Error('not every prepared credential was signed');

  await step(STEP.store);
  const issuedAt = formatInstant(deps.clock.now());
  const done = signed.map(
    ({ row, text, jwt }): CredentialRecord => ({
      ...row,
      ...{ phase: 'issued', signed: text, sha256: sha256Hex(text), issuedAt },
      ...(jwt === undefined ? {} : { jwt, jwtSha256: sha256Hex(jwt) }),
    }),
  );
  await store(done.flatMap((row) => storeWrites(row, actor, detail)));
  deps.stored?.(done);
  return done;
}

/** What is not released, and stops its key. */
interface Fault {
  what: Stopped;
  reason: string;
  found?: Mismatch | undefined;
}

/** Step 8: what is about to be released, read as a stranger would read it; and in it is the text that was linted, to the byte. */
async function checkForms(
  deps: IssuerDeps,
  row: CredentialRecord,
  { text, jwt }: { text: string; jwt: string | undefined },
): Promise<Fault | undefined> {
  if (!isWithProof(text, row.unsigned)) {
    return { what: row, reason: 'the signed text is not the text that was linted' };
  }
  const fault = await checkAsStranger(deps, row, text);
  if (fault || jwt === undefined) return fault;
  const token = { ...row, keyId: row.jwtKeyId! };
  if (JSON.stringify(openJwt(jwt).document) !== row.unsigned) {
    return { what: token, reason: 'the credential in the token is not the text that was linted' };
  }
  return checkAsStranger(deps, token, jwt);
}

const PROOF = ',"proof":';

/** What was linted is not written anew: its text, and the proof at its end. */
const withProof = (linted: string, { proof }: JsonObject): string =>
  `${linted.slice(0, -1)}${PROOF}${JSON.stringify(proof)}}`;

/** Whether `text` is the text that was linted with one more member at its end; that it is strict JSON shows in its check. */
function isWithProof(text: string, linted: string): boolean {
  const end = linted.length - 1;
  // Compared as wholes: `startsWith` takes ten times as long for as many characters.
  const isLinted = text.slice(0, end) === linted.slice(0, end);
  if (!isLinted || !text.startsWith(PROOF, end) || !text.endsWith('}')) return false;
  try {
    return isObject(JSON.parse(text.slice(end + PROOF.length, -1)));
  } catch {
    return false;
  }
}

/** @throws Problem `unavailable` when it cannot be found out */
async function checkAsStranger(deps: IssuerDeps, what: Stopped, text: string): Promise<Fault | undefined> {
  const report = await deps.checkReleased(text);
  if (report.outcome === 'pass') return undefined;
  if (report.outcome === 'unknown') {
    throw new Problem('unavailable', `the signed credential could not be checked (${report.code})`);
  }
  const found = await deps.proofs.explain?.(parseStrictJson(what.unsigned) as JsonObject);
  return { what, reason: `a signature did not pass its own check (${report.code})`, found };
}

function storeWrites(row: CredentialRecord, actor: string, detail: Record<string, boolean>): CredentialWrite[] {
  const { tenant, credentialId } = row;
  const [signed, sha256, at] = [row.signed!, row.sha256!, row.issuedAt!];
  const { jwt, jwtSha256, jwtKeyId, formOf } = row;
  const token = jwt === undefined ? {} : { jwt, jwtSha256: jwtSha256! };
  return [
    { op: 'credential.issue', tenant, credentialId, signed, sha256, ...token, issuedAt: at },
    {
      op: 'audit.append',
      at,
      tenant,
      actor,
      operation: 'credential.issue',
      object: credentialId,
      objectSha256: sha256,
      detail: {
        key: row.keyId,
        ...(jwt === undefined ? {} : { jwtKey: jwtKeyId!, jwtSha256: jwtSha256! }),
        // Whoever reads the log elsewhere learns from it when the award was recorded.
        ...(formOf === undefined ? {} : { formOf }),
        ...detail,
      },
    },
  ];
}
