import type { AchievementVersion } from '#achievements';
import { formatInstant, isObject, type JsonObject, nextTurn, Problem, parseStrictJson, sha256Hex } from '#kernel';
import { openJwt } from '#proofs';
import { type Latch, type Stopped, stop, stopIfWrong } from '../latch.ts';
import { type LintToken, lint } from '../lint.ts';
import type { CredentialRecord, CredentialWrite } from '../ports.ts';
import { type AskedKeys, type IssuerDeps, STEP } from './deps.ts';
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
  ...{ issuedAt: true, jwtKeyId: true, jwtSha256: true, jwt: true, formOf: true, offerId: true },
};
const MEMBERS = Object.keys(ORDER) as (keyof CredentialRecord)[];

function inOrder(record: CredentialRecord): CredentialRecord {
  const members = MEMBERS.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]);
  return Object.fromEntries(members) as CredentialRecord;
}

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
  const serialize = deps.serialize ?? JSON.stringify;
  const learnt = async (at: number) => {
    if (rows.length >= LONG && at < SEEN) await deps.learnt?.();
  };
  await latch.assertMaySign();

  await step(STEP.lint);
  const linted: { row: CredentialRecord; token: LintToken }[] = [];
  for (const row of rows) {
    await nextTurn();
    if (row.keyId !== securing.signing.keyId || row.jwtKeyId !== securing.jwt?.signing.keyId) {
      throw new Error('signing with another key than the intent names');
    }
    const token = tokens?.get(row.credentialId);
    tokens?.delete(row.credentialId);
    if (token) {
      linted.push({ row, token });
      continue;
    }
    const context = lintContext(deps, row.tenant, securing.signing.did, achievement, new Date(row.proofCreated));
    linted.push({ row, token: lint(row.unsigned, context) });
  }

  await step(STEP.sign);
  const signed: { row: CredentialRecord; text: string; jwt?: string }[] = [];
  for (const [at, { row, token }] of linted.entries()) {
    await nextTurn();
    await learnt(at);
    const { proofs, tokens } = deps;
    const failed = (keyId: string, error: unknown) => stopIfWrong(deps, { ...row, keyId }, error);
    const by = { proofs, tokens, tenant: row.tenant, securing, created: row.proofCreated, failed };
    const { document, jwt } = await signLinted(token, row.unsigned, by);
    signed.push({ row, text: serialize(document), ...(jwt === undefined ? {} : { jwt }) });
  }

  await step(STEP.check);
  const asked: AskedKeys = new Map();
  for (const [at, { row, text, jwt }] of signed.entries()) {
    await nextTurn();
    await learnt(at);
    await check(deps, row, text, asked);
    if (jwt !== undefined) await checkJwt(deps, row, jwt, asked);
  }
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

/** Step 8: what is about to be released, read as a stranger would read it. */
async function check(deps: IssuerDeps, row: CredentialRecord, text: string, asked: AskedKeys): Promise<void> {
  const released = parseStrictJson(text);
  const { proof, ...rest } = isObject(released) ? released : {};
  if (proof === undefined || JSON.stringify(rest) !== row.unsigned) {
    await stop(deps, row, 'the signed text is not the text that was linted');
  }
  await checkAsStranger(deps, row, text, asked);
}

/** The same for the token: in it is the text that was linted, to the byte. */
async function checkJwt(deps: IssuerDeps, row: CredentialRecord, jwt: string, asked: AskedKeys): Promise<void> {
  const token = { ...row, keyId: row.jwtKeyId! };
  if (JSON.stringify(openJwt(jwt).document) !== row.unsigned) {
    await stop(deps, token, 'the credential in the token is not the text that was linted');
  }
  await checkAsStranger(deps, token, jwt, asked);
}

async function checkAsStranger(deps: IssuerDeps, row: Stopped, text: string, asked: AskedKeys): Promise<void> {
  const report = await deps.checkReleased(text, asked);
  if (report.outcome === 'unknown') {
    throw new Problem('unavailable', `the signed credential could not be checked (${report.code})`);
  }
  if (report.outcome !== 'pass') {
    const found = await deps.proofs.explain?.(parseStrictJson(row.unsigned) as JsonObject);
    await stop(deps, row, `a signature did not pass its own check (${report.code})`, found);
  }
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
