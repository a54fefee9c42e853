import { Problem } from '#kernel';
import { readCsv } from '../../../src/jobs/read-csv.ts';
import { must, type Target, utf8 } from '../target.ts';

export const csv: Target = {
  name: 'csv',
  seeds: [
    'name,email\nJosé Peña,jose@example.ph\n"Niña ""N"" Ñ",nina@example.ph\n',
    '\uFEFFemail\r\na@example.ph\r\nb@example.ph\r\n',
    'name\r=1+1\r',
  ].map(utf8),
  dictionary: [
    '"',
    '""',
    ',',
    '\n',
    '\r\n',
    '\r',
    '=cmd|',
    '+',
    '-',
    '@',
    '\t',
    'name',
    'email',
    '\uFEFF',
    '\u0000',
    ';',
    ',,,,,',
  ],
  ciInputs: 500,
  async run(input) {
    const whole = await outcome(input);
    // In pieces of any size it is the same file.
    const pieces = await outcome(
      (async function* () {
        for (let at = 0; at < input.length; at += 7) yield input.subarray(at, at + 7);
      })(),
    );
    must(whole === pieces, `read differently in pieces: ${whole} and ${pieces}`);
  },
};

async function outcome(source: Parameters<typeof readCsv>[0]): Promise<string> {
  try {
    const { rows, sha256 } = await readCsv(source);
    return JSON.stringify([rows, sha256]);
  } catch (error) {
    if (error instanceof Problem && (error.kind === 'invalid-csv' || error.kind === 'payload-too-large'))
      return error.kind;
    throw error;
  }
}
