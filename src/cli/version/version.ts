import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

const PACKAGE = join(import.meta.dirname, '..', '..', '..', 'package.json');

export const version = command({
  operands: {},
  options: {},
  summary: 'Says which version this is',
  examples: ['version', 'version --json'],

  async run({ json }, io) {
    const { version: tatak } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
    const node = process.version.slice(1);
    io.out(json ? `${JSON.stringify({ tatak, node })}\n` : `tatak ${tatak} (Node ${node})\n`);
    return EXIT.done;
  },
});
