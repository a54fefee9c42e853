import { type Completable, groupsOf, isFile } from './model.ts';

/** For fish 3. */
export function fish(commands: readonly Completable[]): string {
  const groups = groupsOf(commands);
  const summaries = new Map(commands.map(({ words, summary }) => [words.join(' '), summary]));
  const lines = [...groups].map(([group, names]) => {
    const says = summaries.get(group) ?? names.join(', ');
    return `complete -c tatak -n __fish_use_subcommand -f -a ${group} -d ${inFish(says)}`;
  });
  for (const [group, names] of groups) {
    for (const name of names) {
      const open = `__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${names.join(' ')}`;
      lines.push(`complete -c tatak -n ${inFish(open)} -f -a ${name} -d ${inFish(summaries.get(`${group} ${name}`)!)}`);
    }
  }
  for (const { words, options } of commands) {
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    for (const [name, { value, choices, says }] of Object.entries(options)) {
      const argument =
        value === undefined ? '' : choices ? ` -x -a ${inFish(choices.join(' '))}` : isFile(value) ? ' -r' : ' -x';
      lines.push(`complete -c tatak -n ${inFish(seen)} -l ${name}${argument} -d ${inFish(says)}`);
    }
  }
  return `# Completes tatak in fish. Made by: tatak completion fish\n${lines.join('\n')}\n`;
}

const inFish = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
