/** A signing key as the API shows it. */
export interface ShownKey {
  keyId: string;
  purpose: string;
  algorithm: string;
  state: string;
  createdAt: string;
  activeFrom?: string;
  retiredAt?: string;
  revokedAt?: string;
  stoppedAt?: string;
}

/** One key in one line. */
export function keyLine(key: ShownKey): string {
  const dates = [
    ['listed', key.createdAt],
    ['signs from', key.activeFrom],
    ['ends', key.retiredAt],
    ['revoked', key.revokedAt],
    ['stopped', key.stoppedAt],
  ].filter(([, at]) => at !== undefined);
  const head = [key.keyId.padEnd(18), key.algorithm.padEnd(8), key.state.padEnd(8)].join(' ');
  return `${head} ${dates.map(([what, at]) => `${what} ${at}`).join(', ')}\n`;
}
