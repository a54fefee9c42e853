import { parseArgs } from 'node:util';
import { type Call, type Command, type Option, UsageError } from './command.ts';

/** Every command has these. */
export const COMMON: Readonly<Record<'json' | 'help', Option>> = {
  json: { says: 'One JSON document on standard output; errors as a problem document on standard error' },
  help: { says: 'This text' },
};

/**
 * What a command is called with, as its tables say it.
 * @throws UsageError, and the TypeErrors of `parseArgs` (code `ERR_PARSE_ARGS_...`)
 */
export function readArguments(command: Command, args: readonly string[]): Call {
  const all = Object.entries({ ...command.options, ...COMMON });
  const options = Object.fromEntries(
    all.map(([name, { value, many = false }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: many },
    ]),
  );
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const read: Record<string, string | string[] | boolean | undefined> = {};
  for (const [name, option] of all) {
    const given = values[name] as string | string[] | boolean | undefined;
    read[name] = given ?? option.otherwise ?? (option.value === undefined ? false : option.many ? [] : undefined);
    if (option.required && (given === undefined || given === '')) {
      throw new UsageError(`--${name} is missing: ${option.says}`);
    }
    for (const text of option.choices ? [given ?? []].flat() : []) {
      if (!option.choices!.includes(String(text))) {
        throw new UsageError(`--${name} must be one of ${option.choices!.join(', ')}`);
      }
    }
  }
  return { operands: readOperands(command, positionals), values: read, json: read.json === true };
}

function readOperands({ operands }: Command, given: readonly string[]): Call['operands'] {
  const wanted = Object.entries(operands);
  for (const [index, [, { name, optional, says }]] of wanted.entries()) {
    if (!optional && given[index] === undefined) throw new UsageError(`${name} is missing: ${says}`);
  }
  if (given.length > wanted.length)
    throw new UsageError(`${given.length - wanted.length} more than it takes was given`);
  return Object.fromEntries(wanted.map(([key], index) => [key, given[index]])) as Call['operands'];
}
