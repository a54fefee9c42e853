/**
 * Whole requests in this process against the reference library: issuing with validation, lint, two durable commits and the
 * check of our own output, in lists of 100; verifying with status list and registers.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openService } from '../../support/service.ts';
import type { Measured } from '../figures.ts';
import { costOf, median } from '../timing.ts';
import { referenceIssue, referenceVerify } from './reference.ts';

const ROUNDS = 5;
const ONES = 40;
const LIST = 100;

export async function requests(): Promise<Measured> {
  const service = await openService();
  const { issuer } = await service.institution('specimen-bench');
  const achievement = {
    ...{ name: 'SPECIMEN Bench', description: 'A badge to measure with.', criteria: { narrative: 'Measured.' } },
    ...{ achievementType: 'MicroCredential', awardType: 'HeiMicroCredential', regime: 'CHED', pqfLevel: 6 },
    ...{ pqfLevelStatus: 'ProviderClaimed', credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'lecture' }] },
    assessmentType: ['Project'],
  };
  const asked = { key: issuer, body: { achievement } };
  const defined = await service.call<{ achievementId: string }>('POST', '/v1/achievements', asked);
  if (defined.status !== 201) throw new Error(defined.text);
  const issue = async (count: number) => {
    const recipients = Array.from({ length: count }, () => ({}));
    const answer = await service.call<{ credentials: { credential: { id: string } }[] }>('POST', '/v1/credentials', {
      key: issuer,
      body: { achievementId: defined.body.achievementId, recipients },
    });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body.credentials.map((row) => row.credential);
  };
  const [sample] = await issue(20);
  const context = readFileSync(join(import.meta.dirname, '../../../contexts/ph-v1-draft.json'), 'utf8');
  const reference = { context: JSON.parse(context) as object, contextUrl: `${service.publicUrl}/contexts/ph/v1-draft` };
  const issueReference = await referenceIssue(sample as never, reference);
  const verifyReference = await referenceVerify(sample as never, reference, service);
  const verify = async () => {
    const body = { credential: sample };
    const answer = await service.call<{ verdict: string }>('POST', '/v1/verifications', { body });
    if (answer.body.verdict !== 'valid') throw new Error(answer.text);
  };
  for (const warm of [issueReference, verifyReference, verify]) await costOf(20, warm);
  const ratios = { issue: [] as number[], verify: [] as number[] };
  const cpuUs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Turn about, so that a slow moment of the machine falls on both.
    const theirs = await costOf(ONES, issueReference);
    const ours = await costOf(1, () => issue(LIST));
    ratios.issue.push(theirs.ms / (ours.ms / LIST));
    const [verifiedByThem, verified] = [await costOf(ONES, verifyReference), await costOf(ONES, verify)];
    ratios.verify.push(verifiedByThem.ms / verified.ms);
    cpuUs.push(verified.cpuMs * 1_000);
  }
  await service.close();
  return {
    ...{ 'request.issue.ratio': median(ratios.issue), 'request.verify.ratio': median(ratios.verify) },
    'request.verify.cpuUs': median(cpuUs),
  };
}
