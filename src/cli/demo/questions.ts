import { label } from '#framework';
import {
  ACTORS,
  type Actor,
  AUTONOMOUS_UNIVERSITY,
  CPD_PROVIDER,
  HARBOUR_CENTRE,
  INDUSTRY_ASSOCIATION,
  SKILLS_AUTHORITY,
} from './actors.ts';
import type { Client } from './client.ts';
import { CSS_CORE, CSS_TR } from './definitions.ts';
import type { Instrument } from './instruments.ts';
import type { World } from './world.ts';

/** A question about who was entitled, with the answer in words. */
export interface Question {
  asked: string;
  accredited: string;
  words: string;
}

interface Matched {
  accreditor: string;
  anchor: string;
  standing: string;
  chain: string[];
  validUntil?: string;
  legalInstrument: Instrument[];
}

interface Reply {
  accreditedAtAward: string;
  message: { en: string };
  parties: { atAward?: { matched: Matched[] } }[];
}

interface Asked {
  asked: string;
  of: Actor;
  expected: string;
  body: object;
}

const DAY = '2026-03-14';

/** Without any badge in hand: may this institution award this, on that day? The employer's own instance answers. */
export async function askRegisters(employer: Client, world: World): Promise<Question[]> {
  const cpd = (profession: string, expected: string): Asked => ({
    asked: `May the ${CPD_PROVIDER.name} give eight CPD units in ${profession}, on 14 March 2026?`,
    of: CPD_PROVIDER,
    expected,
    body: {
      regime: 'PRC',
      at: DAY,
      award: { awardType: 'CpdActivity', profession: [profession], credit: { 'PRC-CPD-CU': '8' } },
    },
  });
  const rows: Asked[] = [
    cpd('Accountancy', 'yes'),
    cpd('Dentistry', 'yes'),
    cpd('Nursing', 'no'),
    {
      asked: `May the ${AUTONOMOUS_UNIVERSITY.name} award a micro-credential of level 6, on 14 March 2026?`,
      of: AUTONOMOUS_UNIVERSITY,
      expected: 'yes',
      body: { regime: 'CHED', at: DAY, award: { awardType: 'HeiMicroCredential', pqfLevel: 6 } },
    },
    {
      asked: `Does a certificate count that was assessed at the ${HARBOUR_CENTRE.name} on 16 June 2025?`,
      of: SKILLS_AUTHORITY,
      expected: 'no',
      body: {
        regime: 'TESDA',
        at: '2025-06-16',
        source: world.did(HARBOUR_CENTRE),
        award: {
          awardType: 'CertificateOfCompetency',
          pqfLevel: 2,
          trainingRegulation: { title: CSS_TR.title, version: CSS_TR.version },
          unitOfCompetency: [CSS_CORE[0].code],
          site: [world.did(HARBOUR_CENTRE)],
        },
      },
    },
    {
      asked: `May the ${INDUSTRY_ASSOCIATION.name}, which only endorses, award an industry certification?`,
      of: INDUSTRY_ASSOCIATION,
      expected: 'unknown',
      body: { regime: 'Industry', at: DAY, award: { awardType: 'IndustryCertification' } },
    },
  ];
  const answers: Question[] = [];
  for (const { asked, of, expected, body } of rows) {
    const reply = await employer.post<Reply>('/v1/accreditation-checks', { issuer: world.did(of), ...body });
    const accredited = reply.accreditedAtAward;
    if (accredited !== expected) {
      throw new Error(`${asked} expected ${expected}, got ${accredited}\n${JSON.stringify(reply, null, 2)}`);
    }
    answers.push({ asked, accredited, words: inWords(reply, world) });
  }
  return answers;
}

/** Who says so, by which instrument, and over how many grants it reaches the trust anchor. */
function inWords(reply: Reply, world: World): string {
  const matched = reply.parties[0]?.atAward?.matched[0];
  if (reply.accreditedAtAward !== 'yes' || !matched) {
    return `${reply.accreditedAtAward === 'no' ? 'No.' : 'Not shown.'} ${reply.message.en}`;
  }
  const nameOf = (did: string) => ACTORS.find((actor) => world.did(actor) === did)?.name ?? did;
  const provisional = matched.standing === 'provisional' ? ', provisionally' : '';
  const until = matched.validUntil ? ` Until ${lastDay(matched.validUntil)}.` : '';
  return (
    `Yes${provisional}: accredited by the ${nameOf(matched.accreditor)} under\n` +
    `    ${matched.legalInstrument.map(cited).join(' and ')}; a chain of ${matched.chain.length} grants from the ${nameOf(matched.anchor)}.${until}`
  );
}

function cited({ kind, number, series }: Instrument): string {
  const name = label('kind', kind).en;
  if (!number) return `${name} (made up: none was verified)`;
  return `${name} ${number}${series ? ` s. ${series}` : ''}`;
}

/** In Manila; the end is the first instant at which it is no longer in force. */
function lastDay(end: string): string {
  const last = new Date(Date.parse(end) - 1_000);
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Asia/Manila' }).format(last);
}
