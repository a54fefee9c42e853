import type { Standing } from '#accreditation';
import {
  type GrantView,
  type MomentView,
  renderAccreditation,
  renderInstitutionAccreditations,
  renderRegister,
  renderRegistry,
  type Site,
  type SuccessionView,
} from '#pages';

type Make = (field: string) => string;

const MOMENT: MomentView = { at: '2026-06-01T00:00:00Z', knownAt: '2026-06-01T00:00:00Z', asked: {} };

/** A grant and a succession in which everything that comes from outside is made by `text` and `address`. */
export function registerViews(text: Make, address: Make) {
  const instrument = {
    kind: text('kind'),
    number: text('number'),
    series: text('series'),
    date: text('date'),
    url: address('instrument'),
  };
  const accreditor = { did: text('accreditor'), name: text('accreditorName'), slug: text('accreditorSlug') };
  const accredited = { did: text('accredited'), name: text('accreditedName'), slug: text('accreditedSlug') };
  const succession: SuccessionView = {
    predecessor: accredited,
    successor: { did: text('successor'), name: text('successorName') },
    kind: 'Merger',
    mayAward: true,
    effectiveAt: '2026-05-01T00:00:00Z',
    recordedAt: text('successionRecorded'),
    reason: text('successionReason'),
    legalInstrument: instrument,
    by: accreditor,
  };
  const grant = (standing: Standing, verb: GrantView['grant']['verb'] = 'accredit'): GrantView => ({
    id: text('grantId'),
    accreditor,
    accredited,
    grant: {
      verb,
      role: 'Award',
      scope: [
        {
          awardType: [text('awardType'), 'HeiCourse'],
          pqfLevelRange: { from: 5, to: 7 },
          achievement: [address('achievement'), text('achievement')],
          achievementVersion: [{ achievement: address('versioned'), from: text('from'), to: text('to') }],
          trainingRegulation: [{ title: text('regulation'), version: text('regulationVersion') }],
          unitOfCompetency: Array.from({ length: 20 }, (_, at) => text(`unit${at}`)),
          psced: [{ code: text('psced'), edition: text('edition') }],
          profession: [text('profession')],
          psfSector: [text('sector')],
          site: [address('site')],
          psgc: [text('psgc')],
          participationMode: [text('mode')],
          maxCredit: { system: text('system'), value: text('value') },
          learningRoute: [text('route')],
        },
        { profession: [text('other')] },
      ],
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: text('validUntil'),
      recordedAt: text('recordedAt'),
      provisional: true,
      parent: text('parent'),
      supersedes: text('supersedes'),
      maxDelegationDepth: 0,
      legalInstrument: [instrument],
      decisionDate: text('decisionDate'),
      condition: [text('condition')],
    },
    standing,
    events: [
      {
        type: 'suspended',
        effectiveAt: '2026-03-01T00:00:00Z',
        recordedAt: '2026-03-01T00:00:00Z',
        reason: text('reason'),
        legalInstrument: instrument,
        supersededBy: text('supersededBy'),
      },
    ],
    ...(standing === 'closed' ? { closedBy: succession } : {}),
    backed: false,
    titles: { [address('achievement')]: text('title') },
  });
  return { grant, accreditor, accredited, successions: [succession] };
}

/** Every page about accreditations. */
export function registerPages(site: Site, text: Make, address: Make): Record<string, string> {
  const { grant, accreditor, accredited, successions } = registerViews(text, address);
  const asked = { at: text('at'), knownOn: text('knownOn') };
  const moment = { ...MOMENT, asked };
  const grants = [
    grant('active'),
    grant('suspended'),
    grant('closed'),
    grant('provisional'),
    grant('active', 'endorse'),
    grant('active', 'list'),
  ];
  return {
    accreditation: renderAccreditation(site, { moment, grant: grants[1]!, above: [grant('active')] }),
    endorsement: renderAccreditation(site, { moment: MOMENT, grant: grant('active', 'endorse'), above: [] }),
    registry: renderRegistry(site, { registers: [{ slug: text('slug'), name: text('name'), grants: 1 }] }),
    search: renderRegistry(site, {
      registers: [],
      search: {
        asked: { q: text('q'), role: text('role'), verb: text('verb'), awardType: text('awardType'), at: text('at') },
        moment,
        grants,
        next: text('cursor'),
      },
    }),
    register: renderRegister(site, {
      authority: accreditor,
      backed: false,
      moment,
      grants,
      next: text('cursor'),
      continued: true,
      successions,
    }),
    'institution accreditations': renderInstitutionAccreditations(site, {
      institution: accredited,
      moment,
      grants,
      successions,
      complete: false,
    }),
  };
}
