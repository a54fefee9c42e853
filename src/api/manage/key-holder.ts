import { keyIdOf } from '#auth';

/** `KeyHolder` of the contract: the key, and the person it names. */
export const keyHolder = (actor: string, person: string) => ({ key: keyIdOf(actor), person });
