import { openApi, SERVICE } from '../api.ts';
import { command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type Grant, grantLine } from './words.ts';

export const accreditList = command({
  operands: {},
  options: {
    accredited: { value: 'DID', says: 'Only those to this party' },
    role: { value: 'ROLE', choices: ['Train', 'Assess', 'Award', 'Accredit'], says: 'Only of this role' },
    verb: { value: 'VERB', choices: ['list', 'approve', 'accredit', 'endorse'], says: 'Only of this act' },
    ...SERVICE,
  },
  summary: 'Lists what this authority granted, with its standing today',
  about: 'One line for each grant; with --json one object a line.',
  examples: ['accredit list --role Award --url https://badges.example.edu --key-file authority.key'],

  async run({ values, json }, io) {
    const { accredited, role, verb } = values;
    for await (const grants of (await openApi(values)).all<Grant>('/v1/accreditations', { accredited, role, verb })) {
      for (const grant of grants) io.out(json ? `${JSON.stringify(grant)}\n` : grantLine(grant));
    }
    return EXIT.done;
  },
});
