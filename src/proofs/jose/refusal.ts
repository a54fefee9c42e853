import { fieldProblem, type Problem } from '#kernel';

/** Why a text is no token that is read here. Stable. */
export type OpeningCode =
  | 'not_compact'
  | 'too_large'
  | 'base64url'
  | 'header'
  | 'payload'
  | 'encrypted'
  | 'compressed'
  | 'nested'
  | 'unknown_typ'
  | 'claim_and_context'
  | 'disclosure'
  | 'digest_algorithm'
  | 'not_a_credential'
  | 'envelope';

/** The token may be anything; its text says nothing about a credential. */
export const refuse = (code: OpeningCode, detail: string): Problem => fieldProblem('invalid-request', '', detail, code);
