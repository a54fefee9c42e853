import type { AcrossSectors } from './across-sectors/award.ts';
import { ANNULLED_ACADEMY, CPD_PROVIDER, HARBOUR_CENTRE } from './actors.ts';
import type { Awards } from './awards.ts';
import type { Answer, StackAnswer } from './employer-checks.ts';
import { GRANTS } from './grants.ts';
import type { Instance } from './instances.ts';
import type { Question } from './questions.ts';
import type { Taken } from './wallet.ts';
import type { World } from './world.ts';

export function say(line: string): void {
  console.log(`- ${line}`);
}

export interface Result {
  service: Instance;
  employer: Instance;
  world: World;
  awards: Awards;
  across: AcrossSectors;
  taken: Taken;
  result: { answers: Answer[]; questions: Question[]; stacks: StackAnswer[]; classListChecked: number };
  seconds: number;
  /** Both instances stay up, so that the links work. */
  stays: boolean;
}

/** What was done, in words, with links to click. */
export function printResult({ service, employer, world, awards, across, taken, result, seconds, stays }: Result): void {
  const verify = (url: string) => `${employer.url}/verify?url=${encodeURIComponent(url)}`;
  const authorities = new Set(GRANTS.map(({ by }) => by)).size;
  console.log(`
Accredited: ${GRANTS.length} signed grants of ${authorities} authorities, each citing the instrument it rests on. Instruments with a number are
real; who acts, every limit and every day are made up, and each grant says so. One industry body
endorses an achievement of a college, which accredits nobody.
Issued ${awards.classList.issued} of ${awards.classList.rows} badges of the class list, ${awards.cocs.length} certificates of competency, ${awards.courses.length} courses, and a badge each
of six other institutions; revoked one badge, suspended one.

What the service refused:

  To let one person prepare and approve an award ("${awards.byTwo.refused}").
    Another person approved it.
  To issue for an institute whose accreditation had ended ("no register shows it").
    The operator recorded a decision that it may; the badge was issued.

What the employer's instance says (its database is empty; it knows one trust anchor and fetches the rest):
`);
  for (const answer of result.answers) {
    console.log(
      `  ${answer.what}\n    ${answer.sentence}\n${stays && answer.url ? `    ${verify(answer.url)}\n` : ''}`,
    );
  }
  console.log(`  All ${result.classListChecked} other badges of the class list: genuine and recognised.\n`);
  console.log('Who may award what, asked without a badge:\n');
  for (const { asked, words } of result.questions) console.log(`  ${asked}\n    ${words}\n`);
  console.log(
    'What stacks into what, as the rules of each pathway say ("met" is eligibility; the conferrer still decides):\n',
  );
  for (const stack of result.stacks) {
    console.log(
      `  ${stack.what}: ${stack.outcome} (${stack.badges} badges of ${stack.providers === 1 ? 'one issuer' : `${stack.providers} issuers`})`,
    );
  }
  console.log(`
Into a wallet: class lists of three institutions sent one learner ${taken.credentials.length} claim links by mail; \`tatak offer claim\` took each badge,
bound to one key. On the learner's page one code from the mail showed all three, and they stack. The employer found the wallet
copies genuine and recognised; beside their web copies each counted once.`);
  console.log(`
Across sectors: ${across.badges.length} badges of ${new Set(across.counts.map(({ by }) => by)).size} awarders, one of them for learning at work, into one award. Why each counts:
`);
  for (const { name, by, serves, facts } of across.counts) {
    console.log(`  ${name}, of the ${by}\n    ${serves} ${facts}.`);
  }
  console.log(`
  Conferred by the university's registrar, never by the rules; the award names every part, the pathway
  version and the evaluation by digest. Then a part was revoked: the award was flagged after ${across.flag.seconds.toFixed(1)} s:
${across.flag.findings.map((finding) => `    ${finding}`).join('\n')}
  The registrar upholds or withdraws it; until then a verifier finds the award as it was.`);
  if (!stays) {
    console.log(`\nDone in ${seconds.toFixed(1)} s. Without --once everything stays up, with links to look at.`);
    return;
  }
  console.log(`
To take with a wallet (yours, or this one of two files):
  ${taken.open.claimUrl}
  npm run tatak -- offer claim '${taken.open.credentialOfferLink}' --out demo-data/badge.json

To look at:
  A badge            ${awards.classList.urls[5]}
  A revoked badge    ${awards.revoked}
  Verify page        ${employer.url}/verify
  The learner's page ${service.url}/my  (for ${taken.learner}; mail is in demo-data/service/mail)
  Registers          ${service.url}/registry
  Accreditations     ${service.url}/institutions/${CPD_PROVIDER.slug}/accreditations
                     ${service.url}/institutions/${HARBOUR_CENTRE.slug}/accreditations
                     ${service.url}/institutions/${ANNULLED_ACADEMY.slug}/accreditations
  Pathways           ${world.pathways.nationalCertificate}
                     ${world.pathways.certificate}
  The award          ${across.award}
  Its pathway, drawn with the badges: a part of it was revoked
                     ${across.pathway}?${across.badges.map((url) => `credential=${encodeURIComponent(url)}`).join('&')}
  Framework          ${service.url}/framework
  API reference      ${service.url}/docs

Done in ${seconds.toFixed(1)} s.`);
}
