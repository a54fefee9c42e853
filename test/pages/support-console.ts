import {
  type ConsoleProblem,
  type ListedApproval,
  type ListedAward,
  type ListedBatch,
  type Officer,
  renderAchievementForm,
  renderApproval,
  renderApprovals,
  renderAward,
  renderAwardForm,
  renderAwards,
  renderClassList,
  renderClassListForm,
  renderClassLists,
  renderConsole,
  renderConsoleAchievement,
  renderConsoleAchievements,
  renderGrant,
  renderGrantForm,
  renderGrants,
  type Site,
} from '#pages';
import { registerViews } from './support-register.ts';

/** Every page of the console, each text in it made by `text`. */
export function consolePages(
  site: Site,
  text: (field: string) => string,
  address: (field: string) => string,
): Record<string, string> {
  const at = '2026-03-14T00:00:00Z';
  const officer = (role: Officer['role']): Officer => ({ role, institution: text('institution') });
  const batch: ListedBatch = {
    ...{ batchId: text('batchId'), achievement: text('achievement'), createdAt: at, person: text('person') },
    ...{ state: 'previewed', rows: 3, invalidRows: 1, issuedRows: 0, failedRows: 0 },
  };
  const approval: ListedApproval = {
    ...{ approvalId: text('approvalId'), achievement: text('achievement'), state: 'pending', recipients: 1 },
    ...{ preparedAt: at, preparedPerson: text('preparedPerson'), decidedPerson: text('decidedPerson') },
  };
  const award: ListedAward = {
    ...{ credentialId: text('credentialId'), name: text('name'), studentNumber: text('studentNumber') },
    ...{ achievement: text('achievement'), awardedDate: at, state: 'active' },
  };
  const achievement = { achievementId: text('achievementId'), name: text('name'), version: 1, createdAt: at };
  const problem: ConsoleProblem = {
    ...{ kind: 'invalid-request', detail: text('detail') },
    errors: ['/achievement/name', '/options/awardedDate', '/reason', '/q', text('pointer')].map((pointer) => ({
      ...{ pointer, detail: text('detail'), code: 'enum' },
    })),
  };
  const typed = Object.fromEntries(
    ['name', 'description', 'criteria', 'creditValue', 'awardedDate', 'q', 'reason', 'batchId'].map((name) => [
      name,
      text(name),
    ]),
  );
  const input = { name: text('name'), email: text('email'), studentNumber: text('studentNumber') };
  const row = { row: 1, input, state: 'invalid' as const, errors: [{ pointer: '/email', detail: text('detail') }] };
  const list = { batch, starts: 'approver' as const, twoPersons: true, onlyErrors: true, rows: [row], problem };
  const done = {
    ...list,
    batch: { ...batch, state: 'done' as const, issuedRows: 2 },
    next: `cursor=${text('cursor')}`,
  };
  const one = {
    ...{ ...award, email: text('email'), subjectId: text('subjectId'), awardId: text('awardId'), validFrom: at },
    ...{ batchId: text('batchId'), achievementId: text('achievementId'), achievementVersion: 1, typed, problem },
    certificateNumber: text('certificateNumber'),
    actions: ['suspend' as const, 'revoke' as const],
    ...{ canOffer: true, erasedAt: at },
    events: [{ action: text('action'), reason: text('reason'), at }],
    offers: [{ offerId: text('offerId'), state: 'open' as const, createdAt: at, expiresAt: at, mail: 'sent' as const }],
  };
  const document = { name: text('name'), description: text('description'), criteria: { narrative: text('criteria') } };
  const overview = { waitingLists: [batch], waitingApprovals: [approval], recent: [batch] };
  const asked = { achievements: [achievement], typed, searched: 20_000 };
  const { grant } = registerViews(text, address);
  const moment = { at, knownAt: at, asked: {} };
  const event = { ...typed, effectiveAt: text('effectiveAt'), kind: text('kind'), url: address('url') };
  const depends = {
    ...{ grants: [grant('active')], count: 2, complete: false, uncounted: [grant('active').accreditor] },
    awards: [{ party: grant('active').accredited, awards: 3, standing: 2, after: 1, complete: false }],
  };
  return {
    consoleGrants: renderGrants(site, officer('authority'), {
      typed: { q: text('q'), standing: 'active', role: text('role') },
      ...{ grants: [grant('active'), grant('annulled', 'list')], now: at, register: text('slug'), next: text('next') },
    }),
    consoleGrant: renderGrant(site, officer('authority'), { moment, grant: grant('suspended'), typed: event, problem }),
    consoleGrantConfirm: renderGrant(site, officer('authority'), {
      ...{ moment, grant: { ...grant('active'), grant: { ...grant('active').grant, role: 'Accredit' } }, typed: event },
      confirm: { type: 'withdrawn', effectiveAt: at, becomes: 'withdrawn', depends },
    }),
    consoleGrantForm: renderGrantForm(site, officer('authority'), {
      typed: { ...event, accredited: text('accredited'), condition: text('condition'), kind0: text('kind0') },
      problem,
    }),
    consoleGrantRenewal: renderGrantForm(site, officer('authority'), {
      typed: event,
      renews: grant('expired'),
      problem,
    }),
    consoleOverview: renderConsole(site, officer('approver'), overview),
    consoleAuditor: renderConsole(site, officer('auditor'), overview),
    consoleAchievements: renderConsoleAchievements(site, officer('issuer'), {
      items: [achievement],
      next: text('next'),
    }),
    consoleAchievement: renderConsoleAchievement(site, officer('issuer'), {
      achievementId: text('achievementId'),
      versions: [{ version: 1, createdAt: at, document: { ...document, awardType: text('awardType') } }],
    }),
    consoleAchievementForm: renderAchievementForm(site, officer('issuer'), { typed, problem }),
    consoleClassLists: renderClassLists(site, officer('issuer'), [batch]),
    consoleClassListForm: renderClassListForm(site, officer('issuer'), { typed, problem, achievements: [achievement] }),
    consoleClassList: renderClassList(site, officer('approver'), list),
    consoleClassListDone: renderClassList(site, officer('issuer'), done),
    consoleAwardForm: renderAwardForm(site, officer('issuer'), { typed, problem, achievements: [achievement] }),
    consoleAwards: renderAwards(site, officer('issuer'), { ...asked, found: [award], next: text('next'), problem }),
    consoleAward: renderAward(site, officer('issuer'), one),
    consoleConfirm: renderAward(site, officer('issuer'), {
      ...one,
      confirm: { action: 'revoke', reason: text('reason') },
    }),
    consoleApprovals: renderApprovals(site, officer('approver'), {
      ...{ lists: [batch], pending: [approval], requests: [approval] },
    }),
    consoleApproval: renderApproval(site, officer('approver'), {
      ...{ ...approval, people: [input], body: text('body'), credentialIds: [text('credentialId')] },
      ...{ reason: text('reason'), typed, problem },
    }),
  };
}
