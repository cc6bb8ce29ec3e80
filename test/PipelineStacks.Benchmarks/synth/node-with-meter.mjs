#!/usr/bin/env node
// Stands in the place of node for jsii: starts node as it was asked to, hands on each line, and writes to $SYNTH_METER how many requests there were
// and for how long the .NET side waited for their answers.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const node = spawn(process.execPath, process.argv.slice(2), { stdio: ['pipe', 'pipe', 'inherit'] });
let requests = 0, waited = 0, since = process.hrtime.bigint();

createInterface({ input: process.stdin }).on('line', line => {
  requests++;
  since = process.hrtime.bigint();
  node.stdin.write(line + '\n');
}).on('close', () => node.stdin.end());
createInterface({ input: node.stdout }).on('line', line => {
  waited += Number(process.hrtime.bigint() - since) / 1e9;
  process.stdout.write(line + '\n');
});
node.on('exit', code => {
  writeFileSync(process.env.SYNTH_METER, JSON.stringify({ requests, waited }));
  process.exit(code ?? 1);
});
