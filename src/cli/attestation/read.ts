import { parseArgs } from 'node:util';
import { type AttestationReport, createAttestationReader } from '#attestations';
import { type Json, Problem, parseStrictJsonBytes, systemClock } from '#kernel';
import { type Command, UsageError } from '../command.ts';
import { readBytes } from '../read-text.ts';
import { readRegisterKeys } from './register-keys.ts';

/** Of a register with its parts and the documents of all parties. */
const BUDGET = { bytes: 64 * 1024 * 1024, keys: 2_000_000 };

export const attestationRead: Command = {
  usage: '--register FILE [FILE] [--json]',
  summary:
    'Reads the text of a printed code (TATAK1:...), from FILE or standard input, and checks its signature with the keys in a register ' +
    'snapshot (/registry/SLUG/snapshot). Nothing is fetched. It is derived from a badge, and no verdict on it.',

  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { register: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [file = '-', more] = positionals;
    if (more !== undefined) throw new UsageError('name one file');
    if (values.register === undefined) throw new UsageError('--register is missing: the file with the keys');
    if (file === '-' && values.register === '-') throw new UsageError('only one file can be standard input');
    const keys = readRegisterKeys(await json(values.register), systemClock);
    if (!keys) throw new UsageError(`${values.register} is not a register snapshot with keys`);
    const reader = createAttestationReader({ clock: systemClock, resolveMethod: keys.resolveMethod });
    const text = (await readBytes(file)).toString('latin1');
    let report: AttestationReport;
    try {
      report = await reader.read(text);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      io.err(`${error.message}\n`);
      return 2;
    }
    io.out(
      values.json ? `${JSON.stringify({ ...report, keysAsOf: keys.published })}\n` : words(report, keys.published),
    );
    return holds(report) ? 0 : 1;
  },
};

/** Of a badge that was revoked, suspended or over, a good signature is no good news. */
function holds({ signature, statement, checkedAt }: AttestationReport): boolean {
  if (signature !== 'valid' || statement?.status !== 'active') return false;
  return statement.validUntil === undefined || statement.validUntil > checkedAt;
}

function words({ sentence, advice, code, badge, statement }: AttestationReport, keysAsOf: string): string {
  const rows: [string, string | undefined][] = [
    ['signature', code],
    ['keys as of', `${keysAsOf} (one that was ended later is not known)`],
    ['status', statement && `${statement.status}, as of ${statement.asOf}${statement.old ? ' (old)' : ''}`],
    ['award', statement?.name],
    ['achievement', statement?.achievement],
    ['awarded', statement?.awarded],
    ['recipient', statement && (statement.recipient ?? 'not named in it')],
    ['valid until', statement?.validUntil],
    ['issuer', statement?.issuer],
    ['badge', badge],
    ['sha-256', statement?.sha256],
  ];
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : `  ${name}: ${value}`));
  return `${[sentence.en, advice.en, ...lines].join('\n')}\n`;
}

async function json(file: string): Promise<Json> {
  try {
    return parseStrictJsonBytes(await readBytes(file), BUDGET);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new UsageError(`${file}: ${error.message}`);
  }
}
