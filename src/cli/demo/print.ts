import { ANNULLED_ACADEMY, CPD_PROVIDER, HARBOUR_CENTRE } from './actors.ts';
import type { Awards } from './awards.ts';
import type { Answer, StackAnswer } from './employer-checks.ts';
import { GRANTS } from './grants.ts';
import type { Instance } from './instances.ts';
import type { Question } from './questions.ts';
import type { World } from './world.ts';

export function say(line: string): void {
  console.log(`- ${line}`);
}

export interface Result {
  service: Instance;
  employer: Instance;
  world: World;
  awards: Awards;
  result: { answers: Answer[]; questions: Question[]; stacks: StackAnswer[]; classListChecked: number };
  seconds: number;
  /** Both instances stay up, so that the links work. */
  stays: boolean;
}

/** What was done, in words, with links to click. */
export function printResult({ service, employer, world, awards, result, seconds, stays }: Result): void {
  const verify = (url: string) => `${employer.url}/verify?url=${encodeURIComponent(url)}`;
  console.log(`
Signed ${GRANTS.length} grants of ${new Set(GRANTS.map(({ by }) => by)).size} authorities. The instruments they cite are real; who acts, limits and days are made up.
Issued ${awards.classList.issued} of ${awards.classList.rows} badges of the class list, ${awards.cocs.length} certificates of competency, ${awards.courses.length} courses, and
one badge each of five other institutions; revoked one badge, suspended one.
Two persons: the one who prepared an award, with another key, was refused ("${awards.byTwo.refused}").
Refused as well: the institute whose accreditation ended; it issued only after the operator recorded a decision.

What the employer's instance says (an empty database; it knows one trust anchor, fetches the rest):
`);
  for (const answer of result.answers) {
    console.log(`  ${answer.what}\n    ${answer.sentence}\n${stays ? `    ${verify(answer.url)}\n` : ''}`);
  }
  console.log(`  All ${result.classListChecked} other badges of the class list: genuine and recognised.\n`);
  console.log('Who was entitled, asked without a badge:\n');
  for (const { asked, words } of result.questions) console.log(`  ${asked}\n    ${words}\n`);
  console.log(
    'What stacks into what, as the rules of each pathway say ("met" is eligibility; the conferrer still decides):\n',
  );
  for (const stack of result.stacks) {
    console.log(
      `  ${stack.what}: ${stack.outcome} (${stack.badges} badges of ${stack.providers === 1 ? 'one issuer' : `${stack.providers} issuers`})`,
    );
  }
  if (!stays) {
    console.log(`\nDone in ${seconds.toFixed(1)} s. Without --once everything stays up, with links to look at.`);
    return;
  }
  console.log(`
To look at:
  A badge            ${awards.classList.urls[5]}
  A revoked badge    ${awards.revoked}
  Verify page        ${employer.url}/verify
  Registers          ${service.url}/registry
  Accreditations     ${service.url}/institutions/${CPD_PROVIDER.slug}/accreditations
                     ${service.url}/institutions/${HARBOUR_CENTRE.slug}/accreditations
                     ${service.url}/institutions/${ANNULLED_ACADEMY.slug}/accreditations
  Pathways           ${world.pathways.nationalCertificate}
                     ${world.pathways.certificate}
  Framework          ${service.url}/framework
  API reference      ${service.url}/docs

Done in ${seconds.toFixed(1)} s.`);
}
