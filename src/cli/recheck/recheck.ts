import { parseArgs } from 'node:util';
import { openRecheck } from '#app';
import { type Command, UsageError } from '../command.ts';
import { settings, storeOf } from '../store.ts';

const PIECE = 200;

export const recheck: Command = {
  usage: '[--data DIR] [--since INSTANT] [--after SEQ] [--stops] [--json]',
  summary:
    'Holds every stored credential against the log, the rules of its day and its signature. Reads only; goes on after an entry of the log with --after. With --stops only what may be wrong because a key was stopped.',

  async run(args, io) {
    const options = {
      data: { type: 'string' },
      since: { type: 'string' },
      after: { type: 'string', default: '0' },
      stops: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args, options });
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
      for (const one of integrity) io.out(values.json ? `${JSON.stringify({ integrity: one })}\n` : `store: ${one}\n`);
      for (let done = false; !done; ) {
        const piece = await opened.next(after, PIECE, values.since, only);
        ({ after, done } = piece);
        checked += piece.checked;
        drifted += new Set(piece.drift.map(({ seq }) => seq)).size;
        for (const one of piece.drift) {
          const { seq, tenant, credentialId, code, detail } = one;
          io.out(
            values.json ? `${JSON.stringify(one)}\n` : `${tenant} ${credentialId} (entry ${seq}) ${code}: ${detail}\n`,
          );
        }
        // Where to go on when it is stopped.
        io.err(`${checked} looked at, ${drifted} drifted, up to entry ${after}\n`);
      }
      return drifted + integrity.length === 0 ? 0 : 1;
    } finally {
      await opened.close();
    }
  },
};
