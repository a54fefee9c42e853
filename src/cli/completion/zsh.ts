import { type Completable, groupsOf, isFile, quoted } from './model.ts';

/** For zsh with its completion system. */
export function zsh(commands: readonly Completable[]): string {
  const groups = groupsOf(commands);
  const summaries = new Map(commands.map(({ words, summary }) => [words.join(' '), summary]));
  const described = (name: string, says: string) => quoted(`${name}:${says}`);
  const first = [...groups].map(([group, names]) => described(group, summaries.get(group) ?? names.join(', ')));
  const seconds = [...groups].flatMap(([group, names]) =>
    names.length === 0
      ? []
      : [
          `    ${group}) names=(${names.map((name) => described(name, summaries.get(`${group} ${name}`)!)).join(' ')}) ;;`,
        ],
  );
  const cases = commands.map(({ words, options }) => {
    const specs = Object.entries(options).map(([name, { value, many, choices, says }]) => {
      const action = choices ? `(${choices.join(' ')})` : value !== undefined && isFile(value) ? '_files' : '';
      const argument = value === undefined ? '' : `:${value.replaceAll(':', '')}:${action}`;
      return quoted(`${many ? '*' : ''}--${name}[${says.replace(/[[\]:]/g, '\\$&')}]${argument}`);
    });
    return `    ${quoted(words.join(' '))}) _arguments ${specs.join(' ')} '*:file:_files' ;;`;
  });
  return `#compdef tatak
# Completes tatak in zsh. Made by: tatak completion zsh
_tatak() {
  local -a names
  if (( CURRENT == 2 )); then
    names=(${first.join(' ')})
    _describe command names
    return
  fi
  local called=$words[2] used=1
  case $called in
${seconds.join('\n')}
  esac
  if (( $#names )); then
    if (( CURRENT == 3 )); then _describe command names; return; fi
    called="$called $words[3]"
    used=2
  fi
  shift $used words
  (( CURRENT -= used ))
  case $called in
${cases.join('\n')}
  esac
}
_tatak "$@"
`;
}
