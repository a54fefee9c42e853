import { expect, it } from 'vitest';
import type { Stack } from '#verifier';
import { lookAt } from '../../src/conferrals/findings.ts';

type Components = Parameters<typeof lookAt>[2];

it('a component that no longer verifies is lost, though another badge could not be looked up', () => {
  const credentials = [
    { index: 0, verdict: 'invalid', evaluated: false },
    { index: 1, verdict: 'undetermined', evaluated: false },
  ];
  const evaluation = { notCountable: [] };
  const stack = { report: { credentials, evaluation, pathway: {}, outcome: 'unmet' }, input: { holdings: [] } };
  const look = (credential: string) =>
    lookAt(stack as unknown as Stack, ['urn:a', 'urn:b'], [{ credential }] as unknown as Components);
  expect(look('urn:a')).toMatchObject({ kind: 'lost', findings: [{ code: 'not_genuine' }, { code: 'not_met' }] });
  expect(look('urn:b')).toMatchObject({ kind: 'unknown' });
});
