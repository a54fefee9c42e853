/** The members that are there, in their order: undefined is how a member is left out. Names are of this code, or of strict JSON. */
export function present<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  const there: Partial<T> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) there[name] = members[name];
  }
  return there as T;
}
