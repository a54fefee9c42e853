import type { Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** One answer with `Content-Length`, which all of ours have. */
export function readAnswer(socket: Socket, then: (status: number, body: () => string) => void): void {
  const chunks: Buffer[] = [];
  let [have, want] = [0, -1];
  const onData = (chunk: Buffer) => {
    chunks.push(chunk);
    have += chunk.length;
    if (want < 0) {
      const start = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      const end = start.indexOf(HEAD_END);
      if (end < 0) return;
      want = end + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(start.toString('latin1', 0, end))![1]);
    }
    if (have < want) return;
    socket.off('data', onData);
    then(Number(chunks[0]!.toString('latin1', 9, 12)), () => Buffer.concat(chunks).toString());
  };
  socket.on('data', onData);
}
