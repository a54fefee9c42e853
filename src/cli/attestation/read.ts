import { createAttestationReader } from '#attestations';
import { systemClock } from '#kernel';
import { command, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readBytes, readJson } from '../read-text.ts';
import { readRegisterKeys } from './register-keys.ts';
import { attestationWords, holds } from './words.ts';

/** Of a register with its parts and the documents of all parties. */
const BUDGET = { bytes: 64 * 1024 * 1024, keys: 2_000_000 };

export const attestationRead = command({
  operands: { file: { name: 'FILE', optional: true, says: 'The text of the code; default standard input' } },
  options: {
    register: {
      value: 'FILE',
      required: true,
      says: 'Register snapshot with the keys, as /registry/SLUG/snapshot gives it',
    },
  },
  summary: 'Checks the signature of a printed code (TATAK1:...) without a network',
  about:
    'The keys are those in a register snapshot. Nothing is fetched. The code is derived from a badge, and what it says is no verdict on it.',
  examples: [
    'attestation read --register snapshot.json code.txt',
    'attestation read --register snapshot.json --json < code.txt',
  ],
  exits: {
    0: 'the signature holds, and the badge was in force on the day of the code',
    1: 'the signature does not hold, its key is not known, or the badge was revoked, suspended or over',
  },

  async run({ operands: { file = '-' }, values: { register }, json }, io) {
    if (file === '-' && register === '-') throw new UsageError('only one file can be standard input');
    const keys = readRegisterKeys(await readJson(register, io, BUDGET), systemClock);
    if (!keys) throw new UsageError(`${register} is not a register snapshot with keys`);
    const reader = createAttestationReader({ clock: systemClock, resolveMethod: keys.resolveMethod });
    const report = await reader.read((await readBytes(file, io)).toString('latin1'));
    io.out(
      json
        ? `${JSON.stringify({ ...report, keysAsOf: keys.published })}\n`
        : attestationWords(report, `${keys.published} (one that was ended later is not known)`),
    );
    return holds(report) ? EXIT.done : EXIT.fails;
  },
});
