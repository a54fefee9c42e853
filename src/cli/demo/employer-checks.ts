import { annulAcademy } from './annul.ts';
import type { Awards } from './awards.ts';
import { type Client, createClient } from './client.ts';
import { askRegisters } from './questions.ts';
import type { World } from './world.ts';

export interface Answer {
  what: string;
  /** Of the badge; absent when asking again gives another answer by now. */
  url?: string;
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

const MOST_TRIES = 5;

/** Asked again where a source did not answer in time: a slow machine, and unknown is no answer. */
export async function verification(employer: Client, asked: object): Promise<Report> {
  for (let tries = 1; ; tries++) {
    const report = await employer.post<Report>('/v1/verifications', asked);
    const unanswered = report.checks.some(({ result, code }) => result === 'unknown' && code.endsWith('unanswered'));
    if (!unanswered || tries === MOST_TRIES) return report;
  }
}

/** Everything the employer asks, and what the answer has to be: the demonstration fails on the first that differs. */
export async function checkAsEmployer(employerUrl: string, world: World, awards: Awards) {
  const employer = createClient(employerUrl);
  const answers = await checkBadges(employer, world, awards);
  const classListChecked = await checkAll(employer, awards.classList.urls.slice(1));
  const questions = await askRegisters(employer, world);
  return { answers, questions, stacks: await checkStacks(employer, world, awards), classListChecked };
}

async function checkBadges(employer: Client, world: World, awards: Awards): Promise<Answer[]> {
  const answers: Answer[] = [];
  const expect = async (expected: string, what: string, url: string, asked: { knownOn?: string; gone?: true } = {}) => {
    const { gone, ...rest } = asked;
    const report = await verification(employer, { url, ...rest });
    const { verdict, recognition, sentence } = report;
    if (`${verdict}, ${recognition}` !== expected) {
      const got = `${verdict}, ${recognition}\n${JSON.stringify(report, null, 2)}`;
      throw new Error(`${what}: expected ${expected}, got ${got}`);
    }
    answers.push({ what, ...(gone ? {} : { url }), verdict, recognition, sentence: sentence.en });
  };
  const GOOD = 'valid, recognised';
  const UNACCREDITED = 'valid, not_recognised';
  await expect(GOOD, 'a badge of the class list', awards.classList.urls[5]!);
  await expect(GOOD, 'a certificate of competency, assessed at an accredited centre', awards.cocs[0]!);
  await expect(GOOD, 'CPD units of a provider accredited for that profession', awards.cpd);
  await expect(GOOD, 'a badge that two persons signed off', awards.byTwo.url);
  await expect(GOOD, 'a badge of an institution that has merged into another since', awards.old);
  await expect('invalid, recognised', 'a revoked badge', awards.revoked);
  await expect('invalid, recognised', 'a suspended badge', awards.suspended);
  await expect(UNACCREDITED, 'a badge awarded after the accreditation ended', awards.lapsed);
  await expect(GOOD, 'a badge of an academy in good standing', awards.annulled, { gone: true });
  const knownOn = await annulAcademy(world);
  await expect(UNACCREDITED, 'the same badge: its accreditation was annulled from the start', awards.annulled);
  const earlier = 'the same badge, as far as was known before the annulment';
  await expect(GOOD, earlier, awards.annulled, { knownOn, gone: true });
  return answers;
}

const AT_ONCE = 4;

/** Every badge of the class list, as an agency would check them all. @returns how many */
async function checkAll(employer: Client, urls: readonly string[]): Promise<number> {
  const left = urls.values();
  const checker = async () => {
    for (const url of left) {
      const { verdict, recognition } = await verification(employer, { url });
      if (verdict !== 'valid' || recognition !== 'recognised') throw new Error(`${url}: ${verdict}, ${recognition}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, checker));
  return urls.length;
}

async function checkStacks(employer: Client, world: World, awards: Awards): Promise<StackAnswer[]> {
  const stacks: StackAnswer[] = [];
  const expect = async (what: string, pathway: string, credentials: string[], outcome: string) => {
    const report = await employer.post<StackReport>('/v1/evaluations', { pathway, credentials });
    if (report.outcome !== outcome) {
      throw new Error(`${what}: expected ${outcome}, got ${report.outcome}\n${JSON.stringify(report, null, 2)}`);
    }
    const providers = new Set(report.credentials.map((row) => row.issuerId)).size;
    stacks.push({ what, outcome, badges: credentials.length, providers });
  };
  const { nationalCertificate, certificate } = world.pathways;
  await expect('Computer Systems Servicing NC II, four certificates', nationalCertificate, awards.cocs, 'met');
  await expect('the same with one certificate missing', nationalCertificate, awards.cocs.slice(1), 'unmet');
  await expect('Graduate Certificate in Distance Education, two providers', certificate, awards.courses, 'met');
  await expect('the same without the elective', certificate, awards.courses.slice(0, 5), 'unmet');
  return stacks;
}
