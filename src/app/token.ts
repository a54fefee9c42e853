import type { Env } from './env.ts';

/** Which PKCS#11 token holds the keys. */
export interface TokenConfig {
  module: string;
  tokenLabel: string;
}

/** @param problems gets what is missing @returns undefined where no token is set */
export function readToken(env: Env, problems: string[]): TokenConfig | undefined {
  const { TATAK_PKCS11_MODULE: module, TATAK_PKCS11_TOKEN: tokenLabel } = env;
  const { TATAK_PKCS11_PIN: pin, TATAK_PKCS11_PIN_FILE: file } = env;
  if (!module) {
    if (tokenLabel || pin || file) problems.push('TATAK_PKCS11_MODULE: missing');
    return undefined;
  }
  if (env.TATAK_SIGNER_SOCKET) problems.push('TATAK_PKCS11_MODULE: only the signing process has it when there is one');
  if (!tokenLabel) problems.push('TATAK_PKCS11_TOKEN: missing');
  if (!pin && !file) problems.push('TATAK_PKCS11_PIN_FILE: missing');
  return { module, tokenLabel: tokenLabel ?? '' };
}
