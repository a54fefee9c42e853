import { Problem } from '#kernel';
import { classListOf } from '../../../src/jobs/class-list.ts';
import type { UploadSource } from '../../../src/jobs/upload-text.ts';
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

async function outcome(csv: UploadSource): Promise<string> {
  try {
    const list = classListOf({ csv });
    const rows = [];
    for await (const row of list.rows) rows.push(row);
    return JSON.stringify([rows, list.sha256()]);
  } catch (error) {
    if (error instanceof Problem && (error.kind === 'invalid-csv' || error.kind === 'payload-too-large'))
      return error.kind;
    throw error;
  }
}
