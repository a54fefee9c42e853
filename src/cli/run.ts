import { type Command, type Io, UsageError } from './command.ts';

/** Loaded when asked for: verifying needs neither the store nor its engine. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  'archive add': async () => (await import('./archive/add.ts')).archiveAdd,
  'attestation read': async () => (await import('./attestation/read.ts')).attestationRead,
  'audit export': async () => (await import('./audit/export.ts')).auditExport,
  'audit verify': async () => (await import('./audit/verify.ts')).auditVerify,
  backup: async () => (await import('./keep/backup.ts')).backup,
  'contexts add': async () => (await import('./contexts/add.ts')).contextsAdd,
  'keys create': async () => (await import('./keys/commands.ts')).keysCreate,
  'keys list': async () => (await import('./keys/commands.ts')).keysList,
  'keys retire': async () => (await import('./keys/commands.ts')).keysRetire,
  'keys revoke': async () => (await import('./keys/commands.ts')).keysRevoke,
  'keys rotate': async () => (await import('./keys/commands.ts')).keysRotate,
  'keys unlatch': async () => (await import('./keys/commands.ts')).keysUnlatch,
  'keys withdraw': async () => (await import('./keys/withdraw.ts')).keysWithdraw,
  migrate: async () => (await import('./keep/migrate.ts')).migrate,
  'offer claim': async () => (await import('./offer/claim.ts')).offerClaim,
  'offer create': async () => (await import('./offer/create.ts')).offerCreate,
  recheck: async () => (await import('./recheck/recheck.ts')).recheck,
  schema: async () => (await import('./schema/schema.ts')).schema,
  restore: async () => (await import('./keep/restore.ts')).restore,
  signer: async () => (await import('./signer/signer.ts')).signer,
  stack: async () => (await import('./stack/stack.ts')).stack,
};

const EXIT_CODES = 'Exit codes: 0 done, 1 what was asked about does not hold, 2 wrong usage or input.';

/** @returns exit code: 0 done, 1 what was asked about does not hold, 2 wrong usage or input */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [group = '', name = ''] = argv;
  const words = Object.hasOwn(COMMANDS, group) ? group : `${group} ${name}`;
  const load = Object.hasOwn(COMMANDS, words) ? COMMANDS[words] : undefined;
  if (!load) {
    const asked = argv.length === 0 || argv.includes('--help');
    (asked ? io.out : io.err)(await help());
    return asked ? 0 : 2;
  }
  const command = await load();
  const args = argv.slice(words.split(' ').length);
  if (args.includes('--help')) {
    io.out(`tatak ${words} ${command.usage}\n\n${command.summary}\n\n${EXIT_CODES}\n`);
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    // `parseArgs` throws TypeErrors with a code of its own.
    const code = (error as { code?: string }).code ?? '';
    if (!(error instanceof UsageError) && !code.startsWith('ERR_PARSE_ARGS')) throw error;
    io.err(`${(error as Error).message}\n\nusage: tatak ${words} ${command.usage}\n`);
    return 2;
  }
}

async function help(): Promise<string> {
  const lines = ['usage: tatak COMMAND', ''];
  for (const [words, load] of Object.entries(COMMANDS)) {
    const { usage, summary } = await load();
    lines.push(`  ${words} ${usage}`, `      ${summary}`);
  }
  lines.push('', EXIT_CODES, '');
  return lines.join('\n');
}
