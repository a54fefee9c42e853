import { systemRandom } from '#kernel';
import { createKeystore, createRemoteKeystore } from '#keystore';
import { keystoreContract } from './support/contract.ts';
import { startSignerProcess } from './support/signer-process.ts';

keystoreContract('in this process', async () => ({
  keystore: await createKeystore({
    passphrase: 'a passphrase of the test',
    salt: new Uint8Array(16),
    random: systemRandom,
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
