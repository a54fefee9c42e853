import { type Command, command, UsageError } from '../command.ts';
import { COMMANDS } from '../commands.ts';
import { EXIT } from '../exit-codes.ts';
import { COMMON } from '../read-arguments.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import type { Completable } from './model.ts';
import { zsh } from './zsh.ts';

const SHELLS = { bash, zsh, fish } as const;
type Shell = keyof typeof SHELLS;

export const completion = command({
  operands: { shell: { name: 'SHELL', says: 'bash, zsh or fish' } },
  options: {},
  summary: 'Prints what makes a shell complete commands, options and their choices',
  examples: [
    'completion bash > ~/.local/share/bash-completion/completions/tatak',
    'completion zsh > ~/.zsh/completions/_tatak',
    'completion fish > ~/.config/fish/completions/tatak.fish',
  ],

  async run({ operands: { shell }, json }, io) {
    if (!isShell(shell)) throw new UsageError('SHELL must be bash, zsh or fish');
    const script = SHELLS[shell](await completables());
    io.out(json ? `${JSON.stringify({ shell, script })}\n` : script);
    return EXIT.done;
  },
});

const isShell = (text: string): text is Shell => Object.hasOwn(SHELLS, text);

async function completables(): Promise<Completable[]> {
  return Promise.all(
    Object.entries(COMMANDS).map(async ([words, load]) => {
      const one: Command = await load();
      return { words: words.split(' '), summary: one.summary, options: { ...one.options, ...COMMON } };
    }),
  );
}
