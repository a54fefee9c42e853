import { describe, expect, it } from 'vitest';
import { LIMITS } from '#kernel';
import type { Sample } from '../../src/credentials/lints/rule.ts';
import { achievement, places, subject } from './support/places.ts';

describe('an endorsement', () => {
  const made = (d: Sample) => {
    d.type = ['VerifiableCredential', 'EndorsementCredential'];
    d.credentialSubject = { id: achievement(d).id, type: ['EndorsementSubject'], endorsementComment: 'Well taught.' };
    return d;
  };
  it.each<[string, (d: Sample) => void, string[]]>([
    ['good', () => {}, []],
    [
      'without words',
      (d) => {
        delete subject(d).endorsementComment;
      },
      [],
    ],
    [
      'with as many words as may be',
      (d) => {
        subject(d).endorsementComment = 'x'.repeat(LIMITS.narrativeChars);
      },
      [],
    ],
    [
      'with words that are no text',
      (d) => {
        subject(d).endorsementComment = 7;
      },
      ['/credentialSubject/endorsementComment'],
    ],
    [
      'as a badge by its other name',
      (d) => {
        d.type.push('AchievementCredential');
      },
      ['/type'],
    ],
    [
      'of itself',
      (d) => {
        subject(d).id = d.id;
      },
      ['/credentialSubject/id'],
    ],
    [
      'with a name that is as long as may be',
      (d) => {
        d.name = 'x'.repeat(LIMITS.nameChars);
      },
      [],
    ],
    [
      'with a longer one',
      (d) => {
        d.name = 'x'.repeat(LIMITS.nameChars + 1);
      },
      ['/name'],
    ],
    [
      'without a beginning',
      (d) => {
        delete d.validFrom;
      },
      ['/validFrom'],
    ],
    [
      'of an issuer of another type',
      (d) => {
        d.issuer.type = ['Thing'];
      },
      ['/issuer'],
    ],
    [
      'of an issuer without an id',
      (d) => {
        delete d.issuer.id;
      },
      ['/issuer'],
    ],
  ])('%s', (_, change, expected) => {
    expect(places('endorsement', (d) => change(made(d)))).toEqual(expected);
  });
});
