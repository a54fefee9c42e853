/** Asks the server at a port every five milliseconds until its input ends, then prints how long each answer took. */
const [port] = process.argv.slice(2);
const times: number[] = [];
let open = true;
process.stdin.resume().on('end', () => {
  open = false;
});
while (open) {
  const start = performance.now();
  await (await fetch(`http://127.0.0.1:${port}/`)).text();
  times.push(performance.now() - start);
  await new Promise((later) => setTimeout(later, 5));
}
process.stdout.write(JSON.stringify(times), () => process.exit(0));
