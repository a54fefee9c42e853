import { type Completable, groupsOf, isFile } from './model.ts';

/** For bash 4 and later. Names of files complete where a file is asked for. */
export function bash(commands: readonly Completable[]): string {
  const groups = groupsOf(commands);
  const branches = [...groups].flatMap(([group, names]) =>
    names.length === 0 ? [] : [`      ${group}) COMPREPLY=($(compgen -W "${names.join(' ')}" -- "$cur")); return ;;`],
  );
  const choices = commands.flatMap(({ words, options }) =>
    Object.entries(options).flatMap(([name, { value, choices: some }]) =>
      value === undefined
        ? []
        : [
            `    "${words.join(' ')} --${name}") ${some ? `list="${some.join(' ')}"` : isFile(value) ? 'files=1' : 'list=""'} ;;`,
          ],
    ),
  );
  const options = commands.map(
    ({ words, options: some }) =>
      `    "${words.join(' ')}") list="${Object.keys(some)
        .map((one) => `--${one}`)
        .join(' ')}" ;;`,
  );
  return `# Completes tatak in bash. Made by: tatak completion bash
_tatak() {
  local cur prev words list="" files=""
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[...groups.keys()].join(' ')} --help" -- "$cur"))
    return
  fi
  if [ "$COMP_CWORD" -eq 2 ]; then
    case "\${COMP_WORDS[1]}" in
${branches.join('\n')}
    esac
  fi
  words="\${COMP_WORDS[1]}"
  case "$words" in
    ${[...groups]
      .filter(([, names]) => names.length > 0)
      .map(([group]) => group)
      .join('|')}) words="$words \${COMP_WORDS[2]}" ;;
  esac
  case "$words $prev" in
${choices.join('\n')}
    *) files=2 ;;
  esac
  if [ "$files" = 2 ] && [ "\${cur#-}" != "$cur" ]; then
    case "$words" in
${options.join('\n')}
    esac
    files=""
  fi
  if [ -n "$files" ]; then COMPREPLY=($(compgen -f -- "$cur")); return; fi
  COMPREPLY=($(compgen -W "$list" -- "$cur"))
}
complete -o filenames -F _tatak tatak
`;
}
