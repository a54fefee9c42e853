import type { FastifyInstance } from 'fastify';
import { type ApiDeps, createServer } from '#api';
import type { Principal, Role } from '#auth';
import { Problem, systemRandom } from '#kernel';
import { createMetrics } from '#observability';
import { tabulate } from '#statistics';
import { type ResponseLog, validateResponses } from '../../support/responses.ts';
import { stubEndorsements } from './endorsement-stub.ts';
import { stubEquivalences } from './equivalence-stub.ts';
import { stubHolders } from './holder-stub.ts';
import { stubOAuth } from './oauth-stub.ts';
import { stubOffers } from './offer-stub.ts';
import { stubPeople } from './people-stub.ts';
import { stubPresentationRequests } from './presentation-stub.ts';
import { stubRegisters } from './register-stub.ts';
import { stubWallets } from './wallet-stub.ts';
import { stubWebhooks } from './webhook-stub.ts';

export const ID = '0123456789abcdefghjkmnpqrs';
export const OTHER_ID = 'zzzzzzzzzzzzzzzzzzzzzzzzzz';
export const SIGNED = `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"http://localhost:8480/credentials/${ID}","type":["VerifiableCredential"],
 "issuer":{"id":"did:web:localhost:institutions:abc"},"name":"SPECIMEN Badge","validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"id":"urn:uuid:1","achievement":{"id":"http://localhost:8480/achievements/${ID}","name":"SPECIMEN Badge","description":"D","criteria":{"narrative":"C"}},"stackingRule":{"kind":"requireAll","id":"all","text":{"en":"All","fil":"Lahat"},"source":"test","binding":"Mandatory","realism":"Illustrative","items":[{"code":"U"}]},"name":"SPECIMEN Pathway"},  "proof":{"type":"DataIntegrityProof"}}`;

const at = '2026-01-01T00:00:00Z';
const institution = (tenant: string) => ({ tenant, profile: { name: `Specimen ${tenant}` }, createdAt: at });
const key = {
  tenant: 'abc',
  keyId: 'key-1-assertion',
  purpose: 'assertion' as const,
  algorithm: 'Ed25519' as const,
  publicKeyMultibase: 'z6Mk',
  createdAt: at,
};
const credential = {
  tenant: 'abc',
  credentialId: ID,
  awardId: 'urn:uuid:1',
  edition: 1,
  achievementId: ID,
  achievementVersion: 1,
  recipient: { subjectId: 'urn:uuid:2', name: 'Amihan Stored', email: 'amihan@students.example' },
  statusListId: ID,
  statusListIndex: 5,
  statusPurpose: 'revocation' as const,
  keyId: 'key-1-assertion',
  phase: 'issued' as const,
  state: 'active' as const,
  awardedDate: at,
  validFrom: at,
  proofCreated: at,
  unsigned: '{}',
  signed: SIGNED,
  sha256: 'aa',
  preparedAt: at,
};
const achievement = {
  tenant: 'abc',
  achievementId: ID,
  version: 1,
  document: {
    id: `http://localhost:8480/achievements/${ID}`,
    type: ['Achievement'],
    name: 'SPECIMEN A',
    description: 'D',
    criteria: { narrative: 'N' },
  },
  sha256: 'aa',
  permittedIssuers: [],
  statusPurpose: 'revocation' as const,
  extension: false,
  createdAt: at,
};
const approval = {
  tenant: 'abc',
  approvalId: ID,
  state: 'issued' as const,
  achievementId: ID,
  achievementVersion: 1,
  recipients: 1,
  body: { achievementId: ID, version: 1, recipients: [{ name: 'Amihan Stored' }] },
  requestSha256: 'aa',
  preparedAt: at,
  preparedBy: `key:${OTHER_ID}`,
  preparedPerson: 's-17',
  decidedAt: at,
  decidedBy: `key:${ID}`,
  decidedPerson: 's-18',
  credentialIds: [ID],
};
const stack = {
  ...{ outcome: 'met' as const, sentence: { en: 'x', fil: 'x' }, checkedAt: at, date: '2026-01-01', specimen: true },
  ...{ pathway: { verdict: 'valid', code: 'ok' }, credentials: [], decisions: [] },
};
const stackEvaluation = {
  ...{ state: 'met', proved: { verdict: true, objective: true, tieBreak: true }, outstanding: 0, bound: 0 },
  ...{
    date: '2026-01-01',
    pathway: {},
    sentence: { en: 'x', fil: 'x' },
    nodes: [],
    placements: [],
    used: [],
    total: {},
  },
  ...{ surplus: [], notCountable: [], missing: [], waysToFinish: [], exitAwards: [], carriesOver: {}, waitingFor: [] },
};
const evaluation = {
  ...{
    tenant: 'abc',
    evaluationId: ID,
    createdAt: at,
    createdBy: `key:${ID}`,
    pathway: 'https://badges.example/pathways/1',
  },
  ...{ pathwayVersion: '1', conferrer: 'did:web:x.example', date: '2026-01-01', outcome: 'met' as const },
  ...{
    subjectId: 'urn:uuid:2',
    input: '{}',
    inputSha256: 'aa',
    output: JSON.stringify(stackEvaluation),
    outputSha256: 'bb',
  },
  report: stack,
  sources: { credentials: [{ index: 0, id: 'urn:c:1', sha256: 'aa', document: '{}' }], decisions: [] },
};
const conferral = {
  ...{
    tenant: 'abc',
    conferralId: ID,
    evaluationId: ID,
    state: 'under_review' as const,
    pathway: 'urn:p',
    pathwayVersion: '1',
  },
  ...{ achievement: 'urn:a', achievementId: ID, achievementVersion: 1, subjectId: 'urn:uuid:2', body: '{}' },
  ...{ preparedAt: at, preparedBy: `key:${ID}`, credentialId: ID, settledAt: at, checkedAt: at, flaggedAt: at },
  findings: [{ code: 'revoked', credential: 'urn:c:1', text: { en: 'x', fil: 'x' } }],
};
const said = { at, by: `key:${ID}`, person: 's-17', body: '{}', sha256: 'aa' };
const evidence = {
  ...{ name: 'Log', evidenceType: 'Log' as const, description: 'Calls', from: '2026-01-01', to: '2026-01-01' },
};
const priorCase = {
  ...{ tenant: 'abc', caseId: ID, state: 'awarded' as const, route: 'RPL' as const, achievementId: ID },
  ...{ achievementVersion: 1, candidate: { subjectId: 'urn:uuid:2', name: 'Amihan Stored' }, revision: 1, attempt: 1 },
  ...{ openedAt: at, openedBy: `key:${ID}`, openedPerson: 's-17', credentialId: ID, closedAt: at },
};
const caseFile = {
  record: priorCase,
  definition: {},
  outcomes: [{ outcome: '/criteria', label: 'N', mandatory: true }],
  evidence: [{ entry: { tenant: 'abc', caseId: ID, kind: 'evidence' as const, number: 0, ...said }, said: evidence }],
  assessments: [],
  appeals: [],
};
const batch = {
  tenant: 'abc',
  batchId: ID,
  achievementId: ID,
  achievementVersion: 1,
  // Ended, so that following it ends.
  state: 'done' as const,
  options: {},
  rows: 1,
  invalidRows: 0,
  issuedRows: 0,
  failedRows: 0,
  requestSha256: 'aa',
  createdAt: at,
  actor: 'key:x',
  fence: 0,
};
const grant = {
  tenant: 'abc',
  accreditationId: ID,
  accreditor: 'did:web:localhost:institutions:abc',
  accredited: 'did:web:elsewhere.example',
  verb: 'accredit' as const,
  role: 'Award' as const,
  scope: [{ awardType: ['HeiCourse'] }],
  validFrom: '2026-01-01',
  signed: SIGNED,
  createdAt: at,
};
const signedGrant = {
  id: `http://localhost:8480/accreditations/${ID}`,
  ...{ accreditor: grant.accreditor, accredited: grant.accredited, verb: grant.verb, role: grant.role },
  ...{ scope: grant.scope, validFrom: '2025-12-31T16:00:00Z', recordedAt: at },
  ...{ provisional: false, maxDelegationDepth: 0, legalInstrument: [], condition: [] },
};
const view = { record: grant, grant: signedGrant, events: [], standing: 'active' as const };
const succession = {
  ...{ tenant: 'abc', successionId: ID, predecessor: 'did:web:elsewhere.example', kind: 'Closure' as const },
  ...{ mayAward: false, effectiveAt: at, recordedAt: at, reason: 'Closed', by: 'key:x' },
};
const decision = { tenant: 'abc', decisionId: ID, reason: 'Renewal', validFrom: at, recordedAt: at, by: 'key:x' };
const heldRegister = {
  ...{
    tenant: 'system',
    heldId: ID,
    accreditor: 'did:web:elsewhere.example',
    url: 'https://elsewhere.example/registry',
  },
  ...{ published: at, validUntil: at, sha256: 'aa', consult: true, maxAgeDays: 7, importedAt: at, by: 'key:x' },
};
const pathway = { tenant: 'abc', pathwayId: ID, version: 1, signed: SIGNED, sha256: 'aa', createdAt: at };
const report = {
  verdict: 'valid' as const,
  standing: 'not_covered' as const,
  recognition: 'not_shown' as const,
  sentence: { en: 'Genuine.', fil: 'Tunay.' },
  profile: 'openbadge' as const,
  checkedAt: at,
  specimen: true,
  checks: (['document', 'proof'] as const).map((check) => ({
    ...{ check, result: 'pass' as const, code: 'ok', message: { en: 'Good.', fil: 'Mabuti.' }, evidence: {} },
  })),
};

const plainCredential = {
  ...{ tenant: 'abc', credentialId: ID, localId: 'urn:uuid:1', instance: 'eddsa-rdfc-2022', keyId: 'key-1-assertion' },
  ...{ phase: 'issued' as const, state: 'active' as const, proofCreated: at, unsigned: '{}', signed: SIGNED },
  ...{ sha256: 'aa', preparedAt: at, issuedAt: at },
};

/** Every call of a use case, in order: its name and arguments. */
export type Calls = [name: string, ...args: unknown[]][];

export interface Stub {
  app: FastifyInstance;
  log: ResponseLog;
  calls: Calls;
  /** What a request of that principal brings: a key, the cookie of a session, or the token of an institution's system. */
  as(tenant: string, role: Role, how?: 'key' | 'session' | 'system'): Record<string, string>;
}

/** The real HTTP layer over use cases that only answer. Everything belongs to the institution `abc`. */
export async function createStub(overrides: Partial<ApiDeps> = {}): Promise<Stub> {
  const calls: Calls = [];
  let log: ResponseLog | undefined;
  const says =
    <T>(name: string, value: T) =>
    async (...args: unknown[]): Promise<T> => {
      calls.push([name, ...args]);
      return value;
    };
  const one =
    <T>(items: T[]) =>
    async () => ({ items });
  const ofId =
    <T>(row: T) =>
    async (id: string) =>
      id === ID ? row : undefined;
  const ofTenant =
    <T>(row: T) =>
    async (tenant: string) => ({ items: tenant === 'abc' || tenant === undefined ? [row] : [] });
  const deps = {
    operator: {},
    keptReports: {
      keep: says('keptReports.keep', { id: ID, keptAt: at, endsAt: at }),
      read: async () => ({ id: ID, keptAt: at, endsAt: at, report, names: {} }),
    },
    statistics: { read: async () => tabulate([{ year: 2026, awards: 12, awardType: 'HeiCourse', pqfLevel: 7 }], at) },
    publicUrl: 'http://localhost:8480',
    specimen: true,
    clock: { now: () => new Date(at) },
    random: systemRandom,
    health: async () => ({ storage: true }),
    metrics: createMetrics(),
    published: (path: string) =>
      path.startsWith('/contexts/ph/v1') ? '{"@context":{}}' : path.startsWith('/schemas/ph/a') ? '{}' : undefined,
    reader: {
      credential: ofId(credential),
      credentialsByIds: async () => [credential],
      credentials: async ({ tenant }: { tenant: string }) => ofTenant(credential)(tenant),
      statusEvents: async () => [],
      achievement: ofId(achievement),
      achievementVersions: async () => [achievement],
      achievements: ofTenant(achievement),
      image: async () => ({
        tenant: 'abc',
        imageId: 'a'.repeat(64),
        mediaType: 'image/svg+xml',
        bytes: Buffer.from('<svg/>'),
        createdAt: at,
      }),
      approval: async (tenant: string, id: string) => (tenant === 'abc' && id === ID ? approval : undefined),
      approvals: async ({ tenant }: { tenant: string }) => ofTenant(approval)(tenant),
      evaluation: async (tenant: string, id: string) => (tenant === 'abc' && id === ID ? evaluation : undefined),
      evaluations: async ({ tenant }: { tenant: string }) => {
        const { input: _, output: __, report: ___, sources: ____, ...summary } = evaluation;
        return ofTenant(summary)(tenant);
      },
      conferral: async (tenant: string, id: string) => (tenant === 'abc' && id === ID ? conferral : undefined),
      conferralOfCredential: async () => conferral,
      conferrals: async ({ tenant }: { tenant: string }) => ofTenant(conferral)(tenant),
      components: async () => [
        { credential: 'urn:c:1', componentAwardId: 'urn:uuid:1', sha256: 'aa', credentialId: ID, stateSeen: 'revoked' },
      ],
      priorLearningCases: async ({ tenant }: { tenant: string }) => ofTenant(priorCase)(tenant),
      batch: async (tenant: string, id: string) => (tenant === 'abc' && id === ID ? batch : undefined),
      batches: ofTenant(batch),
      latestBatches: async ({ tenant }: { tenant: string }) => (tenant === 'abc' ? [batch] : []),
      batchRowsIn: async () => [],
      batchRows: one([{ tenant: 'abc', batchId: ID, row: 1, input: { name: 'A' }, state: 'valid' }]),
      pathway: ofId(pathway),
      pathways: ofTenant(pathway),
      registerSize: async () => ({ grants: 1, events: 0, successions: 1 }),
      successionsBy: async (tenant: string) => (tenant === 'abc' ? [succession] : []),
      successionsOf: async () => [succession],
      erasures: ofTenant({ tenant: 'abc', erasedAt: at, kind: 'credential', object: ID, kept: 'digest' }),
      auditEntries: async (tenant: string | undefined) => {
        calls.push(['audit', tenant]);
        return { items: [] };
      },
    },
    apiKeys: {
      authenticate: async (header: string | undefined): Promise<Principal | undefined> => {
        const match = /^Bearer (\w+)\.(\w+)$/.exec(header ?? '');
        return match ? { tenant: match[1]!, keyId: ID, role: match[2] as Role } : undefined;
      },
      create: says('apiKeys.create', {
        record: { tenant: 'abc', keyId: ID, role: 'issuer', label: 'x', createdAt: at },
        secret: 'tatak_x',
      }),
      list: async (tenant: string | undefined) => {
        calls.push(['apiKeys.list', tenant]);
        return { items: [] };
      },
      revoke: says('apiKeys.revoke', {
        tenant: 'abc',
        keyId: ID,
        role: 'issuer',
        label: 'x',
        createdAt: at,
        revokedAt: at,
      }),
    },
    institutions: {
      create: says('institutions.create', institution('abc')),
      updateProfile: says('institutions.updateProfile', institution('abc')),
      setApproval: says('institutions.setApproval', institution('abc')),
      setRetention: says('institutions.setRetention', institution('abc')),
      get: async (tenant: string) => (tenant === 'abc' || tenant === 'xyz' ? institution(tenant) : undefined),
      list: one([institution('abc')]),
      keys: async () => [key],
      createKey: says('institutions.createKey', key),
      rotateKey: says('institutions.rotateKey', key),
      retireKey: says('institutions.retireKey', key),
      revokeKey: says('institutions.revokeKey', key),
      resumeKey: says('institutions.resumeKey', key),
      didHistory: async (tenant: string) => {
        if (tenant !== 'abc') throw new Problem('not-found', 'there is no such institution');
        return [{ tenant, number: 1, recordedAt: at, sha256: 'a'.repeat(64), text: '{}' }];
      },
      keySet: async (tenant: string) => {
        if (tenant !== 'abc') throw new Problem('not-found', 'there is no such institution');
        return { keys: [] };
      },
      keySets: async () => ({ keys: [] }),
      didDocument: async (tenant: string) => {
        if (tenant !== 'abc') throw new Problem('not-found', 'there is no such institution');
        return { id: 'did:web:localhost:institutions:abc' };
      },
      profileDocument: () => ({ id: 'did:web:localhost:institutions:abc', type: ['Profile'], name: 'Specimen abc' }),
      didOf: (tenant: string) => `did:web:localhost:institutions:${tenant}`,
    },
    achievements: {
      create: says('achievements.create', achievement),
      addVersion: says('achievements.addVersion', achievement),
      addImage: says('achievements.addImage', {
        tenant: 'abc',
        imageId: 'a'.repeat(64),
        mediaType: 'image/png',
        bytes: Buffer.from(''),
        createdAt: at,
      }),
    },
    approvals: {
      submit: says('approvals.submit', { issued: [{ credentialId: ID, text: SIGNED, record: credential }] }),
      decide: says('approvals.decide', { approval, issued: [{ credentialId: ID, text: SIGNED, record: credential }] }),
    },
    status: {
      change: says('status.change', { credentialId: ID, state: 'revoked', at, published: true }),
      changeMany: says('status.changeMany', {
        ...{ at, more: false, published: true },
        rows: [{ credentialId: ID, outcome: 'changed', state: 'revoked' }],
      }),
      listCredential: async () => SIGNED.replace('"proof"', '"ttl":300000,"proof"'),
      revocationList: async () =>
        JSON.stringify({
          id: `http://localhost:8480/revocations/${ID}`,
          issuer: 'did:web:x.example',
          revokedCredential: [],
        }),
    },
    priorLearning: {
      ...Object.fromEntries(
        ['open', 'addEvidence', 'assess', 'appeal', 'award', 'withdraw'].map((name) => [
          name,
          says(`priorLearning.${name}`, caseFile),
        ]),
      ),
      get: async (tenant: string) => {
        if (tenant !== 'abc') throw new Problem('not-found', 'there is no such case');
        return caseFile;
      },
    },
    batches: {
      create: says('batches.create', { batch, invalid: [], notices: [] }),
      start: says('batches.start', batch),
      cancel: says('batches.cancel', { ...batch, state: 'cancelled' }),
      credentials: async (tenant: string, id: string) => {
        if (tenant !== 'abc' || id !== ID) throw new Problem('not-found', 'there is no such batch');
        return (async function* () {
          yield { row: 1, credentialId: ID, signed: '{"signed":true}' };
        })();
      },
      exportCsv: async () => ['row\n', '1\n'],
      errorsCsv: async () => ['name\n'],
    },
    accreditations: {
      grant: says('accreditations.grant', grant),
      recordEvent: says('accreditations.recordEvent', view),
      get: async (id: string) => (id === ID ? view : undefined),
      list: async ({ tenant }: { tenant?: string }) => ofTenant(view)(tenant as string),
      registerIndex: async () => [
        {
          tenant: 'abc',
          name: 'Specimen abc',
          accreditor: 'did:web:localhost:institutions:abc',
          url: 'http://localhost:8480/registry/abc',
          grants: 1,
        },
      ],
    },
    presentationRequests: stubPresentationRequests(report),
    accreditation: { policy: { anchors: ['did:web:elsewhere.example'], maxDepth: 3 } },
    publication: { register: async () => SIGNED, part: async () => undefined, snapshot: () => ['{}'] },
    attestations: { text: async () => 'TATAK1:0', read: async () => ({}) },
    nameMatch: { compare: async () => 'no_match' },
    successions: { record: says('successions.record', succession), of: async () => [succession] },
    issuingDecisions: { record: says('issuingDecisions.record', decision), list: ofTenant(decision) },
    heldRegisters: { hold: says('heldRegisters.hold', heldRegister), list: async () => [heldRegister] },
    recognizedEntities: { credential: async () => SIGNED, schema: async () => '{}' },
    pathways: { create: says('pathways.create', pathway), addVersion: says('pathways.addVersion', pathway) },
    evaluations: {
      evaluate: says('evaluations.evaluate', evaluation),
      replay: says('evaluations.replay', {
        same: true,
        sameDecision: true,
        outputSha256: 'bb',
        evaluation: stackEvaluation,
      }),
    },
    papers: { certificate: async () => Buffer.from('%PDF-1.7'), transcript: async () => Buffer.from('%PDF-1.7') },
    conferrals: {
      confer: says('conferrals.confer', conferral),
      review: says('conferrals.review', conferral),
      learnerRecord: says('conferrals.learnerRecord', SIGNED),
    },
    matches: {
      find: says('matches.find', {
        looked: 1,
        items: [
          {
            ...{ pathwayId: ID, version: 1, name: 'SPECIMEN Pathway', conferrer: 'did:web:elsewhere.example' },
            ...{ result: 'serves', places: [], reasons: [] },
          },
        ],
      }),
    },
    verifier: {
      verify: says('verifier.verify', report),
      verifyHolding: says('verifier.verifyHolding', { report, holding: {} }),
      checkAccreditation: says('verifier.checkAccreditation', {
        ...{ accreditedAtAward: 'unknown', accreditedNow: 'unknown', code: 'not_covered' },
        ...{ message: { en: 'x', fil: 'x' }, awardDay: '2026-01-01', awardDayIs: 'stated by the issuer' },
        ...{ awardedAt: at, knownAt: at, parties: [], registers: [], unanswered: [] },
      }),
      evaluateStack: says('verifier.evaluateStack', stack),
      verifyPresentation: says('verifier.verifyPresentation', {
        presentation: { verdict: 'valid', sentence: { en: 'x', fil: 'x' }, checkedAt: at, checks: report.checks },
        credentials: [report],
      }),
    },
    plainCredentials: {
      issue: says('plainCredentials.issue', plainCredential),
      get: async (tenant: string) => {
        if (tenant !== 'abc') throw new Problem('not-found', 'there is no such credential');
        return plainCredential;
      },
      remove: says('plainCredentials.remove', undefined),
      changeStatus: says('plainCredentials.changeStatus', undefined),
      createStatusList: says('plainCredentials.createStatusList', { listId: ID, text: SIGNED }),
    },
    derive: says('derive', JSON.parse(SIGNED)),
    challenges: {
      create: says('challenges.create', { challenge: 'tatak-challenge-1', expiresAt: at }),
      isOurs: () => false,
      isOpen: async () => true,
      use: async () => true,
    },
    log: {
      latest: async () => ({ size: 1, root: 'aa', note: 'log\n', keyId: 'log-1', signedAt: at }),
      verifierKey: async () => 'log+00000000+AQ==',
      consistency: async (from: number, to: number) => ({ from, to, proof: ['ab'.repeat(32)] }),
      receipt: async (operation: string, object: string) => ({
        entry: {
          ...{ seq: 1, at, tenant: 'abc', actor: 'key:x', operation, object },
          ...{ previousHash: '0'.repeat(64), hash: 'ab'.repeat(32) },
        },
        ...{ index: 0, size: 1, proof: [], checkpoint: 'log\n' },
      }),
    },
    framework: {
      framework: { data: {}, page: () => '<!doctype html>' },
      crosswalk: { data: {}, page: () => '<!doctype html>' },
    },
    ...overrides,
    onServer: (app: FastifyInstance) => {
      log = validateResponses(app);
      overrides.onServer?.(app);
    },
  } as unknown as ApiDeps;
  stubOffers(deps, says);
  stubWallets(deps, says);
  stubWebhooks(deps, ID, calls);
  stubRegisters(deps, ID, SIGNED);
  stubHolders(deps, ID);
  stubOAuth(deps, says);
  stubEndorsements(deps, plainCredential, says);
  stubEquivalences(deps, ID, SIGNED, says);
  stubPeople(deps, ID, says);
  // After the stubs: any of them may put its own there.
  Object.assign(deps, overrides.people ? { people: overrides.people } : {});
  const app = await createServer(deps);
  const as = (tenant: string, role: Role, how = 'key'): Record<string, string> => {
    if (how === 'session') return { cookie: `tatak-session=${tenant}.${role}`, origin: deps.publicUrl };
    return { authorization: `Bearer ${how === 'key' ? '' : 'system-'}${tenant}.${role}` };
  };
  return { app, log: log!, calls, as };
}
