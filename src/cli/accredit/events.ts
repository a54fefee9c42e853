import { formatInstant, systemClock } from '#kernel';
import { openApi, SERVICE } from '../api.ts';
import { command, type Io, type Option } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type Grant, grantLine } from './words.ts';

const GRANT = { grant: { name: 'GRANT', says: 'Its id, as `accredit list` shows it' } } as const;
const EVENT = {
  reason: { value: 'TEXT', required: true, says: 'Why; it is published' },
  from: { value: 'DAY', says: 'From when on, counted in Manila; default now' },
  ...SERVICE,
} as const satisfies Record<string, Option>;
const ABOUT = 'Nothing is ever edited: it is added to the register.';
const AS = '--url https://badges.example.edu --key-file authority.key';

interface Told {
  operands: { grant: string };
  values: { reason: string; from: string | undefined; url: string; 'key-file': string | undefined };
  json: boolean;
}

async function record({ operands, values, json }: Told, type: string, io: Io) {
  const { reason, from } = values;
  // Without a day an annulment reaches back to the start.
  const effectiveAt = from ?? (type === 'annulled' ? undefined : formatInstant(systemClock.now()));
  const body = { type, reason, ...(effectiveAt === undefined ? {} : { effectiveAt }) };
  const path = `/v1/accreditations/${encodeURIComponent(operands.grant)}/events`;
  const grant = await (await openApi(values)).call<Grant>('POST', path, body);
  io.out(json ? `${JSON.stringify(grant)}\n` : grantLine(grant));
  if (!json && grant.toReview)
    io.out(`${grant.toReview} credentials were awarded in the voided time; none is revoked by it\n`);
  return EXIT.done;
}

export const accreditSuspend = command({
  operands: GRANT,
  options: EVENT,
  summary: 'Suspends a grant, until it is reinstated',
  about: `Awards made before the day remain accredited at award. ${ABOUT}`,
  examples: [`accredit suspend 0123456789abcdefghjkmnpqrs --reason 'Under review' ${AS}`],
  run: (call, io) => record(call, 'suspended', io),
});

export const accreditReinstate = command({
  operands: GRANT,
  options: EVENT,
  summary: 'Lifts the suspension of a grant',
  about: ABOUT,
  examples: [`accredit reinstate 0123456789abcdefghjkmnpqrs --reason 'The review found no fault' ${AS}`],
  run: (call, io) => record(call, 'reinstated', io),
});

export const accreditEnd = command({
  operands: GRANT,
  options: {
    as: { value: 'HOW', choices: ['withdrawn', 'expired', 'annulled'], otherwise: 'withdrawn', says: 'How it ends' },
    ...EVENT,
  },
  summary: 'Ends a grant: withdrawn, expired, or annulled from its start',
  about: `Awards made before the day remain accredited at award, except that an annulment reaches back: without --from the grant is void from its start. ${ABOUT}`,
  examples: [
    `accredit end 0123456789abcdefghjkmnpqrs --reason 'The programme was closed' --from 2026-06-01 ${AS}`,
    `accredit end 0123456789abcdefghjkmnpqrs --as annulled --reason 'Granted on forged papers' ${AS}`,
  ],
  run: (call, io) => record(call, call.values.as, io),
});
