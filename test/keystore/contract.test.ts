import { systemRandom } from '#kernel';
import { createKeystore, createRemoteKeystore, openTokenKeystore } from '#keystore';
import { keystoreContract } from './support/contract.ts';
import { startSignerProcess } from './support/signer-process.ts';
import { makeToken, noToken } from './support/token.ts';

keystoreContract('in this process', async () => ({
  keystore: await createKeystore({
    passphrase: 'a passphrase of the test',
    salt: new Uint8Array(16),
    random: systemRandom,
    cost: 10,
  }),
  close: async () => {},
}));

keystoreContract('in a signing process', async () => {
  const signer = await startSignerProcess();
  const keystore = createRemoteKeystore({ path: signer.path });
  return {
    keystore,
    async close() {
      keystore.close();
      await signer.stop();
    },
  };
});

const missing = noToken();
if (missing) console.log(`keys in a PKCS#11 token: NOT RUN, ${missing}`);
else {
  keystoreContract('in a PKCS#11 token', async () => {
    const token = makeToken();
    const keystore = await openTokenKeystore({ ...token.options, random: systemRandom });
    console.log(`keys in a PKCS#11 token: it knows ${keystore.algorithms.join(', ')}`);
    return { keystore, maxEd25519Bytes: 1_024, close: async () => token.remove() };
  });
}
