import { parseArgs } from 'node:util';
import { readEnv, startSigner } from '#app';
import { type Command, UsageError } from '../command.ts';

export const signer: Command = {
  usage: '--socket PATH --data DIR',
  summary:
    'Signs for a service in a process of its own, which alone has the passphrase, or the PIN of a PKCS#11 token (TATAK_PKCS11_...); runs until it is stopped.',

  async run(args, io) {
    const options = { socket: { type: 'string' }, data: { type: 'string' } } as const;
    const { values } = parseArgs({ args, options });
    if (values.socket === undefined) throw new UsageError('--socket is missing');
    if (values.data === undefined) throw new UsageError('--data is missing');
    const server = await startSigner(readEnv(), values.data, values.socket).catch((error: Error) => {
      throw new UsageError(error.message);
    });
    io.out(`the signer answers at ${values.socket}\n`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await server.close();
    return 0;
  },
};
