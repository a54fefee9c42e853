import { annulAcademy } from './annul.ts';
import type { Awards } from './awards.ts';
import { createClient } from './client.ts';
import { askRegisters } from './questions.ts';
import type { World } from './world.ts';

export interface Answer {
  what: string;
  url: string;
  verdict: string;
  recognition: string;
  sentence: string;
}

export interface StackAnswer {
  what: string;
  outcome: string;
  badges: number;
  providers: number;
}

interface Report {
  verdict: string;
  recognition: string;
  sentence: { en: string; fil: string };
  checks: { check: string; result: string; code: string }[];
}

interface StackReport {
  outcome: string;
  credentials: { url?: string; verdict: string; recognition: string; issuerId?: string }[];
}

/** Everything the employer asks, and what the answer has to be: the demonstration fails on the first that differs. */
export async function checkAsEmployer(employerUrl: string, world: World, awards: Awards) {
  const employer = createClient(employerUrl);
  const answers: Answer[] = [];
  const expectBadge = async (what: string, url: string, verdict: string, recognition: string, knownOn?: string) => {
    const report = await employer.post<Report>('/v1/verifications', { url, ...(knownOn ? { knownOn } : {}) });
    if (report.verdict !== verdict || report.recognition !== recognition) {
      throw new Error(
        `${what}: expected ${verdict} and ${recognition}, got ${report.verdict} and ${report.recognition}\n` +
          JSON.stringify(report, null, 2),
      );
    }
    answers.push({ what, url, verdict, recognition, sentence: report.sentence.en });
  };
  await expectBadge('a badge of the class list', awards.classList.urls[5]!, 'valid', 'recognised');
  await expectBadge('a certificate of competency', awards.cocs[0]!, 'valid', 'recognised');
  await expectBadge('CPD units of a provider accredited for that profession', awards.cpd, 'valid', 'recognised');
  await expectBadge('a badge that two persons signed off', awards.byTwo.url, 'valid', 'recognised');
  await expectBadge('a badge of an institution that has merged since', awards.old, 'valid', 'recognised');
  await expectBadge('a revoked badge', awards.revoked, 'invalid', 'recognised');
  await expectBadge('a suspended badge', awards.suspended, 'invalid', 'recognised');
  await expectBadge('a badge awarded after the accreditation ended', awards.lapsed, 'valid', 'not_recognised');
  await expectBadge(
    'a badge of an academy, before its accreditation is annulled',
    awards.annulled,
    'valid',
    'recognised',
  );
  const before = await annulAcademy(world);
  await expectBadge('the same badge after that, void from the start', awards.annulled, 'valid', 'not_recognised');
  await expectBadge('and as far as was known before', awards.annulled, 'valid', 'recognised', before);
  // Every badge of the class list, as an agency would check them all.
  let good = 0;
  for (const url of awards.classList.urls.slice(1)) {
    const report = await employer.post<Report>('/v1/verifications', { url });
    if (report.verdict !== 'valid' || report.recognition !== 'recognised') {
      throw new Error(`${url}: ${report.verdict}, ${report.recognition}`);
    }
    good++;
  }

  const stacks: StackAnswer[] = [];
  const expectStack = async (what: string, pathway: string, credentials: string[], outcome: string) => {
    const report = await employer.post<StackReport>('/v1/evaluations', { pathway, credentials });
    if (report.outcome !== outcome) {
      throw new Error(`${what}: expected ${outcome}, got ${report.outcome}\n${JSON.stringify(report, null, 2)}`);
    }
    const providers = new Set(report.credentials.map((row) => row.issuerId)).size;
    stacks.push({ what, outcome, badges: credentials.length, providers });
  };
  const { nationalCertificate, certificate } = world.pathways;
  await expectStack('Computer Systems Servicing NC II, four certificates', nationalCertificate, awards.cocs, 'met');
  await expectStack('the same with one certificate missing', nationalCertificate, awards.cocs.slice(1), 'unmet');
  await expectStack('Graduate Certificate in Distance Education, two providers', certificate, awards.courses, 'met');
  await expectStack('the same without the elective', certificate, awards.courses.slice(0, 5), 'unmet');
  return { answers, questions: await askRegisters(employer, world), stacks, classListChecked: good };
}
