import type { Awards } from './awards.ts';
import type { Answer, StackAnswer } from './employer-checks.ts';
import type { Instance } from './instances.ts';
import type { World } from './world.ts';

export function say(line: string): void {
  console.log(`- ${line}`);
}

export interface Result {
  service: Instance;
  employer: Instance;
  world: World;
  awards: Awards;
  result: { answers: Answer[]; stacks: StackAnswer[]; classListChecked: number };
  seconds: number;
}

/** What was done, in words, with links to click. */
export function printResult({ service, employer, world, awards, result, seconds }: Result): void {
  const verify = (url: string) => `${employer.url}/verify?url=${encodeURIComponent(url)}`;
  console.log(`
Issued ${awards.classList.issued} of ${awards.classList.rows} badges of the class list, ${awards.cocs.length} certificates of competency,
${awards.courses.length} courses; revoked one badge, suspended one. All actors are specimens.

What the employer's instance says, knowing only ${service.url}'s trust anchor:
`);
  for (const answer of result.answers) {
    console.log(`  ${answer.what}\n    ${answer.sentence}\n    ${verify(answer.url)}\n`);
  }
  console.log(`  All ${result.classListChecked} other badges of the class list: genuine and recognised.\n`);
  console.log('What stacks into what:\n');
  for (const stack of result.stacks) {
    console.log(`  ${stack.what}: ${stack.outcome} (${stack.badges} badges, ${stack.providers} issuer(s))`);
  }
  console.log(`
To look at:
  A badge            ${awards.classList.urls[5]}
  A revoked badge    ${awards.revoked}
  Verify page        ${employer.url}/verify
  Register           ${service.url}/registry
  Pathways           ${world.pathways.nationalCertificate}
                     ${world.pathways.certificate}
  Framework          ${service.url}/framework
  API reference      ${service.url}/docs

Done in ${seconds.toFixed(1)} s.`);
}
