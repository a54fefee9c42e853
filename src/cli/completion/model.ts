import type { Options } from '../command.ts';

/** A command as a shell completes it. */
export interface Completable {
  words: string[];
  summary: string;
  options: Options;
}

/** Whether the value of an option is the name of a file. */
export const isFile = (value: string): boolean => /FILE|DIR|PATH/.test(value);

/** The first words of commands, each with the words that may follow. */
export function groupsOf(commands: readonly Completable[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { words } of commands) {
    const [group = '', name] = words;
    groups.set(group, [...(groups.get(group) ?? []), ...(name === undefined ? [] : [name])]);
  }
  return groups;
}

/** In single quotes of a POSIX shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
