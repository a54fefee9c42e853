import { describe, expect, it } from 'vitest';
import { certificateWords } from '#pages';
import { stateNow } from '../../src/api/public/state-now.ts';

const AWARD = {
  ...{ award: 'SPECIMEN Data', institution: 'Specimen College', address: 'https://tatak.example/credentials/x' },
  ...{
    awardedDate: '2024-12-31T16:00:00Z',
    validUntil: '2025-12-31T15:59:59Z',
    timeZone: 'Asia/Manila',
    specimen: true,
  },
};

describe('a certificate made after the last day', () => {
  it('says so above everything that it certifies', () => {
    expect(certificateWords({ ...AWARD, state: 'expired' }, 'en').notice).toBe(
      'Expired: valid until 31 December 2025.',
    );
    expect(certificateWords({ ...AWARD, state: 'active' }, 'en').notice).toBeUndefined();
  });

  it('is expired from that second on, unless its institution did something graver', () => {
    const at = (text: string, state: 'active' | 'revoked' = 'active') =>
      stateNow({ state }, AWARD.validUntil, new Date(text));
    expect(at('2025-12-31T15:59:58Z')).toBe('active');
    expect(at('2025-12-31T15:59:59Z')).toBe('expired');
    expect(at('2026-12-31T15:59:59Z', 'revoked')).toBe('revoked');
    expect(stateNow({ state: 'active' }, undefined, new Date())).toBe('active');
  });
});
