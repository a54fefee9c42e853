import { type Api, openApi, SERVICE } from '../api.ts';
import { command, type Io, type Option, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { keyLine, type ShownKey } from './key-line.ts';

export const INSTITUTION = {
  institution: { name: 'INSTITUTION', says: 'Its slug' },
} as const;
export const KEY = { key: { name: 'KEY', says: 'As `keys list` shows it, e.g. key-1-assertion' } } as const;

const PURPOSE = {
  purpose: {
    value: 'PURPOSE',
    choices: ['assertion', 'status'],
    otherwise: 'assertion',
    says: 'What it signs: badges, or status lists',
  },
} as const satisfies Record<string, Option>;
const ALGORITHM = { value: 'KIND', choices: ['Ed25519', 'P-256', 'P-384', 'RSA'], says: 'Kind of key' } as const;

const AS = '--url https://badges.example.edu --key-file operator.key';

/** Keys are changed through the service, never in its files: it knows who does it and records it. */
const keysOf = (institution: string) => `/v1/institutions/${encodeURIComponent(institution)}/keys`;

function print(io: Io, json: boolean, key: ShownKey) {
  io.out(json ? `${JSON.stringify(key)}\n` : keyLine(key));
  return EXIT.done;
}

const change = (api: Api, institution: string, key: string, what: string, body?: object) =>
  api.call<ShownKey>('POST', `${keysOf(institution)}/${encodeURIComponent(key)}/${what}`, body);

export const keysList = command({
  operands: INSTITUTION,
  options: SERVICE,
  summary: 'Lists the signing keys of an institution, retired and revoked ones too',
  examples: [`keys list specimen-college ${AS}`],
  async run({ operands, values, json }, io) {
    const { items } = await (await openApi(values)).call<{ items: ShownKey[] }>('GET', keysOf(operands.institution));
    if (json) io.out(`${JSON.stringify({ items })}\n`);
    else for (const key of items) io.out(keyLine(key));
    return EXIT.done;
  },
});

export const keysCreate = command({
  operands: INSTITUTION,
  options: {
    algorithm: { ...ALGORITHM, required: true },
    ...PURPOSE,
    immediately: { says: 'Sign with it now: verifiers may not have its DID document yet' },
    ...SERVICE,
  },
  summary: 'Makes the first signing key of a kind, which signs in three minutes',
  examples: [`keys create specimen-college --algorithm P-256 ${AS}`],
  async run({ operands, values, json }, io) {
    const { purpose, algorithm, immediately } = values;
    const body = { purpose, algorithm, immediately };
    return print(io, json, await (await openApi(values)).call<ShownKey>('POST', keysOf(operands.institution), body));
  },
});

export const keysRotate = command({
  operands: INSTITUTION,
  options: { ...PURPOSE, algorithm: ALGORITHM, ...SERVICE },
  summary: 'Lists a successor of a key now, which signs in three minutes',
  about: 'The old key goes on verifying what it signed.',
  examples: [`keys rotate specimen-college --purpose status ${AS}`],
  async run({ operands, values, json }, io) {
    const { purpose, algorithm } = values;
    const body = { purpose, ...(algorithm === undefined ? {} : { algorithm }) };
    return print(
      io,
      json,
      await (await openApi(values)).call<ShownKey>('POST', `${keysOf(operands.institution)}/rotate`, body),
    );
  },
});

export const keysRetire = command({
  operands: { ...INSTITUTION, ...KEY },
  options: SERVICE,
  summary: 'Ends a signing key without a successor',
  examples: [`keys retire specimen-college key-2-assertion ${AS}`],
  async run({ operands: { institution, key }, values, json }, io) {
    return print(io, json, await change(await openApi(values), institution, key, 'retire'));
  },
});

export const keysRevoke = command({
  operands: { ...INSTITUTION, ...KEY },
  options: { since: { value: 'INSTANT', says: 'From when on it is not to be trusted; default now' }, ...SERVICE },
  summary: 'Says that a signing key is compromised: proofs from then on fail, for ever',
  about: 'A successor is made where the institution would have no other key. `keys withdraw` says what it had signed.',
  examples: [`keys revoke specimen-college key-1-assertion --since 2026-06-01T00:00:00Z ${AS}`],
  async run({ operands: { institution, key }, values, json }, io) {
    const body = values.since === undefined ? {} : { revokedAt: values.since };
    const path = `${keysOf(institution)}/${encodeURIComponent(key)}/revoke`;
    const answer = await (await openApi(values)).call<{ key: ShownKey; successor?: ShownKey }>('POST', path, body);
    if (json) io.out(`${JSON.stringify(answer)}\n`);
    else for (const one of [answer.key, answer.successor]) if (one) io.out(keyLine(one));
    return EXIT.done;
  },
});

export const keysUnlatch = command({
  operands: { ...INSTITUTION, ...KEY },
  options: { reason: { value: 'TEXT', required: true, says: 'What was found' }, ...SERVICE },
  summary: 'Lets a key sign again that a failed self-check stopped',
  about: 'Look first: `recheck --stops`.',
  examples: [`keys unlatch specimen-college key-1-assertion --reason 'A bad memory module, replaced' ${AS}`],
  async run({ operands: { institution, key }, values, json }, io) {
    if (values.reason.trim() === '') throw new UsageError('--reason is empty: what was found');
    return print(io, json, await change(await openApi(values), institution, key, 'resume', { reason: values.reason }));
  },
});
