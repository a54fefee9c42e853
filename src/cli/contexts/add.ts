import { parseArgs } from 'node:util';
import { addContext } from '#app';
import { ADDABLE } from '#proofs';
import { type Command, UsageError } from '../command.ts';
import { readText } from '../read-text.ts';

export const contextsAdd: Command = {
  usage: 'FILE --data DIR',
  summary:
    'Adds a JSON-LD context that may not be passed on with the service; only bytes with a known digest are taken.',

  async run(args, io) {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new UsageError('name one file');
    if (values.data === undefined) throw new UsageError('--data is missing');
    const url = addContext(values.data, readText(file));
    if (url === undefined) {
      const known = ADDABLE.map((one) => `  ${one.url}\n      SHA-256 ${one.sha256}`).join('\n');
      io.err(`${file} is none of the contexts that can be added:\n${known}\n`);
      return 1;
    }
    io.out(`${url} is known from the next start of the service\n`);
    return 0;
  },
};
