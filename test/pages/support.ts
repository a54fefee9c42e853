import {
  type CountsToward,
  type OpenApiView,
  type ReportView,
  renderAchievement,
  renderChanges,
  renderCredential,
  renderDocs,
  renderEndorsement,
  renderEquivalence,
  renderHome,
  renderInstitution,
  renderKeptReport,
  renderOperation,
  renderPrivacy,
  renderProblem,
  renderProblemKind,
  renderProblemKinds,
  renderStatistics,
  renderVerify,
  rowsOf,
  type Site,
} from '#pages';
import { tabulate } from '#statistics';
import { consolePages } from './support-console.ts';
import { holderPages } from './support-holder.ts';
import { pathwayPages } from './support-pathway.ts';
import { registerPages, registerViews } from './support-register.ts';
import { requestPages } from './support-request.ts';

/** Every page of the service, each text in it made by `text`, each address by `address`. */
export function pagesWith(
  site: Site,
  text: (field: string) => string,
  address: (field: string) => string,
): Record<string, string> {
  return {
    ...holderPages(site, text, address),
    ...consolePages(site, text, address),
    credential: renderCredential(site, {
      url: `https://tatak.example/credentials/${encodeURIComponent(text('id'))}`,
      name: text('name'),
      description: text('description'),
      imageUrl: address('image'),
      issuerName: text('issuerName'),
      issuerSlug: text('issuerSlug'),
      achievementUrl: `https://tatak.example/achievements/${encodeURIComponent(text('achievement'))}`,
      awardedDate: text('awardedDate'),
      validUntil: text('validUntil'),
      state: 'revoked',
      stateReason: text('stateReason'),
      stateSince: text('stateSince'),
      awardType: text('awardType'),
      pqfLevel: 6,
      pqfLevelStatus: text('pqfLevelStatus'),
      credit: [text('credit')],
      criteria: text('criteria'),
      recipientName: text('recipientName'),
      certificateNumber: text('certificateNumber'),
      forms: ['.json', '.jwt', '.pdf', '.png', '.svg'],
      qr: 'data:image/svg+xml;base64,',
      nameAnswer: 'no_match',
      endorsements: [
        {
          ...{ id: '0123456789abcdefghjkmnpqrs', name: text('endorsement'), validFrom: '2026-01-01T00:00:00Z' },
          by: { name: text('endorser'), slug: 'specimen' },
        },
      ],
      specimen: true,
    }),
    endorsement: renderEndorsement(site, {
      url: 'https://tatak.example/endorsements/0123456789abcdefghjkmnpqrs',
      by: { name: text('endorser'), slug: 'specimen', timeZone: 'Asia/Manila' },
      kind: 'achievement',
      ...{ name: text('endorsement'), endorses: address('endorsed'), comment: text('comment') },
      ...{ validFrom: '2026-01-01T00:00:00Z', validUntil: '2027-01-01T00:00:00Z' },
      ...{ revoked: true, specimen: true },
    }),
    equivalence: renderEquivalence(site, {
      id: '0123456789abcdefghjkmnpqrs',
      decidedBy: { did: text('did'), name: text('decider'), slug: 'specimen' },
      from: { iri: address('from'), name: text('from'), version: [text('fromVersion')] },
      mode: 'block',
      to: [
        { iri: 'https://tatak.example/achievements/a', name: text('own'), own: true },
        { iri: address('to'), name: text('to') },
      ],
      category: text('category'),
      decision: {
        credit: { system: text('system'), value: text('value') },
        cap: text('cap'),
        panel: { name: text('panel'), members: [text('member')] },
        legalInstrument: [{ kind: text('instrument'), number: text('number'), url: address('instrument') }],
        outcomeMatching: [{ from: text('outcome'), to: text('target'), match: 'partial', note: text('note') }],
        evidence: [{ name: text('evidence'), url: address('evidence'), sha256: text('sha256') }],
        appeal: { how: address('appeal'), until: text('appealUntil') },
        supersedes: address('supersedes'),
      },
      decidedOn: text('decidedOn'),
      validFrom: text('validFrom'),
      validUntil: text('validUntil'),
      standing: 'superseded',
      appealOpen: true,
      events: [
        {
          ...{ type: 'superseded', day: text('day'), recordedAt: text('recordedAt'), reason: text('reason') },
          ...{ legalInstrument: { kind: text('kind') }, supersededBy: address('later') },
        },
        { type: 'withdrawn', day: text('day'), recordedAt: text('recordedAt'), reason: text('why') },
      ],
      specimen: true,
    }),
    achievement: renderAchievement(site, {
      url: 'https://tatak.example/achievements/a',
      name: text('name'),
      description: text('description'),
      version: text('version'),
      versions: [text('version')],
      imageUrl: address('image'),
      ownerName: text('ownerName'),
      ownerSlug: text('ownerSlug'),
      permittedIssuers: [text('permitted')],
      criteria: text('criteria'),
      achievementType: text('achievementType'),
      awardType: text('awardType'),
      regime: text('regime'),
      credit: [text('credit')],
      outcomes: [text('outcome')],
      alignment: [{ name: text('alignment'), url: address('alignment'), code: text('code') }],
      specimen: true,
    }),
    ...pathwayPages(site, text, address),
    institution: renderInstitution(site, {
      slug: text('slug'),
      name: text('name'),
      description: text('description'),
      url: address('url'),
      did: text('did'),
      institutionType: text('institutionType'),
      authorityBasis: text('authorityBasis'),
      keys: [{ id: text('keyId'), purpose: text('purpose'), state: 'active', since: text('since') }],
      achievements: [{ name: text('achievement'), path: `/achievements/${encodeURIComponent(text('path'))}` }],
      hasRegister: true,
      successions: registerViews(text, address).successions,
      now: '2026-06-01T00:00:00Z',
    }),
    ...registerPages(site, text, address),
    ...requestPages(site, text, address),
    home: renderHome(site, { privacyContact: text('privacy') }),
    problem: renderProblem(site, { status: 400, type: text('type'), title: text('title'), detail: text('detail') }),
    privacy: renderPrivacy(site, {
      operator: { name: text('operator'), address: text('address') },
      privacyContact: text('privacy'),
      retention: { sessionHours: 12, codeMinutes: 10, mailDays: 30, answerMinutes: 30, reportDays: 30 },
    }),
    statistics: renderStatistics(site, {
      ...tabulate(
        [{ year: 2026, awards: 12, awardType: text('awardType'), psgcCode: text('psgc') }],
        '2026-06-01T00:00:00Z',
      ),
    }),
    'kept report': renderKeptReport(site, {
      ...{ id: text('report'), keptAt: '2026-06-01T00:00:00Z', endsAt: '2026-07-01T00:00:00Z' },
      ...{ report: reportWith(text), names: { [text('issuerId')]: text('issuerName') } },
    }),
    'verify form': renderVerify(site, { url: address('url'), recipient: text('recipient') }),
    'verify problem': renderVerify(site, { problem: { kind: text('kind'), detail: text('detail') } }),
    'verify record': renderVerify(site, {
      report: {
        ...reportWith(text),
        endorses: { id: text('endorsed'), comment: text('comment') },
        members: [reportWith(text), reportWith(text)],
        memberCount: 3,
      },
    }),
    'verify report': renderVerify(site, {
      ...{ report: reportWith(text), url: address('url'), toward: towardWith(text), picture: address('picture') },
      recipient: text('recipient'),
    }),
    docs: renderDocs(site, specOf(text), address('origin')),
    'docs operation': renderOperation(site, specOf(text), rowsOf(specOf(text))[0]!),
    'docs changes': renderChanges(site, specOf(text)),
    problems: renderProblemKinds(site),
    'problem kind': renderProblemKind(site, 'lint-failed'),
  };
}

function specOf(text: (field: string) => string): OpenApiView {
  return {
    info: {
      ...{ title: text('title'), version: text('version'), description: text('description') },
      'x-changes': [{ version: text('version'), date: text('date'), changes: [text('change')] }],
    },
    tags: [{ name: text('tag'), description: text('description') }],
    paths: {
      [text('path')]: {
        get: {
          operationId: text('operationId'),
          summary: text('summary'),
          description: text('description'),
          tags: [text('tag')],
          parameters: [{ name: text('parameter'), in: 'query', description: text('description') }],
          requestBody: {
            content: { [text('media')]: { schema: { title: text('schema') }, example: text('example') } },
          },
          responses: { 200: { description: text('response'), content: { [text('media')]: {} } } },
        },
      },
    },
  };
}

function towardWith(text: (field: string) => string): CountsToward {
  const said = { en: text('placeEn'), fil: text('placeFil') };
  const place = { node: text('node'), text: said, items: [], guise: text('decision'), conditions: [] };
  const pathway = { path: '/pathways/p', name: text('pathway'), conferrer: text('conferrer') };
  return {
    genuine: true,
    pathways: [{ ...pathway, result: 'serves', places: [place], reasons: [{ code: text('code'), text: said }] }],
    more: true,
  };
}

/** A report whose badge and evidence carry `text`; sentences and messages are the verifier's own. */
export function reportWith(text: (field: string) => string): ReportView {
  return {
    verdict: 'undetermined',
    recognition: 'not_shown',
    sentence: { en: 'Not decided.', fil: 'Hindi pa mapagpasiyahan.' },
    standing: 'not_covered',
    checkedAt: '2026-03-14T08:00:00Z',
    checks: [
      {
        check: 'issuer',
        result: 'unknown',
        code: text('code'),
        message: { en: 'Own words.', fil: 'Sariling salita.' },
        evidence: {
          [text('evidenceName')]: text('evidence'),
          nested: { list: [text('deep'), { member: text('deeper') }] },
        },
      },
    ],
    credential: {
      id: text('id'),
      name: text('name'),
      description: text('description'),
      issuerName: text('issuerName'),
      issuerId: text('issuerId'),
      achievementId: text('achievementId'),
      awardedDate: text('awardedDate'),
      validUntil: text('validUntil'),
      awardType: text('awardType'),
      regime: text('regime'),
      credit: [text('credit')],
      criteria: text('criteria'),
    },
  };
}
