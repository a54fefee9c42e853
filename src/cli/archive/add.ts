import { parseArgs } from 'node:util';
import { addToDidArchive } from '#app';
import { type Command, UsageError } from '../command.ts';
import { readText } from '../read-text.ts';

export const archiveAdd: Command = {
  usage: 'FILE --log KEY --data DIR',
  summary:
    'Keeps a DID document, proven by a log you trust, for verifying when the address of its issuer answers no more.',

  async run(args, io) {
    const options = { data: { type: 'string' }, log: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new UsageError('name one file');
    if (values.data === undefined) throw new UsageError('--data is missing');
    if (values.log === undefined) throw new UsageError('--log is missing: the key of the log, as its service shows it');
    const kept = addToDidArchive(values.data, readText(file), values.log);
    if (typeof kept === 'string') {
      io.err(`${file} is not kept: ${kept}\n`);
      return 1;
    }
    io.out(
      `${kept.did} as of ${kept.recordedAt}, by ${kept.log}, is used from the next start when its address is silent\n`,
    );
    return 0;
  },
};
