import { isObject, type JsonObject, Problem, parseStrictJson, present } from '#kernel';
import { openApi, SERVICE } from '../api.ts';
import { command, type Io, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readJson } from '../read-text.ts';
import { type Grant, grantLine } from './words.ts';

export const accreditGrant = command({
  operands: {
    file: { name: 'FILE', optional: true, says: 'A grant as POST /v1/accreditations takes it; - for standard input' },
  },
  options: {
    accredited: { value: 'DID', says: 'Who is accredited' },
    role: { value: 'ROLE', choices: ['Train', 'Assess', 'Award', 'Accredit'], says: 'To do what' },
    verb: { value: 'VERB', choices: ['list', 'approve', 'accredit', 'endorse'], says: 'Only accredit accredits' },
    scope: { value: 'JSON', says: 'Of what: one scope, or a list of them' },
    'valid-from': { value: 'DAY', says: 'From when on, counted in Manila' },
    'valid-until': { value: 'DAY', says: 'Up to but not at' },
    instrument: { value: 'JSON', says: 'The legal instrument, {kind, number, series, date, url}' },
    ...SERVICE,
  },
  summary: 'Signs one grant and puts it into the register of this authority',
  about:
    'The options complete FILE, and replace what stands in it. A grant must fit under what this authority was given.',
  examples: [
    'accredit grant --accredited did:web:badges.example.edu:institutions:specimen-college --role Award --scope \'{"awardType":["HeiMicroCredential"]}\' --valid-from 2026-01-01 --url https://badges.example.edu --key-file authority.key',
    'accredit grant grant.json --json --url https://badges.example.edu --key-file authority.key',
  ],

  async run({ operands: { file }, values, json }, io) {
    const { accredited, role, verb, scope, instrument } = values;
    const given = file === undefined ? {} : await grantIn(file, io);
    const stated = {
      ...{ accredited, role, verb },
      scope: scope === undefined ? undefined : [inline('scope', scope)].flat(),
      ...{ validFrom: values['valid-from'], validUntil: values['valid-until'] },
      legalInstrument: instrument === undefined ? undefined : inline('instrument', instrument),
    };
    const options = present(stated);
    const body = { ...given, ...options };
    if (Object.keys(body).length === 0) throw new UsageError('name a file with the grant, or say it with options');
    const grant = await (await openApi(values)).call<Grant>('POST', '/v1/accreditations', body);
    io.out(json ? `${JSON.stringify(grant)}\n` : grantLine(grant));
    return EXIT.done;
  },
});

async function grantIn(file: string, io: Io): Promise<JsonObject> {
  const given = await readJson(file, io);
  if (!isObject(given)) throw new UsageError('a grant is one object');
  return given;
}

function inline(name: string, text: string) {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new UsageError(`--${name} is not JSON: ${error.message}`);
  }
}
