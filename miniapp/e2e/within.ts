// Runs a command next to a sandbox of its own, as in `tsx e2e/within.ts npm run sim`. The environment of the command
// contains the addresses of the sandbox.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startSandbox } from './harness/sandbox'

const [command, ...args] = process.argv.slice(2)
if (!command) throw new Error('usage: within.ts COMMAND [ARGUMENT...]')
const sandbox = await startSandbox()
const program = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, RENZHENG_SERVER: sandbox.api, RENZHENG_SANDBOX: sandbox.control },
})
const [code] = await once(program, 'exit')
await sandbox.stop()
process.exit(code ?? 1)
