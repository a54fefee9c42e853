import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkRecipient, type RecipientClaim } from '../../../src/verifier/checks/recipient.ts';

type Identity = Parameters<typeof checkRecipient>[0]['identifiers'][number];

const plain = (identityType: string, identityHash: string): Identity =>
  ({ hashed: false, identityType, identityHash }) as Identity;
const hashed = (algorithm: string, text: string, salt?: string, identityType = 'emailAddress'): Identity => {
  const hex = createHash(algorithm === 'sha256' || algorithm === 'md5' ? algorithm : 'sha1')
    .update(`${text}${salt ?? ''}`)
    .digest('hex');
  return { hashed: true, identityType, identityHash: `${algorithm}$${hex}`, ...(salt ? { salt } : {}) } as Identity;
};
const upper = (one: Identity): Identity => {
  const [algorithm, hex] = one.identityHash.split('$');
  return { ...one, identityHash: `${algorithm}$${hex!.toUpperCase()}` };
};

const ANA = 'ana@learner.example';
const DID = 'did:key:z6MkAna';

describe('whether it belongs to the person named', () => {
  it('is not asked when nobody is named', () => {
    expect(checkRecipient({ id: DID, identifiers: [] }, undefined)).toMatchObject({
      check: 'recipient',
      result: 'not_applicable',
      code: 'not_asked',
    });
  });

  it.each<[string, { id?: string; identifiers: Identity[] }, RecipientClaim, string]>([
    ['an address as it stands', { identifiers: [plain('emailAddress', ANA)] }, { identifier: ANA }, 'pass matches'],
    [
      'whatever its case',
      { identifiers: [plain('emailAddress', 'Ana@Learner.example')] },
      { identifier: 'ANA@learner.example' },
      'pass matches',
    ],
    ['with blanks around', { identifiers: [plain('emailAddress', ANA)] }, { identifier: `  ${ANA} ` }, 'pass matches'],
    [
      'another address',
      { identifiers: [plain('emailAddress', ANA)] },
      { identifier: 'ben@learner.example' },
      'fail other_recipient',
    ],
    ['hashed', { identifiers: [hashed('sha256', ANA)] }, { identifier: ANA }, 'pass matches'],
    ['hashed with salt', { identifiers: [hashed('sha256', ANA, 'pepper')] }, { identifier: ANA }, 'pass matches'],
    [
      'hashed with another salt',
      { identifiers: [{ ...hashed('sha256', ANA, 'pepper'), salt: 'sugar' }] },
      { identifier: ANA },
      'fail other_recipient',
    ],
    ['hashed the old way', { identifiers: [hashed('md5', ANA)] }, { identifier: ANA }, 'pass matches'],
    ['a hash in capitals', { identifiers: [upper(hashed('sha256', ANA))] }, { identifier: ANA }, 'pass matches'],
    [
      'hashed as it was typed',
      { identifiers: [hashed('sha256', 'Ana@Learner.example')] },
      { identifier: 'Ana@Learner.example' },
      'pass matches',
    ],
    [
      'hashed in small letters',
      { identifiers: [hashed('sha256', ANA)] },
      { identifier: 'Ana@Learner.example' },
      'pass matches',
    ],
    [
      'a hash of another',
      { identifiers: [hashed('sha256', ANA)] },
      { identifier: 'ben@learner.example' },
      'fail other_recipient',
    ],
    [
      'a hash nobody reads',
      { identifiers: [hashed('sha1', ANA)] },
      { identifier: ANA },
      'unknown recipient_not_stated',
    ],
    [
      'a hash without its digest',
      { identifiers: [{ ...hashed('sha256', ANA), identityHash: 'sha256' }] },
      { identifier: ANA },
      'fail other_recipient',
    ],
    [
      'one of two',
      { identifiers: [plain('emailAddress', 'ana@home.example'), plain('emailAddress', ANA)] },
      { identifier: ANA },
      'pass matches',
    ],
    ['a name', { identifiers: [plain('name', 'Ana Santos')] }, { identifier: 'Ana Santos' }, 'pass matches'],
    [
      'a name in another case is another',
      { identifiers: [plain('name', 'Ana Santos')] },
      { identifier: 'ana santos' },
      'fail other_recipient',
    ],
    [
      'a name with combined marks',
      { identifiers: [plain('name', 'Nin\u0303o')] },
      { identifier: 'Ni\u00f1o' },
      'pass matches',
    ],
    [
      'a name with marks apart',
      { identifiers: [plain('name', 'Ni\u00f1o')] },
      { identifier: 'Nin\u0303o' },
      'pass matches',
    ],
    [
      'a hashed name as composed',
      { identifiers: [hashed('sha256', 'Ni\u00f1o', undefined, 'name')] },
      { identifier: 'Nin\u0303o' },
      'pass matches',
    ],
    [
      'a hashed name in small letters',
      { identifiers: [hashed('sha256', 'ana', undefined, 'name')] },
      { identifier: 'Ana' },
      'fail other_recipient',
    ],
    [
      'a number, when none of its kind is there',
      { identifiers: [plain('emailAddress', ANA)] },
      { identifier: '2026-001', identityType: 'studentId' },
      'unknown recipient_not_stated',
    ],
    [
      'a number of its kind',
      { identifiers: [plain('studentId', '2026-001')] },
      { identifier: '2026-001', identityType: 'studentId' },
      'pass matches',
    ],
    [
      'the same text of another kind',
      { identifiers: [plain('systemId', '2026-001')] },
      { identifier: '2026-001', identityType: 'studentId' },
      'unknown recipient_not_stated',
    ],
    [
      'text without a kind is held against all',
      { identifiers: [plain('studentId', '2026-001')] },
      { identifier: '2026-001' },
      'pass matches',
    ],
    [
      'text without a kind says nothing against a number',
      { identifiers: [plain('studentId', '2026-001')] },
      { identifier: 'Ana' },
      'unknown recipient_not_stated',
    ],
    ['nothing to compare with', { identifiers: [] }, { identifier: ANA }, 'unknown recipient_not_stated'],
    ['the id of the subject', { id: DID, identifiers: [] }, { identifier: DID }, 'pass matches'],
    [
      'another id of its method',
      { id: DID, identifiers: [] },
      { identifier: 'did:key:z6MkBen' },
      'fail other_recipient',
    ],
    [
      'another id of its method in capitals',
      { id: DID, identifiers: [] },
      { identifier: 'DID:KEY:z6MkBen' },
      'fail other_recipient',
    ],
    [
      'an id of another method',
      { id: DID, identifiers: [] },
      { identifier: 'did:web:ana.example' },
      'unknown recipient_not_stated',
    ],
    ['an id, when there is none', { identifiers: [] }, { identifier: DID }, 'unknown recipient_not_stated'],
    [
      'an id with an @ is no address',
      { id: 'urn:ana@home', identifiers: [] },
      { identifier: 'urn:ana@home' },
      'pass matches',
    ],
    [
      'an address of a page among the identifiers',
      { identifiers: [plain('ext:page', 'https://ana.example/')] },
      { identifier: 'https://ana.example/' },
      'pass matches',
    ],
    [
      'another page',
      { identifiers: [plain('ext:page', 'https://ana.example/')] },
      { identifier: 'https://ben.example/' },
      'fail other_recipient',
    ],
  ])('%s', (_, subject, claim, expected) => {
    const found = checkRecipient(subject, claim);
    expect(`${found.result} ${found.code}`).toBe(expected);
    expect(found.evidence.identifiers).toBe(subject.identifiers.length);
  });

  it('says what was compared, never with whom', () => {
    const compared = (identifier: string, identityType?: string) =>
      checkRecipient({ identifiers: [] }, { identifier, ...(identityType ? { identityType } : {}) });
    expect(compared(ANA).evidence.compared).toBe('emailAddress');
    expect(compared(DID).evidence.compared).toBe('id');
    expect(compared('Ana').evidence.compared).toBe('any');
    expect(compared('1', 'studentId').evidence.compared).toBe('studentId');
    expect(JSON.stringify(compared(ANA))).not.toContain(ANA);
  });
});
