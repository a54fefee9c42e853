import { createPrivateKey, sign } from 'node:crypto';
import { checkpointText, type LogKeyRecord, noteKeyOf, signNote } from '#observability';

/** RFC 8032 7.1, test 1: a key that everybody knows. */
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const privateKey = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${SEED}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
});

export const logKey = (keyId: string): LogKeyRecord => ({
  keyId,
  origin: 'log.example/log',
  publicKeyMultibase: 'z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw',
  wrappedPrivateKey: 'bm9uY2U.Y2lwaGVy',
  createdAt: '2026-06-01T00:00:00Z',
});

/** What the operator's own key would sign, true or not. */
export function signCheckpoint(size: number, root: Uint8Array): Promise<string> {
  const key = noteKeyOf(logKey('log-1'));
  const origin = key.name;
  return signNote(checkpointText({ origin, size, root }), key, async (data) => sign(null, data, privateKey));
}
