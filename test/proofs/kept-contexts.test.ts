import { describe, expect, it } from 'vitest';
import { CREDENTIALS_V2, createContextLoader, OPEN_BADGES_3_0_3 } from '#proofs';
import { canonicalize } from '../../src/proofs/canonical/canonicalize.ts';
import { createKeptContexts, keptContextsOf } from '../../src/proofs/canonical/kept-contexts.ts';
import { TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';
import { loader } from './made.ts';

const INLINE = { note: 'https://schema.org/text' };

describe('contexts that the JSON-LD library keeps', () => {
  it('are those of whole documents, by address, and none by its text', async () => {
    await canonicalize(loader, {
      '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, INLINE],
      ...{
        id: 'urn:uuid:1',
        type: ['VerifiableCredential', 'OpenBadgeCredential'],
        issuer: 'did:example:1',
        note: 'a',
      },
      credentialSubject: {
        type: ['AchievementSubject'],
        achievement: { id: 'urn:a', type: ['Achievement'], name: 'a' },
      },
    });
    // The library took what it was given: without that it keeps the ones within by their text.
    const kept = keptContextsOf(loader.documentLoader);
    for (const url of [CREDENTIALS_V2, OPEN_BADGES_3_0_3]) expect(kept.get(url)?.has('static')).toBe(true);
    expect(kept.get(JSON.stringify(INLINE))).toBeUndefined();
  });

  it('are those of one loader: another has other bytes at one address', async () => {
    const document = {
      '@context': [CREDENTIALS_V2, TEST_PH_URL],
      ...{ id: 'urn:uuid:1', type: ['VerifiableCredential', 'PhCredential'], issuer: 'did:example:1' },
      credentialSubject: { id: 'urn:uuid:2' },
    };
    const moved = TEST_PH_CONTEXT.replace('ns#PhCredential', 'ns#Moved');
    const forms = [TEST_PH_CONTEXT, moved, TEST_PH_CONTEXT].map((phContext) =>
      canonicalize(createContextLoader({ phContext, phContextUrl: TEST_PH_URL }), document),
    );
    const [one, other, again] = await Promise.all(forms);
    expect(one).toContain('ns#PhCredential');
    expect(other).toContain('ns#Moved');
    expect(again).toBe(one);
  });

  it('are few, the oldest out first', () => {
    const kept = createKeptContexts();
    for (let n = 0; n < 1_000; n++) kept.set(`https://${n}.example/contexts/ph/v1-draft`, new Map());
    const left = Array.from({ length: 1_000 }, (_, n) => n).filter((n) =>
      kept.get(`https://${n}.example/contexts/ph/v1-draft`),
    );
    expect(left).toEqual(Array.from({ length: 64 }, (_, n) => 936 + n));
  });
});
