import { LINTS } from '../../../src/credentials/lints/index.ts';
import type { LintContext, Sample } from '../../../src/credentials/lints/rule.ts';
import { sampleContext, sampleDocument } from '../../../src/credentials/lints/sample.ts';

/** What the rule finds, place by place, in the sample with one change. */
export function places(id: string, change: (d: Sample, context: LintContext) => void): string[] {
  const rule = LINTS.find((one) => one.id === id)!;
  const [document, context] = [sampleDocument(), sampleContext()];
  change(document, context);
  return rule.check(document, context).map(({ pointer }) => pointer);
}

export const subject = (d: Sample) => d.credentialSubject;
export const achievement = (d: Sample) => d.credentialSubject.achievement;
