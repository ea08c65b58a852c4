import { claimOwnership } from '../../src/store/ownership/claimOwnership.ts';

// Claims the folder, says what came of it, and stays until it is ended; `release` on standard input lets go.
const [dir = ''] = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);
const claimed = await claimOwnership(dir);
if (!claimed.ok) say(`refused ${claimed.refusal.code}`);
else say(claimed.value.kind);
process.stdin.on('data', (text: Buffer) => {
  if (text.toString().trim() !== 'release' || !claimed.ok || claimed.value.kind !== 'owner') return;
  void claimed.value.release().then(() => say('released'));
});
