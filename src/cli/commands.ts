import type { Command } from './command.ts';

type Load = () => Promise<Command>;

/** All there is, in the order of `tatak --help`. Loaded when asked for: verifying needs neither the store nor its engine. */
export const SECTIONS: Readonly<Record<string, Readonly<Record<string, Load>>>> = {
  'Verify and stack': {
    verify: async () => (await import('./verify/verify.ts')).verify,
    stack: async () => (await import('./stack/stack.ts')).stack,
    'attestation read': async () => (await import('./attestation/read.ts')).attestationRead,
  },
  'Issue (speaks with a running service)': {
    issue: async () => (await import('./issue/issue.ts')).issue,
    batch: async () => (await import('./batch/batch.ts')).batch,
    'offer create': async () => (await import('./offer/create.ts')).offerCreate,
    'offer claim': async () => (await import('./offer/claim.ts')).offerClaim,
  },
  'Accredit (with the key of an authority)': {
    'accredit grant': async () => (await import('./accredit/grant.ts')).accreditGrant,
    'accredit list': async () => (await import('./accredit/list.ts')).accreditList,
    'accredit suspend': async () => (await import('./accredit/events.ts')).accreditSuspend,
    'accredit reinstate': async () => (await import('./accredit/events.ts')).accreditReinstate,
    'accredit end': async () => (await import('./accredit/events.ts')).accreditEnd,
  },
  'Signing keys (with the key of an operator)': {
    'keys list': async () => (await import('./keys/commands.ts')).keysList,
    'keys create': async () => (await import('./keys/commands.ts')).keysCreate,
    'keys rotate': async () => (await import('./keys/commands.ts')).keysRotate,
    'keys retire': async () => (await import('./keys/commands.ts')).keysRetire,
    'keys revoke': async () => (await import('./keys/commands.ts')).keysRevoke,
    'keys unlatch': async () => (await import('./keys/commands.ts')).keysUnlatch,
    'keys withdraw': async () => (await import('./keys/withdraw.ts')).keysWithdraw,
  },
  'Run a service (on its machine)': {
    backup: async () => (await import('./keep/backup.ts')).backup,
    restore: async () => (await import('./keep/restore.ts')).restore,
    migrate: async () => (await import('./keep/migrate.ts')).migrate,
    schema: async () => (await import('./schema/schema.ts')).schema,
    recheck: async () => (await import('./recheck/recheck.ts')).recheck,
    'audit export': async () => (await import('./audit/export.ts')).auditExport,
    'audit verify': async () => (await import('./audit/verify.ts')).auditVerify,
    'contexts add': async () => (await import('./contexts/add.ts')).contextsAdd,
    'archive add': async () => (await import('./archive/add.ts')).archiveAdd,
    signer: async () => (await import('./signer/signer.ts')).signer,
  },
  'This program': {
    completion: async () => (await import('./completion/completion.ts')).completion,
    version: async () => (await import('./version/version.ts')).version,
  },
};

export const COMMANDS: Readonly<Record<string, Load>> = Object.assign({}, ...Object.values(SECTIONS));
