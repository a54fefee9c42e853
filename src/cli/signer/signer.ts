import { startSigner } from '#app';
import { command, UsageError } from '../command.ts';
import { environment } from '../environment.ts';
import { EXIT } from '../exit-codes.ts';

export const signer = command({
  operands: {},
  options: {
    socket: { value: 'PATH', required: true, says: 'Where it answers; the TATAK_SIGNER_SOCKET of the service' },
    data: { value: 'DIR', required: true, says: 'Where its keys are' },
  },
  summary: 'Signs for a service in a process of its own, until it is stopped',
  about: 'It alone has the passphrase (TATAK_PASSPHRASE_FILE), or the PIN of a PKCS#11 token (TATAK_PKCS11_...).',
  examples: ['signer --socket /run/tatak/signer.sock --data /var/lib/tatak-signer'],

  async run({ values: { socket, data }, json }, io) {
    const server = await startSigner(environment(), data, socket).catch((error: Error) => {
      throw new UsageError(error.message);
    });
    io.out(json ? `${JSON.stringify({ socket })}\n` : `the signer answers at ${socket}\n`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await server.close();
    return EXIT.done;
  },
});
