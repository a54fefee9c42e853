/**
 * Lets timers and sockets have their turn. Canonicalising yields only to other promises, so a list of a hundred would
 * otherwise hold every other request of the process until it is done.
 */
export function nextTurn(): Promise<void> {
  return new Promise((turn) => setImmediate(turn));
}

let together: Promise<void> | undefined;

/**
 * All who ask in one turn of the loop go on at once in the next: what they then read alike is read once, and what they
 * write shares a commit. Costs whoever is alone the rest of one turn.
 */
export function gathered(): Promise<void> {
  together ??= nextTurn().then(() => {
    together = undefined;
  });
  return together;
}
