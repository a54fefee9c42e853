import type { CredentialReader } from '#credentials';
import { formatInstant, LIMITS, Problem, UniqueViolation } from '#kernel';
import { reason } from '#pathways';
import type { Stack, StackInput } from '#verifier';
import { findingsDigest, type Look, lookAt } from './findings.ts';
import type {
  ComponentRecord,
  ComponentSeen,
  ConferralReader,
  ConferralRecord,
  ConferralWrite,
  Finding,
} from './ports.ts';
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
  for (const row of changed) await attempt(check(deps, row));
  const ago = (ms: number) => formatInstant(new Date(deps.clock.now().getTime() - ms));
  const left = ROUND - changed.length;
  const [before, elsewhere] = [ago(LIMITS.conferralCheckMs), ago(LIMITS.conferralCheckElsewhereMs)];
  const stale = left > 0 ? await deps.reader.conferralsUncheckedSince(before, elsewhere, left) : [];
  for (const row of stale) await attempt(check(deps, row));
  if (faults.length > 0) throw faults[0];
  return changed.length === ROUND;
}

/**
 * Verifies the components of one conferral again, and flags it when any is no longer what it was. Whatever goes wrong, it has
 * had its turn: one that cannot be looked at keeps no other from being looked at.
 */
export async function check(deps: WatchDeps, row: ConferralRecord): Promise<void> {
  const { reader, transactor, clock } = deps;
  const { tenant, conferralId } = row;
  const components = await reader.components(tenant, conferralId);
  // Read before the look: what changes during it is seen in the next round.
  const states = await statesOf(components, reader);
  const checked = (more: { note?: string; seen: ComponentSeen[] }): ConferralWrite => {
    return { op: 'conferral.checked', tenant, conferralId, at: formatInstant(clock.now()), ...more };
  };
  let look: Look;
  try {
    look = await lookAgain(deps, row, components);
  } catch (error) {
    await transactor.commit([checked({ note: 'it could not be looked at', seen: [] })]);
    throw error;
  }
  const known = look.kind === 'unknown' ? outOfForce(states, components) : [];
  if (known.length > 0) look = { kind: 'lost', findings: known };
  const change = changeOf(row, look, formatInstant(clock.now()));
  // A change that could not be looked into is not seen yet.
  const more = look.kind === 'unknown' ? { note: look.note, seen: [] } : { seen: states };
  await transactor.commit([...change, checked(more)]);
}

/** What is out of force here is known without asking anybody. */
function outOfForce(states: readonly ComponentSeen[], components: readonly ComponentRecord[]): Finding[] {
  return states.flatMap(({ ordinal, state }) => {
    if (state !== 'revoked' && state !== 'suspended') return [];
    return [{ credential: components[ordinal]!.credential, ...reason(state) }];
  });
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

async function statesOf(
  components: readonly ComponentRecord[],
  reader: Pick<CredentialReader, 'credential'>,
): Promise<ComponentSeen[]> {
  const own = components.filter(({ credentialId }) => credentialId !== undefined);
  return Promise.all(
    own.map(async ({ ordinal, credentialId }) => ({
      ordinal,
      state: (await reader.credential(credentialId!))?.state ?? 'unknown',
    })),
  );
}

function changeOf(row: ConferralRecord, look: Look, at: string): ConferralWrite[] {
  const { tenant, conferralId, credentialId, state } = row;
  const award: Record<string, string> = credentialId === undefined ? {} : { credential: credentialId };
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
        audit('conferral.flag', { ...award, findings: look.findings.length, codes: codesOf(look) }),
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
