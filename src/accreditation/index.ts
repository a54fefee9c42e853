export * from './accreditations.ts';
export type { ChainReason, Matched, Rejected } from './chain.ts';
export type { EventInput, GrantInput, LegalInstrument } from './grant-input.ts';
export * from './match.ts';
export {
  type Grant,
  type GrantEvent,
  idOf,
  type Register,
  readGrant,
  readRegister,
} from './model.ts';
export * from './ports.ts';
export * from './walk.ts';
