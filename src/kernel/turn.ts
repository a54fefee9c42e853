/**
 * Lets timers and sockets have their turn. Canonicalising yields only to other promises, so a list of a hundred would
 * otherwise hold every other request of the process until it is done.
 */
export function nextTurn(): Promise<void> {
  return new Promise((turn) => setImmediate(turn));
}
