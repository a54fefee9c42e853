export type { WalletsDeps } from './deps.ts';
export type { CredentialAnswer, WalletCall } from './issue.ts';
export {
  DEFAULT_LENIENCIES,
  LENIENCIES,
  LENIENCY_NAMES,
  type Leniencies,
  type Leniency,
  readLeniencies,
} from './leniencies.ts';
export * from './ports.ts';
export { type WalletErrorCode, WalletRefusal } from './refusal.ts';
export { createWallets, type Wallets } from './wallets.ts';
