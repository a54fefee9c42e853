import { addToDidArchive } from '#app';
import { command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readBytes } from '../read-text.ts';

export const archiveAdd = command({
  operands: { file: { name: 'FILE', says: 'The DID document with its proof, as a log gives it' } },
  options: {
    log: { value: 'KEY', required: true, says: 'Key of the log, as its service shows it' },
    data: { value: 'DIR', required: true, says: 'Data directory of the service' },
  },
  summary: 'Keeps a DID document for when the address of its issuer answers no more',
  about: 'It is proven by a log that you trust, and used when the address is silent.',
  examples: ['archive add did-2026.json --log "$(cat log.key)" --data data'],
  exits: { 1: 'it is not proven: nothing is kept' },

  async run({ operands: { file }, values, json }, io) {
    const kept = addToDidArchive(values.data, (await readBytes(file, io)).toString('utf8'), values.log);
    if (typeof kept === 'string') {
      if (json) io.out(`${JSON.stringify({ kept: false, detail: kept })}\n`);
      else io.err(`${file} is not kept: ${kept}\n`);
      return EXIT.fails;
    }
    if (json) {
      const { did, recordedAt, log } = kept;
      io.out(`${JSON.stringify({ kept: true, did, recordedAt, log })}\n`);
      return EXIT.done;
    }
    io.out(
      `${kept.did} as of ${kept.recordedAt}, by ${kept.log}, is used from the next start when its address is silent\n`,
    );
    return EXIT.done;
  },
});
