/**
 * Work that is under way by some name is joined by whoever asks for it meanwhile, and ends alike for all, also when it fails.
 * Nothing is kept: who asks afterwards begins anew.
 */
export function joining<T>(): (name: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (name, work) => {
    const joined = running.get(name);
    if (joined) return joined;
    const mine = work().finally(() => running.delete(name));
    running.set(name, mine);
    return mine;
  };
}
