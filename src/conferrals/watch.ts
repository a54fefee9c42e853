import type { CredentialReader } from '#credentials';
import { formatInstant, LIMITS, Problem, UniqueViolation } from '#kernel';
import type { Stack, StackInput } from '#verifier';
import { findingsDigest, type Look, lookAt } from './findings.ts';
import type { ComponentRecord, ConferralReader, ConferralRecord, ConferralWrite } from './ports.ts';
import { stackOf } from './restack.ts';
import { type SettleDeps, settle } from './settle.ts';

export interface WatchDeps extends Omit<SettleDeps, 'reader'> {
  reader: ConferralReader & Pick<CredentialReader, 'credentialsByIds' | 'credential'>;
  stack(input: StackInput): Promise<Stack>;
}

/** Conferrals looked at in one round. */
const ROUND = 10;

/**
 * One round: finishes what a crash left or a second person decided, then looks again at awards whose components have changed
 * here, then at those not looked at for longest. A flag is a question to the registrar; it takes nothing away.
 * @returns whether there was more than one round's work
 * @throws the first error that is no Problem, after all were tried
 */
export async function watchOnce(deps: WatchDeps): Promise<boolean> {
  const faults: unknown[] = [];
  const attempt = async (work: Promise<unknown>) => {
    await work.catch((error: unknown) => {
      if (!(error instanceof Problem || error instanceof UniqueViolation)) faults.push(error);
    });
  };
  for (const row of await deps.reader.unfinishedConferrals(LIMITS.pageSizeMax)) await attempt(settle(deps, row));
  const changed = await deps.reader.conferralsToReopen(ROUND);
  for (const row of changed) await attempt(checkOrPass(deps, row));
  const before = formatInstant(new Date(deps.clock.now().getTime() - LIMITS.conferralCheckMs));
  const stale =
    changed.length < ROUND ? await deps.reader.conferralsUncheckedSince(before, ROUND - changed.length) : [];
  for (const row of stale) await attempt(checkOrPass(deps, row));
  if (faults.length > 0) throw faults[0];
  return changed.length === ROUND;
}

/** One that cannot be looked at, whatever the fault, goes to the end: it must not keep others from their turn. */
async function checkOrPass(deps: WatchDeps, row: ConferralRecord): Promise<void> {
  await check(deps, row).catch(async (error: unknown) => {
    const { tenant, conferralId } = row;
    const at = formatInstant(deps.clock.now());
    const note = 'the look failed';
    await deps.transactor.commit([{ op: 'conferral.checked', tenant, conferralId, at, note, seen: [] }]);
    throw error;
  });
}

/** Verifies the components of one conferral again, and flags it when any is no longer what it was. */
export async function check(deps: WatchDeps, row: ConferralRecord): Promise<void> {
  const { reader, transactor, clock } = deps;
  const { tenant, conferralId } = row;
  const components = await reader.components(tenant, conferralId);
  // Read before the look: what changes during it is seen in the next round.
  const seen = await statesOf(components, reader);
  const look = await lookAgain(deps, row, components);
  const at = formatInstant(clock.now());
  const note = look.kind === 'unknown' ? look.note : undefined;
  await transactor.commit([
    ...changeOf(row, look, at),
    { op: 'conferral.checked', tenant, conferralId, at, seen, ...(note === undefined ? {} : { note }) },
  ]);
}

async function lookAgain(
  { reader, stack }: WatchDeps,
  { tenant, evaluationId }: ConferralRecord,
  components: readonly ComponentRecord[],
): Promise<Look> {
  const evaluation = await reader.evaluation(tenant, evaluationId);
  if (!evaluation) throw new Error('a conferral without its evaluation');
  try {
    const asked = evaluation.sources.credentials.map(({ id }) => id);
    return lookAt(await stack(stackOf(evaluation)), asked, components);
  } catch (error) {
    if (error instanceof Problem) return { kind: 'unknown', note: error.message };
    throw error;
  }
}

async function statesOf(components: readonly ComponentRecord[], reader: Pick<CredentialReader, 'credential'>) {
  const own = components.filter(({ credentialId }) => credentialId !== undefined);
  return Promise.all(
    own.map(async ({ ordinal, credentialId }) => ({
      ordinal,
      state: (await reader.credential(credentialId!))?.state ?? 'unknown',
    })),
  );
}

function changeOf(row: ConferralRecord, look: Look, at: string): ConferralWrite[] {
  const { tenant, conferralId, state } = row;
  const audit = (operation: string, detail: Record<string, string | number>): ConferralWrite => ({
    ...{ op: 'audit.append', at, tenant, actor: 'system', operation, object: conferralId, detail },
  });
  const change = (
    set: Partial<ConferralRecord> & { state: ConferralRecord['state'] },
    clear?: (keyof ConferralRecord)[],
  ) => ({ op: 'conferral.change', tenant, conferralId, from: [state], set, ...(clear ? { clear } : {}) }) as const;
  if (look.kind === 'lost') {
    const digest = findingsDigest(look.findings);
    if (state === 'conferred' && digest !== row.acceptedSha256) {
      return [
        change({ state: 'under_review', flaggedAt: at, findings: look.findings }),
        audit('conferral.flag', { findings: look.findings.length, codes: codesOf(look) }),
      ];
    }
    const changed = state === 'under_review' && digest !== findingsDigest(row.findings ?? []);
    return changed ? [change({ state, findings: look.findings })] : [];
  }
  // A suspension was lifted, or a refusal corrected: there is nothing left to ask.
  if (look.kind === 'holds' && state === 'under_review') {
    return [change({ state: 'conferred' }, ['flaggedAt', 'findings']), audit('conferral.clear', {})];
  }
  return [];
}

const codesOf = ({ findings }: Extract<Look, { kind: 'lost' }>) =>
  [...new Set(findings.map(({ code }) => code))].join(' ');
