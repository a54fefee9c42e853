import { addContext } from '#app';
import { ADDABLE } from '#proofs';
import { command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readBytes } from '../read-text.ts';

export const contextsAdd = command({
  operands: { file: { name: 'FILE', says: 'The context, byte for byte' } },
  options: { data: { value: 'DIR', required: true, says: 'Data directory of the service' } },
  summary: 'Adds a JSON-LD context that may not be passed on with this program',
  about: 'Only bytes with a known digest are taken.',
  examples: ['contexts add context.json --data data', 'contexts add - --data data < context.json'],
  exits: { 1: 'it is none of those that can be added' },

  async run({ operands: { file }, values: { data }, json }, io) {
    const url = addContext(data, (await readBytes(file, io)).toString('utf8'));
    if (json) {
      io.out(`${JSON.stringify(url === undefined ? { added: false, known: ADDABLE } : { added: true, url })}\n`);
      return url === undefined ? EXIT.fails : EXIT.done;
    }
    if (url === undefined) {
      const known = ADDABLE.map((one) => `  ${one.url}\n      SHA-256 ${one.sha256}`).join('\n');
      io.err(`${file} is none of the contexts that can be added:\n${known}\n`);
      return EXIT.fails;
    }
    io.out(`${url} is known from the next start of the service\n`);
    return EXIT.done;
  },
});
