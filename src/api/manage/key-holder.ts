import { keyIdOf } from '#auth';

/** Who did something: the key or the account, and the person behind it. */
export function keyHolder(actor: string, person: string) {
  const account = /^account:(.*)$/.exec(actor)?.[1];
  return account === undefined ? { key: keyIdOf(actor), person } : { account, person };
}
