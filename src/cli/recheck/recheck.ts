import { openRecheck } from '#app';
import { command, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { DATA, settings, storeOf } from '../store.ts';

const PIECE = 200;

export const recheck = command({
  operands: {},
  options: {
    ...DATA,
    since: { value: 'INSTANT', says: 'Only what was issued from then on, like 2026-06-01T00:00:00Z' },
    after: { value: 'SEQ', otherwise: '0', says: 'Go on after this entry of the log' },
    stops: { says: 'Only what may be wrong because a key was stopped' },
  },
  summary: 'Holds every stored credential against the log, the rules and its signature',
  about:
    'Reads only, by the rules of the day of each credential. What it finds is one line each; how far it is, and after which entry it can go on, is said on standard error.',
  examples: ['recheck --data data', 'recheck --data data --since 2026-06-01T00:00:00Z --json'],
  exits: { 1: 'something does not agree' },

  async run({ values, json }, io) {
    const place = storeOf(values.data);
    if (!/^(?:0|[1-9]\d{0,14})$/.test(values.after)) throw new UsageError('--after: the number of an entry of the log');
    if (values.since !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(values.since)) {
      throw new UsageError('--since: like 2026-06-01T00:00:00Z');
    }
    const opened = await openRecheck({ ...settings(), ...place });
    try {
      let [after, checked, drifted] = [Number(values.after), 0, 0];
      const stops = values.stops ? await opened.stops() : [];
      for (const { tenant, keyId, stoppedAt, reason, suspects } of stops) {
        io.err(`${tenant} ${keyId} stopped at ${stoppedAt}: ${reason}; ${suspects.length} to look at\n`);
      }
      const only = values.stops ? new Set(stops.flatMap(({ suspects }) => suspects)) : undefined;
      const whole = after === 0 && values.since === undefined && !only;
      const integrity = whole ? await opened.integrity() : [];
      for (const one of integrity) io.out(json ? `${JSON.stringify({ integrity: one })}\n` : `store: ${one}\n`);
      for (let done = false; !done; ) {
        const piece = await opened.next(after, PIECE, values.since, only);
        ({ after, done } = piece);
        checked += piece.checked;
        drifted += new Set(piece.drift.map(({ seq }) => seq)).size;
        for (const one of piece.drift) {
          const { seq, tenant, credentialId, code, detail } = one;
          io.out(json ? `${JSON.stringify(one)}\n` : `${tenant} ${credentialId} (entry ${seq}) ${code}: ${detail}\n`);
        }
        // Where to go on when it is stopped.
        io.err(`${checked} looked at, ${drifted} drifted, up to entry ${after}\n`);
      }
      return drifted + integrity.length === 0 ? EXIT.done : EXIT.fails;
    } finally {
      await opened.close();
    }
  },
});
