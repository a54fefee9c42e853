import { describe, expect, it } from 'vitest';
import { LIMITS } from '#kernel';
import type { LintContext, Sample } from '../../src/credentials/lints/rule.ts';
import { achievement, places, subject } from './support/places.ts';

const HEAD = '/credentialSubject/achievement';
const LEVELS = [{ id: 'urn:uuid:1', type: ['RubricCriterionLevel'], name: 'Good' }];

/** More cases than a rule shows as its examples: which places are named, and that no other is. */
const CASES: [rule: string, what: string, change: (d: Sample, context: LintContext) => void, expected: string[]][] = [
  [
    'required-members',
    'of the issuer',
    (d) => {
      d.issuer = {};
    },
    ['/issuer/id', '/issuer/type', '/issuer/name'],
  ],
  [
    'required-members',
    'an issuer that is only an address',
    (d) => {
      d.issuer = d.issuer.id;
    },
    ['/issuer'],
  ],
  [
    'required-members',
    'of the subject',
    (d) => {
      d.credentialSubject = {};
    },
    [
      '/credentialSubject/type',
      '/credentialSubject/achievement',
      ...['id', 'type', 'name', 'description', 'criteria'].map((name) => `${HEAD}/${name}`),
    ],
  ],
  [
    'required-members',
    'of related achievements',
    (d) => {
      achievement(d).related = [{}];
    },
    [`${HEAD}/related/0/id`],
  ],
  [
    'required-members',
    'of what results mean',
    (d) => {
      achievement(d).resultDescription = [{}];
    },
    ['id', 'name', 'resultType'].map((name) => `${HEAD}/resultDescription/0/${name}`),
  ],
  [
    'required-members',
    'of levels',
    (d) => {
      achievement(d).resultDescription[0].rubricCriterionLevel = [{}];
    },
    ['id', 'name'].map((name) => `${HEAD}/resultDescription/0/rubricCriterionLevel/0/${name}`),
  ],
  [
    'required-members',
    'of a source',
    (d) => {
      subject(d).source = { type: ['Profile'] };
    },
    ['/credentialSubject/source/id'],
  ],
  [
    'required-members',
    'of an identity',
    (d) => {
      subject(d).identifier = [{}];
    },
    ['type', 'hashed', 'identityHash', 'identityType'].map((name) => `/credentialSubject/identifier/0/${name}`),
  ],
  [
    'types',
    'of each kind of object',
    (d) => {
      subject(d).result = [{ type: ['Thing'] }];
      subject(d).source = { type: ['Thing'] };
      achievement(d).related = [{ type: ['Thing'] }];
      achievement(d).resultDescription = [{ type: ['Thing'], rubricCriterionLevel: [{ type: ['Thing'] }] }];
    },
    [
      '/credentialSubject/result/0/type',
      '/credentialSubject/source/type',
      `${HEAD}/related/0/type`,
      `${HEAD}/resultDescription/0/type`,
      `${HEAD}/resultDescription/0/rubricCriterionLevel/0/type`,
    ],
  ],
  [
    'types',
    'good in each',
    (d) => {
      subject(d).source = { type: ['Profile'] };
      achievement(d).related = [{ type: ['Related'] }];
      achievement(d).resultDescription[0].rubricCriterionLevel = LEVELS;
    },
    [],
  ],
  [
    'types',
    'a type that is text alone',
    (d) => {
      subject(d).source = { type: 'Profile' };
    },
    ['/credentialSubject/source/type'],
  ],
  [
    'types',
    'of the extension, where there is none',
    (_, context) => {
      context.achievement.extension = false;
    },
    ['/type'],
  ],
  [
    'types',
    'without the extension',
    (d, context) => {
      context.achievement.extension = false;
      d.type.pop();
    },
    [],
  ],
  [
    'types',
    'of an issuer that is an address is said by another rule',
    (d) => {
      d.issuer = d.issuer.id;
    },
    [],
  ],
  [
    'results',
    'a value that is a number',
    (d) => {
      subject(d).result[0].value = 1;
      achievement(d).resultDescription[0].allowedValue = undefined;
    },
    ['/credentialSubject/result/0/value'],
  ],
  [
    'results',
    'a value that is not allowed',
    (d) => {
      subject(d).result[0].value = 'D';
    },
    ['/credentialSubject/result/0/value'],
  ],
  [
    'results',
    'no value',
    (d) => {
      delete subject(d).result[0].value;
    },
    [],
  ],
  [
    'results',
    'of nothing described',
    (d) => {
      subject(d).result = [{ type: ['Result'], value: 'x' }];
    },
    [],
  ],
  [
    'results',
    'a level of nothing described',
    (d) => {
      subject(d).result = [{ type: ['Result'], achievedLevel: 'urn:uuid:1' }];
    },
    ['/credentialSubject/result/0/achievedLevel'],
  ],
  [
    'results',
    'levels that are there',
    (d) => {
      Object.assign(achievement(d).resultDescription[0], { rubricCriterionLevel: LEVELS, requiredLevel: 'urn:uuid:1' });
      subject(d).result[0].achievedLevel = 'urn:uuid:1';
    },
    [],
  ],
  [
    'results',
    'levels that are not',
    (d) => {
      Object.assign(achievement(d).resultDescription[0], { rubricCriterionLevel: LEVELS, requiredLevel: 'urn:uuid:2' });
      subject(d).result[0].achievedLevel = 'urn:uuid:2';
    },
    ['/credentialSubject/result/0/achievedLevel', `${HEAD}/resultDescription/0/requiredLevel`],
  ],
  [
    'credential-status',
    'a purpose that is neither',
    (d) => {
      d.credentialStatus.statusPurpose = 'message';
    },
    ['/credentialStatus/statusPurpose'],
  ],
  [
    'credential-status',
    'suspension',
    (d) => {
      d.credentialStatus.statusPurpose = 'suspension';
    },
    [],
  ],
  [
    'credential-status',
    'a list of somebody else',
    (d) => {
      Object.assign(d.credentialStatus, {
        statusListCredential: 'https://other.example/status/1',
        id: 'https://other.example/status/1#42',
      });
    },
    ['/credentialStatus/statusListCredential'],
  ],
  [
    'credential-status',
    'an index of another entry',
    (d) => {
      d.credentialStatus.statusListIndex = '43';
    },
    ['/credentialStatus/id'],
  ],
  [
    'credential-status',
    'the list as its own id',
    (d) => {
      d.credentialStatus.id = d.credentialStatus.statusListCredential;
    },
    ['/credentialStatus/id'],
  ],
  [
    'credential-status',
    'an index that is a number',
    (d) => {
      d.credentialStatus.statusListIndex = 42;
    },
    ['/credentialStatus/statusListIndex'],
  ],
  [
    'credential-status',
    'the last index',
    (d) => {
      const last = String(LIMITS.statusListEntriesMax - 1);
      Object.assign(d.credentialStatus, {
        statusListIndex: last,
        id: `${d.credentialStatus.statusListCredential}#${last}`,
      });
    },
    [],
  ],
  [
    'credential-status',
    'an index beyond the end',
    (d) => {
      const end = String(LIMITS.statusListEntriesMax);
      Object.assign(d.credentialStatus, {
        statusListIndex: end,
        id: `${d.credentialStatus.statusListCredential}#${end}`,
      });
    },
    ['/credentialStatus/statusListIndex'],
  ],
  [
    'pinned-definition',
    'another name on the badge',
    (d) => {
      d.name = 'SPECIMEN Something else';
    },
    ['/name'],
  ],
  [
    'philsys-number',
    'as a licence',
    (d) => {
      subject(d).licenseNumber = '1234-5678-9012';
    },
    ['/credentialSubject/licenseNumber'],
  ],
  [
    'philsys-number',
    'another licence',
    (d) => {
      subject(d).licenseNumber = '0012345';
    },
    [],
  ],
  [
    'identity-hash',
    'no text at all',
    (d) => {
      subject(d).identifier[0].identityHash = 7;
    },
    ['/credentialSubject/identifier/0/identityHash'],
  ],
  [
    'identity-hash',
    'neither hashed nor not',
    (d) => {
      subject(d).identifier[0].hashed = 'no';
    },
    ['/credentialSubject/identifier/0/hashed'],
  ],
  [
    'identity-hash',
    'hashed without salt',
    (d) => {
      Object.assign(subject(d).identifier[0], { hashed: true, identityHash: `sha256$${'a'.repeat(64)}` });
    },
    ['/credentialSubject/identifier/0/salt'],
  ],
  [
    'identity-hash',
    'hashed with salt',
    (d) => {
      Object.assign(subject(d).identifier[0], {
        hashed: true,
        identityHash: `sha256$${'a'.repeat(64)}`,
        salt: 'b'.repeat(32),
      });
    },
    [],
  ],
  [
    'subject-identified',
    'by an id alone',
    (d) => {
      delete subject(d).identifier;
    },
    [],
  ],
  [
    'subject-identified',
    'by an identity alone',
    (d) => {
      delete subject(d).id;
    },
    [],
  ],
  [
    'subject-identified',
    'by an empty list',
    (d) => {
      delete subject(d).id;
      subject(d).identifier = [];
    },
    ['/credentialSubject'],
  ],
  [
    'vocabularies',
    'a status of a result',
    (d) => {
      subject(d).result[0].status = 'Completed';
    },
    [],
  ],
  [
    'vocabularies',
    'no status of a result',
    (d) => {
      subject(d).result[0].status = 'Done';
    },
    ['/credentialSubject/result/0/status'],
  ],
  [
    'vocabularies',
    'a status that is no text',
    (d) => {
      subject(d).result[0].status = ['Completed'];
    },
    ['/credentialSubject/result/0/status'],
  ],
  [
    'vocabularies',
    'a status of something else',
    (d) => {
      d.evidence[0].status = 'Done';
    },
    [],
  ],
  [
    'caps',
    'as many as may be',
    (d) => {
      d.evidence = Array.from({ length: LIMITS.evidence }, () => d.evidence[0]);
    },
    [],
  ],
  [
    'caps',
    'long text that has no limit here',
    (d) => {
      d.other = 'x'.repeat(LIMITS.narrativeChars + 1);
      d.list = Array.from({ length: LIMITS.evidence + 1 }, () => 1);
    },
    [],
  ],
  [
    'proto-value',
    'as text',
    (d) => {
      d.evidence[0].name = '__proto__';
    },
    ['/evidence/0/name'],
  ],
  [
    'proto-value',
    'as a member',
    (d) => {
      Object.defineProperty(d.evidence[0], '__proto__', { value: 'x', enumerable: true });
    },
    ['/evidence/0/__proto__'],
  ],
  [
    'absolute-iris',
    'of each member that holds one',
    (d) => {
      d.issuer.url = 'www.example.org';
      subject(d).trainingProvider = 'x:y';
      subject(d).result[0].achievedLevel = 'level';
      achievement(d).alignment[0].targetUrl = '//example.org';
      d.awardId = '_:b0';
    },
    [
      '/issuer/url',
      '/awardId',
      `${HEAD}/alignment/0/targetUrl`,
      '/credentialSubject/result/0/achievedLevel',
      '/credentialSubject/trainingProvider',
    ].toSorted(),
  ],
  [
    'absolute-iris',
    'http and did',
    (d) => {
      d.issuer.url = 'http://college.example/';
      subject(d).trainingProvider = 'did:web:college.example';
    },
    [],
  ],
  [
    'absolute-iris',
    'a description of results is no address',
    (d) => {
      achievement(d).resultDescription.push('x');
    },
    [],
  ],
  [
    'date-times',
    'of the subject',
    (d) => {
      subject(d).activityStartDate = '2026-01-01';
    },
    ['/credentialSubject/activityStartDate'],
  ],
  [
    'date-times',
    'that is no text',
    (d) => {
      d.validUntil = 2026;
    },
    ['/validUntil'],
  ],
  [
    'validity-period',
    'without an end',
    (d) => {
      delete d.validUntil;
    },
    [],
  ],
  [
    'validity-period',
    'dates that cannot be read are said by another rule',
    (d) => {
      d.validFrom = 'x';
      d.awardedDate = 'y';
      d.validUntil = 'z';
    },
    [],
  ],
  [
    'own-names',
    'no id',
    (d) => {
      delete d.id;
    },
    ['/id'],
  ],
  [
    'own-names',
    'an issuer that is only an address',
    (d) => {
      d.issuer = d.issuer.id;
    },
    ['/issuer/id'],
  ],
];

describe('the rules, case by case', () => {
  it.each(CASES)('%s: %s', (rule, _what, change, expected) => {
    expect(places(rule, change).toSorted()).toEqual(expected.toSorted());
  });
});
